package io.lumbar.ingest;

import org.jspecify.annotations.Nullable;

/** What an uploaded batch of raw motion must keep to. */
final class MotionRules {
  static final int MOST_SAMPLES = 50_000;
  static final double LONGEST_SECONDS = 1_800;

  private static final double LEAST_RATE = 0.1;
  private static final double MOST_RATE = 200;

  /** Clocks of sensors are some percent off. */
  private static final double TOLERANCE = 0.1;

  private MotionRules() {}

  static String tooMany() {
    return "more than %d samples; send them in several batches".formatted(MOST_SAMPLES);
  }

  /** What is wrong with so many samples over a time, or null. */
  static @Nullable String rateFault(int samples, double seconds) {
    if (seconds > LONGEST_SECONDS) {
      return "rate: the batch lasts %.0f s; send at most %.0f s in one"
          .formatted(seconds, LONGEST_SECONDS);
    }
    double rate = (samples - 1) / seconds;
    boolean usual = rate >= LEAST_RATE * (1 - TOLERANCE) && rate <= MOST_RATE * (1 + TOLERANCE);
    return samples == 1 || usual
        ? null
        : "rate: must be between %s and %.0f samples a second".formatted(LEAST_RATE, MOST_RATE);
  }

  /**
   * What is wrong with the unit, or null.
   *
   * @param told the unit that the sender names, or null for none
   * @param perG what one g is by the size of the values, or NaN
   */
  static @Nullable String unitFault(@Nullable String told, double perG) {
    boolean g = "g".equals(told);
    boolean metric = "m/s2".equals(told) || "m/s^2".equals(told);
    if (told != null && !g && !metric) {
      return "unit: must be g or m/s2";
    }
    if (Double.isNaN(perG)) {
      return MotionUnit.fault();
    }
    if ((g && perG != 1) || (metric && perG == 1)) {
      return "unit: with gravity included, the values are in %s by their size and not in %s"
          .formatted(perG == 1 ? "g" : "m/s2", told);
    }
    return null;
  }
}
