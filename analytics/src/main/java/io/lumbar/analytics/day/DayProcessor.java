package io.lumbar.analytics.day;

import io.lumbar.analytics.aging.ClosedDates;
import io.lumbar.analytics.aging.Horizon;
import io.lumbar.analytics.night.TimesInBed;
import io.lumbar.analytics.sitting.BoutLedger;
import io.lumbar.analytics.steps.SeatedMoves;
import io.lumbar.analytics.steps.StepSums;
import io.lumbar.analytics.stream.Corrected;
import io.lumbar.analytics.stream.DayTold;
import io.lumbar.analytics.stream.EpisodeLedger;
import io.lumbar.analytics.stream.MeasuresChanged;
import io.lumbar.analytics.stream.MomentTold;
import io.lumbar.analytics.stream.NightChanged;
import io.lumbar.analytics.stream.Nodes;
import io.lumbar.analytics.stream.PostureChanged;
import io.lumbar.analytics.stream.PublishedDay;
import io.lumbar.analytics.stream.SettingsChanged;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.SpanForgotten;
import io.lumbar.analytics.stream.StepsChanged;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.analytics.stream.Timers;
import io.lumbar.analytics.stream.Wakeup;
import io.lumbar.analytics.stream.WearerBook;
import io.lumbar.analytics.stream.WearerErased;
import io.lumbar.analytics.told.StatementLog;
import io.lumbar.analytics.trunk.BendSums;
import io.lumbar.model.Barrier;
import io.lumbar.model.CheckIn;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Episode;
import io.lumbar.model.ForgottenDates;
import io.lumbar.model.TimerGuard;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerDates;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Publishes the summary of each local day in which something changed.
 *
 * <p>Changes are collected and a day is rebuilt at most once a second, since an upload of a day's
 * data touches it thousands of times. Which days are waiting is kept in a store, so a crash forgets
 * none. When a day begins or is over it is looked at again, for its load. An importer's barrier is
 * passed on once it was seen in every input topic, behind the days that the data before it changed.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else
public final class DayProcessor implements Processor<String, Object, String, Object> {
  private static final Duration REBUILD_AFTER = Duration.ofSeconds(1);

  // So many at a time that an alert is not kept waiting by them.
  private static final int SLICE = 32;
  private static final Duration NEXT_SLICE = Duration.ofMillis(200);

  private static final Duration AHEAD = Duration.ofMinutes(10);

  /** The system's clock and the one that decides what goes on may drift apart. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  /** Stands for the zone in which a day was published. */
  private static final String USUAL_ZONE = "";

  /** As {@link #USUAL_ZONE}, for a day of which only the load may have changed. */
  private static final String ONLY_LOAD = "load";

  private final InstantSource clock;
  private final Horizon horizon;

  /** An import's barrier counts once it came through all of them. */
  private static final Set<String> INPUTS =
      Set.of(Topic.POSTURE.topicName(), Topic.STEPS.topicName(), Topic.MOTION.topicName());

  private ProcessorContext<String, Object> context;
  private BoutLedger bouts;
  private StatementLog statements;
  private WearerBook wearers;
  private TimesInBed inBed;
  private StepSums steps;
  private BendSums bends;
  private SeatedMoves seatedMoves;
  private KeyValueStore<String, String> changedDays;
  private KeyValueStore<String, PublishedDay> published;
  private KeyValueStore<String, String> barriers;
  private LoadWatch loads;
  private ClosedDates closed;
  private DayTurns turns;
  private Wakeup wakeup;
  private TimerGuard guard;
  private Wakeup turnWakeup;
  private final Map<String, String> waiting = new LinkedHashMap<>();

  /** What was read of wearers' dates, until the next days are rebuilt. */
  private final Map<String, Optional<WearerDates>> datesRead = new HashMap<>();

  /**
   * Prepares the processor.
   *
   * @param clock the present, which decides which days are over
   * @param horizon how far back every day is kept whole
   */
  public DayProcessor(InstantSource clock, Horizon horizon) {
    this.clock = clock;
    this.horizon = horizon;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    bouts =
        BoutLedger.readOnly(
            context.getStateStore(Stores.BOUTS), context.getStateStore(Stores.RETIRED));
    statements = new StatementLog(context.getStateStore(Stores.STATEMENTS));
    wearers = new WearerBook(context.getStateStore(Stores.WEARERS));
    inBed = new TimesInBed(bouts, wearers);
    steps = new StepSums(context.getStateStore(Stores.STEPS), statements);
    bends = new BendSums(context.getStateStore(Stores.BENDS));
    seatedMoves = new SeatedMoves(context.getStateStore(Stores.SEATED_MOVES));
    changedDays = context.getStateStore(Stores.CHANGED_DAYS);
    published = context.getStateStore(Stores.DAYS);
    barriers = context.getStateStore(Stores.BARRIERS);
    closed = new ClosedDates(context.getStateStore(Stores.CLOSED_DAYS));
    turns = new DayTurns(new Timers(context.getStateStore(Stores.DAY_TIMERS)), clock);
    loads =
        new LoadWatch(
            new LoadLog(context.getStateStore(Stores.LOADS)),
            published,
            new EpisodeLedger(
                context.getStateStore(Stores.EPISODES), context.getStateStore(Stores.RETIRED)),
            wearers,
            turns);
    waiting.clear();
    datesRead.clear();
    try (KeyValueIterator<String, String> all = changedDays.all()) {
      while (all.hasNext()) {
        KeyValue<String, String> day = all.next();
        waiting.put(day.key, day.value.equals(USUAL_ZONE) ? usualZone(day.key).getId() : day.value);
      }
    }
    wakeup = new Wakeup(context, this::rebuildSome);
    guard = TimerGuard.in(context.appConfigs());
    turnWakeup = new Wakeup(context, this::turn);
    planTurn();
    if (!waiting.isEmpty()) {
      wakeup.in(REBUILD_AFTER);
    }
  }

  @Override
  public void process(Record<String, Object> record) {
    if (record.value() instanceof WearerErased gone) {
      waiting.keySet().removeIf(key -> WearerPartitioner.wearer(key).equals(gone.wearer()));
      turns.drop(gone.wearer());
    } else if (record.value() instanceof SettingsChanged change) {
      datesRead.remove(change.wearer().value());
      Span since = change.since();
      if (since != null) {
        noteLoads(change.wearer(), since);
      }
      Span zones = change.zones();
      if (zones != null) {
        noteOtherDates(change.wearer(), zones);
      }
    } else if (record.value() instanceof PostureChanged change) {
      note(change.wearer(), change.span(), change.zone());
    } else if (record.value() instanceof StepsChanged change) {
      note(change.wearer(), change.span(), change.zone());
    } else if (record.value() instanceof MeasuresChanged change) {
      note(change.wearer(), change.span(), change.zone());
    } else if (record.value() instanceof NightChanged change) {
      note(change.wearer(), change.span(), change.zone());
    } else if (record.value() instanceof Corrected change) {
      note(change.wearer(), change.span(), zoneAt(change.wearer(), change.span().from()));
    } else if (record.value() instanceof MomentTold told) {
      note(told.wearer(), new Span(told.at(), told.at() + 1), zoneAt(told.wearer(), told.at()));
    } else if (record.value() instanceof SpanForgotten word) {
      forget(word, record.timestamp());
    } else if (record.value() instanceof DayTold told) {
      note(told.wearer(), told.date(), zoneOf(told.wearer(), told.date()));
    } else if (record.value() instanceof Barrier barrier) {
      passBarrier(new WearerId(record.key()), barrier, record.timestamp());
    }
  }

  private void note(WearerId wearer, Span span, ZoneId zone) {
    WearerDates dates = dates(wearer, zone);
    long horizon = clock.millis() + AHEAD.toMillis();
    long to = Math.max(span.from(), Math.min(span.to() - 1, horizon));
    LocalDate last = dates.at(Instant.ofEpochMilli(to));
    LocalDate day = dates.at(Instant.ofEpochMilli(span.from()));
    for (; !day.isAfter(last); day = day.plusDays(1)) {
      note(wearer, day, dates.zoneOf(day));
    }
  }

  /**
   * From the date on in which the zones became others: that one ends at another time. Those that
   * were published by the zones of before may lie beyond.
   */
  private void noteOtherDates(WearerId wearer, Span zones) {
    Span around = new Span(zones.from() - 1, Math.max(zones.to(), clock.millis()));
    note(wearer, around, ZoneOffset.UTC);
    LocalDate first = dates(wearer, ZoneOffset.UTC).at(Instant.ofEpochMilli(around.from()));
    try (KeyValueIterator<String, PublishedDay> later =
        published.range(
            WearerPartitioner.key(wearer, first.toString()),
            WearerPartitioner.key(wearer, LoadWatch.LAST.toString()))) {
      while (later.hasNext()) {
        LocalDate date = LoadWatch.date(later.next().key);
        note(wearer, date, zoneOf(wearer, date));
      }
    }
  }

  /** The wearer's dates; of one not read yet, those of a zone. */
  private WearerDates dates(WearerId wearer, ZoneId stamped) {
    return datesRead
        .computeIfAbsent(wearer.value(), id -> wearers.dates(wearer))
        .orElseGet(() -> WearerDates.of(stamped));
  }

  private void note(WearerId wearer, LocalDate day, ZoneId zone) {
    String key = WearerPartitioner.key(wearer, day.toString());
    if (!zone.getId().equals(waiting.put(key, zone.getId()))) {
      PublishedDay known = published.get(key);
      boolean usual = known != null && known.zone().equals(zone);
      changedDays.put(key, usual ? USUAL_ZONE : zone.getId());
      wakeup.in(REBUILD_AFTER);
    }
  }

  /** By how much a load has to rise to be a jump is decided at the end of its day. */
  private void noteLoads(WearerId wearer, Span span) {
    LocalDate last = date(wearer, span.to());
    for (LocalDate day = date(wearer, span.from()); !day.isAfter(last); day = day.plusDays(1)) {
      if (published.get(WearerPartitioner.key(wearer, day.toString())) != null) {
        noteLoad(wearer, day);
      }
    }
  }

  private LocalDate date(WearerId wearer, long instant) {
    return wearers.dates(wearer, ZoneOffset.UTC).at(Instant.ofEpochMilli(instant));
  }

  private void noteLoad(WearerId wearer, LocalDate day) {
    String key = WearerPartitioner.key(wearer, day.toString());
    if (waiting.putIfAbsent(key, ONLY_LOAD) == null) {
      changedDays.put(key, ONLY_LOAD);
      wakeup.in(REBUILD_AFTER);
    }
  }

  /** A word of the wearer carries no zone: that of the day it is about, else the registry's. */
  private ZoneId zoneAt(WearerId wearer, long instant) {
    return zoneOf(wearer, date(wearer, instant));
  }

  private ZoneId zoneOf(WearerId wearer, LocalDate date) {
    return usualZone(WearerPartitioner.key(wearer, date.toString()));
  }

  private ZoneId usualZone(String key) {
    PublishedDay known = published.get(key);
    ZoneId stamped = known == null ? ZoneOffset.UTC : known.zone();
    return dates(new WearerId(WearerPartitioner.wearer(key)), stamped).zoneOf(LoadWatch.date(key));
  }

  private void turn(long timestamp) {
    boolean more = true;
    for (int i = 0; i < SLICE && more; i++) {
      more = turns.lookAtTurned(guard, key -> turn(key, timestamp));
    }
    planTurn();
  }

  private void turn(String key, long timestamp) {
    WearerId wearer = new WearerId(WearerPartitioner.wearer(key));
    LocalDate date = LoadWatch.date(key);
    note(wearer, date, usualZone(key));
    loads.changedAfter(wearer, date).forEach(later -> noteLoad(wearer, later));
    if (published.get(key) != null) {
      publishJumps(wearer, date, timestamp);
    }
  }

  private void planTurn() {
    OptionalLong next = turns.next();
    if (next.isPresent()) {
      long wait = Math.max(NEXT_SLICE.toMillis(), next.getAsLong() - clock.millis());
      turnWakeup.in(Duration.ofMillis(Math.min(wait, LONGEST_WAIT.toMillis())));
    }
  }

  private void rebuildSome(long timestamp) {
    datesRead.clear();
    turn(timestamp);
    List<String> some = waiting.keySet().stream().limit(SLICE).toList();
    some.forEach(key -> guard.look(key, () -> rebuild(key, timestamp)));
    if (!waiting.isEmpty()) {
      wakeup.in(NEXT_SLICE);
    }
  }

  private void rebuildAll(WearerId wearer, long timestamp) {
    List<String> all;
    // A day that was rebuilt may change the load of those after it.
    do {
      all =
          waiting.keySet().stream()
              .filter(key -> wearer.value().equals(WearerPartitioner.wearer(key)))
              .toList();
      all.forEach(key -> rebuild(key, timestamp));
    } while (!all.isEmpty());
  }

  private void rebuild(String key, long timestamp) {
    String zone = waiting.remove(key);
    if (zone != null) {
      changedDays.delete(key);
      WearerId wearer = new WearerId(WearerPartitioner.wearer(key));
      boolean onlyLoad = zone.equals(ONLY_LOAD);
      ZoneId noted = onlyLoad ? usualZone(key) : ZoneId.of(zone);
      publish(wearer, LoadWatch.date(key), noted, onlyLoad, timestamp);
    }
  }

  private void publish(
      WearerId wearer, LocalDate date, ZoneId noted, boolean onlyLoad, long timestamp) {
    if (closed.contains(wearer, date)) {
      return;
    }
    String key = WearerPartitioner.key(wearer, date.toString());
    WearerDates dates = datesOf(wearer, date, noted);
    ZoneId zone = dates.zoneOf(date);
    Span span = Span.of(dates, date);
    PublishedDay before = published.get(key);
    if (before == null && span.from() == span.to()) {
      return;
    }
    List<CheckIn> told = statements.checkIns(wearer, span);
    DaySum.Facts facts = facts(wearer, date, dates, span, told);
    DaySummary sums = DaySum.of(facts, before == null ? 1 : before.revision() + 1);
    if (onlyLoad && before != null && mayBeForgotten(date) && !isMadeOf(before, sums, facts)) {
      // What it was made of is forgotten by now. While it is not, an older version made it.
      return;
    }
    boolean tells = before != null || !DaySum.isEmpty(sums);
    boolean turned = tells && turns.watch(key, span);
    planTurn();
    boolean loaded = loads.keep(wearer, date, DayLoad.of(sums));
    boolean gone = sums.withLoad(List.of()).retracted();
    DaySummary day = sums.withLoad(gone ? List.of() : loads.upTo(wearer, date, zone));
    PublishedDay now = PublishedDay.of(day);
    if (tells && (before == null || !before.saysTheSameAs(now))) {
      published.put(key, now);
      context.forward(new Record<>(key, (Object) day, timestamp), Nodes.TO_DAYS);
      if (before == null
          || before.rise() > 0
          || now.rise() > 0
          || before.measured() != now.measured()
          || before.retracted() != now.retracted()) {
        publishJumps(wearer, date, timestamp);
      }
    }
    if (loaded || turned) {
      loads.changedAfter(wearer, date).forEach(later -> noteLoad(wearer, later));
    }
  }

  private static boolean isMadeOf(PublishedDay before, DaySummary sums, DaySum.Facts facts) {
    return before.isMadeOf(sums) || before.isMadeOf(sums.withWear(DaySum.formerWear(facts)));
  }

  /** Whether something of a day may be gone; Forgetting keeps each day within the horizon whole. */
  private boolean mayBeForgotten(LocalDate date) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return date.isBefore(today.minusDays(horizon.days()));
  }

  private WearerDates datesOf(WearerId wearer, LocalDate date, ZoneId noted) {
    return wearers
        .dates(wearer)
        .orElseGet(
            () ->
                WearerDates.of(
                    DayZone.of(date, bouts.touching(wearer, Span.of(date))).orElse(noted)));
  }

  private DaySum.Facts facts(
      WearerId wearer, LocalDate date, WearerDates dates, Span span, List<CheckIn> told) {
    List<Span> voided = statements.voided(wearer, span);
    List<Span> beds = inBed.touching(wearer, span);
    return new DaySum.Facts(
        wearer,
        date,
        dates,
        span,
        bouts.touching(wearer, span),
        steps.within(wearer, span, dates),
        beds,
        statements.forgotten(wearer, span),
        WakingHours.of(wearers.settingsAt(wearer, span.to()), dates, date),
        statements.tags(wearer, date, span),
        told,
        bends.within(wearer, span, voided, beds).orElse(null),
        seatedMoves
            .within(wearer, span, voided)
            .map(SeatedMoves.Counts::seatedShifts)
            .orElse(null));
  }

  private void publishJumps(WearerId wearer, LocalDate date, long timestamp) {
    for (Episode episode : loads.jumps(wearer, date)) {
      context.forward(
          new Record<>(WearerPartitioner.key(wearer, episode.id()), (Object) episode, timestamp),
          Nodes.TO_EPISODES);
    }
  }

  /**
   * Says which days of a span to forget cannot be summed anew; their loads count no more either.
   */
  private void forget(SpanForgotten word, long timestamp) {
    WearerId wearer = word.wearer();
    ForgottenDates lost =
        word.of(
            date ->
                closed.contains(wearer, date)
                    || published.get(WearerPartitioner.key(wearer, date.toString())) == null);
    for (LocalDate date : lost.dates()) {
      Span day = Span.of(dates(wearer, zoneOf(wearer, date)), date);
      if (day.from() < word.span().to() && day.to() > word.span().from()) {
        published.delete(WearerPartitioner.key(wearer, date.toString()));
        if (loads.keep(wearer, date, DayLoad.NOTHING)) {
          loads.changedAfter(wearer, date).forEach(later -> noteLoad(wearer, later));
        }
      }
    }
    context.forward(new Record<>(lost.key(), (Object) lost, timestamp), Nodes.TO_DAYS);
  }

  private void passBarrier(WearerId wearer, Barrier barrier, long timestamp) {
    String topic = context.recordMetadata().map(at -> at.topic()).orElse(Topic.POSTURE.topicName());
    String key = WearerPartitioner.key(wearer, barrier.id());
    String before = barriers.get(key);
    Set<String> seen = new TreeSet<>(before == null ? Set.of() : Set.of(before.split(",")));
    seen.add(topic);
    if (!seen.containsAll(INPUTS)) {
      barriers.put(key, String.join(",", seen));
      return;
    }
    barriers.delete(key);
    rebuildAll(wearer, timestamp);
    Record<String, Object> passed =
        new Record<>(WearerPartitioner.key(wearer, Barrier.KEY), barrier, timestamp);
    context.forward(passed, Nodes.TO_BOUTS);
    context.forward(passed, Nodes.TO_EPISODES);
    context.forward(passed, Nodes.TO_DAYS);
    context.forward(passed, Nodes.TO_NIGHTS);
  }
}
