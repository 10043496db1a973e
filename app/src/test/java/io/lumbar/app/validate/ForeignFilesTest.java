package io.lumbar.app.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Mounting;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings in the shapes that other people's programs and hands give them. */
class ForeignFilesTest {
  private static final Stamp POCKET =
      new Stamp(new DeviceId("d_phone"), Placement.TROUSER_POCKET, ZoneOffset.UTC);
  private static final double G = 9.80665;

  @TempDir Path folder;

  @Test
  void aFolderThatHoldsNothingIsNoScoreAndALinkIsTheFolder() throws IOException {
    Files.createDirectories(folder.resolve("all/activpal"));
    Files.createDirectories(folder.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("all/mobiact"), folder.resolve("elsewhere"));
    writePhone("elsewhere/WAL_acc_7_1.txt", walk(), 50, 1e9, G, "\n");

    Validation.Result result = Validation.ofAll().run(folder.resolve("all"), Progress.NONE);

    assertThat(result.scores()).containsOnlyKeys("mobiact");
    assertThat(result.failed()).containsExactly("activpal holds nothing that can be scored");
  }

  @ParameterizedTest
  @CsvSource({
    "20, 1e9, 9.80665",
    "50, 1e9, 9.80665",
    "87, 1e9, 1",
    "100, 1e6, 9.80665",
    "12.5, 1e3, 9.80665",
    "200, 1, 1"
  })
  void aPocketPhoneIsReadAtAnyRateAndInAnyUnitAndTurnedAnyhow(
      double hertz, double perSecond, double perG) throws IOException {
    writePhone("a/WAL/WAL_acc_7_1.txt", walk(), hertz, perSecond, perG, "\n");
    writePhone("SCH_ACC_7_1.TXT", sitDown(), hertz, perSecond, perG, "\r\n");
    writePhone("b/deep/er/STD_acc_8_1.txt", stand(), hertz, perSecond, perG, "\r");

    Score score = new MobiActScorer().score(folder, Progress.NONE);

    assertThat(score.skipped()).isEmpty();
    assertThat(score.metrics().get("sittingFalseShare")).isZero();
    assertThat(score.metrics().get("walkingRecall")).isGreaterThan(0.95);
    assertThat(score.metrics().get("seatedEndRecall")).isEqualTo(1);
    assertThat(score.metrics().get("coverage")).isGreaterThan(0.9);
    assertThat(score.tables().get(0).people()).containsExactly("person 7", "person 8");
  }

  @Test
  void whatCannotBeReadIsNamedAndTheRestIsScored() throws IOException {
    writePhone("WAL_acc_1_1.txt", walk(), 50, 1e9, G, "\n");
    writePhone("WAL_acc_2_1.txt", walk(), 50, 1e9, 1e-3, "\n");
    write("WAL_acc_3_1.txt", "", StandardCharsets.UTF_8);
    write("WAL_acc_4_1.txt", "@DATA\nsoon\u00e9\n", StandardCharsets.ISO_8859_1);
    write("._WAL_acc_5_1.txt", "left by a file manager", StandardCharsets.UTF_8);

    Score score = new MobiActScorer().score(folder, Progress.NONE);

    assertThat(score.metrics().get("walkingRecall")).isGreaterThan(0.95);
    assertThat(score.metrics()).doesNotContainKey("seatedEndRecall");
    assertThat(score.skipped())
        .extracting(Score.Skipped::what)
        .containsExactly("WAL_acc_2_1.txt", "WAL_acc_3_1.txt", "WAL_acc_4_1.txt");
    assertThat(score.skipped().get(0).why()).contains("unit");
  }

  @Test
  void aFolderWithNothingThatCanBeReadHasNoFigures() throws IOException {
    for (FolderScorer scorer :
        List.of(
            new MobiActScorer(),
            new SleepPositionChestScorer(),
            new SleepNightScorer(),
            new ChestTagScorer(),
            new UmaFallScorer(),
            new SisFallScorer(),
            new ActivPalScorer())) {
      write("x/WAL_acc_1_1.txt", "\u0000\u0001", StandardCharsets.UTF_8);
      write("x/D15_SA01_R01.txt", "", StandardCharsets.UTF_8);
      write("x/UMAFall_Subject_01_ADL_Bending_1.csv", ";;;\n1;;\n", StandardCharsets.UTF_8);
      assertThat(scorer.score(folder, Progress.NONE).metrics()).as(scorer.folder()).isEmpty();
    }
  }

  @Test
  void aNightIsReadWithOffsetsAndOutOfOrder() throws IOException {
    String night =
        """
        time;position
        2026-03-02T23:30:00+01:00;Prone
        2026-03-02T22:00:00.000Z;Supine
        2026-03-02T22:30:00.000Z;PRONE
        2026-03-02T23:00:00.000Z;Left
        2026-03-02T23:00:
        """;
    write("Night.CSV", night.replace("\n", "\r\n"), StandardCharsets.UTF_16LE);

    Score score = new SleepNightScorer().score(folder, Progress.NONE);

    assertThat(score.metrics()).containsEntry("worstMinutesError", 0.0);
    assertThat(score.metrics()).containsEntry("episodes", 2.0);
  }

  @ParameterizedTest
  @CsvSource({"UTF-8, ;", "UTF-16BE, ;", "UTF-16LE, TAB", "ISO-8859-1, ','"})
  void chestPositionsAreReadInAnyEncodingAndWithAnySeparator(String charset, String separator)
      throws IOException {
    StringBuilder text = new StringBuilder("x_chest,y_chest,z_chest,x_ankle,y_ankle,z_ankle,p\n");
    for (int position = 1; position <= 12; position++) {
      String chest =
          switch ((position - 1) / 3) {
            case 0 -> "0,-20,-250";
            case 1 -> position == 4 ? "0,-190,170" : "0,-20,250";
            case 2 -> "-250,-20,0";
            default -> "250,-20,0";
          };
      for (int row = 0; row < 60; row++) {
        text.append("%s,0,0,0,%d\n".formatted(chest, position));
      }
    }
    write(
        "p01.csv",
        text.toString().replace(",", separator.equals("TAB") ? "\t" : separator),
        Charset.forName(charset));

    Score score = new SleepPositionChestScorer().score(folder, Progress.NONE);

    assertThat(score.metrics()).containsEntry("accuracy", 1.0).containsEntry("raisedRecall", 1.0);
  }

  @Test
  void commasAreDecimalMarksBesideSemicolons() throws IOException {
    write(
        "rows.txt",
        "% head\n1,5; -2 ;3e-1;\n\n4.5;6;7\nwrecked 1.2.3;4;5\n1;NaN;2\n1,2,3;\n",
        StandardCharsets.UTF_8);

    NumberRows rows = NumberRows.read(folder.resolve("rows.txt"));

    assertThat(rows.header()).containsExactly("% head");
    assertThat(rows.rows()).hasSize(3);
    assertThat(rows.rows().get(0)).containsExactly(1.5, -2, 0.3);
    assertThat(rows.rows().get(1)).containsExactly(4.5, 6, 7);
    assertThat(rows.rows().get(2)).containsExactly(1, 2, 3);
    assertThat(rows.unreadable()).isEqualTo(2);
  }

  private static Script walk() {
    return Script.of(Instant.EPOCH, Activity.WALKING, Duration.ofSeconds(120));
  }

  private static Script stand() {
    return Script.of(Instant.EPOCH, Activity.STANDING, Duration.ofSeconds(60));
  }

  private static Script sitDown() {
    return Script.of(Instant.EPOCH, Activity.STANDING, Duration.ofSeconds(3))
        .then(Activity.SITTING, Duration.ofSeconds(4));
  }

  private void writePhone(
      String name, Script script, double hertz, double perSecond, double perG, String lineEnd)
      throws IOException {
    StringBuilder text = new StringBuilder("#Activity: %s\n#timestamp(ns),x,y,z\n\n@DATA\n");
    Wear wear = Wear.of(POCKET, hertz).mounted(Mounting.random(new SplittableRandom(5)));
    for (MotionBatch batch : new Simulation(script, 11).worn(wear)) {
      for (int i = 0; i < batch.size(); i++) {
        double seconds = 594 + batch.startNanos() / 1e9 + batch.offsetMicros()[i] / 1e6;
        text.append(
            String.format(
                Locale.ROOT,
                perSecond == 1e9 ? "%.0f, %.7f, %.7f, %.7f\n" : "%.5f,%.7f,%.7f,%.7f\n",
                seconds * perSecond,
                batch.x()[i] * perG,
                batch.y()[i] * perG,
                batch.z()[i] * perG));
      }
    }
    write(name, text.toString().replace("\n", lineEnd), StandardCharsets.UTF_8);
  }

  /** With a byte order mark where the encoding has one. */
  private void write(String name, String text, Charset charset) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    boolean marked = charset.name().startsWith("UTF");
    Files.write(file, ((marked ? "\uFEFF" : "") + text).getBytes(charset));
  }
}
