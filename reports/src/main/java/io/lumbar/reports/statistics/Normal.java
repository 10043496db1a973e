package io.lumbar.reports.statistics;

/** The standard normal distribution. */
final class Normal {
  /** Holds 95 % between its negative and itself. */
  static final double Z95 = 1.959963984540054;

  private Normal() {}

  /**
   * The chance to be further than {@code z} from zero on either side, by the rational approximation
   * 7.1.26 of Abramowitz & Stegun (1964), wrong by 1.5e-7 at most.
   */
  static double beyond(double z) {
    double x = Math.abs(z) / Math.sqrt(2);
    double t = 1 / (1 + 0.3275911 * x);
    double series =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    return Math.min(1, series * Math.exp(-x * x));
  }
}
