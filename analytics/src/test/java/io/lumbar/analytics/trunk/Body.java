package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A trunk that holds one pose after the other, felt by a sensor that may be turned. */
final class Body {
  static final Direction UPRIGHT = new Direction(1, 0, 0);
  static final Direction SUPINE = new Direction(0.1, 0, 1);
  static final Direction PRONE = new Direction(0, 0, -1);
  static final Direction LEFT = new Direction(0, 1, 0);
  static final Direction RIGHT = new Direction(0, -1, 0);

  private static final double WORN_NOISE = 0.01;

  private final long start;
  private final double hertz;
  private final Random random;
  private final List<Reading> readings = new ArrayList<>();
  private TrunkAxes mounting = TrunkAxes.STANDARD;
  private double noise = WORN_NOISE;

  Body(long start, double hertz, long seed) {
    this.start = start;
    this.hertz = hertz;
    random = new Random(seed);
  }

  /** How the sensor is turned from now on. */
  Body mounted(TrunkAxes axes) {
    mounting = axes;
    return this;
  }

  Body hold(Direction pose, int seconds) {
    return move(pose, seconds, 0);
  }

  /** Lies about, not worn: no body holds a pose as still as that. */
  Body rest(Direction pose, int seconds) {
    noise = 0;
    hold(pose, seconds);
    noise = WORN_NOISE;
    return this;
  }

  Body walk(int seconds) {
    return move(UPRIGHT, seconds, 0.3);
  }

  /** Is shaken by a road, at no pace. */
  Body ride(Direction pose, int seconds) {
    int n = (int) (seconds * hertz);
    for (int i = 0; i < n; i++) {
      feel(pose.unit(), 1 + 0.2 * random.nextGaussian());
    }
    return this;
  }

  /** Nothing is heard for a while. */
  Body silence(int seconds) {
    gap += (long) seconds * 1000;
    return this;
  }

  /** Bends forward to a depth and comes back. */
  Body bend(double degrees, double seconds) {
    int n = (int) (seconds * hertz);
    for (int i = 0; i < n; i++) {
      double angle = Math.toRadians(degrees) * Math.sin(Math.PI * i / n);
      feel(new Direction(Math.cos(angle), 0, -Math.sin(angle)), 1);
    }
    return this;
  }

  private long gap;
  private int felt;

  private Body move(Direction pose, int seconds, double bounce) {
    int n = (int) (seconds * hertz);
    for (int i = 0; i < n; i++) {
      feel(pose.unit(), 1 + bounce * Math.sin(2 * Math.PI * 1.9 * i / hertz));
    }
    return this;
  }

  private void feel(Direction up, double g) {
    double[] noise = {noise(), noise(), noise()};
    Direction sensed =
        mounting
            .head()
            .times(g * up.x() + noise[0])
            .minus(mounting.right(), -(g * up.y() + noise[1]))
            .minus(mounting.front(), -(g * up.z() + noise[2]));
    long at = start + gap + Math.round(felt++ * 1000 / hertz);
    readings.add(new Reading(at, sensed));
  }

  private double noise() {
    return noise * random.nextGaussian();
  }

  List<Reading> readings() {
    return readings;
  }

  /** In batches of a random size up to the given one. */
  List<MotionBatch> batches(Stamp stamp, int most, long seed) {
    Random sizes = new Random(seed);
    List<MotionBatch> batches = new ArrayList<>();
    for (int from = 0; from < readings.size(); ) {
      int to = Math.min(readings.size(), from + 1 + sizes.nextInt(most));
      int[] offsets = new int[to - from];
      float[][] axes = new float[3][to - from];
      for (int i = from; i < to; i++) {
        Reading one = readings.get(i);
        offsets[i - from] = (int) (one.at() - readings.get(from).at()) * 1000;
        axes[0][i - from] = (float) one.value().x();
        axes[1][i - from] = (float) one.value().y();
        axes[2][i - from] = (float) one.value().z();
      }
      batches.add(
          new MotionBatch(
              stamp, readings.get(from).at() * 1_000_000, offsets, axes[0], axes[1], axes[2]));
      from = to;
    }
    return batches;
  }

  /** Any orientation. */
  static TrunkAxes turned(Random random) {
    Direction head =
        new Direction(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).unit();
    Direction front =
        new Direction(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).unit();
    return TrunkAxes.of(head, front);
  }
}
