package io.lumbar.analytics.trunk;

import io.lumbar.analytics.stream.EpisodeLedger;
import io.lumbar.analytics.stream.MeasuresChanged;
import io.lumbar.analytics.stream.Nodes;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the bends of each wearer for the sums of the day, and publishes the deep and the sustained
 * ones as closed episodes; what no longer is one is retracted.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else
public final class BendProcessor implements Processor<String, Object, String, Object> {
  private ProcessorContext<String, Object> context;
  private KeyValueStore<String, byte[]> bends;
  private EpisodeLedger episodes;

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    bends = context.getStateStore(Stores.BENDS);
    episodes =
        new EpisodeLedger(
            context.getStateStore(Stores.EPISODES), context.getStateStore(Stores.RETIRED));
  }

  @Override
  public void process(Record<String, Object> record) {
    if (record.value() instanceof BendsJudged judged) {
      replace(new WearerId(record.key()), judged, record.timestamp());
    }
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
    Stamp known = stamp == null ? old.stamp() : stamp;
    if (known == null) {
      return;
    }
    if (now == null) {
      bends.delete(key);
    } else {
      bends.put(key, now);
    }
    publish(wearer, judged, EpisodeKind.DEEP_BEND, known, timestamp);
    publish(wearer, judged, EpisodeKind.SUSTAINED_BEND, known, timestamp);
    Span span = new Span(judged.block(), judged.block() + TrunkMotion.BLOCK_MILLIS);
    MeasuresChanged change = new MeasuresChanged(wearer, span, known.zone());
    context.forward(new Record<>(wearer.value(), (Object) change, timestamp), Nodes.SUM_DAYS);
  }

  private void publish(
      WearerId wearer, BendsJudged judged, EpisodeKind kind, Stamp stamp, long timestamp) {
    Predicate<Bend> wanted =
        kind == EpisodeKind.DEEP_BEND
            ? bend -> bend.depth() != Bend.Depth.SHALLOW
            : Bend::sustained;
    List<Episode> truth =
        judged.bends().stream()
            .filter(wanted)
            .map(bend -> BendEpisodes.of(wearer, bend, kind, stamp))
            .toList();
    Span span = new Span(judged.block(), judged.block() + TrunkMotion.BLOCK_MILLIS);
    for (Episode episode : episodes.replaceStarting(wearer, kind, span, truth)) {
      context.forward(
          new Record<>(WearerPartitioner.key(wearer, episode.id()), (Object) episode, timestamp),
          Nodes.TO_EPISODES);
    }
  }
}
