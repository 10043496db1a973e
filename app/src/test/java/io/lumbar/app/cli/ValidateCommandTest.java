package io.lumbar.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
  private static final Path RECORDINGS = Path.of("..", "..", "shared", "recordings");
  private static final String EVENTS =
      """
      sep=;
      Time;Time(approx);Data Count;Event Type;Duration (s);Waking Day;Cumulative Step Count;Activity Score (MET.h);AbsSumDiffX;AbsSumDiffY;AbsSumDiffZ;Time Upright (s);Time Upside Down (s);Time Back Lying (s);Time Front Lying (s);Time Left Lying (s);Time Right Lying (s)
      44129.5;x;0;0;600.5;1;0;0;0;0;0;0;0;0;0;0;0;
      44129.5069502315;x;0;2;2.0;1;2;0;0;0;0;0;0;0;0;0;0;
      44129.5069733796;x;0;0;30.0;1;2;0;0;0;0;0;0;0;0;0;0;
      44129.5073206019;x;0;3.1;100.0;1;2;0;0;0;0;0;0;60.0;40.0;0;0;
      """;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsFiguresPerFolderAndNamesWhatItLeavesOut() throws IOException {
    Files.createDirectory(folder.resolve("activpal"));
    Files.createDirectory(folder.resolve("holiday-pictures"));
    Files.createDirectory(folder.resolve("fitbit"));
    Files.writeString(folder.resolve("activpal/day.csv"), EVENTS);
    Files.writeString(folder.resolve("activpal/notes.txt"), "nothing\nof\nuse\n");

    assertThat(run(folder, "--json")).isZero();

    JsonNode document = Json.mapper().readTree(out.toString());
    assertThat(document.fieldNames()).toIterable().containsExactly("activpal");
    assertThat(document.path("activpal").fieldNames())
        .toIterable()
        .containsExactly("boutCountError", "sittingSecondsError", "proneSecondsError");
    assertThat(document.path("activpal")).allSatisfy(each -> assertThat(each.asDouble()).isZero());
    assertThat(err.toString())
        .contains("holiday-pictures is skipped", "fitbit is skipped: it has steps");
  }

  @Test
  void printsATableForAPersonAndTakesOneFolderToo() throws IOException {
    Path activpal = Files.createDirectory(folder.resolve("activpal"));
    Files.writeString(activpal.resolve("day.csv"), EVENTS);
    Files.writeString(activpal.resolve("notes.txt"), "nothing\nof\nuse\n");

    assertThat(run(activpal)).isZero();

    assertThat(out.toString())
        .contains("activpal", "boutCountError", "skipped notes.txt: no events of an activPAL");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void saysWhenThereIsNothingToScore() {
    assertThat(run(folder.resolve("missing"))).isEqualTo(1);
    assertThat(run(folder)).isEqualTo(1);

    assertThat(err.toString()).contains("there is no folder", "known are activpal");
  }

  @Test
  void readsRealFilesOfDevicesAsAnotherProgramDoes() throws IOException {
    assumeThat(RECORDINGS).as("recordings are not beside the project").exists();

    assertThat(run(RECORDINGS.resolve("device-files"), "--json")).isZero();

    JsonNode figures = Json.mapper().readTree(out.toString()).path("device-files");
    assertThat(figures.path("maxErrorG").asDouble()).isLessThan(1 / 256.0);
    assertThat(figures.path("maxErrorMs").asDouble()).isLessThan(5);
    assertThat(figures.path("blocksSkipped").asInt()).isEqualTo(6);
    assertThat(figures.path("files").asInt()).isEqualTo(3);
  }

  private int run(Path where, String... more) {
    return OfflineRun.of(folder, out, err, "validate", where, more);
  }
}
