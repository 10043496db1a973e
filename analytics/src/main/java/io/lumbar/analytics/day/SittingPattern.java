package io.lumbar.analytics.day;

import io.lumbar.model.SittingMetrics;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The measures of how sitting is spread over bouts. Pure.
 *
 * <p>A bout that was cut by time of which nothing is known did not end there: it counts with its
 * length everywhere, but not as an end. Without such bouts the formulas are those of the literature
 * (Chastin and Granat 2010, doi 10.1016/j.gaitpost.2009.09.002; Chastin 2012; Gini as corrected by
 * Deltas).
 */
final class SittingPattern {
  /** The shortest bout that is told, in minutes: ten seconds, as thigh-worn sensors accept it. */
  static final double SHORTEST_MINUTES = 1.0 / 6;

  /** A power law of fewer bouts of sitting, or spells on the feet between them, says nothing. */
  private static final int FEWEST = 5;

  private SittingPattern() {}

  /** A bout by its length, and whether it was seen to end. */
  record Length(double minutes, boolean ended) {}

  /**
   * The measures.
   *
   * @param bouts at least one
   * @param breaks changes to on the feet
   * @param uprightSpells unbroken spells on the feet in the same time
   * @param shortest the shortest bout that can be recorded, in minutes
   */
  static SittingMetrics of(List<Length> bouts, int breaks, int uprightSpells, double shortest) {
    double[] sorted = bouts.stream().mapToDouble(Length::minutes).sorted().toArray();
    double total = Arrays.stream(sorted).sum();
    long ends = bouts.stream().filter(Length::ended).count();
    OptionalDouble alpha = alpha(bouts, uprightSpells, shortest);
    Double x05 = alpha.isEmpty() ? null : shortest * Math.pow(2, 1 / (alpha.getAsDouble() - 1));
    return new SittingMetrics(
        breaks / (total / 60),
        ends / total,
        alpha.isEmpty() ? null : alpha.getAsDouble(),
        x05,
        x05 == null ? null : Arrays.stream(sorted).filter(d -> d > x05).sum() / total,
        halfLife(sorted, total),
        gini(sorted, total),
        minutesFrom(sorted, 30),
        minutesFrom(sorted, 60),
        total / sorted.length,
        median(sorted));
  }

  /** The exponent by maximum likelihood; what was cut adds its length but no end. */
  private static OptionalDouble alpha(List<Length> bouts, int uprightSpells, double shortest) {
    List<Length> told = bouts.stream().filter(bout -> bout.minutes() >= shortest).toList();
    long ends = told.stream().filter(Length::ended).count();
    double logs = told.stream().mapToDouble(bout -> Math.log(bout.minutes() / shortest)).sum();
    boolean alike = told.stream().mapToDouble(Length::minutes).distinct().count() < 2;
    return ends < FEWEST || uprightSpells < FEWEST || alike
        ? OptionalDouble.empty()
        : OptionalDouble.of(1 + ends / logs);
  }

  private static double halfLife(double[] sorted, double total) {
    double reached = 0;
    for (double minutes : sorted) {
      reached += minutes;
      if (reached >= total / 2) {
        return minutes;
      }
    }
    return sorted[sorted.length - 1];
  }

  private static @Nullable Double gini(double[] sorted, double total) {
    int n = sorted.length;
    if (n < 2) {
      return null;
    }
    double ranked = 0;
    for (int i = 0; i < n; i++) {
      ranked += (i + 1) * sorted[i];
    }
    return (2 * ranked / (n * total) - (n + 1.0) / n) * n / (n - 1);
  }

  private static double minutesFrom(double[] sorted, double least) {
    return Arrays.stream(sorted).filter(minutes -> minutes >= least).sum();
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
