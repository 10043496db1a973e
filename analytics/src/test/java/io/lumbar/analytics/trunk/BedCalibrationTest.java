package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.analytics.trunk.BedCalibration.Learnt;
import io.lumbar.analytics.trunk.BedCalibration.Outcome;
import io.lumbar.analytics.trunk.BedCalibration.Refused;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.SleepPosition;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BedCalibrationTest {
  private static final Direction PROPPED = new Direction(0.5, 0, -0.87);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void learnsHoweverTheSensorIsTurned(long seed) {
    TrunkAxes mounting = Body.turned(new Random(seed));
    Learnt learnt = (Learnt) BedCalibration.learn(poses(mounting, 10));
    assertThat(learnt.warnings()).isEmpty();
    assertThat(learnt.proppedDegrees()).isCloseTo(30, within(4.0));
    assertThat(learnt.axes().front().degreesTo(mounting.front())).isLessThan(5);
    assertThat(learnt.axes().right().degreesTo(mounting.right())).isLessThan(5);
    for (BedPose pose : BedPose.values()) {
      assertThat(learnt.judged().get(pose)).containsOnlyKeys(pose.side());
    }
  }

  @Test
  void aReadingASecondIsEnoughAndTheirOrderDoesNotMatter() {
    Map<BedPose, List<Reading>> poses = poses(TrunkAxes.STANDARD, 1);
    Outcome inOrder = BedCalibration.learn(poses);
    poses.values().forEach(one -> Collections.shuffle(one, new Random(3)));
    assertThat(BedCalibration.learn(poses)).isEqualTo(inOrder).isInstanceOf(Learnt.class);
  }

  @Test
  void saysWhichPoseItTakesForAnother() {
    Map<BedPose, List<Reading>> poses = poses(TrunkAxes.STANDARD, 10);
    poses.put(BedPose.LEFT, lie(TrunkAxes.STANDARD, new Direction(0, 0.6, 0.8), 10));
    poses.put(BedPose.RIGHT, lie(TrunkAxes.STANDARD, new Direction(0, -0.6, 0.8), 10));
    Learnt learnt = (Learnt) BedCalibration.learn(poses);
    assertThat(learnt.warnings()).anyMatch(warning -> warning.startsWith("left was taken for"));
    assertThat(learnt.judged().get(BedPose.LEFT)).containsKey(SleepPosition.SUPINE);
  }

  @Test
  void refusesWhoDidNotTurnAndWhoSwappedTheSides() {
    Map<BedPose, List<Reading>> still = poses(TrunkAxes.STANDARD, 10);
    still.put(BedPose.LEFT, lie(TrunkAxes.STANDARD, Body.SUPINE, 10));
    assertThat(((Refused) BedCalibration.learn(still)).why())
        .contains("back and left look the same");
    Map<BedPose, List<Reading>> swapped = poses(TrunkAxes.STANDARD, 10);
    swapped.put(BedPose.LEFT, lie(TrunkAxes.STANDARD, Body.RIGHT, 10));
    swapped.put(BedPose.RIGHT, lie(TrunkAxes.STANDARD, Body.LEFT, 10));
    assertThat(((Refused) BedCalibration.learn(swapped)).why()).contains("swapped");
  }

  @Test
  void refusesAPoseThatIsMissing() {
    Map<BedPose, List<Reading>> poses = poses(TrunkAxes.STANDARD, 10);
    poses.remove(BedPose.FLAT_FRONT);
    assertThat(((Refused) BedCalibration.learn(poses)).why()).contains("flat front");
  }

  private static Map<BedPose, List<Reading>> poses(TrunkAxes mounting, double hertz) {
    Map<BedPose, List<Reading>> poses = new EnumMap<>(BedPose.class);
    poses.put(BedPose.BACK, lie(mounting, Body.SUPINE, hertz));
    poses.put(BedPose.LEFT, lie(mounting, Body.LEFT, hertz));
    poses.put(BedPose.RIGHT, lie(mounting, Body.RIGHT, hertz));
    poses.put(BedPose.FLAT_FRONT, lie(mounting, Body.PRONE, hertz));
    poses.put(BedPose.PROPPED_FRONT, lie(mounting, PROPPED, hertz));
    return poses;
  }

  private static List<Reading> lie(TrunkAxes mounting, Direction pose, double hertz) {
    return new Body(0, hertz, 9).mounted(mounting).hold(Body.UPRIGHT, 4).hold(pose, 20).readings();
  }
}
