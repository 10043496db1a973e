package io.lumbar.reports.statistics;

import java.util.Arrays;

/** Quantiles by linear interpolation between order statistics (Hyndman & Fan 1996, type 7). */
public final class Quantiles {
  private Quantiles() {}

  /**
   * The quantile of the values, in any order.
   *
   * @param share from 0 (the smallest) to 1 (the largest)
   * @throws IllegalArgumentException without any value
   */
  public static double of(double[] values, double share) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no value has no quantile");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double at = share * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** The middle of the values. */
  public static double median(double[] values) {
    return of(values, 0.5);
  }
}
