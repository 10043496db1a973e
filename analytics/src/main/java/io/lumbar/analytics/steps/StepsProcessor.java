package io.lumbar.analytics.steps;

import io.lumbar.analytics.sitting.BoutLedger;
import io.lumbar.analytics.stream.Corrected;
import io.lumbar.analytics.stream.EpisodeLedger;
import io.lumbar.analytics.stream.Forgotten;
import io.lumbar.analytics.stream.InputLag;
import io.lumbar.analytics.stream.InputPositions;
import io.lumbar.analytics.stream.MovementJudged;
import io.lumbar.analytics.stream.Nodes;
import io.lumbar.analytics.stream.PostureChanged;
import io.lumbar.analytics.stream.SettingsChanged;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.StepsChanged;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.analytics.stream.Timers;
import io.lumbar.analytics.stream.Wakeup;
import io.lumbar.analytics.stream.WearerBook;
import io.lumbar.analytics.stream.WearerErased;
import io.lumbar.analytics.told.StatementLog;
import io.lumbar.model.Barrier;
import io.lumbar.model.Bout;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Observation;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.StableIds;
import io.lumbar.model.TimerGuard;
import io.lumbar.model.WearerDates;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps step reports and what was counted in raw motion, tells the day's sum that they changed, and
 * publishes inactivity where steps are all that is known.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else
public final class StepsProcessor implements Processor<String, Object, String, Object> {
  private static final long WINDOW = Inactivity.WINDOW_MINUTES * 60_000L;
  private static final int[] LEVELS = {60, 75, 90};
  private static final Duration LOOK_AFTER = Duration.ofSeconds(1);

  /** That inactivity has ended by silence warns nobody, so it may be told seconds later. */
  private static final long SHORTEST_WAIT = 1_000;

  private static final long LONGEST_WAIT = 10_000;
  private static final long FAST_CLOCK = 60;

  private final InstantSource clock;
  private final InputLag lag;
  private final Duration silence;

  private ProcessorContext<String, Object> context;
  private StepLog log;
  private StatementLog statements;
  private SeatedMoves seatedMoves;
  private BoutLedger bouts;
  private EpisodeLedger episodes;
  private WearerBook wearers;
  private KeyValueStore<String, String> changedSteps;
  private Wakeup wakeup;

  /** When an episode that goes on has ended by silence, by wearer and start. */
  private Timers timers;

  private InputPositions positions;
  private TimerGuard guard;
  private Wakeup timerWakeup;
  private final Map<String, ChangedSteps> waiting = new LinkedHashMap<>();

  /**
   * Prepares the processor.
   *
   * @param clock the present, which decides what still goes on
   * @param lag whether all input was read, before an episode ends by silence
   * @param silence from this long without steps on, nothing is known
   */
  public StepsProcessor(InstantSource clock, InputLag lag, Duration silence) {
    this.clock = clock;
    this.lag = lag;
    this.silence = silence;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    log = new StepLog(context.getStateStore(Stores.STEPS));
    statements = new StatementLog(context.getStateStore(Stores.STATEMENTS));
    seatedMoves = new SeatedMoves(context.getStateStore(Stores.SEATED_MOVES));
    bouts =
        BoutLedger.readOnly(
            context.getStateStore(Stores.BOUTS), context.getStateStore(Stores.RETIRED));
    episodes =
        new EpisodeLedger(
            context.getStateStore(Stores.EPISODES), context.getStateStore(Stores.RETIRED));
    wearers = new WearerBook(context.getStateStore(Stores.WEARERS));
    changedSteps = context.getStateStore(Stores.CHANGED_STEPS);
    waiting.clear();
    try (KeyValueIterator<String, String> all = changedSteps.all()) {
      while (all.hasNext()) {
        KeyValue<String, String> change = all.next();
        waiting.put(change.key, ChangedSteps.parse(change.value));
      }
    }
    wakeup = new Wakeup(context, this::findAll);
    if (!waiting.isEmpty()) {
      wakeup.in(LOOK_AFTER);
    }
    timers = new Timers(context.getStateStore(Stores.STEP_TIMERS));
    positions = new InputPositions();
    guard = TimerGuard.in(context.appConfigs());
    timerWakeup = new Wakeup(context, this::onTimer);
    planTimer();
  }

  @Override
  public void process(Record<String, Object> record) {
    WearerId wearer = new WearerId(record.key());
    if (record.value() instanceof SettingsChanged change) {
      // Says nothing about how far the steps were read.
      Span since = change.since();
      if (since != null) {
        note(wearer, new ChangedSteps(since, wearers.zoneAt(wearer, since.from())));
      }
      return;
    }
    // What a timer of a processor before this one told was not read from a topic.
    context
        .recordMetadata()
        .filter(at -> at.topic() != null)
        .ifPresent(
            at -> {
              positions.passed(at);
              positions.appendedAt(record.timestamp());
            });
    if (record.value() instanceof WearerErased gone) {
      waiting.remove(gone.wearer());
      timers.drop(gone.wearer());
    } else if (record.value() instanceof Forgotten old) {
      log.pack(wearer, old.packable());
    } else if (record.value() instanceof Barrier) {
      findNow(wearer.value(), record.timestamp());
      context.forward(record, Nodes.SUM_DAYS);
    } else if (record.value() instanceof PostureChanged change) {
      if (change.frees() || episodes.any(wearer, EpisodeKind.INACTIVE, change.span())) {
        note(wearer, new ChangedSteps(change.span(), change.zone()));
      }
    } else if (record.value() instanceof Corrected corrected) {
      if (corrected.voids()) {
        changed(wearer, corrected.span(), wearers.zoneAt(wearer, corrected.span().from()), record);
      }
    } else if (record.value() instanceof MovementJudged judged) {
      long start = judged.from().toEpochMilli();
      List<StepReport> truth = judged.steps().stream().map(StepReport::judged).toList();
      boolean moved = seatedMoves.replace(wearer, judged);
      if (log.replaceJudged(wearer, judged.stamp(), start, truth) || moved) {
        Span told = new Span(start, start + StoreKeys.CHUNK);
        Span span = log.affected(wearer, judged.stamp().device(), told);
        changed(wearer, span, judged.stamp().zone(), record);
      }
    } else if (record.value() instanceof Observation observation) {
      Optional<StepReport> report = StepReport.of(observation);
      if (report.isPresent() && log.add(wearer, report.get())) {
        // A reading tells of the time since the one before, which may be another day.
        Span span = log.affected(wearer, report.get());
        changed(wearer, span, report.get().stamp().zone(), record);
      }
    }
  }

  private void changed(WearerId wearer, Span span, ZoneId zone, Record<String, Object> record) {
    StepsChanged change = new StepsChanged(wearer, span, zone);
    context.forward(record.withValue((Object) change), Nodes.SUM_DAYS);
    note(wearer, new ChangedSteps(span, zone));
  }

  /** Collected, since an upload may touch the same hour a thousand times. */
  private void note(WearerId wearer, ChangedSteps change) {
    ChangedSteps before = waiting.get(wearer.value());
    ChangedSteps both = before == null ? change : before.and(change);
    if (!both.equals(before)) {
      waiting.put(wearer.value(), both);
      changedSteps.put(wearer.value(), both.text());
      wakeup.in(LOOK_AFTER);
    }
  }

  private void findAll(long timestamp) {
    for (String wearer : List.copyOf(waiting.keySet())) {
      guard.look(wearer, () -> findNow(wearer, timestamp));
    }
  }

  private void findNow(String wearer, long timestamp) {
    ChangedSteps change = waiting.remove(wearer);
    if (change != null) {
      changedSteps.delete(wearer);
      findInactivity(new WearerId(wearer), change.span(), change.zone(), timestamp);
    }
  }

  private void onTimer(long systemTime) {
    long now = clock.millis();
    OptionalLong next = timers.next();
    if (next.isPresent()
        && next.getAsLong() <= now
        && positions.upToDate(systemTime, context.taskId().partition(), lag)) {
      timers.lookAtDue(now, guard, due -> endBySilence(due, systemTime));
    }
    planTimer();
  }

  private void endBySilence(String key, long timestamp) {
    WearerId wearer = new WearerId(WearerPartitioner.wearer(key));
    episodes
        .startingAt(wearer, EpisodeKind.INACTIVE, StoreKeys.startOf(key))
        .ifPresent(
            episode ->
                findInactivity(
                    wearer,
                    new Span(episode.from().toEpochMilli(), episode.to().toEpochMilli()),
                    episode.zone(),
                    timestamp));
  }

  /** The injected clock may run up to sixty times as fast as the system's. */
  private void planTimer() {
    OptionalLong next = timers.next();
    if (next.isPresent()) {
      long wait = (next.getAsLong() - clock.millis()) / FAST_CLOCK;
      timerWakeup.in(Duration.ofMillis(Math.max(SHORTEST_WAIT, Math.min(LONGEST_WAIT, wait))));
    }
  }

  private void findInactivity(WearerId wearer, Span changed, ZoneId zone, long timestamp) {
    Span near = episodes.hull(wearer, EpisodeKind.INACTIVE, changed.widened(WINDOW));
    Span wide = near.widened(WINDOW);
    // A counter that was silent for hours tells something of each minute in between.
    List<StepReport> reports = log.within(wearer, wide.widened(StepSums.REACH));
    StepCounts counts =
        StepCounts.of(reports, statements.voided(wearer, wide), wide, silence.toMillis());
    LongFunction<WearerSettings> settings = wearers.settings(wearer);
    boolean[] known = knownMinutes(bouts.touching(wearer, wide), counts);
    WearerDates dates = wearers.dates(wearer, zone);
    LongFunction<ZoneId> zones = minute -> dates.zoneAt(Instant.ofEpochMilli(minute));
    List<Span> stretches =
        Inactivity.stretches(
            counts, minute -> !known[minute] && isAwake(settings, counts.startOf(minute), zones));
    List<Episode> truth = new ArrayList<>();
    for (Span stretch : stretches) {
      if (stretch.to() > near.from() && stretch.from() < near.to()) {
        Episode episode = episode(wearer, stretch, counts, zones.apply(stretch.from()));
        truth.add(episode);
        timers.set(
            StoreKeys.at(wearer.value(), stretch.from()),
            episode.open()
                ? OptionalLong.of(stretch.to() + silence.toMillis())
                : OptionalLong.empty());
      }
    }
    planTimer();
    for (Episode episode : episodes.replace(wearer, EpisodeKind.INACTIVE, near, truth)) {
      context.forward(
          new Record<>(WearerPartitioner.key(wearer, episode.id()), (Object) episode, timestamp),
          Nodes.TO_EPISODES);
    }
  }

  private Episode episode(WearerId wearer, Span stretch, StepCounts counts, ZoneId zone) {
    Instant from = Instant.ofEpochMilli(stretch.from());
    Instant to = Instant.ofEpochMilli(stretch.to());
    long minutes = (stretch.to() - stretch.from()) / 60_000L;
    int level = 0;
    for (int next : LEVELS) {
      level = minutes >= next ? next : level;
    }
    boolean goesOn = isToldWithin(silence, counts, stretch.to());
    boolean open = !goesOn && stretch.to() + silence.toMillis() > clock.millis();
    return new Episode(
        StableIds.episode(wearer, EpisodeKind.INACTIVE, from),
        wearer,
        EpisodeKind.INACTIVE,
        from,
        to,
        zone,
        level,
        open,
        0,
        false,
        new Episode.Evidence(
            to, to, (stretch.to() - stretch.from()) / 1000.0, Posture.INACTIVE, Placement.WRIST),
        open ? null : goesOn ? "steps" : "silence");
  }

  /** Whether a device tells of steps again before it counts as silent. */
  private static boolean isToldWithin(Duration silence, StepCounts counts, long instant) {
    int next = counts.minuteOf(instant);
    int last = Math.min(counts.minutes(), next + (int) silence.toMinutes());
    return IntStream.range(next, last).anyMatch(counts::isCovered);
  }

  /** The minutes of a count in which some bout tells the posture. */
  private static boolean[] knownMinutes(List<Bout> bouts, StepCounts counts) {
    boolean[] known = new boolean[counts.minutes()];
    for (Bout bout : bouts) {
      if (bout.posture() != Posture.INACTIVE) {
        int first = counts.minuteOf(bout.from().toEpochMilli());
        int last = counts.minuteOf(bout.to().toEpochMilli() - 1);
        for (int m = Math.max(0, first); m <= Math.min(last, known.length - 1); m++) {
          known[m] = true;
        }
      }
    }
    return known;
  }

  private static boolean isAwake(
      LongFunction<WearerSettings> settings, long minute, LongFunction<ZoneId> zones) {
    LocalTime time = Instant.ofEpochMilli(minute).atZone(zones.apply(minute)).toLocalTime();
    WearerSettings then = settings.apply(minute);
    LocalTime from = then.awakeFrom();
    LocalTime to = then.awakeTo();
    return from.isBefore(to)
        ? !time.isBefore(from) && time.isBefore(to)
        : !time.isBefore(from) || time.isBefore(to);
  }
}
