package io.lumbar.ingest;

import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.StepsObservation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the rows of an activPAL events file into observations.
 *
 * <p>Rows follow each other without gaps, so that a row starts where the one before ends as long as
 * its own time says the same to the second; that keeps sums exact. The sensor's clock runs through
 * a change of daylight saving time: only the first row's local time is converted, everything else
 * counts from there.
 *
 * <p>The step column counts strides of one leg; steps are twice as many. A last sedentary row of
 * over four hours is the sensor lying in a drawer and is left out.
 */
final class ActivPalRows {
  private static final Duration LONGEST_LAST_SITTING = Duration.ofHours(4);
  private static final long CHAIN_MILLIS = 1_000;
  private static final double MOST_SECONDS = 31 * 86_400.0;
  private static final double MOST_STRIDES = 1e8;

  private final ActivPalHeader header;
  private final Source source;
  private final ImportSink sink;
  private @Nullable Row held;
  private long originMillis;
  private @Nullable Instant origin;
  private long strides = -1;

  ActivPalRows(ActivPalHeader header, Source source, ImportSink sink) {
    this.header = header;
    this.source = source;
    this.sink = sink;
  }

  /** Reads a line; its row is passed on with the next. */
  void take(String line, int lineNumber) {
    String path = "line " + lineNumber;
    List<String> cells = header.cells(line);
    int needed = Math.max(header.time(), Math.max(header.duration(), header.code()));
    if (cells.size() <= needed) {
      refuse(path, "has only " + cells.size() + " columns", line);
      return;
    }
    Optional<LocalDateTime> local = ActivPalTime.parse(cells.get(header.time()));
    if (local.isEmpty()) {
      refuse(path, "time: must be days since 1899-12-30, as in 44129.9814", line);
      return;
    }
    double seconds = Decimals.parse(cells.get(header.duration()));
    if (!(seconds >= 0 && seconds <= MOST_SECONDS)) {
      refuse(path, "duration: must be seconds, 0 or more", line);
      return;
    }
    Posture posture = posture(cells.get(header.code()).replace(',', '.'));
    if (posture == null) {
      refuse(
          path,
          "code: '%s' is not one of 0, 1, 2, 2.1, 3.1, 3.2, 4, 5"
              .formatted(Spelling.clip(cells.get(header.code()))),
          line);
      return;
    }
    long ownMillis = ActivPalTime.millis(local.get());
    Row before = held;
    long start = chained(before, ownMillis);
    if (before != null && start < before.endMillis()) {
      refuse(path, "time: starts before the row before it ends", line);
      return;
    }
    if (origin == null) {
      originMillis = start;
      origin = local.get().atZone(zone(local.get())).toInstant();
    }
    long end = start + Math.round(seconds * 1_000);
    held =
        new Row(
            path, posture, start, end, steps(cells, seconds), positions(posture, cells, seconds));
    if (before != null) {
      pass(before);
    }
  }

  /** Passes on the last row, unless it is no wear. */
  void finish() {
    Row last = held;
    if (last == null) {
      return;
    }
    held = null;
    boolean drawer =
        last.posture() == Posture.SITTING
            && last.endMillis() - last.startMillis() > LONGEST_LAST_SITTING.toMillis();
    if (drawer) {
      sink.take(new Element.Ignored(1));
      sink.note(
          "%s: the file ends with %.1f h of sitting without a row behind it, which is the sensor lying about; it was ignored"
              .formatted(last.path(), (last.endMillis() - last.startMillis()) / 3_600_000.0));
    } else {
      pass(last);
    }
  }

  private ZoneId zone(LocalDateTime local) {
    return source.zoneAt(local.toInstant(ZoneOffset.UTC));
  }

  private static long chained(@Nullable Row before, long ownMillis) {
    return before != null && Math.abs(ownMillis - before.endMillis()) <= CHAIN_MILLIS
        ? before.endMillis()
        : ownMillis;
  }

  private void pass(Row row) {
    if (row.startMillis() == row.endMillis()) {
      sink.take(new Element.Ignored(1));
      return;
    }
    long longest = PostureObservation.LONGEST.toMillis();
    int count = 1;
    for (long from = row.startMillis(); from < row.endMillis(); from += longest) {
      Instant start = instant(from);
      Instant end = instant(Math.min(row.endMillis(), from + longest));
      boolean whole = row.endMillis() - row.startMillis() <= longest;
      sink.take(
          new Element.Reading(
              row.path(), count, posture(row, start, end, whole ? row.positions() : Map.of())));
      count = 0;
    }
    if (row.steps() > 0 && row.endMillis() - row.startMillis() <= longest) {
      Instant start = instant(row.startMillis());
      sink.take(
          new Element.Reading(
              row.path(),
              0,
              new StepsObservation(
                  source.stampAt(start), row.steps(), start, instant(row.endMillis()))));
    }
  }

  private PostureObservation posture(
      Row row, Instant start, Instant end, Map<SleepPosition, Double> positions) {
    return new PostureObservation(
        source.stampAt(start),
        row.posture(),
        start,
        end,
        false,
        PostureObservation.Origin.REPORTED,
        PostureObservation.Grade.FINAL,
        null,
        null,
        null,
        positions);
  }

  private Instant instant(long millis) {
    if (origin == null) {
      throw new IllegalStateException("no row was read");
    }
    return origin.plusMillis(millis - originMillis);
  }

  private int steps(List<String> cells, double seconds) {
    double count =
        header.strides() < 0 || header.strides() >= cells.size()
            ? Double.NaN
            : Decimals.parse(cells.get(header.strides()));
    if (!(count >= 0 && count <= MOST_STRIDES)) {
      return 0;
    }
    long now = (long) count;
    long before = strides;
    strides = now;
    if (before < 0) {
      // A file that was cut out of a longer one starts with the count so far.
      return now <= 1 + 3 * seconds ? (int) (2 * now) : 0;
    }
    return (int) (2 * (now >= before ? now - before : now));
  }

  private Map<SleepPosition, Double> positions(Posture posture, List<String> cells, double total) {
    if (posture != Posture.LYING) {
      return Map.of();
    }
    Map<SleepPosition, Double> seconds = new EnumMap<>(SleepPosition.class);
    double sum = 0;
    for (var column : header.positions().entrySet()) {
      double value =
          column.getValue() < cells.size() ? Decimals.parse(cells.get(column.getValue())) : 0;
      if (value > 0) {
        seconds.put(column.getKey(), value);
        sum += value;
      }
    }
    return sum <= total + 1 ? seconds : Map.of();
  }

  private static @Nullable Posture posture(String code) {
    return switch (code.endsWith(".0") ? code.substring(0, code.length() - 2) : code) {
      case "0" -> Posture.SITTING;
      case "1" -> Posture.STANDING;
      case "2" -> Posture.WALKING;
      case "2.1" -> Posture.CYCLING;
      case "3.1", "3.2" -> Posture.LYING;
      case "4" -> Posture.NOT_WORN;
      case "5" -> Posture.TRAVELLING;
      default -> null;
    };
  }

  private void refuse(String path, String reason, String line) {
    sink.take(new Element.Refused(path, reason, line.getBytes(StandardCharsets.UTF_8)));
  }

  private record Row(
      String path,
      Posture posture,
      long startMillis,
      long endMillis,
      int steps,
      Map<SleepPosition, Double> positions) {}
}
