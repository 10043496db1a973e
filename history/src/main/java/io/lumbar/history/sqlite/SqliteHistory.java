package io.lumbar.history.sqlite;

import io.lumbar.history.HistoryStore;
import io.lumbar.history.Listing;
import io.lumbar.history.Listing.Cursor;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.Experiment;
import io.lumbar.model.ForgottenDates;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Posture;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The history in one SQLite file, which any SQLite tool may read meanwhile.
 *
 * <p>A batch is one transaction: after a crash it is there whole or not at all.
 */
public final class SqliteHistory implements HistoryStore {
  private final Path file;
  private final SqliteConnections connections;

  private SqliteHistory(Path file, SqliteConnections connections) {
    this.file = file;
    this.connections = connections;
  }

  /**
   * Opens the file, creating it and its folder when missing, and brings its tables up to date.
   *
   * @throws HistoryUnavailable when the file cannot be used
   */
  public static SqliteHistory open(Path file) {
    return new SqliteHistory(file, SqliteConnections.open(file));
  }

  @Override
  public void write(Batch batch) {
    connections.write(
        connection -> {
          SqliteWrites writes = new SqliteWrites(connection);
          writes.bouts(batch.bouts());
          writes.episodes(batch.episodes());
          writes.alerts(batch.alerts());
          writes.responses(batch.responses());
          writes.decisions(batch.decisions());
          writes.days(batch.days());
          writes.nights(batch.nights());
          writes.barriers(batch.barriers());
          writes.experiments(batch.experiments());
          return batch;
        });
  }

  /**
   * Writes the history as of one moment into a file that is not there yet, while others go on
   * writing. Days and nights of that day and the day before lose their revision in the copy, so
   * that where it is restored they may be summed anew.
   *
   * @throws HistoryUnavailable when the file cannot be written
   */
  public void copyTo(Path copy) {
    connections.copyTo(copy);
    try (SqliteConnections other = SqliteConnections.open(copy)) {
      other.write(
          connection -> {
            try (Statement statement = connection.createStatement()) {
              for (String table : List.of("days", "nights")) {
                statement.execute(
                    "UPDATE "
                        + table
                        + " SET revision = 0 WHERE date >= date((SELECT max(date) FROM "
                        + table
                        + "), '-1 day')");
              }
            }
            return copy;
          });
      other.emptyLog();
    }
  }

  @Override
  public Page<Bout> bouts(WearerId wearer, @Nullable Posture posture, Range range) {
    String sql =
        """
        SELECT record FROM bouts
        WHERE wearer = ? AND retracted = 0 AND until > ? AND start < ? AND (start, id) > (?, ?)
          AND posture = coalesce(?, posture)
        ORDER BY start, id LIMIT ?\
        """;
    Cursor after = first("bouts", wearer, range);
    List<Bout> found =
        query(
            sql,
            row -> read(row, 1, Bout.class),
            wearer.value(),
            Listing.from(range),
            Listing.to(range),
            after.millis(),
            after.id(),
            posture == null ? null : posture.wireName(),
            range.limit() + 1L);
    return Listing.page(found, range.limit(), b -> new Cursor(b.from().toEpochMilli(), b.id()));
  }

  @Override
  public Page<Episode> episodes(WearerId wearer, Range range) {
    String sql =
        """
        SELECT record FROM episodes
        WHERE wearer = ? AND retracted = 0 AND until > ? AND start < ? AND (start, id) > (?, ?)
        ORDER BY start, id LIMIT ?\
        """;
    Cursor after = first("episodes", wearer, range);
    List<Episode> found =
        query(
            sql,
            row -> read(row, 1, Episode.class),
            wearer.value(),
            Listing.from(range),
            Listing.to(range),
            after.millis(),
            after.id(),
            range.limit() + 1L);
    return Listing.page(found, range.limit(), e -> new Cursor(e.from().toEpochMilli(), e.id()));
  }

  private Cursor first(String table, WearerId wearer, Range range) {
    String sql =
        "SELECT start, until FROM "
            + table
            + " WHERE wearer = ? AND retracted = 0 AND start < ? ORDER BY start DESC LIMIT "
            + Listing.STARTS;
    return Listing.first(
        range,
        before ->
            query(
                sql,
                row -> new Listing.Extent(row.getLong(1), row.getLong(2)),
                wearer.value(),
                before));
  }

  @Override
  public Page<AnsweredAlert> alerts(WearerId wearer, Range range) {
    String sql =
        """
        SELECT alerts.record, responses.record
        FROM alerts LEFT JOIN responses ON responses.alert = alerts.id
        WHERE alerts.wearer = ? AND alerts.at >= ? AND alerts.at < ?
          AND (alerts.at, alerts.id) > (?, ?)
        ORDER BY alerts.at, alerts.id LIMIT ?\
        """;
    return Listing.page(
        instants(sql, SqliteHistory::answered, wearer, range),
        range.limit(),
        a -> new Cursor(a.alert().at().toEpochMilli(), a.alert().id()));
  }

  @Override
  public Optional<AnsweredAlert> alert(String id) {
    String sql =
        """
        SELECT alerts.record, responses.record
        FROM alerts LEFT JOIN responses ON responses.alert = alerts.id
        WHERE alerts.id = ?\
        """;
    return query(sql, SqliteHistory::answered, id).stream().findFirst();
  }

  @Override
  public Page<Decision> decisions(WearerId wearer, Range range) {
    String sql =
        """
        SELECT record FROM decisions
        WHERE wearer = ? AND at >= ? AND at < ? AND (at, id) > (?, ?)
        ORDER BY at, id LIMIT ?\
        """;
    return Listing.page(
        instants(sql, row -> read(row, 1, Decision.class), wearer, range),
        range.limit(),
        d -> new Cursor(d.at().toEpochMilli(), d.id()));
  }

  private <T> List<T> instants(String sql, Row<T> row, WearerId wearer, Range range) {
    Cursor after = Cursor.of(range.after());
    return query(
        sql,
        row,
        wearer.value(),
        Listing.from(range),
        Listing.to(range),
        after.millis(),
        after.id(),
        range.limit() + 1L);
  }

  @Override
  public List<DaySummary> days(WearerId wearer, LocalDate from, LocalDate to) {
    String sql =
        "SELECT record FROM days"
            + " WHERE wearer = ? AND date >= ? AND date <= ? AND record <> '' ORDER BY date";
    return query(sql, row -> read(row, 1, DaySummary.class), wearer.value(), text(from), text(to));
  }

  @Override
  public List<NightSummary> nights(WearerId wearer, LocalDate from, LocalDate to) {
    String sql =
        """
        SELECT record FROM nights
        WHERE wearer = ? AND date >= ? AND date <= ? AND retracted = 0 ORDER BY date\
        """;
    return query(
        sql, row -> read(row, 1, NightSummary.class), wearer.value(), text(from), text(to));
  }

  @Override
  public List<Experiment> experiments(WearerId wearer) {
    String sql =
        """
        SELECT record FROM experiments WHERE wearer = ? AND revoked = 0 ORDER BY start, id\
        """;
    return query(sql, row -> read(row, 1, Experiment.class), wearer.value());
  }

  /** Beyond four digits a year's text does not sort. */
  private static String text(LocalDate date) {
    if (date.getYear() < 0) {
      return "0000-01-01";
    }
    return date.getYear() > 9999 ? "9999-12-31" : date.toString();
  }

  @Override
  public Optional<Bout> latestBout(WearerId wearer) {
    String sql =
        """
        SELECT record FROM bouts WHERE wearer = ? AND retracted = 0
        ORDER BY start DESC, id DESC LIMIT 1\
        """;
    return query(sql, row -> read(row, 1, Bout.class), wearer.value()).stream().findFirst();
  }

  @Override
  public List<String> erase(Erasure erasure) {
    List<String> alerts = new ArrayList<>();
    connections.write(
        connection -> {
          SqliteErasures erasures = new SqliteErasures(connection);
          if (erasure.whole()) {
            erasures.everything(erasure.wearer());
          } else {
            alerts.addAll(erasures.span(erasure));
          }
          erasures.note(erasure);
          return erasure;
        });
    connections.emptyLog();
    return alerts;
  }

  @Override
  public void dropDays(ForgottenDates lost) {
    connections.write(
        connection -> {
          new SqliteErasures(connection).days(lost);
          return lost;
        });
    connections.emptyLog();
  }

  @Override
  public void dropNights(ForgottenDates lost) {
    connections.write(
        connection -> {
          new SqliteErasures(connection).nights(lost);
          return lost;
        });
    connections.emptyLog();
  }

  @Override
  public List<Erasure> erasures(Instant since) {
    return connections.read(connection -> new SqliteErasures(connection).since(since));
  }

  @Override
  public void expire(@Nullable Instant details, @Nullable LocalDate days) {
    SqliteExpiry expiry = new SqliteExpiry(connections);
    if (details != null) {
      expiry.details(Listing.at(details));
    }
    if (days != null) {
      expiry.days(text(days));
    }
    connections.emptyLog();
  }

  @Override
  public void expireLasting(@Nullable LocalDate weeks, @Nullable LocalDate experiments) {
    if (experiments != null) {
      new SqliteExpiry(connections).experiments(text(experiments.minusDays(Experiment.DAYS - 1L)));
      connections.emptyLog();
    }
  }

  @Override
  public void tidy() {
    connections.rebuild();
  }

  @Override
  public boolean handOver(WearerId wearer, String report, Instant at) {
    boolean[] fresh = {false};
    connections.write(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "INSERT INTO handed_over SELECT ?1, ?2, ?3 WHERE NOT "
                      + SqliteErasures.ERASED
                      + " ON CONFLICT DO NOTHING")) {
            statement.setString(1, wearer.value());
            statement.setString(2, report);
            statement.setLong(3, Listing.at(at));
            fresh[0] = statement.executeUpdate() == 1;
          }
          return fresh;
        });
    return fresh[0];
  }

  @Override
  public void note(List<Reading> readings) {
    connections.write(
        connection -> {
          new SqliteReadings(connection).put(readings);
          return readings;
        });
  }

  @Override
  public List<Reading> readings(WearerId wearer, Instant from, Instant to) {
    return connections.read(connection -> new SqliteReadings(connection).of(wearer, from, to));
  }

  @Override
  public boolean passed(WearerId wearer, String barrier) {
    String sql = "SELECT topic FROM barriers WHERE wearer = ? AND barrier = ?";
    return query(sql, row -> row.getString(1), wearer.value(), barrier)
        .containsAll(BARRIER_TOPICS.stream().map(Topic::topicName).toList());
  }

  @Override
  public Check check() {
    try {
      query("SELECT version FROM schema_version", row -> row.getInt(1));
      return new Check(true, "SQLite, " + file);
    } catch (HistoryUnavailable e) {
      return new Check(false, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    connections.close();
  }

  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> query(String sql, Row<T> row, @Nullable Object... parameters) {
    return connections.read(connection -> query(connection, sql, row, parameters));
  }

  private static <T> List<T> query(
      Connection connection, String sql, Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(row.read(rows));
        }
      }
      return found;
    }
  }

  private static AnsweredAlert answered(ResultSet row) throws SQLException {
    AlertResponse response = row.getString(2) == null ? null : read(row, 2, AlertResponse.class);
    return new AnsweredAlert(read(row, 1, Alert.class), response);
  }

  private static <T> T read(ResultSet row, int column, Class<T> type) throws SQLException {
    return Json.read(row.getString(column).getBytes(StandardCharsets.UTF_8), type);
  }
}
