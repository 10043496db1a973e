package io.lumbar.history.sqlite;

import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.history.Listing;
import io.lumbar.model.Alert;
import io.lumbar.model.DaySummary;
import io.lumbar.model.ForgottenDates;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.WearerId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What takes rows away, within the transaction of the caller. */
record SqliteErasures(Connection connection) {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteErasures.class);

  private static final List<String> TABLES =
      List.of(
          "bouts",
          "episodes",
          "alerts",
          "responses",
          "decisions",
          "days",
          "nights",
          "barriers",
          "readings",
          "handed_over",
          "experiments");

  private static final long SECOND = 1_000;

  private static final long SPANS_NOTED = Duration.ofDays(60).toMillis();

  /** A row with these ends stands for all of a wearer. */
  private static final long WHOLE = Long.MIN_VALUE;

  /** Whether the wearer who is the statement's first parameter is no more. */
  static final String ERASED =
      "EXISTS (SELECT 1 FROM erasures WHERE wearer = ?1 AND start = " + WHOLE + ")";

  void everything(WearerId wearer) throws SQLException {
    for (String table : TABLES) {
      run("DELETE FROM " + table + " WHERE wearer = ?", wearer.value());
    }
    // Of a wearer who is no more, spans tell nothing but when they were there.
    run("DELETE FROM erasures WHERE wearer = ?", wearer.value());
  }

  /** Returns the ids of the alerts that went. */
  List<String> span(Erasure erasure) throws SQLException {
    String wearer = erasure.wearer().value();
    long from = start(erasure);
    long to = until(erasure);
    for (String table : List.of("bouts", "episodes")) {
      run(
          "DELETE FROM "
              + table
              + " WHERE wearer = ? AND start >= ? AND start < ? AND retracted = 0",
          wearer,
          from,
          to);
    }
    run("DELETE FROM decisions WHERE wearer = ? AND at >= ? AND at < ?", wearer, from, to);
    List<String> alerts = alerts(erasure, from, to);
    for (String alert : alerts) {
      run("DELETE FROM responses WHERE alert = ?", alert);
      run("DELETE FROM alerts WHERE id = ?", alert);
    }
    run("DELETE FROM responses WHERE wearer = ? AND at >= ? AND at < ?", wearer, from, to);
    return alerts;
  }

  /** Those decided in a span or of a stretch that began in it. */
  private List<String> alerts(Erasure erasure, long from, long to) throws SQLException {
    // 'since' is found by its second; the record says whether it is within.
    String sql =
        """
        SELECT record FROM alerts WHERE wearer = ? AND at >= ?
          AND (at < ? OR unixepoch(record ->> '$.since') * 1000 BETWEEN ? AND ?)\
        """;
    List<String> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, erasure.wearer().value());
      statement.setLong(2, from);
      statement.setLong(3, to);
      statement.setLong(4, from - SECOND);
      statement.setLong(5, to);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Alert alert = read(rows.getString(1), Alert.class);
          if (erasure.covers(alert.at()) || erasure.covers(alert.since())) {
            found.add(alert.id());
          }
        }
      }
    }
    return found;
  }

  /** Of what was retracted nothing is left but its revision. */
  void days(ForgottenDates lost) throws SQLException {
    dates("days", lost, record -> !record.isEmpty() && lost.takes(read(record, DaySummary.class)));
  }

  /** As of days. */
  void nights(ForgottenDates lost) throws SQLException {
    dates(
        "nights",
        lost,
        record -> !record.isEmpty() && lost.takes(read(record, NightSummary.class)));
  }

  private void dates(String table, ForgottenDates lost, Predicate<String> takes)
      throws SQLException {
    for (LocalDate date : lost.dates()) {
      boolean goes = false;
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT record FROM " + table + " WHERE wearer = ? AND date = ?")) {
        statement.setString(1, lost.wearer().value());
        statement.setString(2, date.toString());
        try (ResultSet row = statement.executeQuery()) {
          goes = row.next() && takes.test(row.getString(1));
        }
      }
      if (goes) {
        run(
            "DELETE FROM " + table + " WHERE wearer = ? AND date = ?",
            lost.wearer().value(),
            date.toString());
      }
    }
  }

  private static <T> T read(String record, Class<T> type) {
    return Json.read(record.getBytes(StandardCharsets.UTF_8), type);
  }

  void note(Erasure erasure) throws SQLException {
    // That something was forgotten is of use while copies of it may still come by.
    run(
        "DELETE FROM erasures WHERE start <> ? AND at < ?",
        WHOLE,
        Listing.at(erasure.at()) - SPANS_NOTED);
    run(
        "INSERT INTO erasures VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        erasure.wearer().value(),
        start(erasure),
        until(erasure),
        Listing.at(erasure.at()));
  }

  List<Erasure> since(Instant since) throws SQLException {
    String sql =
        "SELECT wearer, start, until, at FROM erasures WHERE at >= ? ORDER BY at, wearer, start";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, Listing.at(since));
      List<Erasure> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          try {
            found.add(
                new Erasure(
                    new WearerId(rows.getString(1)),
                    end(rows.getLong(2)),
                    end(rows.getLong(3)),
                    Instant.ofEpochMilli(rows.getLong(4))));
          } catch (IllegalArgumentException e) {
            // Nothing may stop for it; and it is asked for every few seconds.
            LOG.debug("the note of an erasure makes no sense: {}", e.getMessage());
          }
        }
      }
      return found;
    }
  }

  private static long start(Erasure erasure) {
    Instant from = erasure.from();
    return from == null ? WHOLE : Listing.at(from);
  }

  private static long until(Erasure erasure) {
    Instant to = erasure.to();
    return to == null ? WHOLE : Listing.at(to);
  }

  private static @Nullable Instant end(long millis) {
    return millis == WHOLE ? null : Instant.ofEpochMilli(millis);
  }

  private void run(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    }
  }
}
