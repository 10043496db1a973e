package io.lumbar.analytics.night;

import io.lumbar.analytics.aging.ClosedDates;
import io.lumbar.analytics.evidence.EvidenceLog;
import io.lumbar.analytics.evidence.TimelineReader;
import io.lumbar.analytics.sitting.BoutLedger;
import io.lumbar.analytics.stream.ChangedSpans;
import io.lumbar.analytics.stream.DayTold;
import io.lumbar.analytics.stream.EpisodeLedger;
import io.lumbar.analytics.stream.MomentTold;
import io.lumbar.analytics.stream.NightChanged;
import io.lumbar.analytics.stream.Nodes;
import io.lumbar.analytics.stream.RestChanged;
import io.lumbar.analytics.stream.SettingsChanged;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.SpanForgotten;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.analytics.stream.Wakeup;
import io.lumbar.analytics.stream.WearerBook;
import io.lumbar.analytics.stream.WearerErased;
import io.lumbar.analytics.told.StatementLog;
import io.lumbar.model.Barrier;
import io.lumbar.model.Episode;
import io.lumbar.model.ForgottenDates;
import io.lumbar.model.NightSummary;
import io.lumbar.model.TimerGuard;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Publishes nights, and the episodes of sleep on the front and with an arched back.
 *
 * <p>Changes are collected for a second, and for a minute while the wearer lies in bed. Urgent in a
 * night is only the end of an episode that holds without another word: beyond it nothing may be
 * told of the episode. What is waiting is kept in a store, so a crash forgets none.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else
public final class NightProcessor implements Processor<String, Object, String, Object> {
  private static final Duration LOOK_AFTER = Duration.ofSeconds(1);
  private static final Duration WHILE_OPEN = Duration.ofMinutes(1);

  /** At midnight the nights of many go over to another date: records must not wait for all. */
  private static final int SLICE = 32;

  private static final Duration NEXT_SLICE = Duration.ofMillis(100);

  private final InstantSource clock;
  private final Duration silence;

  private ProcessorContext<String, Object> context;
  private Nights nights;
  private ChangedSpans changed;
  private TimerGuard guard;
  private Wakeup wakeup;

  /** When a wearer in bed may be looked at again, in system time. */
  private final Map<String, Long> restingUntil = new HashMap<>();

  public NightProcessor(InstantSource clock, Duration silence) {
    this.clock = clock;
    this.silence = silence;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    StatementLog statements = new StatementLog(context.getStateStore(Stores.STATEMENTS));
    WearerBook wearers = new WearerBook(context.getStateStore(Stores.WEARERS));
    nights =
        new Nights(
            BoutLedger.readOnly(
                context.getStateStore(Stores.BOUTS), context.getStateStore(Stores.RETIRED)),
            new TimelineReader(
                EvidenceLog.readOnly(context.getStateStore(Stores.EVIDENCE)),
                statements,
                wearers,
                silence),
            statements,
            wearers,
            new EpisodeLedger(
                context.getStateStore(Stores.EPISODES), context.getStateStore(Stores.RETIRED)),
            new NightLedger(context.getStateStore(Stores.NIGHTS), statements),
            new ClosedDates(context.getStateStore(Stores.CLOSED_DAYS)));
    changed = new ChangedSpans(context.getStateStore(Stores.CHANGED_NIGHTS));
    restingUntil.clear();
    guard = TimerGuard.in(context.appConfigs());
    wakeup = new Wakeup(context, this::lookAtAll);
    if (!changed.isEmpty()) {
      wakeup.in(LOOK_AFTER);
    }
  }

  @Override
  public void process(Record<String, Object> record) {
    if (record.value() instanceof WearerErased gone) {
      changed.drop(gone.wearer());
      restingUntil.remove(gone.wearer());
    } else if (record.value() instanceof RestChanged change) {
      note(change.wearer(), change.span(), record.timestamp());
    } else if (record.value() instanceof SettingsChanged change) {
      Span since = change.since();
      if (since != null) {
        note(change.wearer(), since, record.timestamp());
      }
    } else if (record.value() instanceof MomentTold told) {
      Span moment = new Span(told.at(), told.at());
      note(told.wearer(), Nights.nightsOf(moment), record.timestamp());
    } else if (record.value() instanceof DayTold told) {
      publish(nights.tagged(told.wearer(), told.date()), record.timestamp());
    } else if (record.value() instanceof SpanForgotten word) {
      forget(nights.lost(word), record.timestamp());
      note(word.wearer(), Nights.nightsOf(word.span()), record.timestamp());
    } else if (record.value() instanceof Barrier) {
      lookAt(record.key(), record.timestamp());
      // By way of the steps: a posture may have taken back an inactivity.
      context.forward(record, Nodes.COUNT_STEPS);
    }
  }

  private void note(WearerId wearer, Span span, long timestamp) {
    if (!changed.add(wearer.value(), span)) {
      lookAt(wearer.value(), timestamp);
    } else {
      long rests = restingUntil.getOrDefault(wearer.value(), 0L) - context.currentSystemTimeMs();
      wakeup.in(Duration.ofMillis(Math.max(LOOK_AFTER.toMillis(), rests)));
    }
  }

  private void lookAtAll(long systemTime) {
    long next = Long.MAX_VALUE;
    int looks = 0;
    for (String wearer : changed.wearers()) {
      long rests = restingUntil.getOrDefault(wearer, 0L) - systemTime;
      if (rests > 0) {
        next = Math.min(next, rests);
      } else if (looks == SLICE) {
        next = Math.min(next, NEXT_SLICE.toMillis());
      } else {
        looks++;
        guard.look(wearer, () -> lookAt(wearer, systemTime));
      }
    }
    if (next < Long.MAX_VALUE) {
      wakeup.in(Duration.ofMillis(next));
    }
  }

  private void lookAt(String key, long timestamp) {
    WearerId wearer = new WearerId(key);
    boolean resting = false;
    boolean held = false;
    for (Span span : changed.take(key)) {
      Nights.Changes changes = nights.update(wearer, span, clock.millis());
      publish(wearer, changes, timestamp);
      resting |= changes.open();
      held |= changes.held();
    }
    if (resting && !held) {
      restingUntil.put(key, context.currentSystemTimeMs() + WHILE_OPEN.toMillis());
    } else {
      restingUntil.remove(key);
    }
  }

  private void forget(ForgottenDates lost, long timestamp) {
    publish(nights.takeBack(lost), timestamp);
    context.forward(new Record<>(lost.key(), (Object) lost, timestamp), Nodes.TO_NIGHTS);
  }

  private void publish(WearerId wearer, Nights.Changes changes, long timestamp) {
    publish(changes.nights(), timestamp);
    for (Episode episode : changes.episodes()) {
      context.forward(
          new Record<>(WearerPartitioner.key(wearer, episode.id()), (Object) episode, timestamp),
          Nodes.TO_EPISODES);
    }
    zone(changes)
        .map(zone -> new NightChanged(wearer, changes.span(), zone))
        .ifPresent(
            change ->
                context.forward(
                    new Record<>(wearer.value(), (Object) change, timestamp), Nodes.SUM_DAYS));
  }

  private void publish(List<NightSummary> nights, long timestamp) {
    for (NightSummary night : nights) {
      String key = WearerPartitioner.key(night.wearer(), night.date().toString());
      context.forward(new Record<>(key, (Object) night, timestamp), Nodes.TO_NIGHTS);
    }
  }

  private static Optional<ZoneId> zone(Nights.Changes changes) {
    return Stream.concat(
            changes.nights().stream().map(NightSummary::zone),
            changes.rests().stream().map(Rest::zone))
        .findFirst();
  }
}
