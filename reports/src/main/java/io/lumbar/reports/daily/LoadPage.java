package io.lumbar.reports.daily;

import io.lumbar.reports.daily.Report.Load;
import io.lumbar.reports.statistics.Quantiles;
import io.lumbar.reports.trends.DayEntry;
import io.lumbar.reports.trends.Figure;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * This week's load against the four weeks before it, which do not contain it: a week that is part
 * of its own measure follows it (Lolli 2017, doi 10.1136/bjsports-2017-098110).
 */
final class LoadPage {
  private static final List<Figure> FIGURES = List.of(Figure.STEPS, Figure.ON_THE_MOVE);
  private static final int WEEKS = 4;
  private static final int FEWEST_WEEKS = 3;
  private static final int FEWEST_DAYS = 4;

  private LoadPage() {}

  static Section<List<Load>> of(ReportFacts facts) {
    List<Load> loads = new ArrayList<>();
    for (Figure figure : FIGURES) {
      double[] week = week(facts, figure, facts.date());
      List<Double> before = new ArrayList<>();
      for (int back = 1; back <= WEEKS; back++) {
        double[] earlier = week(facts, figure, facts.date().minusWeeks(back));
        if (earlier.length >= FEWEST_DAYS) {
          before.add(mean(earlier));
        }
      }
      if (week.length >= FEWEST_DAYS && before.size() >= FEWEST_WEEKS) {
        double usual = Quantiles.median(before.stream().mapToDouble(Double::doubleValue).toArray());
        if (usual > 0) {
          loads.add(new Load(figure, mean(week), usual, week.length));
        }
      }
    }
    return loads.isEmpty()
        ? Section.absent("A week is compared with the weeks before it after about a month.")
        : Section.of(loads);
  }

  private static double[] week(ReportFacts facts, Figure figure, LocalDate end) {
    return facts.before(end, 7).stream()
        .map((DayEntry entry) -> figure.of(entry))
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
