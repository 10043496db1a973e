package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.analytics.trunk.BedCalibration.Learnt;
import io.lumbar.analytics.trunk.BedCalibration.Outcome;
import io.lumbar.analytics.trunk.BedCalibration.Refused;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.Placement;
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
    Learnt learnt = (Learnt) BedCalibration.learn(poses(mounting, 10), Placement.CHEST);
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
    Outcome inOrder = BedCalibration.learn(poses, Placement.CHEST);
    poses.values().forEach(one -> Collections.shuffle(one, new Random(3)));
    assertThat(BedCalibration.learn(poses, Placement.CHEST))
        .isEqualTo(inOrder)
        .isInstanceOf(Learnt.class);
  }

  @Test
  void saysWhichPoseItTakesForAnother() {
    Map<BedPose, List<Reading>> poses = poses(TrunkAxes.STANDARD, 10);
    poses.put(BedPose.LEFT, lie(TrunkAxes.STANDARD, new Direction(0, 0.6, 0.8), 10));
    poses.put(BedPose.RIGHT, lie(TrunkAxes.STANDARD, new Direction(0, -0.6, 0.8), 10));
    Learnt learnt = (Learnt) BedCalibration.learn(poses, Placement.CHEST);
    assertThat(learnt.warnings()).anyMatch(warning -> warning.startsWith("left was taken for"));
    assertThat(learnt.judged().get(BedPose.LEFT)).containsKey(SleepPosition.SUPINE);
  }

  @Test
  void refusesWhoDidNotTurnAndWhoSwappedTheSides() {
    Map<BedPose, List<Reading>> still = poses(TrunkAxes.STANDARD, 10);
    still.put(BedPose.LEFT, lie(TrunkAxes.STANDARD, Body.SUPINE, 10));
    assertThat(((Refused) BedCalibration.learn(still, Placement.CHEST)).why())
        .contains("back and left look the same");
    Map<BedPose, List<Reading>> swapped = poses(TrunkAxes.STANDARD, 10);
    swapped.put(BedPose.LEFT, lie(TrunkAxes.STANDARD, Body.RIGHT, 10));
    swapped.put(BedPose.RIGHT, lie(TrunkAxes.STANDARD, Body.LEFT, 10));
    assertThat(((Refused) BedCalibration.learn(swapped, Placement.CHEST)).why())
        .contains("swapped");
  }

  @Test
  void refusesAPoseThatIsMissing() {
    Map<BedPose, List<Reading>> poses = poses(TrunkAxes.STANDARD, 10);
    poses.remove(BedPose.FLAT_FRONT);
    assertThat(((Refused) BedCalibration.learn(poses, Placement.CHEST)).why())
        .contains("flat front");
  }

  @Test
  void dropOutsAreNoReadings() {
    Map<BedPose, List<Reading>> poses = poses(TrunkAxes.STANDARD, 10);
    poses.values().forEach(BedCalibrationTest::dropTwoOfThree);
    assertThat(BedCalibration.learn(poses, Placement.CHEST)).isInstanceOf(Learnt.class);
    poses.get(BedPose.LEFT).replaceAll(one -> new Reading(one.at(), 0, 0, 0));
    assertThat(((Refused) BedCalibration.learn(poses, Placement.CHEST)).why())
        .contains("the pose left has too few readings");
  }

  @Test
  void aTryOfDropOutsDoesNotHideTheOnesBeforeIt() {
    List<Reading> first = lie(TrunkAxes.STANDARD, Body.LEFT, 10).subList(100, 102);
    List<Reading> second = lie(TrunkAxes.STANDARD, Body.LEFT, 10).subList(105, 107);
    List<Reading> last = List.of(first.get(0), new Reading(1, 0, 0, 0), new Reading(2, 0, 0, 0));
    assertThat(BedCalibration.ofTries(List.of(first, second, last))).hasSize(7);
  }

  private static void dropTwoOfThree(List<Reading> readings) {
    for (int i = 0; i < readings.size(); i++) {
      if (i % 3 > 0) {
        readings.set(i, new Reading(readings.get(i).at(), 0, 0, 0));
      }
    }
  }

  @Test
  void refusesWhoRolledAboutAndSidesThatAreNone() {
    Map<BedPose, List<Reading>> rolled = poses(TrunkAxes.STANDARD, 10);
    List<Reading> left = rolled.get(BedPose.LEFT);
    Direction[] three = {Body.UPRIGHT, Body.SUPINE, Body.LEFT};
    for (int i = 0; i < left.size(); i++) {
      left.set(i, new Reading(left.get(i).at(), three[i % 3]));
    }
    assertThat(((Refused) BedCalibration.learn(rolled, Placement.CHEST)).why())
        .contains("the pose left was not kept");
    Map<BedPose, List<Reading>> flat = poses(TrunkAxes.STANDARD, 10);
    flat.put(BedPose.LEFT, lie(TrunkAxes.STANDARD, new Direction(0, 0.3, 0.95), 10));
    flat.put(BedPose.RIGHT, lie(TrunkAxes.STANDARD, new Direction(0, 0.3, -0.95), 10));
    flat.put(BedPose.BACK, lie(TrunkAxes.STANDARD, new Direction(0, -0.3, 0.95), 10));
    flat.put(BedPose.FLAT_FRONT, lie(TrunkAxes.STANDARD, new Direction(0, -0.3, -0.95), 10));
    assertThat(((Refused) BedCalibration.learn(flat, Placement.CHEST)).why())
        .contains("back and front differ as left and right do");
  }

  @Test
  void aLowerBackIsNotExpectedToTiltWhenTheChestIsPropped() {
    Map<BedPose, List<Reading>> poses = poses(TrunkAxes.STANDARD, 10);
    poses.put(BedPose.PROPPED_FRONT, lie(TrunkAxes.STANDARD, new Direction(0.05, 0, -1), 10));
    Learnt back = (Learnt) BedCalibration.learn(poses, Placement.LOWER_BACK);
    assertThat(back.warnings()).isEmpty();
    Learnt chest = (Learnt) BedCalibration.learn(poses, Placement.CHEST);
    assertThat(chest.warnings()).singleElement().asString().contains("will not be told");
  }

  @Test
  void aTagThatIsHeardEverySixSecondsIsEnough() {
    Map<BedPose, List<Reading>> poses = poses(TrunkAxes.STANDARD, 0.17);
    assertThat(poses.get(BedPose.BACK)).hasSize(3);
    assertThat(BedCalibration.learn(poses, Placement.CHEST)).isInstanceOf(Learnt.class);
    poses.put(BedPose.BACK, poses.get(BedPose.BACK).subList(1, 3));
    assertThat(BedCalibration.learn(poses, Placement.CHEST)).isInstanceOf(Learnt.class);
    poses.put(BedPose.BACK, poses.get(BedPose.BACK).subList(1, 2));
    assertThat(BedCalibration.learn(poses, Placement.CHEST)).isInstanceOf(Refused.class);
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
