package io.lumbar.app.simulation;

import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An hour or two on which only the acceleration at a thigh and at a chest tells. */
final class MovingLife {
  private static final Activity[] ACTIVITIES = {
    Activity.SITTING,
    Activity.STANDING,
    Activity.SITTING_RECLINED,
    Activity.LYING_SUPINE,
    Activity.WALKING,
    Activity.LYING_LEFT
  };

  private final WearerId wearer;
  private final Anchor anchor;
  private final Random random;

  MovingLife(WearerId wearer, Anchor anchor, Random random) {
    this.wearer = wearer;
    this.anchor = anchor;
    this.random = random;
  }

  List<Said> said() {
    Instant start =
        anchor
            .date()
            .atStartOfDay(anchor.zone())
            .toInstant()
            .plusSeconds(random.nextInt(20 * 3600));
    Script script = Script.of(start, Activity.WALKING, Duration.ofMinutes(3));
    for (int i = 0; i < 6; i++) {
      script =
          script.then(
              ACTIVITIES[random.nextInt(ACTIVITIES.length)],
              Duration.ofSeconds(20 + random.nextInt(random.nextInt(3) == 0 ? 2_400 : 600)));
    }
    var motion = new io.lumbar.analytics.simulation.Simulation(script, random.nextLong());
    List<Said> said = new ArrayList<>();
    for (Placement placement : List.of(Placement.THIGH, Placement.CHEST)) {
      Stamp stamp = new Stamp(new DeviceId("d_" + placement.wireName()), placement, anchor.zone());
      Duration batches = Duration.ofSeconds(10 + random.nextInt(900));
      for (MotionBatch batch : motion.worn(Wear.of(stamp, 25).batches(batches))) {
        Instant end = Instant.ofEpochMilli(batch.millisAt(batch.size() - 1) + 1);
        said.add(new Said(wearer, Topic.MOTION, batch, end));
      }
    }
    return said;
  }
}
