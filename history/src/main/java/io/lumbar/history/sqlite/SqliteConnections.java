package io.lumbar.history.sqlite;

import io.lumbar.history.HistoryStore.HistoryRefused;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * One connection that writes and a few that read, each used by one thread at a time. In WAL mode
 * readers never wait for the writer.
 */
final class SqliteConnections implements AutoCloseable {
  private static final int READERS = 3;
  private static final int BUSY_MILLIS = 10_000;

  private final Path file;
  private final Connection writer;
  private final ReentrantLock writing = new ReentrantLock();
  private final List<Connection> all;
  private final BlockingQueue<Connection> idle = new ArrayBlockingQueue<>(READERS);
  private volatile boolean closed;

  private SqliteConnections(Path file, Connection writer, List<Connection> readers) {
    this.file = file;
    this.writer = writer;
    this.all = new ArrayList<>(readers);
    this.all.add(writer);
    this.idle.addAll(readers);
  }

  /** What to do with a connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  static SqliteConnections open(Path file) {
    List<Connection> readers = new ArrayList<>();
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Connection writer = connect(file, false);
      SqliteSchema.migrate(writer);
      for (int i = 0; i < READERS; i++) {
        readers.add(connect(file, true));
      }
      return new SqliteConnections(file, writer, readers);
    } catch (SQLException | IOException e) {
      throw unavailable("opened", file, e);
    }
  }

  private static Connection connect(Path file, boolean readOnly) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // An offset is committed to Kafka once a batch is here, so a commit must outlive a power cut.
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setPragma(SQLiteConfig.Pragma.TEMP_STORE, "MEMORY");
    if (readOnly) {
      config.setPragma(SQLiteConfig.Pragma.CACHE_SIZE, "-1024");
    } else {
      // What is deleted or replaced must not stay legible in the file.
      config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    }
    Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    if (readOnly) {
      try (var statement = connection.createStatement()) {
        statement.execute("PRAGMA query_only = 1");
      }
    }
    return connection;
  }

  /** Runs the work in one transaction. */
  void write(Work<?> work) {
    writing.lock();
    try {
      requireOpen();
      // By hand: the driver does not notice that SQLite ended a transaction when the disk was full.
      execute("BEGIN IMMEDIATE");
      try {
        work.on(writer);
        execute("COMMIT");
      } catch (SQLException | RuntimeException e) {
        rollback(e);
        throw e;
      }
    } catch (SQLException e) {
      throw isOfTheRecord(e)
          ? new HistoryRefused("SQLite cannot hold it: " + code(e), e)
          : unavailable("written", file, e);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Moves what the write-ahead log holds into the file and empties the log, in which pages stand as
   * they were before. While somebody reads, the next time does it.
   */
  void emptyLog() {
    writing.lock();
    try {
      requireOpen();
      execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      throw unavailable("tidied up", file, e);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Writes the whole file anew: {@code secure_delete} leaves copies of rows where pages were split
   * or joined. Needs as much room again, beside the file and in the system's temporary folder.
   */
  void rebuild() {
    writing.lock();
    try {
      requireOpen();
      // In memory it would take as much of it as the file is large.
      execute("PRAGMA temp_store = FILE");
      try {
        execute("VACUUM");
      } finally {
        execute("PRAGMA temp_store = MEMORY");
      }
    } catch (SQLException e) {
      throw unavailable("rewritten", file, e);
    } finally {
      writing.unlock();
    }
    emptyLog();
  }

  /** Writes the file as of one moment into another, by a connection that holds up nobody. */
  void copyTo(Path copy) {
    try (Connection own = connect(file, false);
        PreparedStatement statement = own.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, copy.toAbsolutePath().toString());
      statement.execute();
    } catch (SQLException e) {
      throw unavailable("copied", file, e);
    }
  }

  <T> T read(Work<T> work) {
    Connection reader = take();
    try {
      requireOpen();
      return work.on(reader);
    } catch (SQLException e) {
      throw unavailable("read", file, e);
    } finally {
      idle.add(reader);
    }
  }

  private Connection take() {
    try {
      return idle.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HistoryUnavailable("interrupted while waiting to read the history", e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = writer.createStatement()) {
      statement.execute(sql);
    }
  }

  /** SQLite may have done so itself; the first fault counts. */
  private void rollback(Exception fault) {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      fault.addSuppressed(e);
    }
  }

  /** Everything else is the state of the file, the disk or the statement. */
  private static boolean isOfTheRecord(SQLException e) {
    return switch (code(e)) {
      case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH -> true;
      default -> false;
    };
  }

  /** Of the extended codes, such as SQLITE_CONSTRAINT_NOTNULL, the primary one. */
  private static SQLiteErrorCode code(SQLException e) {
    return SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff);
  }

  private void requireOpen() {
    if (closed) {
      throw new HistoryUnavailable("the history file is closed", null);
    }
  }

  private static HistoryUnavailable unavailable(String what, Path file, Exception e) {
    return new HistoryUnavailable(
        "the history file %s cannot be %s: %s".formatted(file, what, e.getMessage()), e);
  }

  @Override
  public void close() {
    writing.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      for (int i = 0; i < READERS; i++) {
        take();
      }
      for (Connection connection : all) {
        connection.close();
      }
    } catch (SQLException e) {
      throw unavailable("closed", file, e);
    } finally {
      writing.unlock();
    }
    // Whoever still waits for a reader finds the history closed.
    idle.addAll(all.subList(0, READERS));
  }
}
