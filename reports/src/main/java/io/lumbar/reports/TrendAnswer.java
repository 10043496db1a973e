package io.lumbar.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lumbar.model.Placement;
import io.lumbar.reports.statistics.Shift;
import io.lumbar.reports.statistics.Usual;
import io.lumbar.reports.trends.Coverage;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Trend;
import io.lumbar.reports.trends.Unit;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON shape of a trend; values to a hundredth.
 *
 * @param forgotten how many dates count in no median because some time of them is forgotten
 * @param estimated how many dates have a value that is an estimate
 */
record TrendAnswer(
    Figure figure,
    String label,
    Unit unit,
    LocalDate from,
    LocalDate to,
    @Nullable UsualAnswer usual,
    @Nullable ChangeAnswer change,
    int forgotten,
    int estimated,
    List<PointAnswer> points) {

  /** Median and the 10th and 90th percentile of the range. */
  record UsualAnswer(double median, double low, double high, int days) {}

  /** The last {@code days} against as many before, with a 95 % interval. */
  record ChangeAnswer(double estimate, double low, double high, boolean clear, int days) {}

  /**
   * One date; minutes seen of minutes awake or in bed, and the placement whose estimate the value
   * is.
   */
  record PointAnswer(
      LocalDate date,
      @Nullable Double value,
      @Nullable Double week,
      @Nullable Double month,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double seenMinutes,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double ofMinutes,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean keptOut,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean forgotten,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Placement estimatedFrom) {}

  static TrendAnswer of(Trend trend) {
    return new TrendAnswer(
        trend.figure(),
        trend.figure().label(),
        trend.figure().unit(),
        trend.from(),
        trend.to(),
        usual(trend.usual()),
        change(trend.change()),
        trend.forgottenDates(),
        trend.estimatedDates(),
        trend.points().stream().map(TrendAnswer::point).toList());
  }

  private static @Nullable UsualAnswer usual(@Nullable Usual usual) {
    return usual == null
        ? null
        : new UsualAnswer(
            round(usual.median()), round(usual.low()), round(usual.high()), usual.days());
  }

  private static @Nullable ChangeAnswer change(@Nullable Shift change) {
    return change == null
        ? null
        : new ChangeAnswer(
            round(change.estimate()),
            round(change.low()),
            round(change.high()),
            change.isClear(),
            Trend.CHANGE_DAYS);
  }

  private static PointAnswer point(Trend.Point point) {
    Coverage coverage = point.coverage();
    return new PointAnswer(
        point.date(),
        orNull(point.value()),
        orNull(point.week()),
        orNull(point.month()),
        coverage == null ? null : round(coverage.seenMinutes()),
        coverage == null ? null : round(coverage.ofMinutes()),
        point.keptOut(),
        point.forgotten(),
        point.estimatedFrom());
  }

  private static @Nullable Double orNull(@Nullable Double value) {
    return value == null ? null : round(value);
  }

  private static double round(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
