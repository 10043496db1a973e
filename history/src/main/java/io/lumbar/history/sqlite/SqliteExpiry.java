package io.lumbar.history.sqlite;

import io.lumbar.history.HistoryStore.HistoryUnavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Takes away what is older than is kept, wearer by wearer along the tables' own order, in
 * transactions of a moment each, between which the writer writes.
 *
 * <p>Retracted rows and barriers have no time. The first expiry that finds one stamps it with what
 * it expires before, and one that expires before {@link #UNTIMED} later takes it.
 */
record SqliteExpiry(SqliteConnections connections) {
  private static final int ROWS = 1_000;
  private static final int WEARERS = 100;
  private static final long UNTIMED = Duration.ofDays(30).toMillis();

  /** A report is handed over within a day or two of when it is due, and once. */
  private static final long HANDED_OVER = Duration.ofDays(3).toMillis();

  void details(long before) {
    for (String table : new String[] {"bouts", "episodes"}) {
      rows(table, "retracted = 0 AND start < ?2", before);
      stamp(table, "start", "retracted = 1 AND start = 0", before);
      rows(table, "retracted = 1 AND start < ?2 AND start <> 0", before - UNTIMED);
    }
    for (String table : new String[] {"alerts", "responses", "decisions"}) {
      rows(table, "at < ?2", before);
    }
    keys("readings", "hour < ?2", before);
    keys("handed_over", "at < ?2", before - HANDED_OVER);
    stamp("barriers", "at", "at IS NULL", before);
    keys("barriers", "at < ?2", before - UNTIMED);
  }

  void days(String date) {
    rows("days", "date < ?2", date);
    rows("nights", "date < ?2", date);
  }

  /** Those that began before a date. */
  void experiments(String date) {
    keys("experiments", "start < ?2", date);
  }

  private void rows(String table, String old, Object before) {
    each(
        table,
        "DELETE FROM %1$s WHERE rowid IN (SELECT rowid FROM %1$s WHERE wearer = ?1 AND %2$s LIMIT %3$d)"
            .formatted(table, old, ROWS),
        before);
  }

  /** Of tables without row numbers, of which a wearer has few. */
  private void keys(String table, String old, Object before) {
    each(table, "DELETE FROM %s WHERE wearer = ?1 AND %s".formatted(table, old), before);
  }

  private void stamp(String table, String column, String which, long time) {
    each(
        table,
        "UPDATE %s SET %s = ?2 WHERE wearer = ?1 AND %s".formatted(table, column, which),
        // Zero is no stamp.
        Math.max(1, time));
  }

  /**
   * Runs a statement for each wearer of a table, again while it finds {@value #ROWS} rows.
   *
   * @param sql with the wearer and the parameter
   */
  private void each(String table, String sql, Object parameter) {
    String[] wearer = {""};
    boolean[] more = {true};
    while (more[0]) {
      if (Thread.currentThread().isInterrupted()) {
        throw new HistoryUnavailable("interrupted while old rows were deleted", null);
      }
      connections.write(
          connection -> {
            more[0] = some(connection, table, sql, parameter, wearer);
            return wearer;
          });
    }
  }

  /** One transaction's worth; false once no wearer is left. */
  private static boolean some(
      Connection connection, String table, String sql, Object parameter, String[] wearer)
      throws SQLException {
    try (PreparedStatement next =
            connection.prepareStatement("SELECT min(wearer) FROM " + table + " WHERE wearer > ?");
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < WEARERS; i++) {
        String found = next(next, wearer[0]);
        if (found == null) {
          return false;
        }
        statement.setString(1, found);
        statement.setObject(2, parameter);
        if (statement.executeUpdate() >= ROWS) {
          // The same wearer again.
          return true;
        }
        wearer[0] = found;
      }
      return true;
    }
  }

  private static @Nullable String next(PreparedStatement statement, String wearer)
      throws SQLException {
    statement.setString(1, wearer);
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getString(1) : null;
    }
  }
}
