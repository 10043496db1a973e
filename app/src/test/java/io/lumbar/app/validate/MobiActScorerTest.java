package io.lumbar.app.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Phones loose in trouser pockets, where the recordings lie beside the project. */
class MobiActScorerTest {
  private static final Path FOLDER = Path.of("..", "..", "shared", "recordings", "mobiact");

  @Test
  void reachesWhatIsAskedOfAPocketPhone() throws IOException {
    assumeThat(FOLDER).as("recordings are not beside the project").exists();
    Map<String, Double> metrics = new MobiActScorer().score(FOLDER, Progress.NONE).metrics();
    assertThat(metrics.get("sittingFalseShare")).isLessThanOrEqualTo(0.01);
    assertThat(metrics.get("seatedEndRecall")).isGreaterThanOrEqualTo(0.9);
    assertThat(metrics.get("walkingRecall")).isGreaterThanOrEqualTo(0.97);
    assertThat(metrics.get("coverage")).isGreaterThanOrEqualTo(0.9);
  }
}
