package io.lumbar.alerts.stretches.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SkeletonTest {
  private static final Offset<Double> CLOSE = within(0.01);
  private static final Vec UP = new Vec(0, 1, 0);
  private static final Vec AHEAD = new Vec(1, 0, 0);

  private static Pose standing(double bend, double side, double twist) {
    Reach leg = new Reach(new Vec(0, 5, 0), null, AHEAD, AHEAD);
    Reach arm = new Reach(new Vec(0, 86, 0), null, AHEAD.times(-1), UP.times(-1));
    return new Pose(new Vec(0, 88, 0), UP, AHEAD, bend, side, twist, 0, 0, leg, leg, arm, arm);
  }

  @Test
  void facingRightTheRightSideIsTheNearOne() {
    Map<Joint, Vec> joints = Skeleton.of(standing(0, 0, 0));
    assertThat(joints.get(Joint.RIGHT_HIP).z()).isPositive();
    assertThat(joints.get(Joint.LEFT_SHOULDER).z()).isNegative();
    assertThat(joints.get(Joint.NOSE).x()).isGreaterThan(joints.get(Joint.HEAD).x());
    assertThat(joints.get(Joint.NECK).x()).isCloseTo(0, CLOSE);
    assertThat(joints.get(Joint.NECK).y()).isCloseTo(140, CLOSE);
  }

  @Test
  void bendingGoesForwardSidewaysToTheRightAndTwistingTurnsTheRightShoulderBack() {
    assertThat(Skeleton.of(standing(40, 0, 0)).get(Joint.NECK).x()).isGreaterThan(10);
    assertThat(Skeleton.of(standing(-40, 0, 0)).get(Joint.NECK).x()).isLessThan(-10);
    assertThat(Skeleton.of(standing(0, 40, 0)).get(Joint.NECK).z()).isGreaterThan(10);
    assertThat(Skeleton.of(standing(0, 0, 40)).get(Joint.RIGHT_SHOULDER).x()).isLessThan(-5);
  }

  @Test
  void kneesPointWhereTheyAreTold() {
    Map<Joint, Vec> joints = Skeleton.of(standing(0, 0, 0));
    assertThat(joints.get(Joint.RIGHT_KNEE).x()).isPositive();
    assertThat(joints.get(Joint.RIGHT_ELBOW).x()).isNegative();
  }
}
