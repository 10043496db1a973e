package io.lumbar.history.sqlite;

import static io.lumbar.history.Samples.ANNA;
import static io.lumbar.history.Samples.BEN;
import static io.lumbar.history.Samples.ZONE;
import static io.lumbar.history.Samples.at;
import static io.lumbar.history.Samples.batch;
import static io.lumbar.history.Samples.bout;
import static io.lumbar.history.Samples.episode;
import static io.lumbar.history.Samples.night;
import static io.lumbar.history.Samples.sitting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.history.HistoryStore.HistoryRefused;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.history.HistoryStore.PassedBarrier;
import io.lumbar.history.HistoryStore.Range;
import io.lumbar.history.HistoryStoreContract;
import io.lumbar.model.Bout;
import io.lumbar.model.Json;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Pages that are split and joined keep copies of rows, as they do with these seeds. */
  @ParameterizedTest
  @ValueSource(ints = {5, 10, 12})
  void tidyingLeavesNothingOfAnErasedWearerInTheFile(int seed) throws Exception {
    Random random = new Random(seed);
    List<WearerId> wearers =
        IntStream.range(0, 6).mapToObj(number -> new WearerId("w_number" + number)).toList();
    Set<String> ofErased = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      WearerId wearer = wearers.get(random.nextInt(wearers.size()));
      List<Bout> bouts =
          random
              .ints(10, 0, 240)
              .mapToObj(start -> bout(wearer, Posture.SITTING, start, start + 1, 1, false))
              .toList();
      store.write(batch(bouts));
      if (wearer.equals(wearers.get(3))) {
        bouts.forEach(bout -> ofErased.add(bout.id()));
      }
    }

    store.erase(new Erasure(wearers.get(3), null, null, at(300)));
    store.tidy();
    store.close();

    for (Path each : List.of(file(), file().resolveSibling("history.db-wal"))) {
      if (Files.exists(each)) {
        assertThat(Files.readString(each, StandardCharsets.ISO_8859_1)).doesNotContain(ofErased);
      }
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

  @Test
  void expiryGoesInStepsBetweenWhichOthersWrite() throws Exception {
    Bout[] many = IntStream.range(0, 1_500).mapToObj(i -> sitting(i, i + 1)).toArray(Bout[]::new);
    store.write(batch((Object[]) many));
    store.write(batch(bout(BEN, Posture.SITTING, 0, 1, 1, false)));
    execute(
        "CREATE TRIGGER stuck BEFORE DELETE ON bouts WHEN old.wearer = '"
            + BEN
            + "' BEGIN SELECT raise(ABORT, 'stuck'); END");
    assertThatThrownBy(() -> store.expire(at(5_000), null)).isInstanceOf(RuntimeException.class);
    assertThat(store.bouts(ANNA, null, Range.all(2_000)).items()).hasSize(500);

    execute("DROP TRIGGER stuck");
    store.expire(at(5_000), null);
    assertThat(count("bouts")).isZero();
  }

  @Test
  void whatHasNoTimeExpiresAMonthAfterAnExpiryHasSeenIt() throws Exception {
    store.write(batch(sitting(0, 10), episode(ANNA, 0, 40, 1, false)));
    store.write(
        batch(
            bout(ANNA, Posture.SITTING, 0, 10, 2, true),
            episode(ANNA, 0, 40, 2, true),
            new PassedBarrier(ANNA, "i_1", "lumbar.bouts.v1")));
    store.expire(at(0), null);
    store.expire(at(29 * 1440), null);
    store.write(batch(sitting(0, 10)));
    assertThat(store.bouts(ANNA, null, Range.all(10)).items()).isEmpty();
    assertThat(List.of(count("bouts"), count("episodes"), count("barriers")))
        .containsExactly(1, 1, 1);

    store.expire(at(31 * 1440), null);
    assertThat(List.of(count("bouts"), count("episodes"), count("barriers")))
        .containsExactly(0, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void opensAFileOfAnOlderSchemaWithAllThatIsInIt(int version) throws Exception {
    Path old = folder.resolve("old.db");
    Bout bout = sitting(0, 10);
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + old);
        var statement = connection.createStatement()) {
      SqliteSchema.migrate(connection, version);
      String row = "INSERT INTO bouts VALUES ('w_anna', '%s', %d, %d, 'sitting', 1, %d, '%s')";
      String json = new String(Json.bytes(bout), StandardCharsets.UTF_8);
      long start = at(0).toEpochMilli();
      statement.execute(row.formatted(bout.id(), start, start + 600_000, 0, json));
      statement.execute(row.formatted("b_taken_back", start, start + 600_000, 1, json));
      statement.execute("INSERT INTO barriers VALUES ('w_anna', 'i_1', 'lumbar.bouts.v1')");
    }
    try (HistoryStore migrated = SqliteHistory.open(old)) {
      assertThat(migrated.bouts(ANNA, null, Range.all(10)).items()).containsExactly(bout);
      migrated.write(batch(night(ANNA, LocalDate.parse("2026-03-02"), ZONE, 1, false)));
      assertThat(migrated.handOver(ANNA, "2026-03-02", at(0))).isTrue();
      migrated.write(batch(new PassedBarrier(ANNA, "i_1", "lumbar.episodes.v1")));
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + old);
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT (SELECT max(version) FROM schema_version), (SELECT count(*) FROM barriers),"
                    + " (SELECT record FROM bouts WHERE id = 'b_taken_back')")) {
      assertThat(rows.getInt(1)).isEqualTo(SqliteSchema.NEWEST);
      assertThat(rows.getInt(2)).isEqualTo(2);
      assertThat(rows.getString(3))
          .isEqualTo(version < 3 ? "" : new String(Json.bytes(bout), StandardCharsets.UTF_8));
    }
  }

  @Override
  protected String storedDays() throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT record FROM days")) {
      StringBuilder found = new StringBuilder();
      while (rows.next()) {
        found.append(rows.getString(1)).append('\n');
      }
      return found.toString();
    }
  }

  private int count(String table) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      return rows.getInt(1);
    }
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
