package io.lumbar.history.sqlite;

import static io.lumbar.history.Samples.ANNA;
import static io.lumbar.history.Samples.batch;
import static io.lumbar.history.Samples.sitting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.history.HistoryStore.Range;
import io.lumbar.history.HistoryStoreContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO schema_version VALUES (99)");
    }
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
  void saysThatItIsClosed() {
    store.close();
    assertThat(store.check().ok()).isFalse();
    assertThatThrownBy(() -> store.write(batch(sitting(0, 1))))
        .isInstanceOf(HistoryUnavailable.class);
  }
}
