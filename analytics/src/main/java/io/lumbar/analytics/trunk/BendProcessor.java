package io.lumbar.analytics.trunk;

import io.lumbar.analytics.stream.Corrected;
import io.lumbar.analytics.stream.EpisodeLedger;
import io.lumbar.analytics.stream.MeasuresChanged;
import io.lumbar.analytics.stream.Nodes;
import io.lumbar.analytics.stream.SettingsChanged;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.analytics.stream.WearerBook;
import io.lumbar.analytics.told.StatementLog;
import io.lumbar.model.DetectionSettings;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import io.lumbar.model.WearerSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the bends of each wearer for the sums of the day, and publishes those that are deep or
 * sustained by the wearer's settings as closed episodes; what no longer is one is retracted, and so
 * is what began in a stretch that the wearer took back.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else
public final class BendProcessor implements Processor<String, Object, String, Object> {
  private ProcessorContext<String, Object> context;
  private KeyValueStore<String, byte[]> bends;
  private EpisodeLedger episodes;
  private StatementLog statements;
  private WearerBook wearers;

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    bends = context.getStateStore(Stores.BENDS);
    episodes =
        new EpisodeLedger(
            context.getStateStore(Stores.EPISODES), context.getStateStore(Stores.RETIRED));
    statements = new StatementLog(context.getStateStore(Stores.STATEMENTS));
    wearers = new WearerBook(context.getStateStore(Stores.WEARERS));
  }

  @Override
  public void process(Record<String, Object> record) {
    if (record.value() instanceof BendsJudged judged) {
      replace(new WearerId(record.key()), judged, record.timestamp());
    } else if (record.value() instanceof Corrected corrected && corrected.voids()) {
      publishAgain(corrected.wearer(), corrected.span(), record.timestamp());
    } else if (record.value() instanceof SettingsChanged change) {
      Span since = change.since();
      if (since != null) {
        // What holds when a bend ends decides about it, and it stands where it began.
        Span begun = new Span(since.from() - BendMotion.LONGEST_MILLIS, since.to());
        publishAgain(change.wearer(), begun, record.timestamp());
      }
    }
  }

  private void publishAgain(WearerId wearer, Span span, long timestamp) {
    for (BendsJudged kept : touching(wearer, span)) {
      Stamp stamp = kept.stamp();
      if (stamp != null) {
        publish(wearer, kept, stamp, timestamp);
      }
    }
  }

  private List<BendsJudged> touching(WearerId wearer, Span span) {
    List<BendsJudged> found = new ArrayList<>();
    String first = StoreKeys.chunk(wearer, span.from());
    String last = StoreKeys.chunk(wearer, Math.max(span.from(), span.to() - 1));
    try (KeyValueIterator<String, byte[]> chunks = bends.range(first, last)) {
      while (chunks.hasNext()) {
        KeyValue<String, byte[]> one = chunks.next();
        found.add(BendChunk.decode(one.value, StoreKeys.startOfChunk(one.key)));
      }
    }
    return found;
  }

  private void replace(WearerId wearer, BendsJudged judged, long timestamp) {
    String key = StoreKeys.chunk(wearer, judged.block());
    byte[] before = bends.get(key);
    Stamp stamp = judged.stamp();
    byte @Nullable [] now =
        stamp == null || judged.isEmpty() ? null : BendChunk.encode(judged, stamp);
    if (Arrays.equals(before, now)) {
      return;
    }
    BendsJudged old = before == null ? judged : BendChunk.decode(before, judged.block());
    Stamp told = old.stamp();
    Stamp known = stamp == null ? told : stamp;
    if (known == null || (before != null && !judged.replaces(old))) {
      return;
    }
    if (now == null) {
      bends.delete(key);
    } else {
      bends.put(key, now);
    }
    // As they are kept, to a tenth of a degree, so that a correction tells the same of them later.
    publish(wearer, now == null ? judged : BendChunk.decode(now, judged.block()), known, timestamp);
    Span span = new Span(judged.block(), judged.block() + TrunkMotion.BLOCK_MILLIS);
    MeasuresChanged change = new MeasuresChanged(wearer, span, known.zone());
    context.forward(new Record<>(wearer.value(), (Object) change, timestamp), Nodes.SUM_DAYS);
  }

  private void publish(WearerId wearer, BendsJudged judged, Stamp stamp, long timestamp) {
    Span span = new Span(judged.block(), judged.block() + TrunkMotion.BLOCK_MILLIS);
    List<Span> voided = statements.voided(wearer, span);
    List<Bend> counting =
        judged.bends().stream().filter(bend -> !BendSums.isVoid(bend.from(), voided)).toList();
    publish(wearer, span, counting, EpisodeKind.DEEP_BEND, stamp, timestamp);
    publish(wearer, span, counting, EpisodeKind.SUSTAINED_BEND, stamp, timestamp);
  }

  private void publish(
      WearerId wearer,
      Span span,
      List<Bend> counting,
      EpisodeKind kind,
      Stamp stamp,
      long timestamp) {
    LongFunction<WearerSettings> settings = wearers.settings(wearer);
    Function<Bend, DetectionSettings> limits = bend -> settings.apply(bend.to()).detection();
    Predicate<Bend> wanted =
        kind == EpisodeKind.DEEP_BEND
            ? bend -> bend.isBend() && bend.peakDegrees() >= limits.apply(bend).deepBendDegrees()
            : bend -> bend.heldBeyond(limits.apply(bend).bendHoldPercent());
    List<Episode> truth =
        counting.stream()
            .filter(wanted)
            .map(bend -> BendEpisodes.of(wearer, bend, kind, stamp))
            .toList();
    for (Episode episode : episodes.replaceStarting(wearer, kind, span, truth)) {
      context.forward(
          new Record<>(WearerPartitioner.key(wearer, episode.id()), (Object) episode, timestamp),
          Nodes.TO_EPISODES);
    }
  }
}
