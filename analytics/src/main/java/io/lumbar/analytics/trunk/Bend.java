package io.lumbar.analytics.trunk;

import java.util.Locale;

/**
 * One forward bend of the trunk, on the feet.
 *
 * @param from epoch milliseconds at which the trunk left upright
 * @param to epoch milliseconds at which it was back
 * @param peakAt epoch milliseconds of the deepest point
 * @param peakDegrees how deep, against the wearer's own upright
 * @param meanDegrees how deep on average; of a time held forward the angle that may be held as long
 * @param style what the legs did
 */
public record Bend(
    long from, long to, long peakAt, double peakDegrees, double meanDegrees, Style style) {

  /** The least share of a holding time that a wearer may set, in percent. */
  static final int LEAST_HOLD_PERCENT = 25;

  /** What the legs did in a bend; information for the wearer, not a grade of danger. */
  public enum Style {
    /** Legs straight: the thigh stayed within 30 degrees of upright at the deepest part. */
    STOOP,
    /** Between the two. */
    MIXED,
    /** Knees bent: the thigh was raised by 50 degrees or more. */
    SQUAT,
    /** No sensor on the thigh. */
    UNKNOWN,
    /**
     * No bend of its own, but a time in which the trunk was held forward by 20 degrees and more,
     * with all bends in it. It counts as sustained or not at all.
     */
    HELD;

    /** The name used in JSON and pages, for example {@code stoop}. */
    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How long a trunk may be held still at an angle, in seconds: four minutes at 20 degrees, falling
   * to one at 60 (ISO 11226:2000; the straight line between the two is the usual reading of it).
   */
  static double holdingSeconds(double degrees) {
    double within = Math.max(20, Math.min(60, degrees));
    return 60 * (4 - 3 * (within - 20) / 40);
  }

  /** The angle from 20 to 60 degrees that may be held for some seconds by the same line. */
  static double degreesHeld(double seconds) {
    return Math.max(20, Math.min(60, 20 + 40 * (4 - seconds / 60) / 3));
  }

  /** True for what is counted as a bend; else it is a time held forward. */
  boolean isBend() {
    return style != Style.HELD;
  }

  /** True when it was held for longer than ISO 11226 has it for its angles. */
  boolean sustained() {
    return heldBeyond(100);
  }

  /** True when it was held for longer than a share, in percent, of what ISO 11226 has. */
  boolean heldBeyond(int percent) {
    return style == Style.HELD && seconds() > holdingSeconds(meanDegrees) * percent / 100;
  }

  public double seconds() {
    return (to - from) / 1000.0;
  }
}
