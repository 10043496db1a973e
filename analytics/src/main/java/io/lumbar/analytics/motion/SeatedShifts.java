package io.lumbar.analytics.motion;

import java.util.Arrays;

/**
 * Finds changes of posture while seated, from which way was up in each second. Pure.
 *
 * <p>The median direction of ten seconds differs by at least some degrees from that of the ten
 * before, and still does ten seconds later. Such shifts went with less new back pain in a trial
 * (Waongenngarm et al. 2021, doi 10.5271/sjweh.3949); the figures are own.
 *
 * <p>Example: ten minutes with the thigh at 85 degrees, then at 72: one shift.
 */
public final class SeatedShifts {
  /** How far a thigh turns in a shift, in degrees. */
  static final double THIGH_DEGREES = 10;

  /** How far a trunk does. */
  public static final double TRUNK_DEGREES = 8;

  /** How far from a second the seconds lie that decide whether a shift begins in it. */
  public static final int REACH = 20;

  private static final int WINDOW = 10;

  /** The least difference of sums of a window, in g, that may hide a shift. */
  private static final double WORTH_A_LOOK = 0.6;

  private final double[] x;
  private final double[] y;
  private final double[] z;
  private final boolean[] seated;
  private final double degrees;

  /**
   * Looks at a stretch of seconds.
   *
   * @param x, y, z which way was up in each second, in g; 0 where nothing was measured
   * @param seated in which of them the wearer sat and the sensor measured
   * @param degrees how far the sensor turns in a shift
   */
  public SeatedShifts(double[] x, double[] y, double[] z, boolean[] seated, double degrees) {
    this.x = x;
    this.y = y;
    this.z = z;
    this.seated = seated;
    this.degrees = degrees;
  }

  /** How many shifts begin in [from, to); {@link #REACH} seconds more are needed on both sides. */
  public int count(int from, int to) {
    int shifts = 0;
    int last = Integer.MIN_VALUE;
    for (int i = from - WINDOW; i < to; i++) {
      if (shifted(i)) {
        shifts += i >= from && i - WINDOW > last ? 1 : 0;
        last = i;
      }
    }
    return shifts;
  }

  private boolean shifted(int i) {
    for (int j = i - WINDOW; j < i + 2 * WINDOW; j += WINDOW - 1) {
      if (!seated[j]) {
        return false;
      }
    }
    return differs(i, i) && differs(i, i + WINDOW) && seatedThroughout(i);
  }

  private boolean seatedThroughout(int i) {
    for (int j = i - WINDOW; j < i + 2 * WINDOW; j++) {
      if (!seated[j]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the window before one second differs from the window from another on. */
  private boolean differs(int before, int after) {
    double apart =
        Math.abs(sum(x, before - WINDOW) - sum(x, after))
            + Math.abs(sum(y, before - WINDOW) - sum(y, after))
            + Math.abs(sum(z, before - WINDOW) - sum(z, after));
    return apart > WORTH_A_LOOK && median(before - WINDOW).degreesTo(median(after)) >= degrees;
  }

  private static double sum(double[] axis, int from) {
    double sum = 0;
    for (int j = from; j < from + WINDOW; j++) {
      sum += axis[j];
    }
    return sum;
  }

  private Direction median(int from) {
    return Direction.of(median(x, from), median(y, from), median(z, from));
  }

  private static double median(double[] axis, int from) {
    double[] sorted = Arrays.copyOfRange(axis, from, from + WINDOW);
    Arrays.sort(sorted);
    return (sorted[WINDOW / 2 - 1] + sorted[WINDOW / 2]) / 2;
  }
}
