package io.lumbar.history.influx;

import io.lumbar.history.HistoryStore.HistoryRefused;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.history.influx.InfluxConnection.Row;
import io.lumbar.model.Json;
import io.lumbar.model.WearerId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The days and nights of a version that kept the whole records in {@code days} and {@code nights},
 * and their move to where they stand now, which is done once: the measurement {@code schema} notes
 * it.
 *
 * <p>A record is written in its new place, unless one of its revision or a newer one is there, and
 * then made empty in the old one. Doing it again changes nothing, so that it may break off anywhere
 * and several processes may do it at once. Nobody writes anything else before it is done; a process
 * that is still in the middle of a date then has a while to see that.
 */
final class OldDates {
  private static final Logger LOG = LoggerFactory.getLogger(OldDates.class);

  private static final String PLACE = "schema";
  private static final int VERSION = 2;
  private static final int MOVING = 1;

  /** A date begins so much earlier or later than UTC's at most, in any zone. */
  private static final long SLACK = Duration.ofHours(36).toMillis();

  /** Longer than the requests that move what was read of a date. */
  static final Duration SETTLE = Duration.ofMinutes(1);

  /** Whoever waits for it hears from it at least so often. */
  static final Duration AT_A_TIME = Duration.ofSeconds(10);

  private static final int LINES = 1_000;

  private final InfluxConnection connection;
  private final Duration settle;
  private final Duration atATime;
  private volatile boolean moved;
  private boolean settled;
  private @Nullable Work work;

  OldDates(InfluxConnection connection, Duration settle, Duration atATime) {
    this.connection = connection;
    this.settle = settle;
    this.atATime = atATime;
  }

  /**
   * A record.
   *
   * @param record as JSON, empty where it is retracted
   * @param nanos its point's time
   */
  record Found(WearerId wearer, LocalDate date, long revision, String record, long nanos) {
    <T> T read(Class<T> type) {
      return Json.read(record.getBytes(StandardCharsets.UTF_8), type);
    }

    Found newer(Found later) {
      return later.revision < revision ? this : later;
    }
  }

  /** How far this process is. */
  private static final class Work {
    private final LocalDate first;
    private final LocalDate last;
    private LocalDate next;
    private long records;
    private long left;

    Work(LocalDate first, LocalDate last, LocalDate next) {
      this.first = first;
      this.last = last;
      this.next = next;
    }

    long dates() {
      return last.toEpochDay() - first.toEpochDay() + 1;
    }

    long done() {
      return next.toEpochDay() - first.toEpochDay();
    }
  }

  /** Whether nothing is left of them; asks the server until it is so. */
  boolean moved() {
    if (!moved && !noted("version = " + VERSION).isEmpty()) {
      moved = true;
    }
    return moved;
  }

  private List<Row> noted(String condition) {
    return connection.query(
        "SELECT version, upto, records FROM %s WHERE %s ORDER BY time DESC LIMIT 1"
            .formatted(PLACE, condition));
  }

  private void note(int version, Work at) {
    connection.write(
        List.of(
            new Line(PLACE)
                .field("version", version)
                .field("upto", at.next.toString())
                .field("records", at.records)
                .toString()));
  }

  /**
   * Call before anything is written or deleted; returns at once when nothing is left to do.
   *
   * @throws HistoryUnavailable after some seconds when there is, having done some of it
   */
  synchronized void move() {
    if (settled) {
      return;
    }
    List<Row> done = noted("version = " + VERSION);
    if (done.isEmpty()) {
      moveOn();
      done = noted("version = " + VERSION);
    }
    moved = true;
    boolean alone = done.stream().allMatch(row -> row.number("records") == 0);
    String before = "version = %d AND time < now() - %dms".formatted(VERSION, settle.toMillis());
    if (!alone && noted(before).isEmpty()) {
      throw new HistoryUnavailable(
          "the days and nights of an older version are moved; it goes on within a minute", null);
    }
    settled = true;
  }

  private void moveOn() {
    Work at = work == null ? begin() : work;
    work = at;
    long until = System.nanoTime() + atATime.toNanos();
    while (!at.next.isAfter(at.last)) {
      if (!move(DateKind.DAY, at) || !move(DateKind.NIGHT, at)) {
        return;
      }
      at.next = at.next.plusDays(1);
      if (System.nanoTime() > until && !at.next.isAfter(at.last)) {
        note(MOVING, at);
        String progress =
            "moving the days and nights of an older version: %d of %d dates"
                .formatted(at.done(), at.dates());
        LOG.info(progress);
        throw new HistoryUnavailable(progress, null);
      }
    }
    note(VERSION, at);
    if (at.records > 0) {
      LOG.info(
          "moved {} days and nights of an older version{}",
          at.records,
          at.left == 0 ? "" : "; " + at.left + " stay behind, which the server refuses");
    }
  }

  /** What there is to do, from where it broke off. */
  private Work begin() {
    List<Row> ends =
        connection.query(
            Stream.of("first", "last")
                .flatMap(
                    end ->
                        Stream.of(DateKind.DAY, DateKind.NIGHT)
                            .map(
                                kind -> "SELECT %s(revision) FROM %s".formatted(end, kind.shown())))
                .toList());
    if (ends.isEmpty()) {
      return new Work(LocalDate.EPOCH, LocalDate.EPOCH.minusDays(1), LocalDate.EPOCH);
    }
    long oldest = ends.stream().mapToLong(Row::millis).min().orElseThrow();
    long newest = ends.stream().mapToLong(Row::millis).max().orElseThrow();
    LocalDate first = date(oldest - SLACK);
    LocalDate next =
        noted("version = " + MOVING).stream()
            .map(row -> LocalDate.parse(row.text("upto")))
            .filter(first::isBefore)
            .findFirst()
            .orElse(first);
    return new Work(first, date(newest + SLACK), next);
  }

  private static LocalDate date(long millis) {
    return LocalDate.ofEpochDay(Math.floorDiv(millis, Duration.ofDays(1).toMillis()));
  }

  /** Of a date; false when another process has meanwhile done it all. */
  private <T> boolean move(DateKind<T> kind, Work at) {
    String ofDate = " AND local_date = " + InfluxQl.quoted(at.next.toString());
    List<Found> found = read(kind, ofDate, at.next, at.next);
    if (found.isEmpty()) {
      return true;
    }
    if (moved()) {
      return false;
    }
    Map<WearerId, Found> newest = new HashMap<>();
    found.forEach(one -> newest.merge(one.wearer(), one, Found::newer));
    Collection<Found> coming = missing(kind, at.next, newest.values());
    boolean taken =
        write(
            coming.stream()
                .map(one -> kind.whole(one.wearer(), one.date(), one.revision(), one.record()))
                .toList());
    List<Found> left = taken ? List.of() : missing(kind, at.next, coming);
    at.records += coming.size() - left.size();
    at.left += left.size();
    List<WearerId> staying = left.stream().map(Found::wearer).toList();
    write(
        found.stream()
            .filter(one -> !staying.contains(one.wearer()))
            .map(one -> emptied(kind, one))
            .toList());
    return true;
  }

  /** Those of a date of which neither their revision nor a newer one has its new place. */
  private <T> List<Found> missing(DateKind<T> kind, LocalDate date, Collection<Found> some) {
    Map<String, Long> there = new HashMap<>();
    String query =
        InfluxQl.select(
                "wearer, revision", DateKind.WHOLE, kind.millis(date), kind.millis(date) + 1)
            .toString();
    connection.query(query).forEach(row -> there.put(row.text("wearer"), row.number("revision")));
    return some.stream()
        .filter(one -> there.getOrDefault(one.wearer().value(), Long.MIN_VALUE) < one.revision())
        .toList();
  }

  private static String emptied(DateKind<?> kind, Found one) {
    return new Line(kind.shown())
        .tag("local_date", one.date().toString())
        .tag("wearer", one.wearer().value())
        .field("record", "")
        .at(one.nanos());
  }

  /** False when the server refused some, such as those that are beyond its retention. */
  private boolean write(List<String> lines) {
    boolean taken = true;
    for (int from = 0; from < lines.size(); from += LINES) {
      try {
        connection.write(lines.subList(from, Math.min(from + LINES, lines.size())));
      } catch (HistoryRefused e) {
        LOG.warn("not all days and nights of an older version can be moved: {}", e.getMessage());
        taken = false;
      }
    }
    return taken;
  }

  /** Of a wearer, as far as they are not moved; of a date there may be several. */
  List<Found> of(DateKind<?> kind, WearerId wearer, LocalDate from, LocalDate to) {
    String ofWearer = " AND wearer = " + InfluxQl.quoted(wearer.value());
    return read(kind, ofWearer, from, to).stream()
        .filter(one -> !one.date().isBefore(from) && !one.date().isAfter(to))
        .toList();
  }

  private List<Found> read(DateKind<?> kind, String condition, LocalDate from, LocalDate to) {
    String live = kind == DateKind.NIGHT ? " AND retracted = false" : "";
    List<Found> found = new ArrayList<>();
    for (Row row :
        connection.query(
            select(kind, "record", from, to) + " AND record != ''" + live + condition)) {
      found.add(found(row, row.text("record")));
    }
    if (kind == DateKind.NIGHT) {
      // Without their records: the client reads no column without a value.
      String gone = select(kind, "retracted", from, to) + " AND retracted = true" + condition;
      connection.query(gone).forEach(row -> found.add(found(row, "")));
    }
    return found;
  }

  private static InfluxQl select(DateKind<?> kind, String column, LocalDate from, LocalDate to) {
    return InfluxQl.select(
        "wearer, local_date, revision, " + column,
        kind.shown(),
        DateKind.midnight(from) - SLACK,
        DateKind.midnight(to) + SLACK);
  }

  private static Found found(Row row, String record) {
    return new Found(
        new WearerId(row.text("wearer")),
        LocalDate.parse(row.text("local_date")),
        row.number("revision"),
        record,
        row.number("time"));
  }
}
