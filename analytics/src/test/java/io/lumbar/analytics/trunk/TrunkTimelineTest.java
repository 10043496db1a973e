package io.lumbar.analytics.trunk;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.THIGH;
import static io.lumbar.analytics.Rig.at;
import static io.lumbar.analytics.Rig.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.Rig;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.Stamp;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Raw motion of the trunk through the whole topology. */
class TrunkTimelineTest {
  private static final Stamp CHEST = Rig.stamp("d_chest", Placement.CHEST);
  private static final Stamp WRIST = Rig.stamp("d_wrist", Placement.WRIST);

  @TempDir Path stateDir;

  @Test
  void theChestTellsThatAThighThatSeemsSeatedLies() {
    try (Rig rig = new Rig(at("12:00"), stateDir)) {
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "10:00"));
      lieDown(rig, CHEST);
      assertThat(rig.picture(ANNA))
          .isEqualTo(
              """
              sitting 09:00:00-09:20:00
              lying 09:20:00-09:40:00
              sitting 09:40:00-10:00:00""");
    }
  }

  @Test
  void anUprightChestAloneSaysNothingAboutSitting() {
    try (Rig rig = new Rig(at("12:00"), stateDir)) {
      lieDown(rig, CHEST);
      assertThat(rig.picture(ANNA)).isEqualTo("lying 09:20:00-09:40:00");
    }
  }

  @Test
  void aWristIsNoTrunk() {
    try (Rig rig = new Rig(at("12:00"), stateDir)) {
      lieDown(rig, WRIST);
      assertThat(rig.picture(ANNA)).isEmpty();
    }
  }

  private static void lieDown(Rig rig, Stamp stamp) {
    Body body = new Body(at("9:10").toEpochMilli(), 10, 1).hold(Body.UPRIGHT, 600);
    body.hold(Body.LEFT, 1200).hold(Body.UPRIGHT, 900);
    body.batches(stamp, 200, 1).forEach(batch -> rig.upload(ANNA, batch));
  }
}
