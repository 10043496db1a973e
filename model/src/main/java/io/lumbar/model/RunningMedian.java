package io.lumbar.model;

import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.OptionalDouble;

/**
 * The median of some days up to a date, where enough of them have a value; reports, trends and
 * dashboards show the same.
 *
 * @param days how many days, the date included
 * @param fewest how many of them must have a value
 */
public record RunningMedian(int days, int fewest) {
  public static final RunningMedian WEEK = new RunningMedian(7, 4);
  public static final RunningMedian FOUR_WEEKS = new RunningMedian(28, 10);

  /**
   * The median up to a date, the mean of the two in the middle where their number is even; empty
   * with too few.
   *
   * @param values of the days that count, by date
   */
  public OptionalDouble of(NavigableMap<LocalDate, Double> values, LocalDate date) {
    double[] sorted =
        values.subMap(date.minusDays(days - 1L), true, date, true).values().stream()
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    if (sorted.length < fewest) {
      return OptionalDouble.empty();
    }
    double below = sorted[(sorted.length - 1) / 2];
    return OptionalDouble.of(below + 0.5 * (sorted[sorted.length / 2] - below));
  }
}
