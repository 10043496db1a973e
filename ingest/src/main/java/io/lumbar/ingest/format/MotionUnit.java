package io.lumbar.ingest.format;

import java.util.Arrays;

/**
 * Tells g from m/s2 by size: over any stretch of wear the median magnitude is near that of gravity.
 * Of a few samples, and of a run or a jump on the thigh, that is not so; where the unit is known
 * already, a magnitude only shows that it was another one, or that gravity is missing.
 */
public final class MotionUnit {
  /** Metres per second squared in one g, the standard value. */
  public static final double G = 9.80665;

  private static final double LEAST = 0.6;
  private static final double MOST = 1.6;

  /** A body that weighs less for so long falls. */
  private static final double LEAST_OF_KNOWN = 0.3;

  /**
   * The geometric middle between the two units: what is larger in g is nearer to m/s2, and what is
   * smaller in m/s2 nearer to g. Nobody moves so for long in either.
   */
  private static final double MOST_OF_KNOWN = Math.sqrt(G);

  /** Of fewer samples the middle one may be the peak of a step or a jump. */
  private static final int ENOUGH = 50;

  private static final double MOST_OF_A_PEAK = 8;

  private MotionUnit() {}

  /**
   * Whether samples may be in a unit that is known.
   *
   * @param perG what one g is in that unit
   */
  public static boolean fits(float[] x, float[] y, float[] z, int count, double perG) {
    return fits(magnitudes(x, y, z, count), perG);
  }

  /** The same from magnitudes, which are put in order. */
  public static boolean fits(double[] magnitudes, double perG) {
    double median = median(magnitudes) / perG;
    double least = perG == 1 ? LEAST_OF_KNOWN : MOST_OF_KNOWN / G;
    double most = magnitudes.length >= ENOUGH ? MOST_OF_KNOWN : MOST_OF_A_PEAK;
    return median >= least && median <= most;
  }

  /** What one g is in the samples' unit: 1, {@link #G}, or NaN when it is neither. */
  public static double perG(float[] x, float[] y, float[] z, int count) {
    return perG(magnitudes(x, y, z, count));
  }

  private static double[] magnitudes(float[] x, float[] y, float[] z, int count) {
    double[] magnitudes = new double[count];
    for (int i = 0; i < count; i++) {
      magnitudes[i] = Math.sqrt((double) x[i] * x[i] + (double) y[i] * y[i] + (double) z[i] * z[i]);
    }
    return magnitudes;
  }

  private static double median(double[] magnitudes) {
    Arrays.sort(magnitudes);
    return magnitudes.length == 0 ? Double.NaN : magnitudes[magnitudes.length / 2];
  }

  /** The same from magnitudes, which are put in order. */
  public static double perG(double[] magnitudes) {
    double median = median(magnitudes);
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
