package io.lumbar.app.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The scores of the trunk detectors, where recordings of real people lie beside the project. */
class TrunkScoresTest {
  private static final Path RECORDINGS = Path.of("..", "..", "shared", "recordings");

  @Test
  void tellsThePositionsOfPeopleInBed() throws IOException {
    Map<String, Double> metrics = score(new SleepPositionChestScorer());
    assertThat(metrics.get("accuracy")).isGreaterThanOrEqualTo(0.985);
    assertThat(metrics.get("worstPersonAccuracy")).isGreaterThanOrEqualTo(0.95);
    assertThat(metrics.get("toldAccuracy")).isGreaterThanOrEqualTo(0.9);
    assertThat(metrics.get("raisedRecall")).isEqualTo(1);
    assertThat(metrics.get("raisedFalse")).isZero();
  }

  @Test
  void sumsANightToTheMinuteAndKeepsItsEpisodesFew() throws IOException {
    Map<String, Double> metrics = score(new SleepNightScorer());
    assertThat(metrics.get("worstMinutesError")).isLessThanOrEqualTo(1);
    assertThat(metrics.get("episodes")).isLessThanOrEqualTo(15);
  }

  @Test
  void tellsLyingAcrossLostReadings() throws IOException {
    Map<String, Double> metrics = score(new ChestTagScorer());
    assertThat(metrics.get("lyingF1")).isGreaterThanOrEqualTo(0.985);
    assertThat(metrics.get("toldLyingF1")).isGreaterThanOrEqualTo(0.94);
  }

  @Test
  void findsBendsAtTheChestButNoneInSittingDownWalkingOrOpeningDoors() throws IOException {
    Map<String, Double> metrics = score(new UmaFallScorer());
    assertThat(metrics.get("bendRecall")).isGreaterThanOrEqualTo(0.9);
    assertThat(metrics.get("sitToStandBendsPerTrial")).isLessThanOrEqualTo(0.15);
    assertThat(metrics.get("otherBendsPerTrial")).isLessThanOrEqualTo(0.05);
  }

  @Test
  void findsBendsAtTheWaistButNoneInWalking() throws IOException {
    Map<String, Double> metrics = score(new SisFallScorer());
    assertThat(metrics.get("bendRecall")).isGreaterThanOrEqualTo(0.9);
    assertThat(metrics.get("walkingBendsPerTrial")).isZero();
  }

  private static Map<String, Double> score(FolderScorer scorer) throws IOException {
    Path folder = RECORDINGS.resolve(scorer.folder());
    assumeThat(folder).as("recordings are not beside the project").exists();
    return scorer.score(folder, Progress.NONE).metrics();
  }
}
