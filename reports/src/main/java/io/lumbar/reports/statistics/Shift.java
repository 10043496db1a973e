package io.lumbar.reports.statistics;

import java.util.Arrays;
import java.util.Optional;

/**
 * By how much the later days differ from the earlier ones, robust against single odd days.
 *
 * @param estimate later minus earlier (Hodges & Lehmann 1963)
 * @param low start of the 95 % interval, from the normal approximation of the rank sum
 * @param high its end
 */
public record Shift(double estimate, double low, double high) {

  /** The shift, empty when either side has fewer than {@link Usual#FEWEST_DAYS} values. */
  public static Optional<Shift> between(double[] earlier, double[] later) {
    int m = earlier.length;
    int n = later.length;
    if (Math.min(m, n) < Usual.FEWEST_DAYS) {
      return Optional.empty();
    }
    double[] differences = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        differences[i * n + j] = later[j] - earlier[i];
      }
    }
    Arrays.sort(differences);
    double spread = Normal.Z95 * Math.sqrt(m * (double) n * (m + n + 1) / 12);
    int rank = (int) Math.max(1, Math.floor(m * n / 2.0 - spread));
    return Optional.of(
        new Shift(
            Quantiles.median(differences),
            differences[rank - 1],
            differences[differences.length - rank]));
  }

  /** Whether the interval leaves no doubt about the direction. */
  public boolean isClear() {
    return low > 0 || high < 0;
  }
}
