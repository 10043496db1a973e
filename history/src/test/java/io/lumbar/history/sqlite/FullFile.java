package io.lumbar.history.sqlite;

import io.lumbar.history.HistoryStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A SQLite file that may not grow and holds so much else that nothing more fits. */
public final class FullFile {
  private final Path file;

  private FullFile(Path file) {
    this.file = file;
  }

  public static FullFile in(Path folder) throws SQLException {
    FullFile full = new FullFile(folder.resolve("full.db"));
    SqliteHistory.open(full.file).close();
    full.execute("CREATE TABLE junk AS SELECT zeroblob(4000000) AS bytes");
    return full;
  }

  /** A store on it; SQLite takes the number of pages there are for the most there may be. */
  public HistoryStore open() {
    return SqliteHistory.open(file.resolveSibling(file.getFileName() + "?max_page_count=1"));
  }

  public void makeRoom() throws SQLException {
    execute("DROP TABLE junk");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
