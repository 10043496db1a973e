package io.lumbar.history.influx;

import io.lumbar.history.HistoryStore;
import io.lumbar.history.Listing;
import io.lumbar.history.Listing.Cursor;
import io.lumbar.history.influx.InfluxConnection.Row;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.Experiment;
import io.lumbar.model.ForgottenDates;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Posture;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The history in InfluxDB: line protocol to {@code /api/v2/write}, InfluxQL from {@code /query},
 * the pair that 1.8, 2.x and 3 speak.
 *
 * <p>What is retracted stays as a point with {@code retracted=true}, because not every version can
 * delete one; lists leave it out. A batch is not one transaction: after a failure some of it may be
 * there, and writing it again completes it. Barriers are written last.
 */
public final class InfluxHistory implements HistoryStore {
  /** How much earlier than its alert an answer may be stamped. */
  private static final long ANSWER_SLACK = Duration.ofDays(1).toMillis();

  /**
   * How long after its alert an answer is looked for; phones that were offline send theirs late.
   */
  private static final long LATEST_ANSWER = Duration.ofDays(30).toMillis();

  /** Of no wearer, so that the server opens no series for it, and still says whether it answers. */
  private static final String LOOK =
      "SELECT id FROM bouts WHERE wearer = '-' AND time >= now() - 1m LIMIT 1";

  /** Room for items that share the millisecond of the cursor. */
  private static final int TIES = 64;

  private final InfluxConfig config;
  private final InfluxConnection connection;
  private final InfluxErasures erasures;
  private final InfluxWeeks weeks;
  private final OldDates oldDates;
  private final InfluxDates dates;
  private final Revisions<Bout> bouts;
  private final Revisions<Episode> episodes;
  private final Revisions<DaySummary> days;
  private final Revisions<NightSummary> nights;
  private final BoutHours boutHours = new BoutHours();
  private final DayMedians dayMedians;

  private InfluxHistory(InfluxConfig config, OldDates.Pace pace) {
    this.config = config;
    this.connection = new InfluxConnection(config);
    this.erasures = new InfluxErasures(connection);
    this.oldDates = new OldDates(connection, erasures, pace);
    this.dates = new InfluxDates(connection, oldDates);
    this.weeks = new InfluxWeeks(connection, dates);
    this.bouts = new Revisions<>(connection, Revisions.Identity.ofBouts());
    this.episodes = new Revisions<>(connection, Revisions.Identity.ofEpisodes());
    this.days = new Revisions<>(connection, Revisions.Identity.of(DateKind.DAY));
    this.nights = new Revisions<>(connection, Revisions.Identity.of(DateKind.NIGHT));
    this.dayMedians = new DayMedians(connection, dates, erasures);
  }

  /** A store that connects when it is first used, and creates its bucket when that is missing. */
  public static InfluxHistory of(InfluxConfig config) {
    return of(config, OldDates.Pace.USUAL);
  }

  /** The same, with another pace for what an older version left. */
  static InfluxHistory of(InfluxConfig config, OldDates.Pace pace) {
    return new InfluxHistory(config, pace);
  }

  @Override
  public void write(Batch batch) {
    oldDates.move();
    try {
      writeItems(batch);
    } catch (RuntimeException e) {
      // Some of it may be there: what dashboards have of a date is no longer what is remembered.
      forgetAll();
      throw e;
    }
  }

  private void writeItems(Batch batch) {
    Collection<Bout> newBouts = bouts.newest(batch.bouts());
    Collection<Episode> newEpisodes = episodes.newest(batch.episodes());
    Collection<DaySummary> newDays = days.newest(batch.days());
    Collection<NightSummary> newNights = nights.newest(batch.nights());
    List<String> dropped = new ArrayList<>();
    List<DaySummary> poorerDays = days.dropping(newDays);
    poorerDays.forEach(day -> dropped.add(DateKind.DAY.hiding(day)));
    DayMedians.Change medians = dayMedians.with(newDays, poorerDays);
    nights.dropping(newNights).forEach(night -> dropped.add(DateKind.NIGHT.hiding(night)));
    medians.poorer().forEach(day -> dropped.add(DateKind.DAY.hiding(day)));
    boolean gone = erasures.delete(dropped);
    List<String> lines = new ArrayList<>();
    newBouts.forEach(bout -> lines.add(Points.of(bout)));
    // Behind the bouts, which tell how far there may be hours to take back.
    newBouts.forEach(bout -> lines.addAll(boutHours.of(bout, bouts.former(bout))));
    newEpisodes.forEach(episode -> lines.add(Points.of(episode)));
    // Whole records first: what dashboards may have more than is told by them would stay.
    newDays.forEach(day -> lines.add(DateKind.DAY.whole(day)));
    newNights.forEach(night -> lines.add(DateKind.NIGHT.whole(night)));
    Set<DaySummary> kept = gone ? Set.of() : Set.copyOf(poorerDays);
    newDays.forEach(day -> lines.add(kept.contains(day) ? Points.over(day) : Points.of(day)));
    lines.addAll(medians.lines(gone));
    newNights.forEach(night -> lines.add(Points.of(night)));
    for (Alert alert : batch.alerts()) {
      lines.add(Points.of(alert));
      lines.add(Points.place(alert));
    }
    batch.responses().forEach(response -> lines.add(Points.of(response)));
    batch.decisions().forEach(decision -> lines.add(Points.of(decision)));
    batch.experiments().forEach(told -> lines.add(Points.of(told)));
    connection.write(lines);
    bouts.remember(newBouts);
    boutHours.remember(newBouts);
    episodes.remember(newEpisodes);
    days.remember(newDays);
    nights.remember(newNights);
    for (PassedBarrier barrier : batch.barriers()) {
      // One by one: two in a request would get the same time and become one point.
      connection.write(List.of(Points.of(barrier)));
    }
  }

  /**
   * Writes what a process says of its own work into the measurement {@code pipeline}, counts only.
   *
   * @param process its role
   * @throws HistoryUnavailable when the server cannot be reached
   */
  public void pulse(String process, Map<String, Double> values, Instant at) {
    connection.write(List.of(Points.pulse(process, values, at)));
  }

  /**
   * Writes into the measurement {@code sharing} whom dashboards may offer.
   *
   * @param shared whether a wearer shares what was measured
   * @throws HistoryUnavailable when the server cannot be reached
   */
  public void sharing(Map<WearerId, Boolean> shared, Instant at) {
    connection.write(
        shared.entrySet().stream()
            .map(each -> Points.sharing(each.getKey(), each.getValue(), at))
            .toList());
  }

  @Override
  public Page<Bout> bouts(WearerId wearer, @Nullable Posture posture, Range range) {
    Cursor first = first("bouts", wearer, range);
    return page(
        range,
        Bout.class,
        InfluxHistory::place,
        limit -> {
          InfluxQl query = overlapping("bouts", wearer, range, first);
          if (posture != null) {
            query.where("posture", posture.wireName());
          }
          return query.first(limit);
        });
  }

  @Override
  public Page<Episode> episodes(WearerId wearer, Range range) {
    Cursor first = first("episodes", wearer, range);
    return page(
        range,
        Episode.class,
        episode -> new Cursor(episode.from().toEpochMilli(), episode.id()),
        limit -> overlapping("episodes", wearer, range, first).first(limit));
  }

  private Cursor first(String measurement, WearerId wearer, Range range) {
    return Listing.first(
        range, before -> extents(connection.query(starts(measurement, wearer, before).toString())));
  }

  private static InfluxQl starts(String measurement, WearerId wearer, long before) {
    return InfluxQl.select("until", measurement, Long.MIN_VALUE, before)
        .where("wearer", wearer.value())
        .live()
        .last(Listing.STARTS);
  }

  private static List<Listing.Extent> extents(List<Row> starts) {
    return starts.stream()
        .map(row -> new Listing.Extent(millis(row), row.number("until")))
        .toList();
  }

  private static long millis(Row row) {
    return row.millis();
  }

  private static InfluxQl overlapping(
      String measurement, WearerId wearer, Range range, Cursor first) {
    return InfluxQl.select("record", measurement, first.millis(), Listing.to(range))
        .where("wearer", wearer.value())
        .live()
        .endingAfter(Listing.from(range));
  }

  @Override
  public Page<Decision> decisions(WearerId wearer, Range range) {
    return page(
        range,
        Decision.class,
        InfluxHistory::place,
        limit -> within("decisions", wearer, range).first(limit));
  }

  @Override
  public Page<AnsweredAlert> alerts(WearerId wearer, Range range) {
    Page<Alert> page =
        page(
            range,
            Alert.class,
            InfluxHistory::place,
            limit -> within("alerts", wearer, range).first(limit));
    return new Page<>(answered(wearer, page.items()), page.next());
  }

  private static InfluxQl within(String measurement, WearerId wearer, Range range) {
    long start = Math.max(Cursor.of(range.after()).millis(), Listing.from(range));
    return InfluxQl.select("record", measurement, start, Listing.to(range))
        .where("wearer", wearer.value());
  }

  private List<AnsweredAlert> answered(WearerId wearer, List<Alert> alerts) {
    if (alerts.isEmpty()) {
      return List.of();
    }
    InfluxQl query =
        answers(
            wearer,
            alerts.get(0).at().toEpochMilli(),
            alerts.get(alerts.size() - 1).at().toEpochMilli());
    if (alerts.size() == 1) {
      query.where("alert", alerts.get(0).id());
    }
    return answered(alerts, connection.query(query.toString()));
  }

  /** The answers to alerts from an instant to another. */
  private static InfluxQl answers(WearerId wearer, long first, long last) {
    return InfluxQl.select("record", "responses", first - ANSWER_SLACK, last + LATEST_ANSWER)
        .where("wearer", wearer.value());
  }

  private static List<AnsweredAlert> answered(List<Alert> alerts, List<Row> answers) {
    Map<String, AlertResponse> newest = new HashMap<>();
    for (AlertResponse response : read(answers, AlertResponse.class)) {
      // Former versions wrote the end of a snooze beside the answers.
      if (!response.endsSnooze()) {
        newest.merge(
            response.alert(), response, (one, two) -> two.at().isBefore(one.at()) ? one : two);
      }
    }
    return alerts.stream().map(alert -> new AnsweredAlert(alert, newest.get(alert.id()))).toList();
  }

  @Override
  public Details details(WearerId wearer, Instant from, Instant to) {
    Range range = new Range(from, to, Integer.MAX_VALUE, null);
    long start = Listing.from(range);
    Cursor near = new Cursor(Listing.near(start), "");
    List<List<Row>> results =
        connection.queryEach(
            Stream.of(
                    starts("bouts", wearer, near.millis()),
                    overlapping("bouts", wearer, range, near),
                    within("alerts", wearer, range),
                    answers(wearer, start, Listing.to(range)),
                    within("decisions", wearer, range),
                    told(wearer))
                .map(InfluxQl::toString)
                .toList());
    Cursor first = Listing.first(range, before -> extents(results.get(0)));
    List<Row> bouts =
        first.compareTo(near) < 0
            ? connection.query(overlapping("bouts", wearer, range, first).toString())
            : results.get(1);
    return new Details(
        sorted(bouts, Bout.class, InfluxHistory::place),
        answered(sorted(results.get(2), Alert.class, InfluxHistory::place), results.get(3)),
        sorted(results.get(4), Decision.class, InfluxHistory::place),
        valid(results.get(5)));
  }

  private static <T> List<T> sorted(List<Row> rows, Class<T> type, Function<T, Cursor> place) {
    return read(rows, type).stream().sorted(Comparator.comparing(place)).toList();
  }

  private static Cursor place(Bout bout) {
    return new Cursor(bout.from().toEpochMilli(), bout.id());
  }

  private static Cursor place(Alert alert) {
    return new Cursor(alert.at().toEpochMilli(), alert.id());
  }

  private static Cursor place(Decision decision) {
    return new Cursor(decision.at().toEpochMilli(), decision.id());
  }

  @Override
  public Optional<AnsweredAlert> alert(String id) {
    InfluxQl place =
        InfluxQl.select("id, wearer", "alert_ids", Long.MIN_VALUE, Long.MAX_VALUE)
            .where("slot", Points.slot(id))
            .where("id", id);
    for (Row row : connection.query(place.toString())) {
      WearerId wearer = new WearerId(row.text("wearer"));
      long millis = millis(row);
      InfluxQl query =
          InfluxQl.select("record", "alerts", millis, millis + 1)
              .where("wearer", wearer.value())
              .where("id", id);
      List<Alert> found = read(query, Alert.class);
      if (!found.isEmpty()) {
        return Optional.of(answered(wearer, found.subList(0, 1)).get(0));
      }
    }
    return Optional.empty();
  }

  @Override
  public List<DaySummary> days(WearerId wearer, LocalDate from, LocalDate to) {
    return dates.days(wearer, from, to);
  }

  @Override
  public List<NightSummary> nights(WearerId wearer, LocalDate from, LocalDate to) {
    return dates.nights(wearer, from, to);
  }

  @Override
  public Dates dates(WearerId wearer, LocalDate from, LocalDate to) {
    return dates.both(wearer, from, to);
  }

  @Override
  public List<Experiment> experiments(WearerId wearer) {
    return valid(connection.query(told(wearer).toString()));
  }

  private static InfluxQl told(WearerId wearer) {
    return InfluxQl.select("record", "experiments", Long.MIN_VALUE, Long.MAX_VALUE)
        .where("wearer", wearer.value());
  }

  private static List<Experiment> valid(List<Row> rows) {
    Map<String, Experiment> newest = new HashMap<>();
    for (Experiment one : read(rows, Experiment.class)) {
      newest.merge(one.id(), one, (a, b) -> b.supersedes(a) ? b : a);
    }
    return newest.values().stream()
        .filter(one -> !one.revoked())
        .sorted(Comparator.comparing(Experiment::from).thenComparing(Experiment::id))
        .toList();
  }

  @Override
  public Optional<Bout> latestBout(WearerId wearer) {
    // The newest of each posture, because points of one time come in no order that means anything.
    InfluxQl query =
        InfluxQl.select("record", "bouts", Long.MIN_VALUE, Long.MAX_VALUE)
            .where("wearer", wearer.value())
            .live()
            .last(Posture.values().length);
    return read(query, Bout.class).stream()
        .max(Comparator.comparing(Bout::from).thenComparing(Bout::id));
  }

  @Override
  public List<String> erase(Erasure erasure) {
    oldDates.move();
    dayMedians.forgetAll();
    return erasures.erase(erasure);
  }

  @Override
  public void dropDays(ForgottenDates lost) {
    drop(DateKind.DAY, lost, lost::takes);
    days.forgetAll();
    dayMedians.forgetAll();
  }

  @Override
  public void dropNights(ForgottenDates lost) {
    drop(DateKind.NIGHT, lost, lost::takes);
    nights.forgetAll();
  }

  private <T> void drop(DateKind<T> kind, ForgottenDates lost, Predicate<T> taken) {
    oldDates.move();
    List<LocalDate> around = lost.dates();
    if (!around.isEmpty()) {
      List<T> found = dates.of(kind, lost.wearer(), around.get(0), around.get(around.size() - 1));
      List<LocalDate> gone = found.stream().filter(taken).map(kind::date).toList();
      if (kind == DateKind.DAY) {
        // Before the days themselves: without them nobody would know, should it break off.
        dayMedians.write(dayMedians.without(lost.wearer(), gone));
      }
      erasures.dates(kind, lost.wearer(), gone);
    }
  }

  @Override
  public void writersChanged() {
    forgetAll();
  }

  private void forgetAll() {
    bouts.forgetAll();
    boutHours.forgetAll();
    episodes.forgetAll();
    days.forgetAll();
    dayMedians.forgetAll();
    nights.forgetAll();
  }

  @Override
  public List<Erasure> erasures(Instant since) {
    return erasures.since(since);
  }

  @Override
  public void expire(@Nullable Instant details, @Nullable LocalDate days) {
    if (details != null) {
      erasures.detailsBefore(details);
    }
    if (days != null) {
      oldDates.move();
      weeks.before(days);
      erasures.datesBefore(days);
    }
  }

  @Override
  public void expireLasting(@Nullable LocalDate ofWeeks, @Nullable LocalDate experiments) {
    if (ofWeeks != null) {
      erasures.weeksBefore(ofWeeks);
    }
    if (experiments != null) {
      erasures.experimentsBefore(experiments);
    }
  }

  @Override
  public boolean handOver(WearerId wearer, String report, Instant at) {
    InfluxQl query =
        InfluxQl.select("report", "handed_over", Long.MIN_VALUE, Long.MAX_VALUE)
            .where("wearer", wearer.value())
            .where("report", report);
    if (!connection.query(query.toString()).isEmpty() || erasures.erased().contains(wearer)) {
      return false;
    }
    connection.write(List.of(Points.handedOver(wearer, report, at)));
    return true;
  }

  @Override
  public void note(List<Reading> readings) {
    Set<WearerId> gone = erasures.erased();
    connection.write(
        readings.stream()
            .filter(reading -> !gone.contains(reading.wearer()))
            .map(Points::of)
            .toList());
  }

  @Override
  public List<Reading> readings(WearerId wearer, Instant from, Instant to) {
    InfluxQl query =
        InfluxQl.select(
                "reader, what, source, first, last, times",
                "readings",
                from.toEpochMilli(),
                to.toEpochMilli())
            .where("wearer", wearer.value());
    Map<String, Reading> summed = new HashMap<>();
    for (Row row : connection.query(query.toString())) {
      Instant hour = Instant.ofEpochMilli(millis(row));
      Reading one =
          new Reading(
              wearer,
              row.text("reader"),
              row.text("what"),
              hour,
              "",
              Instant.ofEpochMilli(row.number("first")),
              Instant.ofEpochMilli(row.number("last")),
              row.number("times"));
      summed.merge(hour + "|" + one.reader() + "|" + one.what(), one, InfluxHistory::sum);
    }
    return summed.values().stream()
        .sorted(
            Comparator.comparing(Reading::hour)
                .reversed()
                .thenComparing(Reading::reader)
                .thenComparing(Reading::what))
        .toList();
  }

  private static Reading sum(Reading one, Reading two) {
    return new Reading(
        one.wearer(),
        one.reader(),
        one.what(),
        one.hour(),
        "",
        one.first().isBefore(two.first()) ? one.first() : two.first(),
        one.last().isAfter(two.last()) ? one.last() : two.last(),
        one.times() + two.times());
  }

  @Override
  public boolean passed(WearerId wearer, String barrier) {
    InfluxQl query =
        InfluxQl.select("id, topic", "barriers", Long.MIN_VALUE, Long.MAX_VALUE)
            .where("wearer", wearer.value())
            .where("id", barrier);
    Set<String> topics = new HashSet<>();
    connection.query(query.toString()).forEach(row -> topics.add(row.text("topic")));
    return topics.containsAll(BARRIER_TOPICS.stream().map(Topic::topicName).toList());
  }

  @Override
  public Check check() {
    try {
      connection.query(LOOK);
      return new Check(true, config.toString());
    } catch (HistoryUnavailable e) {
      return new Check(false, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    connection.close();
  }

  /** Fetches until the page is certain: the last millisecond of a full answer may be cut. */
  private <T> Page<T> page(
      Range range, Class<T> type, Function<T, Cursor> cursor, IntFunction<InfluxQl> query) {
    Cursor after = Cursor.of(range.after());
    for (int limit = range.limit() + 1 + TIES; ; limit *= 2) {
      List<T> found = new ArrayList<>(read(query.apply(limit), type));
      boolean whole = found.size() < limit;
      found.sort(Comparator.comparing(cursor));
      if (!whole) {
        long cut = cursor.apply(found.get(found.size() - 1)).millis();
        found.removeIf(item -> cursor.apply(item).millis() == cut);
      }
      found.removeIf(item -> cursor.apply(item).compareTo(after) <= 0);
      if (whole || found.size() > range.limit()) {
        return Listing.page(found, range.limit(), cursor);
      }
    }
  }

  private <T> List<T> read(InfluxQl query, Class<T> type) {
    return read(connection.query(query.toString()), type);
  }

  private static <T> List<T> read(List<Row> rows, Class<T> type) {
    return rows.stream().map(row -> row.record(type)).toList();
  }
}
