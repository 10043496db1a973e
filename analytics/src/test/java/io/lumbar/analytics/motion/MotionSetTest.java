package io.lumbar.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.Batches;
import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Mounting;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seeded simulation: any order, repetition and split of the same samples, the same labels. */
class MotionSetTest {
  private static final Activity[] ACTIVITIES = {
    Activity.WALKING, Activity.SITTING, Activity.STANDING, Activity.SENSOR_OFF, Activity.CYCLING
  };

  @ParameterizedTest
  @CsvSource({
    "thigh, 1, 50",
    "thigh, 2, 25",
    "thigh, 3, 100",
    "thigh, 4, 12.5",
    "trouser-pocket, 5, 50",
    "trouser-pocket, 6, 30",
    "trouser-pocket, 7, 90",
    "thigh, 8, 3",
    "trouser-pocket, 9, 1",
    "thigh, 10, 0.5"
  })
  void theOrderAndTheSplitOfBatchesDoNotMatter(String placement, long seed, double hertz) {
    Random random = new Random(seed);
    Stamp stamp = new Stamp(new DeviceId("d_limb"), Placement.of(placement), ZoneOffset.UTC);
    List<MotionBatch> whole = new ArrayList<>();
    new Simulation(script(random), seed)
        .worn(Wear.of(stamp, hertz).mounted(Mounting.random(random)).batches(Duration.ofMinutes(7)))
        .forEach(whole::add);
    whole.remove(whole.size() / 2);

    List<LabelRun> inOrder = labels(stamp.placement(), whole);
    assertThat(inOrder).isNotEmpty();
    for (int round = 0; round < 3; round++) {
      List<MotionBatch> pieces = new ArrayList<>();
      for (MotionBatch batch : whole) {
        Batches.split(batch, random, random.nextBoolean() ? 20 : 4000, pieces);
      }
      for (int i = pieces.size() / 4; i > 0; i--) {
        pieces.add(pieces.get(random.nextInt(pieces.size())));
      }
      pieces.addAll(whole.subList(0, whole.size() / 2));
      Collections.shuffle(pieces, random);
      assertThat(labels(stamp.placement(), pieces)).isEqualTo(inOrder);
    }
  }

  private static Script script(Random random) {
    Script script =
        Script.of(
            Instant.parse("2026-03-02T08:00:00Z"),
            Activity.STANDING,
            Duration.ofSeconds(10 + random.nextInt(100)));
    for (int i = 0; i < 14; i++) {
      script =
          script.then(
              ACTIVITIES[random.nextInt(ACTIVITIES.length)],
              Duration.ofSeconds(5 + random.nextInt(400)));
    }
    return script;
  }

  private static List<LabelRun> labels(Placement placement, List<MotionBatch> batches) {
    LimbRecording recording = new LimbRecording(placement);
    batches.forEach(recording::add);
    return recording.runs();
  }
}
