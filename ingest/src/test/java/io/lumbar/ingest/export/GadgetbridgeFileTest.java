package io.lumbar.ingest.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.ingest.export.Found.Span;
import io.lumbar.ingest.export.Found.Steps;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.UnusableFile;
import io.lumbar.model.Posture;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GadgetbridgeFileTest {
  private static final String COLUMNS =
      "(\"TIMESTAMP\" INTEGER NOT NULL, \"DEVICE_ID\" INTEGER NOT NULL, \"USER_ID\" INTEGER NOT"
          + " NULL, \"RAW_INTENSITY\" INTEGER NOT NULL, \"STEPS\" INTEGER NOT NULL, \"RAW_KIND\""
          + " INTEGER NOT NULL, \"HEART_RATE\" INTEGER NOT NULL, PRIMARY KEY"
          + " (\"TIMESTAMP\",\"DEVICE_ID\")) WITHOUT ROWID";
  // 2026-02-03T08:00:00Z
  private static final long EIGHT = 1_770_105_600L;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("some file#1?.db");
  }

  @Test
  void readsStepsByTheMinute() throws Exception {
    write(
        "CREATE TABLE XIAOMI_ACTIVITY_SAMPLE " + COLUMNS,
        insert("XIAOMI_ACTIVITY_SAMPLE", EIGHT, 37, 1),
        insert("XIAOMI_ACTIVITY_SAMPLE", EIGHT + 60, -1, 1),
        insert("XIAOMI_ACTIVITY_SAMPLE", EIGHT + 120, 0, 1));
    Found found = read();

    assertThat(found.steps)
        .containsExactly(
            new Steps(37, at("2026-02-03T08:00:00Z"), at("2026-02-03T08:01:00Z")),
            new Steps(0, at("2026-02-03T08:02:00Z"), at("2026-02-03T08:03:00Z")));
    assertThat(found.received()).isEqualTo(3);
    assertThat(found.spans).isEmpty();
  }

  @Test
  void joinsMinutesAsleepAndNotWornAndCountsNoStepsWhileNotWorn() throws Exception {
    String table = "HUAMI_EXTENDED_ACTIVITY_SAMPLE";
    write(
        "CREATE TABLE " + table + " " + COLUMNS,
        insert(table, EIGHT, 0, 120),
        insert(table, EIGHT + 60, 0, 122),
        insert(table, EIGHT + 120, 0, 115),
        insert(table, EIGHT + 180, 0, 118),
        insert(table, EIGHT + 600, 0, 118),
        insert(table, EIGHT + 660, 12, 1));
    Found found = read();

    assertThat(found.spans)
        .containsExactly(
            new Span(Posture.LYING, at("2026-02-03T08:00:00Z"), at("2026-02-03T08:02:00Z")),
            new Span(Posture.NOT_WORN, at("2026-02-03T08:02:00Z"), at("2026-02-03T08:04:00Z")),
            new Span(Posture.NOT_WORN, at("2026-02-03T08:10:00Z"), at("2026-02-03T08:11:00Z")));
    assertThat(found.steps).extracting(Steps::steps).containsExactly(0, 0, 12);
    assertThat(found.received()).isEqualTo(6);
  }

  @Test
  void carriesAKindThatDidNotChangePerDevice() throws Exception {
    String table = "MI_BAND_ACTIVITY_SAMPLE";
    write(
        "CREATE TABLE " + table + " " + COLUMNS,
        insert(table, EIGHT, 0, 9),
        insert(table, EIGHT + 60, 0, 0),
        insert(table, EIGHT + 120, 0, 12),
        "INSERT INTO " + table + " VALUES (" + (EIGHT + 60) + ", 2, 1, 0, 5, 0, 255)");

    assertThat(read().spans)
        .containsExactly(
            new Span(Posture.LYING, at("2026-02-03T08:00:00Z"), at("2026-02-03T08:02:00Z")));
  }

  @Test
  void anUnknownKindCarriesNothingOn() throws Exception {
    String table = "HUAMI_EXTENDED_ACTIVITY_SAMPLE";
    write(
        "CREATE TABLE " + table + " " + COLUMNS,
        insert(table, EIGHT, 0, 115),
        insert(table, EIGHT + 60, 40, -1));
    Found found = read();

    assertThat(found.spans)
        .containsExactly(
            new Span(Posture.NOT_WORN, at("2026-02-03T08:00:00Z"), at("2026-02-03T08:01:00Z")));
    assertThat(found.steps).extracting(Steps::steps).containsExactly(40);
  }

  @Test
  void knowsTheFirstMiBandsCodes() throws Exception {
    String table = "MI_BAND_ACTIVITY_SAMPLE";
    write(
        "CREATE TABLE DEVICE (_id INTEGER PRIMARY KEY, NAME TEXT, IDENTIFIER TEXT, TYPE_NAME TEXT)",
        "INSERT INTO DEVICE VALUES (1, 'MI', 'C8:0F:10:00:00:01', 'MIBAND')",
        "INSERT INTO DEVICE VALUES (2, 'MI2', 'C8:0F:10:00:00:02', 'MIBAND2')",
        "CREATE TABLE " + table + " " + COLUMNS,
        insert(table, EIGHT, 0, 5),
        "INSERT INTO " + table + " VALUES (" + EIGHT + ", 2, 1, 0, 5, 5, 255)");

    assertThat(read().spans).extracting(Span::posture).containsExactly(Posture.LYING);
  }

  @Test
  void tellsSecondsFromMilliseconds() throws Exception {
    String table = "NEW_WATCH_ACTIVITY_SAMPLE";
    write(
        "CREATE TABLE " + table + " (TIMESTAMP INTEGER, DEVICE_ID INTEGER, STEPS INTEGER)",
        "INSERT INTO " + table + " VALUES (" + EIGHT * 1_000 + ", 1, 9)",
        "INSERT INTO " + table + " VALUES (0, 1, 9)");
    Found found = read();

    assertThat(found.steps)
        .containsExactly(new Steps(9, at("2026-02-03T08:00:00Z"), at("2026-02-03T08:01:00Z")));
    assertThat(found.refused).hasSize(1);
  }

  @Test
  void splitsADayAndMoreWithoutWear() throws Exception {
    String table = "HUAMI_EXTENDED_ACTIVITY_SAMPLE";
    write(
        "CREATE TABLE " + table + " " + COLUMNS,
        "WITH RECURSIVE minute(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM minute WHERE n < 1999)"
            + (" INSERT INTO "
                + table
                + " SELECT "
                + EIGHT
                + " + 7 + 60 * n, 1, 1, 0, 0, 115, 255 FROM minute"));
    Found found = read();

    assertThat(found.spans).hasSize(2);
    assertThat(found.spans.get(1).from()).isEqualTo(found.spans.get(0).to());
    assertThat(found.received()).isEqualTo(2_000);
  }

  @Test
  void runsNothingThatTheFileBrings() throws Exception {
    write(
        "CREATE TABLE X_ACTIVITY_SAMPLE (TIMESTAMP INTEGER, DEVICE_ID INTEGER, STEPS INTEGER)",
        "INSERT INTO X_ACTIVITY_SAMPLE VALUES (" + EIGHT + ", 1, 9)",
        "CREATE VIEW Y_ACTIVITY_SAMPLE AS SELECT TIMESTAMP, DEVICE_ID, STEPS FROM"
            + " X_ACTIVITY_SAMPLE",
        "CREATE VIRTUAL TABLE Z_ACTIVITY_SAMPLE USING fts5(TIMESTAMP, DEVICE_ID, STEPS)",
        "CREATE TABLE \"Q\"\" x; DROP\" (TIMESTAMP INTEGER, DEVICE_ID INTEGER, STEPS INTEGER)");
    byte[] before = Files.readAllBytes(file);
    Found found = read();

    assertThat(found.steps).hasSize(1);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (var files = Files.list(folder)) {
      assertThat(files).as("no journal beside it").containsExactly(file);
    }
  }

  @Test
  void readsTheDatabaseInAZipAndLeavesNothingBehind() throws Exception {
    write(
        "CREATE TABLE X_ACTIVITY_SAMPLE (TIMESTAMP INTEGER, DEVICE_ID INTEGER, STEPS INTEGER)",
        "INSERT INTO X_ACTIVITY_SAMPLE VALUES (" + EIGHT + ", 1, 9)");
    Path zip =
        Zips.of(
            folder.resolve("export.zip"),
            Map.of(
                "database/Gadgetbridge", Files.readAllBytes(file),
                "gadgetbridge.json", Zips.bytes("{}")));
    Files.delete(file);

    assertThat(new GadgetbridgeFile().recognises(new InputFile(zip, 1 << 20).head())).isTrue();
    assertThat(Found.in(zip, "UTC", new GadgetbridgeFile()).steps).hasSize(1);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(zip);
    }
  }

  @Test
  void whatUnpacksBeyondTheRoomForItIsLeft() throws Exception {
    byte[] large = new byte[3 << 20];
    System.arraycopy(Zips.bytes("SQLite format 3\u0000"), 0, large, 0, 16);
    Path zip = Zips.of(folder.resolve("export.zip"), Map.of("database/Gadgetbridge", large));
    assertThat(Files.size(zip)).isLessThan(64 << 10);
    InputFile input =
        new InputFile(
            zip,
            16 << 20,
            out ->
                new FilterOutputStream(out) {
                  private int room = 1 << 20;

                  @Override
                  public void write(byte[] from, int offset, int length) throws IOException {
                    room -= length;
                    if (room < 0) {
                      throw new UnusableFile("there is no more room");
                    }
                    out.write(from, offset, length);
                  }
                });

    assertThatThrownBy(() -> new GadgetbridgeFile().read(input, at -> ZoneOffset.UTC, new Found()))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("room");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(zip);
    }
  }

  @Test
  void saysWhatADatabaseLacks() throws Exception {
    write("CREATE TABLE moz_places (id INTEGER)");
    assertThatThrownBy(this::read)
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("no table with TIMESTAMP, DEVICE_ID and STEPS");

    byte[] whole = Files.readAllBytes(file);
    for (byte[] broken :
        List.of(Arrays.copyOf(whole, 30), Arrays.copyOf(whole, whole.length / 2))) {
      Files.write(file, broken);
      assertThatThrownBy(this::read).isInstanceOf(UnusableFile.class);
    }
  }

  private Found read() throws IOException {
    assertThat(new GadgetbridgeFile().recognises(new InputFile(file, 1 << 20).head())).isTrue();
    return Found.in(file, "UTC", new GadgetbridgeFile());
  }

  private void write(String... statements) throws SQLException, IOException {
    Path made = folder.resolve("making");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + made);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
    Files.move(made, file);
  }

  private static String insert(String table, long at, int steps, int kind) {
    return "INSERT INTO %s VALUES (%d, 1, 1, 0, %d, %d, 255)".formatted(table, at, steps, kind);
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }
}
