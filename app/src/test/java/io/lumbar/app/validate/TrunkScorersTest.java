package io.lumbar.app.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.trunk.Bend;
import io.lumbar.analytics.trunk.Reading;
import io.lumbar.model.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scorers of trunk sensors on files that were made for it. */
class TrunkScorersTest {
  @TempDir Path folder;

  @Test
  void aTagIsJudgedAsTheStreamJudgesIt() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      boolean lies = i >= 200 && i < 420;
      rows.append(
          String.format(
              Locale.ROOT,
              "%.1f,%d,%d,0,1,-60,1,920,%d%n",
              i / 2.0,
              lies ? 1 : 0,
              lies ? 0 : 1,
              lies ? 3 : i < 200 ? 1 : 4));
    }
    Files.writeString(folder.resolve("d1p01M"), rows);
    Map<String, Double> metrics = score(new ChestTagScorer());
    assertThat(metrics).containsEntry("lyingF1", 1.0).containsEntry("toldLyingF1", 1.0);
  }

  @Test
  void peopleInTwelvePositionsAreToldAsTheyLie() throws IOException {
    StringBuilder rows = new StringBuilder("x_chest,y_chest,z_chest,x_a,y_a,z_a,position\n");
    for (int position = 1; position <= 12; position++) {
      String counts =
          switch ((position - 1) / 3) {
            case 0 -> "0,5,-256";
            case 1 -> position == 4 ? "0,-128,221" : "0,5,256";
            case 2 -> "-256,3,0";
            default -> "256,3,0";
          };
      rows.append((counts + ",0,0,0," + position + "\n").repeat(59));
    }
    Files.writeString(folder.resolve("p01.csv"), rows);
    Map<String, Double> metrics = score(new SleepPositionChestScorer());
    assertThat(metrics).containsEntry("raisedRecall", 1.0).containsEntry("raisedFalse", 0.0);
    // A row may share its five seconds with the position that follows.
    assertThat(metrics.get("accuracy")).isBetween(0.99, 1.0);
    assertThat(metrics.get("toldAccuracy")).isBetween(0.99, 1.0);
  }

  @Test
  void changesOfPositionBecomeANight() throws IOException {
    Files.writeString(
        folder.resolve("night.csv"),
        """
        2026-03-02T22:00:00Z,Supine
        2026-03-03T00:00:00Z,Left
        2026-03-03T00:00:20Z,Supine
        2026-03-03T02:00:00Z,Sideways
        2026-03-03T02:00:10Z,Prone
        2026-03-03T04:00:00Z,Standing
        """);
    Map<String, Double> metrics = score(new SleepNightScorer());
    assertThat(metrics).containsEntry("episodes", 2.0);
    // Ten seconds of a word that nobody knows are taken for more of the same.
    assertThat(metrics.get("worstMinutesError")).isBetween(0.16, 0.17);
  }

  @Test
  void aTrialTooShortForTheStreamBeginsAndEndsWithStanding() {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      double phase = Math.max(0, Math.min(1, (i - 200) / 200.0));
      double angle = Math.toRadians(70) * Math.sin(Math.PI * phase);
      readings.add(new Reading(i * 20L, Math.cos(angle), 0, -Math.sin(angle)));
    }
    List<Bend> bends = BendTrial.bends(Placement.CHEST, readings, List.of());
    assertThat(bends)
        .singleElement()
        .satisfies(bend -> assertThat(bend.peakDegrees()).isBetween(60.0, 71.0));
    assertThat(BendTrial.bends(Placement.CHEST, readings.subList(0, 200), List.of())).isEmpty();
    assertThat(BendTrial.bends(Placement.CHEST, List.of(), List.of())).isEmpty();
  }

  private Map<String, Double> score(FolderScorer scorer) throws IOException {
    return scorer.score(folder, Progress.NONE).metrics();
  }
}
