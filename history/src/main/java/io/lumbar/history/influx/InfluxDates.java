package io.lumbar.history.influx;

import io.lumbar.history.HistoryStore.Dates;
import io.lumbar.history.influx.InfluxConnection.Row;
import io.lumbar.model.DaySummary;
import io.lumbar.model.NightSummary;
import io.lumbar.model.WearerId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads days and nights. Until those of an older version are moved, it reads these too, and of a
 * date the higher revision counts.
 */
final class InfluxDates {
  private final InfluxConnection connection;
  private final OldDates old;

  InfluxDates(InfluxConnection connection, OldDates old) {
    this.connection = connection;
    this.old = old;
  }

  List<DaySummary> days(WearerId wearer, LocalDate from, LocalDate to) {
    return of(DateKind.DAY, wearer, from, to);
  }

  List<NightSummary> nights(WearerId wearer, LocalDate from, LocalDate to) {
    return of(DateKind.NIGHT, wearer, from, to);
  }

  <T> List<T> of(DateKind<T> kind, WearerId wearer, LocalDate from, LocalDate to) {
    if (from.isAfter(to)) {
      return List.of();
    }
    if (!old.moved()) {
      return both(kind, wearer, from, to);
    }
    return read(kind, rows("record", wearer, kind.millis(from), kind.millis(to)));
  }

  Dates both(WearerId wearer, LocalDate from, LocalDate to) {
    if (from.isAfter(to) || !old.moved()) {
      return new Dates(days(wearer, from, to), nights(wearer, from, to));
    }
    List<Row> rows = rows("record", wearer, DateKind.DAY.millis(from), DateKind.NIGHT.millis(to));
    return new Dates(read(DateKind.DAY, rows), read(DateKind.NIGHT, rows));
  }

  /** Those of all wearers; of one date, because all of a week would be much to hold. */
  <T> List<T> ofAll(DateKind<T> kind, LocalDate date) {
    return read(
        kind,
        connection.query(
            InfluxQl.select("record", DateKind.WHOLE, kind.millis(date), kind.millis(date) + 1)
                .toString()));
  }

  private List<Row> rows(String columns, WearerId wearer, long first, long last) {
    return connection.query(
        InfluxQl.select(columns, DateKind.WHOLE, first, last + 1)
            .where("wearer", wearer.value())
            .toString());
  }

  /** In order of time, as they come of one series. */
  private static <T> List<T> read(DateKind<T> kind, List<Row> rows) {
    List<T> read = new ArrayList<>();
    for (Row row : rows) {
      if (kind.has(row) && !row.text("record").isEmpty()) {
        read.add(row.record(kind.type()));
      }
    }
    return List.copyOf(read);
  }

  /** First the old ones: what is moved meanwhile stands in its new place before it leaves there. */
  private <T> List<T> both(DateKind<T> kind, WearerId wearer, LocalDate from, LocalDate to) {
    Map<LocalDate, OldDates.Found> newest = new TreeMap<>();
    for (OldDates.Found found : old.of(kind, wearer, from, to)) {
      newest.merge(found.date(), found, OldDates.Found::newer);
    }
    for (Row row : rows("revision, record", wearer, kind.millis(from), kind.millis(to))) {
      if (kind.has(row)) {
        OldDates.Found found =
            new OldDates.Found(
                wearer, DateKind.date(row), row.number("revision"), row.text("record"), 0);
        newest.merge(found.date(), found, OldDates.Found::newer);
      }
    }
    return newest.values().stream()
        .filter(found -> !found.record().isEmpty())
        .map(found -> found.read(kind.type()))
        .toList();
  }
}
