package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What is judged without looking at every reading is judged as if each had been looked at. */
class BendMotionTest {
  private static final long BLOCK = 600_000L * 2_958_000;
  private static final int ROUNDS = Integer.getInteger("lumbar.rounds", 150);

  @Test
  void randomMotionIsJudgedAsReadingByReading() {
    int bends = 0;
    int forward = 0;
    int unheard = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      TrunkAxes axes = random.nextBoolean() ? TrunkAxes.STANDARD : Body.turned(random);
      Map<Long, BendMinute> minutes = motion(axes, random);
      LongToDoubleFunction thigh = thigh(random);
      BendMotion.Judged judged =
          BendMotion.judge(BLOCK, at -> Optional.ofNullable(minutes.get(at)), axes, thigh);
      BendMotion.Judged plain =
          PlainBends.judge(BLOCK, at -> Optional.ofNullable(minutes.get(at)), axes, thigh);
      assertThat(judged).as("seed %d", seed).isEqualTo(plain);
      for (BendMinute minute : minutes.values()) {
        assertThat(BendMotion.isBentThrough(minute, axes))
            .as("seed %d", seed)
            .isEqualTo(PlainBends.isForwardThrough(minute, axes, 27));
        assertThat(BendMotion.isHeldThrough(minute, axes))
            .as("seed %d", seed)
            .isEqualTo(PlainBends.isForwardThrough(minute, axes, 17));
      }
      bends += judged.bends().size();
      for (ForwardTime minute : judged.minutes()) {
        unheard += minute == null ? 1 : 0;
        forward += minute != null && minute.beyond20() > 0 ? 1 : 0;
      }
    }
    assertThat(bends).isGreaterThan(ROUNDS / 10);
    assertThat(forward).isGreaterThan(ROUNDS / 10);
    assertThat(unheard).isGreaterThan(ROUNDS / 10);
  }

  /** What is felt near a limit must not fall on its other side for being looked at otherwise. */
  @Test
  void soAreTrunksThatAreHeldAtTheLimits() {
    for (int degrees : new int[] {18, 19, 20, 21, 25, 27, 30, 36, 54, 55, 56, 60}) {
      for (int seed = 0; seed < 4; seed++) {
        Random random = new Random(seed);
        double turned = Math.toRadians(90 * random.nextInt(4));
        Direction pose = pose(degrees, turned);
        Map<Long, BendMinute> minutes = new HashMap<>();
        feel(minutes, BLOCK - 120_000, 840, 5, pose, seed % 2 == 0 ? 0 : 0.01, random);
        LongToDoubleFunction thigh = thigh(random);
        assertThat(
                BendMotion.judge(
                    BLOCK, at -> Optional.ofNullable(minutes.get(at)), TrunkAxes.STANDARD, thigh))
            .as("%d degrees, seed %d", degrees, seed)
            .isEqualTo(
                PlainBends.judge(
                    BLOCK, at -> Optional.ofNullable(minutes.get(at)), TrunkAxes.STANDARD, thigh));
      }
    }
  }

  @Test
  void aSecondIsTheMeanOfItsSamplesWhateverTheirOrder() {
    Random random = new Random(1);
    BendMinute minute = new BendMinute();
    for (int i = 0; i < 400; i++) {
      minute.add(random.nextInt(60_000), random.nextGaussian(), random.nextGaussian(), 3);
    }
    for (int second = 0; second < 60; second++) {
      List<Direction> samples = new ArrayList<>();
      for (int bin = 5 * second; bin < 5 * second + 5; bin++) {
        minute.sample(bin).ifPresent(samples::add);
      }
      assertThat(minute.second(second))
          .isEqualTo(samples.isEmpty() ? Optional.empty() : Optional.of(Direction.mean(samples)));
    }
    assertThat(new BendMinute().second(3)).isEmpty();
  }

  private static LongToDoubleFunction thigh(Random random) {
    int kind = random.nextInt(4);
    long seed = random.nextLong();
    return switch (kind) {
      case 0 -> at -> Double.NaN;
      case 1 -> at -> new Random(seed + at / 20_000).nextInt(100);
      case 2 -> at -> new Random(seed + at / 60_000).nextInt(3) == 0 ? Double.NaN : 85;
      default -> at -> 8;
    };
  }

  /**
   * An hour and more in stretches of standing, leaning, bending, lying, walking, running, nothing.
   */
  private static Map<Long, BendMinute> motion(TrunkAxes axes, Random random) {
    Map<Long, BendMinute> minutes = new HashMap<>();
    long at = BLOCK - 180_000 - random.nextInt(1_000);
    boolean quiet = random.nextInt(4) == 0;
    while (at < BLOCK + 5_000_000) {
      boolean isLong = random.nextInt(3) == 0;
      int seconds = 1 + random.nextInt(isLong ? 900 : 20);
      double hertz = new double[] {3, 5, 12.5, 25}[random.nextInt(4)];
      double degrees = quiet ? random.nextInt(22) : random.nextInt(110);
      double around = random.nextInt(3) == 0 ? 2 * Math.PI * random.nextDouble() : 0;
      double shaken = random.nextInt(quiet ? 12 : 4) == 0 ? 1.3 * random.nextDouble() : 0.02;
      if (random.nextInt(12) > 0) {
        Direction pose = turned(axes, pose(degrees, around));
        feel(minutes, at, seconds, hertz, pose, shaken, random);
      }
      at += seconds * 1_000L + random.nextInt(300);
    }
    return minutes;
  }

  /** A trunk so far from upright, forward unless turned about itself. */
  private static Direction pose(double degrees, double turned) {
    double angle = Math.toRadians(degrees);
    return new Direction(
        Math.cos(angle), Math.sin(angle) * Math.sin(turned), -Math.sin(angle) * Math.cos(turned));
  }

  private static Direction turned(TrunkAxes axes, Direction pose) {
    return axes.head()
        .times(pose.x())
        .minus(axes.right(), -pose.y())
        .minus(axes.front(), -pose.z());
  }

  private static void feel(
      Map<Long, BendMinute> minutes,
      long from,
      int seconds,
      double hertz,
      Direction pose,
      double shaken,
      Random random) {
    for (int i = 0; i < seconds * hertz; i++) {
      long at = from + Math.round(i * 1_000 / hertz);
      long start = TrunkMinute.startOf(at);
      boolean isDropOut = random.nextInt(200) == 0;
      double size = isDropOut ? 0 : 1;
      minutes
          .computeIfAbsent(start, key -> new BendMinute())
          .add(
              at - start,
              size * (pose.x() + shaken * random.nextGaussian()),
              size * (pose.y() + shaken * random.nextGaussian()),
              size * (pose.z() + shaken * random.nextGaussian()));
    }
  }
}
