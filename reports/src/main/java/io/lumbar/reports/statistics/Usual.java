package io.lumbar.reports.statistics;

import java.util.Optional;

/**
 * What is usual for one wearer: the median of earlier days and the range that holds the middle four
 * fifths of them. People are compared with themselves only.
 *
 * @param low the 10th percentile
 * @param high the 90th percentile
 * @param days how many days it rests on
 */
public record Usual(double median, double low, double high, int days) {

  /** Fewer days than this say nothing about a habit. */
  public static final int FEWEST_DAYS = 7;

  /** Where a value lies. */
  public enum Place {
    BELOW,
    WITHIN,
    ABOVE
  }

  /** The usual of earlier values, empty when there are fewer than {@link #FEWEST_DAYS}. */
  public static Optional<Usual> of(double[] values) {
    return values.length < FEWEST_DAYS
        ? Optional.empty()
        : Optional.of(
            new Usual(
                Quantiles.median(values),
                Quantiles.of(values, 0.1),
                Quantiles.of(values, 0.9),
                values.length));
  }

  /** Where a value lies against the range, both ends of which are usual. */
  public Place place(double value) {
    return value < low ? Place.BELOW : value > high ? Place.ABOVE : Place.WITHIN;
  }
}
