package io.lumbar.analytics.sitting;

import io.lumbar.analytics.evidence.Evidence;
import io.lumbar.analytics.evidence.EvidenceLog;
import io.lumbar.analytics.evidence.TimelineReader;
import io.lumbar.analytics.stream.ChangedSpans;
import io.lumbar.analytics.stream.Corrected;
import io.lumbar.analytics.stream.DayTold;
import io.lumbar.analytics.stream.EpisodeLedger;
import io.lumbar.analytics.stream.Forgotten;
import io.lumbar.analytics.stream.InputLag;
import io.lumbar.analytics.stream.InputPositions;
import io.lumbar.analytics.stream.Nodes;
import io.lumbar.analytics.stream.PostureChanged;
import io.lumbar.analytics.stream.PosturesJudged;
import io.lumbar.analytics.stream.RestChanged;
import io.lumbar.analytics.stream.SettingsChanged;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.analytics.stream.Timers;
import io.lumbar.analytics.stream.Wakeup;
import io.lumbar.analytics.stream.WearerBook;
import io.lumbar.analytics.stream.WearerErased;
import io.lumbar.analytics.told.StatementLog;
import io.lumbar.model.Barrier;
import io.lumbar.model.Bout;
import io.lumbar.model.Episode;
import io.lumbar.model.Observation;
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
import java.util.OptionalLong;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Keeps what devices say about posture and publishes bouts and long-sitting episodes from it.
 *
 * <p>While something goes on it looks now and then whether a timer is due, so that somebody who
 * sits still and sends nothing is still seen to reach 30 minutes.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else
public final class SittingProcessor implements Processor<String, Object, String, Object> {
  private static final long SHORTEST_WAIT = 100;
  private static final long LONGEST_WAIT = 1_000;
  private static final long FAST_CLOCK = 60;

  /** At midnight everybody whose posture holds is due: records that come must not wait for all. */
  private static final int SLICE = 32;

  /** While records follow each other this closely, the changes of a wearer are collected. */
  private static final long BUSY_MILLIS = 10;

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private static final Duration COLLECT = Duration.ofMillis(5);

  private final InstantSource clock;
  private final InputLag lag;
  private final Milestones.Source milestones;
  private final Duration silence;

  private ProcessorContext<String, Object> context;
  private EvidenceLog evidence;
  private Sitting sitting;
  private ChangedSpans changed;
  private long lastLooked;
  private Timers timers;
  private InputPositions positions;
  private TimerGuard guard;
  private Wakeup wakeup;

  /** The level that was told last of the episode that goes on, by wearer. */
  private final Map<String, Integer> openLevels = new HashMap<>();

  /**
   * Prepares the processor.
   *
   * @param clock the present, which decides what still goes on
   * @param lag whether all input was read, before a timer speaks
   * @param milestones when to look at a posture that goes on, for the detectors behind
   * @param silence from this long without data on, the posture is unknown
   */
  public SittingProcessor(
      InstantSource clock, InputLag lag, Milestones.Source milestones, Duration silence) {
    this.clock = clock;
    this.lag = lag;
    this.milestones = milestones;
    this.silence = silence;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    evidence = new EvidenceLog(context.getStateStore(Stores.EVIDENCE));
    WearerBook wearers = new WearerBook(context.getStateStore(Stores.WEARERS));
    StatementLog statements = new StatementLog(context.getStateStore(Stores.STATEMENTS));
    TimelineReader timeline = new TimelineReader(evidence, statements, wearers, silence);
    BoutLedger bouts =
        BoutLedger.writable(
            context.getStateStore(Stores.BOUTS), context.getStateStore(Stores.RETIRED));
    sitting =
        new Sitting(
            evidence,
            timeline,
            statements,
            wearers,
            bouts,
            new EpisodeLedger(
                context.getStateStore(Stores.EPISODES), context.getStateStore(Stores.RETIRED)),
            milestones.of(bouts, timeline, wearers),
            silence);
    changed = new ChangedSpans(context.getStateStore(Stores.CHANGED_POSTURE));
    timers = new Timers(context.getStateStore(Stores.TIMERS));
    positions = new InputPositions();
    guard = TimerGuard.in(context.appConfigs());
    wakeup = new Wakeup(context, this::onWakeup);
    if (!changed.isEmpty()) {
      wakeup.in(COLLECT);
    }
    openLevels.clear();
    planWakeup();
  }

  @Override
  public void process(Record<String, Object> record) {
    if (record.value() instanceof SettingsChanged change) {
      // As a timer does, and with its care: what the wearer does may wait in another topic.
      timers.set(change.wearer().value(), OptionalLong.of(clock.millis()));
      planWakeup();
      Span since = change.since();
      if (since != null) {
        changed.add(change.wearer().value(), since);
        wakeup.in(COLLECT);
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
      sitting.drop(gone.wearer());
      openLevels.remove(gone.wearer());
      changed.drop(gone.wearer());
      timers.drop(gone.wearer());
      return;
    }
    WearerId wearer = new WearerId(record.key());
    if (record.value() instanceof Barrier) {
      lookAtWaiting(wearer, record.timestamp());
      // By way of nights and steps, which the days rest on.
      context.forward(record, Nodes.FIND_NIGHTS);
    } else if (record.value() instanceof PosturesJudged judged) {
      List<Evidence> truth =
          judged.postures().stream().map(Evidence::of).flatMap(Optional::stream).toList();
      evidence
          .replaceClassified(wearer, judged.stamp(), judged.from().toEpochMilli(), truth)
          .ifPresent(span -> onChange(wearer, span, record.timestamp()));
    } else if (record.value() instanceof Forgotten old) {
      evidence.forget(
          wearer, old.before(), chunk -> old.spared().contains(Math.floorDiv(chunk, DAY_MILLIS)));
      evidence.pack(wearer, old.packable());
      sitting.dropRecent(wearer.value());
    } else if (record.value() instanceof DayTold told) {
      sitting.dropRecent(wearer.value());
      onChange(wearer, Span.of(told.date()), record.timestamp());
    } else if (record.value() instanceof Corrected corrected) {
      onChange(wearer, corrected.span(), record.timestamp());
    } else if (record.value() instanceof Observation observation) {
      Evidence.of(observation)
          .flatMap(one -> evidence.add(wearer, one))
          .ifPresent(span -> onChange(wearer, span, record.timestamp()));
    }
  }

  /**
   * A lone change is looked at now; what comes in a row, as an upload does, is collected for a few
   * milliseconds, because looking at ten neighbours costs no more than looking at one.
   */
  private void onChange(WearerId wearer, Span span, long timestamp) {
    boolean alone = changed.isEmpty() && context.currentSystemTimeMs() - lastLooked > BUSY_MILLIS;
    Optional<Present> present = alone ? presentOfInput() : Optional.empty();
    if (present.isPresent()) {
      lookAt(wearer, List.of(span), present.get(), timestamp);
    } else if (changed.add(wearer.value(), span)) {
      wakeup.in(COLLECT);
    } else {
      lookAtWaiting(wearer, timestamp);
    }
  }

  private void lookAtWaiting(WearerId wearer, long timestamp) {
    presentOfInput()
        .ifPresent(present -> lookAt(wearer, changed.take(wearer.value()), present, timestamp));
  }

  /**
   * While what is read was appended long ago, more of it waits; so it is looked at as it was then.
   */
  private Optional<Present> presentOfInput() {
    long systemTime = context.currentSystemTimeMs();
    boolean told = context.recordMetadata().filter(at -> at.topic() != null).isPresent();
    return told && !positions.isRecent(systemTime)
        ? Optional.of(presentOfNewest(systemTime))
        : present(systemTime);
  }

  /** Empty while nothing was read and it is not known whether something waits. */
  private Optional<Present> present(long systemTime) {
    if (positions.upToDate(systemTime, context.taskId().partition(), lag)) {
      return Optional.of(new Present(clock.millis(), true));
    }
    return positions.hasRead() ? Optional.of(presentOfNewest(systemTime)) : Optional.empty();
  }

  private Present presentOfNewest(long systemTime) {
    return new Present(clock.millis() - positions.age(systemTime), false);
  }

  private void lookAt(WearerId wearer, List<Span> spans, Present present, long timestamp) {
    OptionalLong lookAgain = OptionalLong.empty();
    for (Span span : spans) {
      Sitting.Changes changes = sitting.update(wearer, span, present);
      publish(wearer, changes, timestamp);
      lookAgain = changes.lookAgain();
    }
    if (!spans.isEmpty()) {
      plan(wearer, lookAgain, present);
    }
    lastLooked = context.currentSystemTimeMs();
  }

  private void onWakeup(long systemTime) {
    if (!changed.isEmpty()) {
      present(systemTime)
          .ifPresentOrElse(
              present -> lookAtAll(present, systemTime),
              () -> wakeup.in(Duration.ofMillis(SHORTEST_WAIT)));
    }
    long now = clock.millis();
    OptionalLong next = timers.next();
    if (next.isPresent()
        && next.getAsLong() <= now
        && positions.upToDate(systemTime, context.taskId().partition(), lag)) {
      boolean more = true;
      for (int i = 0; i < SLICE && more; i++) {
        more =
            timers.lookAtNext(
                now,
                guard,
                due -> timePassed(new WearerId(due), new Present(now, true), systemTime));
      }
    }
    planWakeup();
  }

  private void timePassed(WearerId wearer, Present present, long systemTime) {
    sitting
        .timePassed(wearer, present)
        .ifPresent(
            changes -> {
              publish(wearer, changes, systemTime);
              plan(wearer, changes.lookAgain(), present);
            });
  }

  private void lookAtAll(Present present, long systemTime) {
    for (String wearer : changed.wearers()) {
      boolean seen =
          guard.look(
              wearer,
              () -> lookAt(new WearerId(wearer), changed.take(wearer), present, systemTime));
      if (!seen) {
        timers.set(wearer, OptionalLong.of(clock.millis() + TimerGuard.AGAIN.toMillis()));
      }
    }
  }

  /**
   * Looks again soon when something is due soon, else once a second: each look costs a transaction.
   * The injected clock may run up to sixty times as fast as the system's.
   */
  private void planWakeup() {
    OptionalLong next = timers.next();
    if (next.isPresent()) {
      long wait = (next.getAsLong() - clock.millis()) / FAST_CLOCK;
      wakeup.in(Duration.ofMillis(Math.max(SHORTEST_WAIT, Math.min(LONGEST_WAIT, wait))));
    }
  }

  private void publish(WearerId wearer, Sitting.Changes changes, long timestamp) {
    for (Bout bout : changes.bouts()) {
      context.forward(
          new Record<>(WearerPartitioner.key(wearer, bout.id()), (Object) bout, timestamp),
          Nodes.TO_BOUTS);
    }
    if (!changes.bouts().isEmpty()) {
      tellOthers(wearer, changes, timestamp);
    }
    if (changes.rest()) {
      // A bout of lying stays as it is while the body turns in it.
      RestChanged change = new RestChanged(wearer, changes.span());
      context.forward(new Record<>(wearer.value(), (Object) change, timestamp), Nodes.FIND_NIGHTS);
    }
    for (Episode episode : changes.episodes()) {
      context.forward(
          new Record<>(WearerPartitioner.key(wearer, episode.id()), (Object) episode, timestamp),
          Nodes.TO_EPISODES);
      commitIfHigher(episode);
    }
  }

  /** Once what is published is all in line with what is known. */
  private void plan(WearerId wearer, OptionalLong lookAgain, Present present) {
    timers.set(wearer.value(), Sitting.earlier(lookAgain, sitting.milestone(wearer, present)));
    planWakeup();
  }

  /** An alert may hang on a new step; it does not wait until everything else is committed. */
  private void commitIfHigher(Episode episode) {
    String wearer = episode.wearer().value();
    Integer told =
        episode.open() ? openLevels.put(wearer, episode.level()) : openLevels.remove(wearer);
    if (episode.open() && (told == null || told < episode.level())) {
      context.commit();
    }
  }

  private void tellOthers(WearerId wearer, Sitting.Changes changes, long timestamp) {
    ZoneId zone = changes.bouts().get(changes.bouts().size() - 1).zone();
    PostureChanged change = new PostureChanged(wearer, changes.span(), zone, changes.frees());
    context.forward(new Record<>(wearer.value(), (Object) change, timestamp), Nodes.SUM_DAYS);
    context.forward(new Record<>(wearer.value(), (Object) change, timestamp), Nodes.COUNT_STEPS);
  }
}
