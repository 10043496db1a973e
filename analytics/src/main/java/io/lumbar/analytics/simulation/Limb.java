package io.lumbar.analytics.simulation;

import io.lumbar.model.Placement;
import java.util.SplittableRandom;

/**
 * The body parts that carry sensors, and how gravity stands to them in each activity.
 *
 * <p>A pose is the direction that points up, in the limb's own axes (see {@link Mounting}): what a
 * sensor at rest reads. Ranges are those of everyday postures: a thigh leans forward by up to 8
 * degrees in standing and by 11 on average in walking (Skotte et al. 2014), is near horizontal on a
 * chair, and the pelvis tips back in sitting.
 */
enum Limb {
  THIGH(-1),
  CHEST(1),
  PELVIS(1),
  FOREARM(-1);

  /** Whether the limb's z axis points forward, 1, or backward, -1. */
  private final int front;

  Limb(int front) {
    this.front = front;
  }

  static Limb under(Placement placement) {
    return switch (placement) {
      case THIGH, TROUSER_POCKET -> THIGH;
      case CHEST -> CHEST;
      case LOWER_BACK, WAIST -> PELVIS;
      case WRIST -> FOREARM;
      case ESTIMATED -> throw new IllegalArgumentException("an estimate has no sensor");
    };
  }

  /** The direction forward of a limb whose pose is {@code up}, in its own axes. */
  double[] forward(double[] up) {
    double along = up[2] * front;
    double[] f = {-along * up[0], -along * up[1], front - along * up[2]};
    double n = Math.sqrt(f[0] * f[0] + f[1] * f[1] + f[2] * f[2]);
    if (n < 1e-6) {
      return new double[] {1, 0, 0};
    }
    return new double[] {f[0] / n, f[1] / n, f[2] / n};
  }

  /** A pose drawn from those usual in an activity. */
  double[] pose(Activity activity, SplittableRandom random) {
    return switch (activity) {
      case LYING_SUPINE -> lying(between(random, -12, 12), activity, random);
      case LYING_LEFT -> lying(between(random, 76, 104), activity, random);
      case LYING_RIGHT -> lying(between(random, -104, -76), activity, random);
      case LYING_THREE_QUARTER_PRONE -> lying(between(random, 124, 142), activity, random);
      case LYING_PRONE, LYING_PRONE_RAISED -> lying(between(random, 168, 192), activity, random);
      case SENSOR_OFF -> new double[] {0.01, 0.01, random.nextBoolean() ? 1 : -1};
      default -> {
        double side = activity.hasGait() ? 2 : 5;
        yield leaning(forwardDegrees(activity, random), between(random, -side, side));
      }
    };
  }

  private double forwardDegrees(Activity activity, SplittableRandom random) {
    return switch (this) {
      case THIGH ->
          switch (activity) {
            case SITTING -> between(random, 76, 96);
            case SITTING_RECLINED -> between(random, 62, 80);
            case SQUATTING -> between(random, 70, 100);
            case STOOPING -> between(random, -6, 12);
            case WALKING, SHUFFLING -> between(random, 8, 13);
            case RUNNING -> between(random, 12, 20);
            case STAIRS_UP -> between(random, 22, 30);
            case STAIRS_DOWN -> between(random, 18, 24);
            case CYCLING -> between(random, 46, 60);
            default -> between(random, 0, 8);
          };
      case CHEST ->
          switch (activity) {
            case SITTING -> between(random, -12, 15);
            case SITTING_RECLINED -> between(random, -35, -15);
            case SQUATTING -> between(random, 18, 38);
            case STOOPING -> between(random, 62, 95);
            case CYCLING -> between(random, 25, 40);
            case RUNNING, STAIRS_UP -> between(random, 5, 12);
            default -> between(random, 0, 8);
          };
      case PELVIS ->
          switch (activity) {
            case SITTING -> between(random, -28, -8);
            case SITTING_RECLINED -> between(random, -45, -25);
            case SQUATTING -> between(random, 12, 30);
            case STOOPING -> between(random, 42, 70);
            case CYCLING -> between(random, 15, 30);
            default -> between(random, 2, 9);
          };
      case FOREARM ->
          switch (activity) {
            case SITTING, SITTING_RECLINED, CYCLING -> between(random, 60, 110);
            case RUNNING -> between(random, 80, 100);
            default -> between(random, 0, 25);
          };
    };
  }

  /** Turned about the long axis: 0 supine, 90 left, 180 prone. */
  private double[] lying(double turnDegrees, Activity activity, SplittableRandom random) {
    double raised =
        switch (this) {
          case CHEST ->
              activity == Activity.LYING_PRONE_RAISED
                  ? between(random, 22, 45)
                  : between(random, 0, 9);
          case PELVIS -> between(random, -2, 5);
          case THIGH -> between(random, -8, 10);
          case FOREARM -> between(random, -30, 30);
        };
    double turn = Math.toRadians(turnDegrees + between(random, -4, 4));
    double x = Math.sin(Math.toRadians(raised));
    double across = Math.cos(Math.toRadians(raised));
    return new double[] {x, front * across * Math.sin(turn), front * across * Math.cos(turn)};
  }

  /**
   * Tipped by some degrees with its head end toward the front; for a thigh and a forearm the other
   * end goes forward.
   */
  private static double[] leaning(double forwardDegrees, double sideDegrees) {
    double forward = Math.toRadians(forwardDegrees);
    double side = Math.toRadians(sideDegrees);
    return new double[] {
      Math.cos(forward) * Math.cos(side), Math.sin(side), -Math.sin(forward) * Math.cos(side)
    };
  }

  private static double between(SplittableRandom random, double low, double high) {
    return random.nextDouble(low, high);
  }
}
