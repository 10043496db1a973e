package io.lumbar.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Json;
import org.junit.jupiter.api.Test;

class DemoPlayTest {
  @Test
  void saysThatNothingWasCountedOrSeenInsteadOfZero() {
    var chest =
        Json.mapper()
            .createObjectNode()
            .put("coverageMinutes", 600)
            .set(
                "sitting",
                Json.mapper().createObjectNode().put("minutes", 310.4).put("longestMinutes", 52));
    assertThat(DemoPlay.sitting(chest)).isEqualTo("sat 310 min, longest 52");
    assertThat(DemoPlay.steps(chest)).isEqualTo("steps not counted");

    var watch = Json.mapper().createObjectNode().put("steps", 6412).put("coverageMinutes", 0.0);
    assertThat(DemoPlay.sitting(watch)).isEqualTo("no posture seen");
    assertThat(DemoPlay.steps(watch)).isEqualTo("steps 6412");
  }
}
