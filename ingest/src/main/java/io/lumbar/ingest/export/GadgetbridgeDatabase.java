package io.lumbar.ingest.export;

import io.lumbar.ingest.recording.UnusableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A database from somebody else's phone, opened so that it can neither be changed nor make SQLite
 * run anything: read-only, and ordinary tables alone, no views, triggers or virtual tables.
 *
 * <p>Every make of watch has a table of its own; all that have a time, a device and steps are read.
 */
final class GadgetbridgeDatabase implements AutoCloseable {
  private static final Set<String> NEEDED = Set.of("TIMESTAMP", "DEVICE_ID", "STEPS");
  private static final String FIRST_MI_BAND = "MIBAND";

  private final Connection connection;

  private GadgetbridgeDatabase(Connection connection) {
    this.connection = connection;
  }

  static GadgetbridgeDatabase open(Path path) throws IOException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setPragma(SQLiteConfig.Pragma.LOAD_EXTENSION, "false");
    try {
      // Immutable: SQLite then needs no lock and looks for no journal beside the file.
      Connection connection =
          config.createConnection(
              "jdbc:sqlite:file:" + path.toAbsolutePath().toUri().getRawPath() + "?immutable=1");
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA trusted_schema=OFF");
        statement.execute("PRAGMA cell_size_check=ON");
      }
      return new GadgetbridgeDatabase(connection);
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  /**
   * Checks that there is something to read.
   *
   * @throws UnusableFile when there is not
   */
  void requireSamples() throws UnusableFile {
    try {
      if (tables().isEmpty()) {
        throw new UnusableFile(
            "this database has no table with TIMESTAMP, DEVICE_ID and STEPS, as Gadgetbridge's"
                + " have");
      }
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  void read(ExportTaker taker) throws IOException {
    try {
      Set<Long> firstMiBands = firstMiBands();
      for (Map.Entry<String, Set<String>> table : tables().entrySet()) {
        read(table.getKey(), table.getValue(), firstMiBands, taker);
      }
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("a database cannot be closed", e);
    }
  }

  private void read(String table, Set<String> columns, Set<Long> firstMiBands, ExportTaker taker)
      throws SQLException {
    String kind = columns.contains("RAW_KIND") ? "RAW_KIND" : "-1";
    String query =
        "SELECT TIMESTAMP, DEVICE_ID, STEPS, %s FROM \"%s\" ORDER BY DEVICE_ID, TIMESTAMP"
            .formatted(kind, table.replace("\"", "\"\""));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      GadgetbridgeSamples samples = null;
      long device = 0;
      while (rows.next()) {
        if (samples == null || rows.getLong(2) != device) {
          if (samples != null) {
            samples.finish();
          }
          device = rows.getLong(2);
          samples =
              new GadgetbridgeSamples(
                  table, GadgetbridgeKinds.of(table, firstMiBands.contains(device)), taker);
        }
        samples.take(rows.getLong(1), rows.getInt(3), rows.getInt(4));
      }
      if (samples != null) {
        samples.finish();
      }
    }
  }

  /** Tables of samples with the names of their columns, in the order of their names. */
  private Map<String, Set<String>> tables() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 ORDER BY"
                    + " name")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    Map<String, Set<String>> tables = new TreeMap<>();
    for (String name : names) {
      Set<String> columns = columns(name);
      if (columns.containsAll(NEEDED)) {
        tables.put(name, columns);
      }
    }
    return tables;
  }

  private Set<String> columns(String table) throws SQLException {
    Set<String> columns = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "PRAGMA table_info(\"%s\")".formatted(table.replace("\"", "\"\"")))) {
      while (rows.next()) {
        columns.add(rows.getString("name").toUpperCase(Locale.ROOT));
      }
    }
    return columns;
  }

  /** The first Mi Band shares a table with its successors, but not their codes. */
  private Set<Long> firstMiBands() throws SQLException {
    Map<Long, String> types = new HashMap<>();
    if (columns("DEVICE").contains("TYPE_NAME")) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT _id, TYPE_NAME FROM DEVICE")) {
        while (rows.next()) {
          types.put(rows.getLong(1), String.valueOf(rows.getString(2)));
        }
      }
    }
    types.values().removeIf(type -> !type.equals(FIRST_MI_BAND));
    return types.keySet();
  }

  private static UnusableFile unusable(SQLException e) {
    boolean encrypted =
        e instanceof SQLiteException sqlite
            && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB;
    return new UnusableFile(
        encrypted
            ? "it begins as a database but is none, or is encrypted"
            : "the database is broken or cut short; export it again");
  }
}
