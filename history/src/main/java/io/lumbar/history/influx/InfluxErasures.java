package io.lumbar.history.influx;

import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.history.HistoryStore.HistoryRefused;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.history.Listing;
import io.lumbar.history.influx.InfluxConnection.Row;
import io.lumbar.model.Alert;
import io.lumbar.model.Experiment;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes points away with InfluxQL's DELETE, which 1.8 and 2.x have. InfluxDB 3 has none: there what
 * is to go stays, out of reach of every page, until the database's retention ends it.
 *
 * <p>DELETE goes by tags and time alone, so what only a field tells apart is looked up first.
 */
final class InfluxErasures {
  private static final Logger LOG = LoggerFactory.getLogger(InfluxErasures.class);

  private static final List<String> BY_WEARER =
      List.of(
          "bouts",
          Points.HOURS,
          "episodes",
          "alerts",
          "responses",
          "decisions",
          "days",
          "nights",
          DateKind.WHOLE,
          "weeks",
          "barriers",
          "readings",
          "handed_over",
          "experiments",
          "sharing",
          "erasures");

  /** How long after a stretch began an alert may still tell of it. */
  private static final long TOLD_LATER = Duration.ofDays(1).toMillis();

  /** A report is handed over within a day or two of when it is due, and once. */
  private static final long HANDED_OVER = Duration.ofDays(3).toMillis();

  /** How much earlier than UTC's a day begins at most. */
  private static final long EASTMOST = Duration.ofHours(14).toMillis();

  private static final long WEEK = Duration.ofDays(7).toMillis();

  private static final int STATEMENTS = 100;

  private final InfluxConnection connection;

  InfluxErasures(InfluxConnection connection) {
    this.connection = connection;
  }

  /** Returns the ids of the alerts of a span that went. */
  List<String> erase(Erasure erasure) {
    WearerId wearer = erasure.wearer();
    List<String> statements = new ArrayList<>();
    List<String> alerts = new ArrayList<>();
    if (erasure.whole()) {
      emptyPlaces(wearer);
      BY_WEARER.forEach(measurement -> statements.add(delete(measurement, wearer)));
    } else {
      span(erasure, statements, alerts);
    }
    boolean gone = delete(statements);
    if (erasure.whole() && !gone) {
      emptyDates(wearer);
    }
    try {
      connection.write(List.of(Points.of(erasure)));
    } catch (HistoryRefused e) {
      // Asked before the time that the server keeps at all, as when the topics are read anew.
      LOG.warn("an erasure of {} is done and not noted: {}", wearer, e.getMessage());
    }
    return alerts;
  }

  /**
   * Where the alerts of a wearer are looked up by their ids. A deletion of each, some ten thousands
   * after years, would keep the other wearers' history waiting for minutes; a point without id and
   * wearer tells nothing, and is written by thousands.
   */
  private void emptyPlaces(WearerId wearer) {
    List<Row> alerts =
        connection.query(
            InfluxQl.select("id", "alerts", Long.MIN_VALUE, Long.MAX_VALUE)
                .where("wearer", wearer.value())
                .toString());
    try {
      connection.write(
          alerts.stream()
              .map(row -> Points.emptyPlace(row.text("id"), row.number("time")))
              .toList());
    } catch (HistoryRefused e) {
      // Some are on the brink of the server's retention.
      delete(alerts.stream().map(InfluxErasures::place).toList());
    }
  }

  private void emptyDates(WearerId wearer) {
    InfluxQl query =
        InfluxQl.select("revision", DateKind.WHOLE, Long.MIN_VALUE, Long.MAX_VALUE)
            .where("wearer", wearer.value());
    try {
      connection.write(
          connection.query(query.toString()).stream()
              .map(
                  row ->
                      (DateKind.DAY.has(row) ? DateKind.DAY : DateKind.NIGHT)
                          .whole(wearer, DateKind.date(row), 0, ""))
              .toList());
    } catch (HistoryRefused e) {
      LOG.warn("some days of {} are on the brink of the retention: {}", wearer, e.getMessage());
    }
  }

  private void span(Erasure erasure, List<String> statements, List<String> alerts) {
    WearerId wearer = erasure.wearer();
    long from = erasure.from() == null ? 0 : Listing.at(erasure.from());
    long to = erasure.to() == null ? 0 : Listing.at(erasure.to());
    hoursBehind(wearer, from, to, statements);
    for (String measurement :
        List.of("bouts", Points.HOURS, "episodes", "decisions", "responses")) {
      statements.add(delete(measurement, wearer) + within(from, to));
    }
    statements.add(delete("weeks", wearer) + within(from - WEEK, to));
    for (Row row : alerts(wearer, from, to + TOLD_LATER)) {
      Alert alert = row.record(Alert.class);
      if (erasure.covers(alert.at()) || erasure.covers(alert.since())) {
        alerts.add(alert.id());
        statements.add(place(row));
        statements.add(delete("alerts", wearer) + at(row));
        for (Row answer : answers(wearer, alert.id())) {
          statements.add(delete("responses", wearer) + at(answer));
        }
      }
    }
  }

  /** The hours after a span that belong to bouts which began in it. */
  private void hoursBehind(WearerId wearer, long from, long to, List<String> statements) {
    InfluxQl reaching =
        InfluxQl.select("id, until", "bouts", from, to)
            .where("wearer", wearer.value())
            .endingAfter(to);
    for (Row bout : connection.query(reaching.toString())) {
      for (long start : BoutHours.starts(bout.millis(), bout.number("until"))) {
        if (start >= to) {
          long time = Points.hour(start, bout.text("id"));
          statements.add(delete(Points.HOURS, wearer) + " AND time = " + time);
        }
      }
    }
  }

  /** Takes away all there is of some dates of a kind. */
  <T> void dates(DateKind<T> kind, WearerId wearer, List<LocalDate> dates) {
    // What finds the date again, should it break off, goes last.
    boolean gone =
        delete(
            dates.stream()
                .flatMap(date -> Stream.of(kind.hiding(wearer, date), kind.removal(wearer, date)))
                .toList());
    if (!gone) {
      connection.write(dates.stream().map(date -> kind.whole(wearer, date, 0, "")).toList());
    }
  }

  void detailsBefore(Instant instant) {
    String before = " WHERE time < " + InfluxQl.clamp(Listing.at(instant)) + "ms";
    List<String> statements = new ArrayList<>();
    for (String measurement :
        List.of(
            "bouts",
            Points.HOURS,
            "episodes",
            "alerts",
            "alert_ids",
            "responses",
            "decisions",
            "readings",
            "sharing",
            "barriers")) {
      statements.add("DELETE FROM " + measurement + before);
    }
    long handed = InfluxQl.clamp(Listing.at(instant) - HANDED_OVER);
    statements.add("DELETE FROM handed_over WHERE time < " + handed + "ms");
    delete(statements);
  }

  /** Days and nights of before a date. */
  void datesBefore(LocalDate date) {
    long midnight = DateKind.midnight(date);
    String before = " WHERE time < %dms";
    // East of Greenwich the first day that is kept begins before UTC's.
    String local = before.formatted(InfluxQl.clamp(midnight - EASTMOST));
    delete(
        List.of(
            "DELETE FROM " + DateKind.DAY.shown() + local,
            "DELETE FROM " + DateKind.NIGHT.shown() + local,
            "DELETE FROM " + DateKind.WHOLE + before.formatted(InfluxQl.clamp(midnight))));
  }

  /** Weeks whose last day is before a date. */
  void weeksBefore(LocalDate date) {
    // A week is stamped with its Monday; no week that a kept day is of goes, in any zone.
    long monday = DateKind.midnight(date.minusDays(6)) - EASTMOST;
    delete(List.of("DELETE FROM weeks WHERE time < %dms".formatted(InfluxQl.clamp(monday))));
  }

  /** All that was said of experiments whose last day is before a date. */
  void experimentsBefore(LocalDate date) {
    Map<String, List<Row>> said = new HashMap<>();
    for (Row row : connection.query("SELECT wearer, id, record FROM experiments")) {
      said.computeIfAbsent(row.text("wearer") + "|" + row.text("id"), key -> new ArrayList<>())
          .add(row);
    }
    List<String> statements = new ArrayList<>();
    for (List<Row> ofOne : said.values()) {
      // Were a later word to go alone, an earlier one would count again.
      Experiment valid =
          ofOne.stream()
              .map(row -> row.record(Experiment.class))
              .reduce((one, two) -> two.supersedes(one) ? two : one)
              .orElseThrow();
      if (!valid.end().isAfter(date)) {
        ofOne.forEach(
            row ->
                statements.add(delete("experiments", new WearerId(row.text("wearer"))) + at(row)));
      }
    }
    delete(statements);
  }

  List<Erasure> since(Instant since) {
    String query = "SELECT wearer, at, start, until FROM erasures WHERE at >= " + Listing.at(since);
    return connection.query(query).stream()
        .flatMap(row -> erasure(row).stream())
        .sorted(Comparator.comparing(Erasure::at).thenComparing(Erasure::wearer))
        .toList();
  }

  /** Wearers who are no more. */
  Set<WearerId> erased() {
    return since(Instant.EPOCH).stream()
        .filter(Erasure::whole)
        .map(Erasure::wearer)
        .collect(Collectors.toSet());
  }

  private static Optional<Erasure> erasure(Row row) {
    try {
      WearerId wearer = new WearerId(row.text("wearer"));
      Instant at = Instant.ofEpochMilli(row.number("at"));
      long start = row.number("start");
      long until = row.number("until");
      // No span is without length.
      return Optional.of(
          start == 0 && until == 0
              ? Erasure.everything(wearer, at)
              : new Erasure(wearer, Instant.ofEpochMilli(start), Instant.ofEpochMilli(until), at));
    } catch (IllegalArgumentException e) {
      // Nothing may stop for it; and it is asked for every few seconds.
      LOG.debug("the note of an erasure makes no sense: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private List<Row> alerts(WearerId wearer, long from, long to) {
    return connection.query(
        InfluxQl.select("id, record", "alerts", from, to)
            .where("wearer", wearer.value())
            .toString());
  }

  private List<Row> answers(WearerId wearer, String alert) {
    return connection.query(
        InfluxQl.select("alert", "responses", Long.MIN_VALUE, Long.MAX_VALUE)
            .where("wearer", wearer.value())
            .where("alert", alert)
            .toString());
  }

  /** Where an alert is looked up by its id. */
  private static String place(Row alert) {
    return "DELETE FROM alert_ids WHERE slot = "
        + InfluxQl.quoted(Points.slot(alert.text("id")))
        + at(alert);
  }

  private static String delete(String measurement, WearerId wearer) {
    return "DELETE FROM " + measurement + " WHERE wearer = " + InfluxQl.quoted(wearer.value());
  }

  private static String at(Row row) {
    return " AND time = " + row.number("time");
  }

  private static String within(long from, long to) {
    return " AND time >= " + InfluxQl.clamp(from) + "ms AND time < " + InfluxQl.clamp(to) + "ms";
  }

  /** False when the server cannot. */
  boolean delete(List<String> statements) {
    try {
      for (int from = 0; from < statements.size(); from += STATEMENTS) {
        connection.query(statements.subList(from, Math.min(from + STATEMENTS, statements.size())));
      }
      return true;
    } catch (HistoryUnavailable e) {
      if (!cannotDelete(e)) {
        throw e;
      }
      LOG.warn("this InfluxDB cannot delete, so that its retention has to: {}", e.getMessage());
      return false;
    }
  }

  private static boolean cannotDelete(HistoryUnavailable e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("not supported")
        || message.contains("unsupported")
        || message.contains("not implemented");
  }
}
