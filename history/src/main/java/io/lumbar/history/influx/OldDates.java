package io.lumbar.history.influx;

import io.lumbar.history.HistoryStore.HistoryRefused;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.history.influx.InfluxConnection.Row;
import io.lumbar.model.Json;
import io.lumbar.model.WearerId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The days and nights of a version that kept the whole records in {@code days} and {@code nights},
 * and their move to where they stand now, which is done once: a measurement notes it.
 *
 * <p>A record is written in its new place, unless one of its revision or a newer one is there, and
 * then made empty in the old one. Doing it again changes nothing, so that it may break off anywhere
 * and several processes may do it at once. Nobody writes anything else before it is done; a process
 * that is still in the middle of a slice then has a while to see that.
 */
final class OldDates {
  private static final Logger LOG = LoggerFactory.getLogger(OldDates.class);
  private static final String PLACE = "lumbar_schema";
  private static final long VERSION = 2;

  /** A date begins so much earlier or later than UTC's at most, in any zone. */
  private static final long SLACK = Duration.ofHours(36).toMillis();

  private final InfluxConnection connection;
  private final InfluxErasures erasures;
  private final Pace pace;
  private volatile boolean moved;
  private boolean settled;

  /** What this process still has to look at, null before it began. */
  private @Nullable Deque<Part> left;

  private boolean any;

  OldDates(InfluxConnection connection, InfluxErasures erasures, Pace pace) {
    this.connection = connection;
    this.erasures = erasures;
    this.pace = pace;
  }

  /**
   * How it is done.
   *
   * @param settle longer than the requests that move a slice
   * @param atATime whoever waits for it hears from it at least so often
   * @param slice so many records are held at a time, of some ten kilobytes each
   */
  record Pace(Duration settle, Duration atATime, int slice) {
    static final Pace USUAL = new Pace(Duration.ofMinutes(1), Duration.ofSeconds(10), 500);
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

    private String emptied(DateKind<?> kind) {
      Line line = new Line(kind.shown()).tag("local_date", date.toString());
      return line.tag("wearer", wearer.value()).field("record", "").at(nanos);
    }
  }

  private record Part(DateKind<?> kind, LocalDate date) {}

  /** Whether nothing is left of them; asks the server until it is so. */
  boolean moved() {
    if (!moved && !noted("").isEmpty()) {
      moved = true;
    }
    return moved;
  }

  private List<Row> noted(String condition) {
    return connection.query(
        "SELECT version, had_dates FROM %s WHERE version = %d%s ORDER BY time DESC LIMIT 1"
            .formatted(PLACE, VERSION, condition));
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
    List<Row> done = noted("");
    if (done.isEmpty()) {
      try {
        moveOn();
      } catch (HistoryRefused e) {
        // Not the fault of what is to be written.
        throw new HistoryUnavailable(
            "the days and nights of an older version cannot be moved: " + e.getMessage(), e);
      }
      done = noted("");
    }
    moved = true;
    boolean any = done.stream().anyMatch(row -> row.text("had_dates").equals("true"));
    String before = " AND time < now() - %dms".formatted(pace.settle().toMillis());
    if (any && noted(before).isEmpty()) {
      throw new HistoryUnavailable(
          "the days and nights of an older version are moved; it goes on within a minute", null);
    }
    settled = true;
  }

  private void moveOn() {
    Deque<Part> parts = left == null ? parts() : left;
    left = parts;
    any |= !parts.isEmpty();
    Set<WearerId> erased = erasures.erased();
    long until = System.nanoTime() + pace.atATime().toNanos();
    while (!parts.isEmpty()) {
      if (moved()) {
        return;
      }
      if (!moveSlice(parts.element(), erased)) {
        parts.remove();
      }
      if (System.nanoTime() > until && !parts.isEmpty()) {
        throw new HistoryUnavailable(
            "moving the days and nights of an older version, dates to go: " + parts.size(), null);
      }
    }
    connection.write(
        List.of(new Line(PLACE).field("version", VERSION).field("had_dates", any).toString()));
  }

  /** All dates: the index does not tell those that are moved from others. */
  private Deque<Part> parts() {
    Deque<Part> parts = new ArrayDeque<>();
    for (DateKind<?> kind : List.of(DateKind.DAY, DateKind.NIGHT)) {
      String dates = "SHOW TAG VALUES FROM %s WITH KEY = local_date".formatted(kind.shown());
      for (Row row : connection.query(dates)) {
        parts.add(new Part(kind, LocalDate.parse(row.text("value"))));
      }
    }
    return parts;
  }

  /** False when nothing is left of the part. */
  private boolean moveSlice(Part part, Set<WearerId> erased) {
    LocalDate date = part.date;
    String ofDate = " AND local_date = " + InfluxQl.quoted(date.toString());
    List<Found> slice = read(part.kind, false, ofDate + " LIMIT " + pace.slice(), date, date);
    try {
      carry(part, slice.isEmpty() ? read(part.kind, true, ofDate, date, date) : slice, erased);
      connection.write(slice.stream().map(one -> one.emptied(part.kind)).toList());
    } catch (HistoryRefused e) {
      if (!String.valueOf(e.getMessage()).contains("retention")) {
        throw e;
      }
      // All of a date have one time, and the server is about to end what is so old.
      LOG.warn("{} of an older version is not moved: {}", date, e.getMessage());
      return false;
    }
    return !slice.isEmpty();
  }

  /** Writes those of which neither their revision nor a newer one has its new place. */
  private void carry(Part part, List<Found> found, Set<WearerId> erased) {
    Map<WearerId, Found> coming = new HashMap<>();
    found.forEach(one -> coming.merge(one.wearer(), one, Found::newer));
    coming.keySet().removeAll(erased);
    if (coming.isEmpty()) {
      return;
    }
    long millis = part.kind.millis(part.date);
    InfluxQl there = InfluxQl.select("wearer, revision", DateKind.WHOLE, millis, millis + 1);
    for (Row row : connection.query(there.toString())) {
      coming.computeIfPresent(
          new WearerId(row.text("wearer")),
          (wearer, one) -> row.number("revision") < one.revision() ? one : null);
    }
    connection.write(
        coming.values().stream()
            .map(one -> part.kind.whole(one.wearer(), one.date(), one.revision(), one.record()))
            .toList());
  }

  /** Of a wearer, as far as they are not moved; of a date there may be several. */
  List<Found> of(DateKind<?> kind, WearerId wearer, LocalDate from, LocalDate to) {
    String ofWearer = " AND wearer = " + InfluxQl.quoted(wearer.value());
    return Stream.of(false, true)
        .flatMap(retracted -> read(kind, retracted, ofWearer, from, to).stream())
        .filter(one -> !one.date().isBefore(from) && !one.date().isAfter(to))
        .toList();
  }

  /** What is retracted has no record, and the client reads no column without a value. */
  private List<Found> read(
      DateKind<?> kind, boolean retracted, String condition, LocalDate from, LocalDate to) {
    if (retracted && kind != DateKind.NIGHT) {
      return List.of();
    }
    InfluxQl some =
        InfluxQl.select(
            "wearer, local_date, revision" + (retracted ? "" : ", record"),
            kind.shown(),
            DateKind.midnight(from) - SLACK,
            DateKind.midnight(to) + SLACK);
    String which = retracted ? " AND retracted = true" : " AND record != ''";
    List<Found> found = new ArrayList<>();
    for (Row row : connection.query(some + which + condition)) {
      found.add(
          new Found(
              new WearerId(row.text("wearer")),
              LocalDate.parse(row.text("local_date")),
              row.number("revision"),
              retracted ? "" : row.text("record"),
              row.number("time")));
    }
    return found;
  }
}
