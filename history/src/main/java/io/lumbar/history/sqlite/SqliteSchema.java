package io.lumbar.history.sqlite;

import io.lumbar.history.HistoryStore.HistoryUnavailable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables, and how older files become newer ones. Each record stands whole as JSON in {@code
 * record}; the other columns only find it.
 *
 * <p>Times are milliseconds since the epoch; {@code until} is exclusive. The {@code start} of a
 * retracted row, and {@code at} of a barrier, is what {@link SqliteExpiry} stamps.
 */
final class SqliteSchema {
  /** One migration per version; published ones never change, new ones are added behind. */
  private static final List<List<String>> MIGRATIONS =
      List.of(
          List.of(
              """
              CREATE TABLE bouts (
                wearer TEXT NOT NULL, id TEXT NOT NULL, start INTEGER NOT NULL,
                until INTEGER NOT NULL, posture TEXT NOT NULL, revision INTEGER NOT NULL,
                retracted INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (wearer, id))\
              """,
              """
              CREATE INDEX bouts_by_start ON bouts (wearer, start, id, until, posture)
                WHERE retracted = 0\
              """,
              """
              CREATE TABLE episodes (
                wearer TEXT NOT NULL, id TEXT NOT NULL, start INTEGER NOT NULL,
                until INTEGER NOT NULL, kind TEXT NOT NULL, revision INTEGER NOT NULL,
                retracted INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (wearer, id))\
              """,
              """
              CREATE INDEX episodes_by_start ON episodes (wearer, start, id, until, kind)
                WHERE retracted = 0\
              """,
              """
              CREATE TABLE alerts (
                id TEXT NOT NULL PRIMARY KEY, wearer TEXT NOT NULL, at INTEGER NOT NULL,
                kind TEXT NOT NULL, record TEXT NOT NULL)\
              """,
              "CREATE INDEX alerts_by_time ON alerts (wearer, at, id)",
              """
              CREATE TABLE responses (
                alert TEXT NOT NULL PRIMARY KEY, wearer TEXT NOT NULL, at INTEGER NOT NULL,
                record TEXT NOT NULL)\
              """,
              """
              CREATE TABLE decisions (
                id TEXT NOT NULL PRIMARY KEY, wearer TEXT NOT NULL, at INTEGER NOT NULL,
                kind TEXT NOT NULL, record TEXT NOT NULL)\
              """,
              "CREATE INDEX decisions_by_time ON decisions (wearer, at, id)",
              """
              CREATE TABLE days (
                wearer TEXT NOT NULL, date TEXT NOT NULL, revision INTEGER NOT NULL,
                record TEXT NOT NULL, PRIMARY KEY (wearer, date))\
              """,
              """
              CREATE TABLE barriers (
                wearer TEXT NOT NULL, barrier TEXT NOT NULL, topic TEXT NOT NULL,
                PRIMARY KEY (wearer, barrier, topic)) WITHOUT ROWID\
              """),
          List.of(
              """
              CREATE TABLE nights (
                wearer TEXT NOT NULL, date TEXT NOT NULL, revision INTEGER NOT NULL,
                retracted INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (wearer, date))\
              """),
          List.of(
              """
              CREATE TABLE erasures (
                wearer TEXT NOT NULL, start INTEGER NOT NULL, until INTEGER NOT NULL,
                at INTEGER NOT NULL, PRIMARY KEY (wearer, start, until)) WITHOUT ROWID\
              """,
              """
              CREATE TABLE readings (
                wearer TEXT NOT NULL, hour INTEGER NOT NULL, reader TEXT NOT NULL,
                what TEXT NOT NULL, source TEXT NOT NULL, first INTEGER NOT NULL,
                last INTEGER NOT NULL, times INTEGER NOT NULL,
                PRIMARY KEY (wearer, hour, reader, what, source)) WITHOUT ROWID\
              """,
              """
              CREATE TABLE experiments (
                wearer TEXT NOT NULL, id TEXT NOT NULL, stated INTEGER NOT NULL,
                revoked INTEGER NOT NULL, start TEXT NOT NULL, record TEXT NOT NULL,
                PRIMARY KEY (wearer, id)) WITHOUT ROWID\
              """,
              """
              CREATE TABLE handed_over (
                wearer TEXT NOT NULL, report TEXT NOT NULL, at INTEGER NOT NULL,
                PRIMARY KEY (wearer, report)) WITHOUT ROWID\
              """,
              // What was retracted before is stripped as it is from now on.
              "UPDATE bouts SET start = 0, until = 0, posture = '', record = '' WHERE retracted = 1",
              "UPDATE episodes SET start = 0, until = 0, kind = '', record = '' WHERE retracted = 1",
              "UPDATE nights SET record = '' WHERE retracted = 1"),
          List.of(
              "CREATE INDEX responses_by_time ON responses (wearer, at)",
              "CREATE INDEX bouts_retracted ON bouts (wearer, start) WHERE retracted = 1",
              "CREATE INDEX episodes_retracted ON episodes (wearer, start) WHERE retracted = 1",
              "ALTER TABLE barriers ADD COLUMN at INTEGER"));

  static final int NEWEST = MIGRATIONS.size();

  private SqliteSchema() {}

  /**
   * Brings the file to the newest version; another process may do so at once.
   *
   * @throws HistoryUnavailable when a newer Lumbar wrote the file
   */
  static void migrate(Connection connection) throws SQLException {
    migrate(connection, NEWEST);
  }

  /** Brings the file to a version at least, as the Lumbar of that time did. */
  static void migrate(Connection connection, int wanted) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try {
        statement.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
        int version = version(statement);
        if (version > NEWEST) {
          throw new HistoryUnavailable(
              "the history file has schema %d, this Lumbar knows %d: start the newer version"
                  .formatted(version, NEWEST),
              null);
        }
        for (int next = version; next < wanted; next++) {
          for (String sql : MIGRATIONS.get(next)) {
            statement.execute(sql);
          }
          statement.execute("INSERT INTO schema_version VALUES (" + (next + 1) + ")");
        }
        statement.execute("COMMIT");
      } catch (SQLException | RuntimeException e) {
        statement.execute("ROLLBACK");
        throw e;
      }
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT max(version) FROM schema_version")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }
}
