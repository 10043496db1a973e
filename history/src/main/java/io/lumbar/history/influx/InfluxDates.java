package io.lumbar.history.influx;

import io.lumbar.history.HistoryStore.Dates;
import io.lumbar.history.influx.InfluxConnection.Row;
import io.lumbar.model.DaySummary;
import io.lumbar.model.NightSummary;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads days and nights. A wearer who changed zone may have two points of a date; the higher
 * revision counts.
 */
final class InfluxDates {
  /** Points of a date lie at the midnight of some zone. */
  static final long SLACK = Duration.ofHours(36).toMillis();

  private final InfluxConnection connection;

  InfluxDates(InfluxConnection connection) {
    this.connection = connection;
  }

  List<DaySummary> days(WearerId wearer, LocalDate from, LocalDate to) {
    return days(connection.query(dayQuery(wearer, from, to)), from, to);
  }

  List<NightSummary> nights(WearerId wearer, LocalDate from, LocalDate to) {
    return nights(connection.query(nightQuery(wearer, from, to)), from, to);
  }

  Dates both(WearerId wearer, LocalDate from, LocalDate to) {
    List<List<Row>> results =
        connection.queryEach(List.of(dayQuery(wearer, from, to), nightQuery(wearer, from, to)));
    return new Dates(days(results.get(0), from, to), nights(results.get(1), from, to));
  }

  private static String dayQuery(WearerId wearer, LocalDate from, LocalDate to) {
    return query("record", "days", wearer, from, to);
  }

  private static String nightQuery(WearerId wearer, LocalDate from, LocalDate to) {
    return query("record, revision, local_date", "nights", wearer, from, to);
  }

  private static String query(
      String columns, String measurement, WearerId wearer, LocalDate from, LocalDate to) {
    return InfluxQl.select(columns, measurement, midnight(from, -SLACK), midnight(to, SLACK))
        .where("wearer", wearer.value())
        .toString();
  }

  private static List<DaySummary> days(List<Row> rows, LocalDate from, LocalDate to) {
    Map<LocalDate, DaySummary> newest = new TreeMap<>();
    for (Row row : rows) {
      DaySummary day = row.record(DaySummary.class);
      if (!day.date().isBefore(from) && !day.date().isAfter(to)) {
        newest.merge(day.date(), day, (one, two) -> two.revision() < one.revision() ? one : two);
      }
    }
    return List.copyOf(newest.values());
  }

  /** One that was retracted counts as the higher revision too, and is left out then. */
  private static List<NightSummary> nights(List<Row> rows, LocalDate from, LocalDate to) {
    Map<LocalDate, Row> newest = new TreeMap<>();
    for (Row row : rows) {
      LocalDate date = LocalDate.parse(row.text("local_date"));
      if (!date.isBefore(from) && !date.isAfter(to)) {
        newest.merge(
            date, row, (one, two) -> two.number("revision") < one.number("revision") ? one : two);
      }
    }
    return newest.values().stream()
        .filter(row -> !row.text("record").isEmpty())
        .map(row -> row.record(NightSummary.class))
        // Before records of retracted nights were left out, they said it themselves.
        .filter(night -> !night.retracted())
        .toList();
  }

  /** Midnight of a date in UTC and some milliseconds, within what can be counted. */
  static long midnight(LocalDate date, long slack) {
    LocalDate near = LocalDate.ofEpochDay(Math.max(-200_000, Math.min(200_000, date.toEpochDay())));
    return near.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() + slack;
  }
}
