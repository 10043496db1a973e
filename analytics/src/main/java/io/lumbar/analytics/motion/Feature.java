package io.lumbar.analytics.motion;

/**
 * What is remembered of one second, in 48 bits of a long; 0 is a second without samples.
 *
 * <p>Mean acceleration in 1/64 g (about a degree), deviation of the vector and of its length on a
 * logarithmic scale with steps of 13 %, how often the length swung up through its mean, on which
 * side of it the second began and ended, how dense the samples were, and whether the length ran
 * smoothly. Judging uses these rounded values always, so that it cannot matter when the samples
 * were let go.
 */
final class Feature {
  static final double UNITS_PER_G = 64;
  static final int BYTES = 6;

  static final int SIDE_NONE = 0;
  static final int SIDE_LOW = 1;
  static final int SIDE_HIGH = 2;

  /** From this density class on, at least five samples a second, steps can be seen. */
  static final int DENSE = 3;

  private static final double SMALLEST_DEVIATION = 0.001;
  private static final double DEVIATION_STEP = Math.log(1.13);
  private static final int DEVIATIONS = 64;
  private static final double[] DEVIATION = new double[DEVIATIONS];
  private static final long[] SQUARE_LIMITS = new long[DEVIATIONS];
  private static final long SQUARE_SCALE = 1L << 32;

  /** How far from its mean the smoothed length must go to count as a swing, in g. */
  private static final double SWING = 0.03;

  /** Over a quarter of a second the ring of a landing is gone and the step remains. */
  private static final int SMOOTHED_SLOTS = 4;

  static {
    for (int i = 0; i < DEVIATIONS; i++) {
      DEVIATION[i] = i == 0 ? 0 : SMALLEST_DEVIATION * Math.exp(i * DEVIATION_STEP);
      double limit = SMALLEST_DEVIATION * Math.exp((i + 0.5) * DEVIATION_STEP);
      SQUARE_LIMITS[i] = (long) (limit * limit * SQUARE_SCALE);
    }
  }

  /** Readings far from 1 g cannot tell orientation when there are but a few a second. */
  private static final double SPARSE_TOLERANCE = 0.15;

  /**
   * Half the mean square of the steps between sixteenths of a second, as a share of the variance: a
   * foot that lands makes the length rough, a pedal that goes round does not. Walking people are at
   * 0.3 to 0.9.
   */
  private static final double SMOOTH = 0.17;

  private static final double ROUGH = 0.22;
  private static final int IS_SMOOTH = 1;
  private static final int IS_BETWEEN = 2;
  private static final int IS_ROUGH = 3;

  private Feature() {}

  /** True when a second has samples that tell orientation. */
  static boolean tells(long feature) {
    if (feature == 0 || isDense(feature)) {
      return feature != 0;
    }
    double square = x(feature) * x(feature) + y(feature) * y(feature) + z(feature) * z(feature);
    return Math.abs(Math.sqrt(square) - 1) <= SPARSE_TOLERANCE;
  }

  static long of(Sums sums) {
    if (sums.count == 0) {
      return 0;
    }
    double n = sums.count;
    double meanX = sums.x / n;
    double meanY = sums.y / n;
    double meanZ = sums.z / n;
    double meanExcess = sums.excess / n;
    double lengthSpread = sums.excessSquare / n - meanExcess * meanExcess;
    double power = sums.square / n;
    long feature = signedByte(meanX);
    feature |= signedByte(meanY) << 8;
    feature |= signedByte(meanZ) << 16;
    feature |= deviation(power - meanX * meanX - meanY * meanY - meanZ * meanZ) << 24;
    feature |= deviation(lengthSpread / (Sums.FINE * Sums.FINE)) << 30;
    feature |= density(sums.count) << 43;
    feature |= roughness(sums) << 46;
    return feature | swings(sums, meanExcess);
  }

  private static long swings(Sums sums, double meanExcess) {
    double reach = SWING * Sums.UNITS_PER_G * Sums.FINE;
    int first = SIDE_NONE;
    int side = SIDE_NONE;
    int swings = 0;
    int n = 0;
    int excess = 0;
    for (int i = 0; i < Sums.SLOTS + SMOOTHED_SLOTS / 2; i++) {
      if (i < Sums.SLOTS) {
        n += sums.slotCount[i];
        excess += sums.slotExcess[i];
      }
      if (i >= SMOOTHED_SLOTS) {
        n -= sums.slotCount[i - SMOOTHED_SLOTS];
        excess -= sums.slotExcess[i - SMOOTHED_SLOTS];
      }
      if (i >= SMOOTHED_SLOTS / 2 && n > 0) {
        double above = excess - n * meanExcess;
        int next = above > reach * n ? SIDE_HIGH : above < -reach * n ? SIDE_LOW : side;
        if (side == SIDE_LOW && next == SIDE_HIGH) {
          swings++;
        }
        side = next;
        first = first == SIDE_NONE ? next : first;
      }
    }
    return (long) Math.min(7, swings) << 36 | (long) first << 39 | (long) side << 41;
  }

  private static long roughness(Sums sums) {
    double before = 0;
    double total = 0;
    double square = 0;
    double steps = 0;
    int slots = 0;
    int first = 0;
    int last = 0;
    for (int i = 0; i < Sums.SLOTS; i++) {
      if (sums.slotCount[i] > 0) {
        double mean = sums.slotExcess[i] / (double) sums.slotCount[i];
        steps += slots > 0 ? (mean - before) * (mean - before) : 0;
        total += mean;
        square += mean * mean;
        before = mean;
        first = slots == 0 ? i : first;
        last = i;
        slots++;
      }
    }
    double variance = square - total * total / slots;
    double roughness = steps / 2;
    if (last - first >= slots) {
      roughness = variance * atFullDensity(roughness / variance, last - first, slots - 1);
    }
    return roughness < SMOOTH * variance
        ? IS_SMOOTH
        : roughness < ROUGH * variance ? IS_BETWEEN : IS_ROUGH;
  }

  /**
   * The roughness that a wave would have with a sample in each sixteenth: wider steps along the
   * same wave are larger, so that at 12 samples a second a pedal would pass for a foot.
   */
  private static double atFullDensity(double roughness, int sixteenths, int steps) {
    double turn = Math.acos(Math.max(-1, 1 - roughness));
    return 1 - Math.cos(turn * steps / sixteenths);
  }

  private static long signedByte(double units) {
    long rounded = Math.round(units * (UNITS_PER_G / Sums.UNITS_PER_G));
    return Math.max(-128, Math.min(127, rounded)) & 0xFF;
  }

  private static long deviation(double squareUnits) {
    double scale = SQUARE_SCALE / ((double) Sums.UNITS_PER_G * Sums.UNITS_PER_G);
    long square = (long) (Math.max(0, squareUnits) * scale);
    int low = 0;
    int high = DEVIATIONS - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (square < SQUARE_LIMITS[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static long density(int count) {
    return count >= 20 ? 5 : count >= 10 ? 4 : count >= 5 ? 3 : count >= 3 ? 2 : 1;
  }

  static double x(long feature) {
    return (byte) feature / UNITS_PER_G;
  }

  static double y(long feature) {
    return (byte) (feature >> 8) / UNITS_PER_G;
  }

  static double z(long feature) {
    return (byte) (feature >> 16) / UNITS_PER_G;
  }

  /** Standard deviation of the acceleration, all axes together, in g. */
  static double deviation(long feature) {
    return DEVIATION[(int) (feature >> 24) & 63];
  }

  /** Standard deviation of the length of the acceleration in g. */
  static double lengthDeviation(long feature) {
    return DEVIATION[(int) (feature >> 30) & 63];
  }

  static int swings(long feature) {
    return (int) (feature >> 36) & 7;
  }

  static int firstSide(long feature) {
    return (int) (feature >> 39) & 3;
  }

  static int lastSide(long feature) {
    return (int) (feature >> 41) & 3;
  }

  static boolean isDense(long feature) {
    return ((feature >> 43) & 7) >= DENSE;
  }

  /** True when the length runs as smoothly as nobody's does who steps. */
  static boolean isSmooth(long feature) {
    return feature >>> 46 == IS_SMOOTH;
  }

  /** True unless the length runs too smoothly for clear steps; seconds of old states count too. */
  static boolean isRough(long feature) {
    int roughness = (int) (feature >>> 46);
    return roughness != IS_SMOOTH && roughness != IS_BETWEEN;
  }
}
