package io.lumbar.reports.render;

import io.lumbar.model.Placement;
import io.lumbar.model.SleepPosition;
import io.lumbar.reports.daily.Report;
import io.lumbar.reports.daily.Report.Measure;
import io.lumbar.reports.statistics.Usual;
import io.lumbar.reports.trends.Coverage;
import io.lumbar.reports.trends.Nights;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbers of a report, one a row (RFC 4180), so that rows of many mornings fit together. */
final class CsvReport {
  private static final String HEADER =
      "date,about,figure,unit,value,usual_low,usual_median,usual_high,seen_minutes,of_minutes,"
          + "estimated_from\r\n";

  private final StringBuilder rows = new StringBuilder(HEADER);
  private final Report report;

  private CsvReport(Report report) {
    this.report = report;
  }

  static String of(Report report) {
    CsvReport csv = new CsvReport(report);
    report.night().optional().ifPresent(csv::night);
    report.morningApart().ifPresent(csv::morning);
    report.day().optional().ifPresent(csv::day);
    return csv.rows.toString();
  }

  private void night(Report.Night night) {
    Coverage coverage = Nights.positions(night.summary());
    measures("night", report.date().toString(), night.measures().optional().orElse(List.of()));
    for (SleepPosition position : SleepPosition.values()) {
      if (night.summary().positionMinutes().containsKey(position)) {
        row(
            "night",
            report.date().toString(),
            "seen-" + position.wireName(),
            "minutes",
            Nights.minutes(night.summary(), position),
            null,
            coverage,
            night.summary().estimatedFrom());
      }
    }
  }

  private void morning(List<Measure> words) {
    measures("morning", report.date().toString(), words);
  }

  private void day(Report.Day day) {
    String date = day.date().toString();
    measures("day", date, day.measures().optional().orElse(List.of()));
    if (!day.awake().isNothing()) {
      row("day", date, "seen-sitting", "minutes", day.sittingMinutes(), null, day.awake(), null);
    }
    if (day.lifting() != null) {
      row("day", date, "lifted", "kilograms", day.lifting().volumeKg(), null, null, null);
    }
  }

  private void measures(String about, String date, List<Measure> measures) {
    for (Measure measure : measures) {
      row(
          about,
          date,
          measure.figure().wireName(),
          measure.figure().unit().wireName(),
          measure.value(),
          measure.usual(),
          measure.coverage(),
          measure.estimatedFrom());
    }
  }

  private void row(
      String about,
      String date,
      String figure,
      String unit,
      double value,
      @Nullable Usual usual,
      @Nullable Coverage coverage,
      @Nullable Placement estimatedFrom) {
    rows.append(date).append(',').append(about).append(',').append(figure).append(',').append(unit);
    cell(value);
    cell(usual == null ? null : usual.low());
    cell(usual == null ? null : usual.median());
    cell(usual == null ? null : usual.high());
    cell(coverage == null ? null : coverage.seenMinutes());
    cell(coverage == null ? null : coverage.ofMinutes());
    rows.append(',').append(estimatedFrom == null ? "" : estimatedFrom.wireName());
    rows.append("\r\n");
  }

  private void cell(@Nullable Double value) {
    rows.append(',');
    if (value != null) {
      rows.append(
          BigDecimal.valueOf(value)
              .setScale(2, RoundingMode.HALF_UP)
              .stripTrailingZeros()
              .toPlainString());
    }
  }
}
