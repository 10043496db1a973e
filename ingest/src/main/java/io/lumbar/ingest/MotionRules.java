package io.lumbar.ingest;

import io.lumbar.ingest.format.MotionUnit;
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

  /** Whether a sender may name this unit. */
  static boolean isUnit(String name) {
    return name.equals("g") || isMetric(name);
  }

  /**
   * What one g is in the unit of a batch: in the one that the sender names, as long as the values
   * do not show another, otherwise in the one that they show.
   *
   * @param told the unit that the sender names, or null for none
   */
  static Unit unit(@Nullable String told, float[] x, float[] y, float[] z) {
    double bySize = MotionUnit.perG(x, y, z, x.length);
    if (told == null) {
      return Double.isNaN(bySize) ? new Unit(bySize, MotionUnit.fault()) : new Unit(bySize, null);
    }
    double perG = isMetric(told) ? MotionUnit.G : 1;
    if (MotionUnit.fits(x, y, z, x.length, perG)) {
      return new Unit(perG, null);
    }
    return new Unit(
        Double.NaN,
        Double.isNaN(bySize)
            ? MotionUnit.fault()
            : "unit: the values are in %s by their size and not in %s"
                .formatted(bySize == 1 ? "g" : "m/s2", told));
  }

  /**
   * The unit of a batch.
   *
   * @param perG what one g is in it, or NaN
   * @param fault what is wrong with the values' size, or null
   */
  record Unit(double perG, @Nullable String fault) {}

  private static boolean isMetric(String name) {
    return name.equals("m/s2") || name.equals("m/s^2");
  }
}
