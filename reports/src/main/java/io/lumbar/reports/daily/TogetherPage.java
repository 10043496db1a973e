package io.lumbar.reports.daily;

import io.lumbar.reports.daily.Report.Together;
import io.lumbar.reports.statistics.Holm;
import io.lumbar.reports.statistics.Spearman;
import io.lumbar.reports.statistics.Spearman.Correlation;
import io.lumbar.reports.trends.DayEntry;
import io.lumbar.reports.trends.Estimate;
import io.lumbar.reports.trends.Figure;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What went together with how the mornings felt: three pairs chosen before anybody saw the data,
 * each over 28 mornings or more, corrected for all that were looked at, and silent otherwise. Going
 * together is not a cause.
 */
final class TogetherPage {
  static final int FEWEST_MORNINGS = 28;
  private static final double LARGEST_P = 0.05;

  private static final List<Pair> PAIRS =
      List.of(
          new Pair(Figure.PRONE, 0, Figure.PAIN),
          new Pair(Figure.LONGEST_SITTING, 1, Figure.PAIN),
          new Pair(Figure.STEPS, 1, Figure.STIFFNESS));

  /** A figure and the word of the morning {@code days} later. */
  private record Pair(Figure first, int days, Figure second) {}

  private record Found(Pair pair, Correlation correlation, Estimate estimate) {}

  private TogetherPage() {}

  static Section<List<Together>> of(ReportFacts facts) {
    Map<LocalDate, DayEntry> byDate = new HashMap<>();
    facts
        .before(facts.date().plusDays(1), ReportFacts.LOOK_BACK + 1)
        .forEach(entry -> byDate.put(entry.date(), entry));
    List<Found> looked = new ArrayList<>();
    for (Pair pair : PAIRS) {
      correlate(pair, byDate, looked);
    }
    double[] p =
        Holm.adjusted(looked.stream().mapToDouble(found -> found.correlation().p()).toArray());
    List<Together> together = new ArrayList<>();
    for (int i = 0; i < looked.size(); i++) {
      if (p[i] < LARGEST_P) {
        Found found = looked.get(i);
        together.add(
            new Together(
                found.pair().first(),
                found.pair().second(),
                found.correlation(),
                p[i],
                found.estimate()));
      }
    }
    if (looked.isEmpty()) {
      return Section.absent(
          "What goes together with your mornings is looked at after 28 of them with a check-in.");
    }
    return together.isEmpty()
        ? Section.absent("Nothing that was measured clearly went together with your mornings.")
        : Section.of(together);
  }

  private static void correlate(Pair pair, Map<LocalDate, DayEntry> byDate, List<Found> looked) {
    List<double[]> points = new ArrayList<>();
    List<DayEntry> compared = new ArrayList<>();
    for (DayEntry morning : byDate.values()) {
      DayEntry earlier = byDate.get(morning.date().minusDays(pair.days()));
      OptionalDouble second = pair.second().ofMorning(morning);
      OptionalDouble first =
          earlier == null || !pair.first().isWhole(earlier)
              ? OptionalDouble.empty()
              : pair.first().of(earlier);
      if (first.isPresent() && second.isPresent()) {
        points.add(new double[] {first.getAsDouble(), second.getAsDouble()});
        compared.add(earlier);
      }
    }
    if (points.size() >= FEWEST_MORNINGS) {
      Spearman.of(
              points.stream().mapToDouble(point -> point[0]).toArray(),
              points.stream().mapToDouble(point -> point[1]).toArray())
          .ifPresent(
              correlation ->
                  looked.add(new Found(pair, correlation, pair.first().estimate(compared))));
    }
  }
}
