package io.lumbar.ingest.format;

import java.util.Arrays;

/**
 * Tells g from m/s2 by size: over any stretch of wear the median magnitude is near that of gravity.
 */
public final class MotionUnit {
  /** Metres per second squared in one g, the standard value. */
  public static final double G = 9.80665;

  private static final double LEAST = 0.6;
  private static final double MOST = 1.6;

  private MotionUnit() {}

  /** What one g is in the samples' unit: 1, {@link #G}, or NaN when it is neither. */
  public static double perG(float[] x, float[] y, float[] z, int count) {
    double[] magnitudes = new double[count];
    for (int i = 0; i < count; i++) {
      magnitudes[i] = Math.sqrt((double) x[i] * x[i] + (double) y[i] * y[i] + (double) z[i] * z[i]);
    }
    return perG(magnitudes);
  }

  /** The same from magnitudes, which are put in order. */
  public static double perG(double[] magnitudes) {
    Arrays.sort(magnitudes);
    double median = magnitudes.length == 0 ? Double.NaN : magnitudes[magnitudes.length / 2];
    if (median >= LEAST && median <= MOST) {
      return 1;
    }
    return median >= LEAST * G && median <= MOST * G ? G : Double.NaN;
  }

  /** Why samples were refused. */
  public static String fault() {
    return "unit: with gravity included, the middle magnitude must be near 1 (g) or near 9.8"
        + " (m/s2), and is neither";
  }
}
