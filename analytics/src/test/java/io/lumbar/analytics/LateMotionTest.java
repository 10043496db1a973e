package io.lumbar.analytics;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.POCKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.model.MotionBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Motion of a pocket that comes days after newer motion of it. */
class LateMotionTest {
  private static final Instant START = Rig.at("8:00");

  @TempDir Path stateDir;

  @Test
  void whatComesForTenMinutesThatAreLetGoGivesADeadLetterAndOtherMotionIsJudged()
      throws IOException {
    try (Rig rig = new Rig(START.plus(Duration.ofDays(9)), stateDir)) {
      for (int day = 0; day < 9; day++) {
        batches(START.plus(Duration.ofDays(day))).forEach(batch -> rig.upload(ANNA, batch));
      }
      assertThat(rig.deadLetters()).isEmpty();
      int bouts = rig.bouts(ANNA).size();

      List<MotionBatch> again = batches(START.plus(Duration.ofDays(4)));
      rig.upload(ANNA, again.get(0));
      assertThat(rig.deadLetters())
          .singleElement()
          .asString()
          .contains("751 of 751 samples are of ten minutes that were judged before and let go")
          .contains("\"wearer\":\"" + ANNA.value());

      // The afternoon of the same day was never heard of.
      batches(START.plus(Duration.ofDays(4)).plus(Duration.ofHours(6)))
          .forEach(batch -> rig.upload(ANNA, batch));
      rig.rest();
      assertThat(rig.deadLetters()).isEmpty();
      assertThat(rig.bouts(ANNA)).hasSizeGreaterThan(bouts);
    }
  }

  private static List<MotionBatch> batches(Instant from) {
    Script script =
        Script.of(from, Activity.WALKING, Duration.ofMinutes(2))
            .then(Activity.SITTING, Duration.ofMinutes(18));
    List<MotionBatch> batches = new ArrayList<>();
    new Simulation(script, 2)
        .worn(Wear.of(POCKET, 25).batches(Duration.ofSeconds(30)))
        .forEach(batches::add);
    return batches;
  }
}
