package io.lumbar.analytics.motion;

/**
 * The features of a stretch of seconds, and what follows from a second and its near neighbours.
 *
 * <p>Valid {@link #REACH} seconds inside its ends. Gait is told by steps: the length of the
 * acceleration swings once a step, which needs no knowledge of how the sensor is turned.
 */
final class Signal {
  /** How far from a second the features reach that decide about it here. */
  static final int REACH = 5;

  private static final double GAIT_DEVIATION = 0.06;
  private static final double STRONG_GAIT_DEVIATION = 0.12;
  private static final double FEWEST_STEPS_PER_SECOND = 1.0;
  private static final double MOST_STEPS_PER_SECOND = 3.4;
  private static final double FEWEST_TO_LEARN_FROM = 1.2;
  private static final double MOST_TO_LEARN_FROM = 2.6;

  private static final int MOST_OF_FIVE = 2;
  private static final double GRAVITY_TOLERANCE = 0.3;

  final long from;
  final int length;
  final double[] x;
  final double[] y;
  final double[] z;
  private final long[] features;

  Signal(Minutes minutes, long from, long to) {
    this.from = from;
    length = Math.toIntExact(to - from);
    features = new long[length];
    for (long at = from; at < to; ) {
      long minute = Math.floorDiv(at, Minute.SECONDS);
      int first = (int) (at - minute * Minute.SECONDS);
      int last = (int) Math.min(Minute.SECONDS, to - minute * Minute.SECONDS);
      Minute known = minutes.find(minute);
      if (known != null) {
        known.copyFeatures(first, last, features, (int) (at - from));
      }
      at += last - first;
    }
    x = new double[length];
    y = new double[length];
    z = new double[length];
    for (int i = 0; i < length; i++) {
      long feature = features[i];
      if (Feature.tells(feature)) {
        x[i] = Feature.x(feature);
        y[i] = Feature.y(feature);
        z[i] = Feature.z(feature);
      } else {
        features[i] = 0;
      }
    }
  }

  boolean has(int i) {
    return features[i] != 0;
  }

  /** Whether a second has the length of gravity: one in which the sender dropped out has none. */
  boolean isGravity(int i) {
    double length = Math.sqrt(x[i] * x[i] + y[i] * y[i] + z[i] * z[i]);
    return has(i) && Math.abs(length - 1) < GRAVITY_TOLERANCE;
  }

  boolean dense(int i) {
    return Feature.isDense(features[i]);
  }

  double ownDeviation(int i) {
    return Feature.deviation(features[i]);
  }

  double ownLengthDeviation(int i) {
    return Feature.lengthDeviation(features[i]);
  }

  /** Standard deviation over this second and the one before it, all axes together. */
  double deviation(int i) {
    double here = Feature.deviation(features[i]);
    if (!has(i - 1)) {
      return here;
    }
    double before = Feature.deviation(features[i - 1]);
    double dx = x[i] - x[i - 1];
    double dy = y[i] - y[i - 1];
    double dz = z[i] - z[i - 1];
    return Math.sqrt((here * here + before * before) / 2 + (dx * dx + dy * dy + dz * dz) / 4);
  }

  /** Standard deviation of the length over this second and the one before it. */
  double lengthDeviation(int i) {
    double here = Feature.lengthDeviation(features[i]);
    if (!has(i - 1)) {
      return here;
    }
    double before = Feature.lengthDeviation(features[i - 1]);
    return Math.sqrt((here * here + before * before) / 2);
  }

  /** Degrees that the mean turned by since the second before. */
  double turned(int i) {
    return has(i) && has(i - 1)
        ? Direction.of(x[i], y[i], z[i]).degreesTo(x[i - 1], y[i - 1], z[i - 1])
        : 0;
  }

  /** Cosine of the angle between a direction and the mean of this second and the one before. */
  double cosine(int i, Direction up) {
    // Seconds without samples are zeros and add nothing.
    return cosine(x[i - 1] + x[i], y[i - 1] + y[i], z[i - 1] + z[i], up);
  }

  /** The same for the mean of five seconds around. */
  double cosineAround(int i, Direction up) {
    double sx = x[i - 2] + x[i - 1] + x[i] + x[i + 1] + x[i + 2];
    double sy = y[i - 2] + y[i - 1] + y[i] + y[i + 1] + y[i + 2];
    double sz = z[i - 2] + z[i - 1] + z[i] + z[i + 1] + z[i + 2];
    return cosine(sx, sy, sz, up);
  }

  private static double cosine(double sx, double sy, double sz, Direction up) {
    double length = Math.sqrt(sx * sx + sy * sy + sz * sz);
    return length == 0 ? 1 : (sx * up.x() + sy * up.y() + sz * up.z()) / length;
  }

  double sumOfX(int i, int reach) {
    return sum(x, i, reach);
  }

  double sumOfY(int i, int reach) {
    return sum(y, i, reach);
  }

  double sumOfZ(int i, int reach) {
    return sum(z, i, reach);
  }

  private static double sum(double[] axis, int i, int reach) {
    double sum = 0;
    for (int j = i - reach; j <= i + reach; j++) {
      sum += axis[j];
    }
    return sum;
  }

  /** The mean over some seconds to each side. */
  Direction mean(int i, int before, int after) {
    double sx = 0;
    double sy = 0;
    double sz = 0;
    for (int j = i - before; j <= i + after; j++) {
      sx += x[j];
      sy += y[j];
      sz += z[j];
    }
    return Direction.of(sx, sy, sz);
  }

  /** Steps per second over five seconds around, 0 where there are not enough samples. */
  double pace(int i) {
    int seconds = 0;
    int swings = 0;
    for (int j = i - 2; j <= i + 2; j++) {
      if (dense(j)) {
        seconds++;
        swings += Feature.swings(features[j]) + (j > i - 2 ? between(j) : 0);
      }
    }
    return seconds < 3 ? 0 : swings / (double) seconds;
  }

  /** A swing up from one second into the next counts in the latter. */
  private int between(int i) {
    return Feature.lastSide(features[i - 1]) == Feature.SIDE_LOW
            && Feature.firstSide(features[i]) == Feature.SIDE_HIGH
        ? 1
        : 0;
  }

  /** Steps in a second, for sums over walking. */
  int steps(int i) {
    return Feature.swings(features[i]) + between(i);
  }

  /** True where the wearer makes steps. */
  boolean gait(int i) {
    return dense(i)
        && active(i, GAIT_DEVIATION)
        && pace(i) >= FEWEST_STEPS_PER_SECOND
        && pace(i) <= MOST_STEPS_PER_SECOND
        && !smooth(i);
  }

  /** True where the steps are so clear that they show which way the limb hangs. */
  boolean clearGait(int i) {
    if (!dense(i)) {
      return false;
    }
    for (int j = i - 1; j <= i + 1; j++) {
      if (Feature.lengthDeviation(features[j]) < STRONG_GAIT_DEVIATION) {
        return false;
      }
    }
    double pace = pace(i);
    return pace >= FEWEST_TO_LEARN_FROM && pace <= MOST_TO_LEARN_FROM && rough(i);
  }

  /** True where nobody steps, however much moves: pedals turn smoothly. */
  private boolean smooth(int i) {
    int smooth = 0;
    for (int j = i - 2; j <= i + 2; j++) {
      smooth += Feature.isSmooth(features[j]) ? 1 : 0;
    }
    return smooth > MOST_OF_FIVE;
  }

  private boolean rough(int i) {
    int rough = 0;
    for (int j = i - 2; j <= i + 2; j++) {
      rough += has(j) && Feature.isRough(features[j]) ? 1 : 0;
    }
    return rough > MOST_OF_FIVE;
  }

  /** True when this second and one next to it move like that. */
  private boolean active(int i, double deviation) {
    return Feature.lengthDeviation(features[i]) >= deviation
        && (Feature.lengthDeviation(features[i - 1]) >= deviation
            || Feature.lengthDeviation(features[i + 1]) >= deviation);
  }
}
