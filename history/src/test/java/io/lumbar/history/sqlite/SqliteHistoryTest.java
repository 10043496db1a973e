package io.lumbar.history.sqlite;

import static io.lumbar.history.Samples.ANNA;
import static io.lumbar.history.Samples.batch;
import static io.lumbar.history.Samples.sitting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.HistoryRefused;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.history.HistoryStore.Range;
import io.lumbar.history.HistoryStoreContract;
import io.lumbar.model.Bout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteHistoryTest extends HistoryStoreContract {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("new").resolve("history.db");
  }

  @Override
  protected HistoryStore open() {
    return SqliteHistory.open(file());
  }

  @Override
  protected HistoryStore reopen() {
    return SqliteHistory.open(file());
  }

  @Test
  void readsWhileItWrites() throws Exception {
    var threads = Executors.newFixedThreadPool(5);
    try {
      List<Callable<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        readers.add(
            () -> {
              int seen = 0;
              while (seen < 200) {
                int now = store.bouts(ANNA, null, Range.all(1000)).items().size();
                assertThat(now).isGreaterThanOrEqualTo(seen);
                seen = now;
              }
              return seen;
            });
      }
      List<Future<Integer>> results = new ArrayList<>();
      readers.forEach(reader -> results.add(threads.submit(reader)));
      for (int i = 0; i < 200; i++) {
        store.write(batch(sitting(i, i + 1)));
      }
      for (Future<Integer> result : results) {
        assertThat(result.get()).isEqualTo(200);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refusesAFileOfANewerSchema() throws Exception {
    store.close();
    execute("INSERT INTO schema_version VALUES (99)");
    assertThatThrownBy(this::open)
        .isInstanceOf(HistoryUnavailable.class)
        .hasMessageContaining("schema 99");
  }

  @Test
  void saysWhichFileCannotBeUsed() throws Exception {
    Path broken = folder.resolve("broken.db");
    Files.writeString(broken, "this is not a database, and it is long enough to be looked at");
    assertThatThrownBy(() -> SqliteHistory.open(broken))
        .isInstanceOf(HistoryUnavailable.class)
        .hasMessageContaining("broken.db");
  }

  @Test
  void fullFileIsUnavailableAndTakesTheSameBatchOnceThereIsRoom() throws Exception {
    Bout[] many = IntStream.range(0, 500).mapToObj(i -> sitting(i, i + 1)).toArray(Bout[]::new);
    FullFile full = FullFile.in(folder);
    try (HistoryStore cramped = full.open()) {
      assertThatThrownBy(() -> cramped.write(batch((Object[]) many)))
          .isInstanceOf(HistoryUnavailable.class)
          .hasMessageContaining("full");
      assertThat(cramped.bouts(ANNA, null, Range.all(1000)).items()).isEmpty();
      full.makeRoom();
      cramped.write(batch((Object[]) many));
      assertThat(cramped.bouts(ANNA, null, Range.all(1000)).items()).containsExactly(many);
    }
  }

  @Test
  void aTableThatIsGoneIsUnavailableUntilItIsBack() throws Exception {
    execute("ALTER TABLE bouts RENAME TO hidden");
    assertThatThrownBy(() -> store.write(batch(sitting(0, 10))))
        .isInstanceOf(HistoryUnavailable.class);
    execute("ALTER TABLE hidden RENAME TO bouts");
    store.write(batch(sitting(0, 10)));
    assertThat(store.bouts(ANNA, null, Range.all(10)).items()).hasSize(1);
  }

  @Test
  void refusesTheRecordThatARuleOfTheTableForbids() throws Exception {
    execute(
        "CREATE TRIGGER forbidden BEFORE INSERT ON bouts WHEN new.id = '"
            + sitting(0, 10).id()
            + "' BEGIN SELECT raise(ABORT, 'forbidden'); END");
    assertThatThrownBy(() -> store.write(batch(sitting(-10, 0), sitting(0, 10))))
        .isInstanceOf(HistoryRefused.class)
        .hasMessageContaining("SQLITE_CONSTRAINT");
    store.write(batch(sitting(-10, 0)));
    assertThat(store.bouts(ANNA, null, Range.all(10)).items()).containsExactly(sitting(-10, 0));
  }

  private void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void saysThatItIsClosed() {
    store.close();
    assertThat(store.check().ok()).isFalse();
    assertThatThrownBy(() -> store.write(batch(sitting(0, 1))))
        .isInstanceOf(HistoryUnavailable.class);
  }
}
