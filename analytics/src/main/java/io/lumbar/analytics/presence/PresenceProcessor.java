package io.lumbar.analytics.presence;

import io.lumbar.analytics.stream.EpisodeLedger;
import io.lumbar.analytics.stream.InputLag;
import io.lumbar.analytics.stream.InputPositions;
import io.lumbar.analytics.stream.Nodes;
import io.lumbar.analytics.stream.PosturesJudged;
import io.lumbar.analytics.stream.SettingsChanged;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.analytics.stream.Timers;
import io.lumbar.analytics.stream.Wakeup;
import io.lumbar.analytics.stream.WearerBook;
import io.lumbar.analytics.stream.WearerErased;
import io.lumbar.model.BatteryObservation;
import io.lumbar.model.Episode;
import io.lumbar.model.TimerGuard;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Publishes an episode when nothing is heard of a wearer for an hour of waking time, and when a
 * sensor needs charging or has to learn its position. What goes on speaks only where everything
 * that came was read.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else
public final class PresenceProcessor implements Processor<String, Object, String, Object> {
  private static final String SILENCE = "|silence";
  private static final String NEED = "|need";
  private static final long FAST_CLOCK = 60;
  private static final long SHORTEST_WAIT = 1_000;
  private static final long LONGEST_WAIT = Duration.ofMinutes(10).toMillis();

  /** An answer of the broker is old after half a second. */
  private static final Duration ASK_AGAIN = Duration.ofMillis(200);

  /** A phone that was away for hours brings them in pieces, and each may be the last. */
  private static final long SETTLED = Duration.ofMinutes(10).toMillis();

  private final InstantSource clock;
  private final InputLag lag;

  private ProcessorContext<String, Object> context;
  private SilenceWatch silences;
  private NeedWatch needs;
  private Timers timers;
  private InputPositions positions;
  private TimerGuard guard;
  private Wakeup wakeup;

  /**
   * Prepares.
   *
   * @param clock the present
   * @param lag whether all input was read
   */
  public PresenceProcessor(InstantSource clock, InputLag lag) {
    this.clock = clock;
    this.lag = lag;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    EpisodeLedger episodes =
        new EpisodeLedger(
            context.getStateStore(Stores.EPISODES), context.getStateStore(Stores.RETIRED));
    WearerBook wearers = new WearerBook(context.getStateStore(Stores.WEARERS));
    silences =
        new SilenceWatch(new CellLog(context.getStateStore(Stores.PRESENCE)), episodes, wearers);
    needs = new NeedWatch(new CellLog(context.getStateStore(Stores.NEEDS)), episodes, wearers);
    timers = new Timers(context.getStateStore(Stores.PRESENCE_TIMERS));
    positions = new InputPositions();
    guard = TimerGuard.in(context.appConfigs());
    wakeup = new Wakeup(context, this::onWakeup);
    planWakeup();
  }

  @Override
  public void process(Record<String, Object> record) {
    if (record.value() instanceof SettingsChanged change) {
      plan(change.wearer().value() + SILENCE, OptionalLong.of(clock.millis()));
      Span since = change.since();
      if (since != null) {
        publish(change.wearer(), silences.judgeAgain(change.wearer(), since), record.timestamp());
      }
      return;
    }
    // What a timer of the processor before this one told was not read from a topic.
    context
        .recordMetadata()
        .filter(at -> at.topic() != null)
        .ifPresent(
            at -> {
              positions.passed(at);
              positions.appendedAt(record.timestamp());
            });
    if (record.value() instanceof WearerErased gone) {
      silences.drop(gone.wearer());
      timers.drop(gone.wearer());
      return;
    }
    WearerId wearer = new WearerId(record.key());
    long now = clock.millis();
    if (record.value() instanceof PosturesJudged judged) {
      publish(wearer, needs.note(wearer, judged, now, isLive()), now, record.timestamp());
      return;
    }
    for (Sign sign : Sign.of(record.value())) {
      silences
          .note(wearer, sign)
          .ifPresent(
              episodes -> {
                publish(wearer, episodes, record.timestamp());
                planSilence(wearer, now);
              });
    }
    if (record.value() instanceof BatteryObservation battery) {
      publish(wearer, needs.note(wearer, battery, now, isLive()), now, record.timestamp());
    }
  }

  private boolean isLive() {
    return positions.upToDate(context.currentSystemTimeMs(), context.taskId().partition(), lag);
  }

  private void publish(WearerId wearer, NeedWatch.Changes changes, long now, long timestamp) {
    publish(wearer, changes.episodes(), timestamp);
    if (changes.waits()) {
      plan(wearer.value() + NEED, OptionalLong.of(now));
    } else if (changes.lookAgain().isPresent()) {
      plan(wearer.value() + NEED, changes.lookAgain());
    }
  }

  private void publish(WearerId wearer, List<Episode> episodes, long timestamp) {
    for (Episode episode : episodes) {
      context.forward(
          new Record<>(WearerPartitioner.key(wearer, episode.id()), (Object) episode, timestamp),
          Nodes.TO_EPISODES);
    }
  }

  private void planSilence(WearerId wearer, long now) {
    silences
        .due(wearer, now)
        .ifPresent(
            due -> plan(wearer.value() + SILENCE, OptionalLong.of(Math.max(due, now + SETTLED))));
  }

  private void plan(String key, OptionalLong due) {
    timers.set(key, due);
    planWakeup();
  }

  private void onWakeup(long systemTime) {
    long now = clock.millis();
    OptionalLong next = timers.next();
    if (next.isPresent() && next.getAsLong() <= now) {
      if (isLive()) {
        timers.lookAtDue(now, guard, due -> look(due, now, systemTime));
      } else {
        wakeup.in(ASK_AGAIN);
      }
    }
    planWakeup();
  }

  private void look(String key, long now, long timestamp) {
    WearerId wearer = new WearerId(WearerPartitioner.wearer(key));
    if (key.endsWith(NEED)) {
      publish(wearer, needs.timePassed(wearer, now), now, timestamp);
    } else {
      SilenceWatch.Passed passed = silences.timePassed(wearer, now);
      publish(wearer, passed.episodes(), timestamp);
      timers.set(key, passed.lookAgain());
    }
  }

  /** The injected clock may run up to sixty times as fast as the system's. */
  private void planWakeup() {
    OptionalLong next = timers.next();
    if (next.isPresent()) {
      long wait = (next.getAsLong() - clock.millis()) / FAST_CLOCK;
      wakeup.in(Duration.ofMillis(Math.max(SHORTEST_WAIT, Math.min(LONGEST_WAIT, wait))));
    }
  }
}
