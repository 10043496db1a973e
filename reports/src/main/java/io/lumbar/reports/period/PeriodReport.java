package io.lumbar.reports.period;

import io.lumbar.model.Placement;
import io.lumbar.model.WearerId;
import io.lumbar.reports.statistics.Shift;
import io.lumbar.reports.trends.Estimate;
import io.lumbar.reports.trends.Trend;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a wearer reads after a week or a month. A function of the history alone.
 *
 * @param zone the wearer's zone on the last day
 * @param days how many days of it were measured, those tagged as no ordinary ones too
 * @param nights how many nights, likewise
 * @param lines figures that were measured on at least three days of five, in a fixed order
 * @param trends the days of all figures that were measured at all, on however few days
 * @param reminders how many were sent
 * @param followed how many of them were answered with done
 * @param notMeasured what a reader may miss, and why
 * @param sources which sensors its postures were believed from, each once, best first
 */
public record PeriodReport(
    WearerId wearer,
    String name,
    Period period,
    ZoneId zone,
    int days,
    int nights,
    List<Line> lines,
    List<Trend> trends,
    int reminders,
    int followed,
    List<String> notMeasured,
    List<Placement> sources) {

  public PeriodReport {
    lines = List.copyOf(lines);
    trends = List.copyOf(trends);
    notMeasured = List.copyOf(notMeasured);
    sources = List.copyOf(sources);
  }

  /**
   * A figure over the period.
   *
   * @param trend its days
   * @param median the middle of its days
   * @param days how many days have a value
   * @param before the middle of the four weeks before; null with fewer than seven days there
   * @param beforeEstimate how many of the values of these four weeks are an estimate
   * @param change against these four weeks; null where either side has too few days
   */
  public record Line(
      Trend trend,
      double median,
      int days,
      @Nullable Double before,
      Estimate beforeEstimate,
      @Nullable Shift change) {}
}
