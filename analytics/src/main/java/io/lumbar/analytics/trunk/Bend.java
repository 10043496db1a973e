package io.lumbar.analytics.trunk;

import java.util.Locale;

/**
 * One forward bend of the trunk, on the feet.
 *
 * @param from epoch milliseconds at which the trunk left upright
 * @param to epoch milliseconds at which it was back
 * @param peakAt epoch milliseconds of the deepest point
 * @param peakDegrees how deep, against the wearer's own upright
 * @param meanDegrees how deep on average
 * @param style what the legs did
 */
public record Bend(
    long from, long to, long peakAt, double peakDegrees, double meanDegrees, Style style) {

  /** What the legs did in a bend; information for the wearer, not a grade of danger. */
  public enum Style {
    /** Legs straight: the thigh stayed within 30 degrees of upright at the deepest part. */
    STOOP,
    /** Between the two. */
    MIXED,
    /** Knees bent: the thigh was raised by 50 degrees or more. */
    SQUAT,
    /** No sensor on the thigh. */
    UNKNOWN;

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

  /** True when it was held for longer than ISO 11226 has it for its mean angle. */
  boolean sustained() {
    return heldBeyond(100);
  }

  /** True when it was held for longer than a share, in percent, of what ISO 11226 has. */
  boolean heldBeyond(int percent) {
    return seconds() > holdingSeconds(meanDegrees) * percent / 100;
  }

  public double seconds() {
    return (to - from) / 1000.0;
  }
}
