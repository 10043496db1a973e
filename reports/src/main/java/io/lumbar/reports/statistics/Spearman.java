package io.lumbar.reports.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rank correlation of two figures measured on the same days. */
public final class Spearman {
  private Spearman() {}

  /**
   * How two figures went together.
   *
   * @param rho from -1 to 1
   * @param low start of the 95 % interval (Bonett & Wright 2000, doi 10.1007/BF02294183)
   * @param high its end
   * @param p two-sided, for no monotone relation at all (Fieller, Hartley & Pearson 1957)
   * @param days pairs that it rests on
   */
  public record Correlation(double rho, double low, double high, double p, int days) {}

  /**
   * The correlation, with ties at their mean rank; empty with fewer than five pairs or when a
   * figure never changes.
   */
  public static Optional<Correlation> of(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(x.length + " values cannot pair with " + y.length);
    }
    int n = x.length;
    if (n < 5 || isConstant(x) || isConstant(y)) {
      return Optional.empty();
    }
    double rho = pearson(ranks(x), ranks(y));
    // A perfect order has an infinite transform; the nearest that n pairs can tell apart stands in.
    double limit = 1 - 1.0 / (n * (double) n * n);
    double z = atanh(Math.max(-limit, Math.min(limit, rho)));
    double half = Normal.Z95 * Math.sqrt((1 + rho * rho / 2) / (n - 3));
    double p = Normal.beyond(z * Math.sqrt((n - 3) / 1.06));
    return Optional.of(new Correlation(rho, Math.tanh(z - half), Math.tanh(z + half), p, n));
  }

  private static boolean isConstant(double[] values) {
    return Arrays.stream(values).allMatch(v -> v == values[0]);
  }

  private static double atanh(double r) {
    return 0.5 * Math.log((1 + r) / (1 - r));
  }

  static double[] ranks(double[] values) {
    Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] ranks = new double[values.length];
    int from = 0;
    while (from < order.length) {
      int to = from;
      while (to + 1 < order.length && values[order[to + 1]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i <= to; i++) {
        ranks[order[i]] = (from + to) / 2.0 + 1;
      }
      from = to + 1;
    }
    return ranks;
  }

  private static double pearson(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElse(0);
    double meanY = Arrays.stream(y).average().orElse(0);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return xy / Math.sqrt(xx * yy);
  }
}
