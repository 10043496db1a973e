package io.lumbar.reports.schedule;

import io.lumbar.model.ReportSettings;
import io.lumbar.model.WearerId;
import io.lumbar.reports.daily.Report;
import io.lumbar.reports.period.Period;
import io.lumbar.reports.period.PeriodReport;
import io.lumbar.reports.render.Edition;
import io.lumbar.reports.render.ReportFormat;
import io.lumbar.reports.render.Titles;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A report to be delivered, whatever it covers.
 *
 * @param name of its file, without ending
 * @param title what people read
 */
record Print(
    WearerId wearer,
    String name,
    String title,
    ReportSettings.Edition edition,
    ZoneId zone,
    BiFunction<ReportFormat, Optional<Edition>, byte[]> writer) {

  static Print of(Report report) {
    return new Print(
        report.wearer(),
        report.date().toString(),
        Titles.of(report),
        editionOf(Optional.empty()),
        report.zone(),
        (format, edition) -> format.bytes(report, edition));
  }

  static Print of(PeriodReport report) {
    return new Print(
        report.wearer(),
        report.period().wireName(),
        Titles.of(report),
        editionOf(Optional.of(report.period())),
        report.zone(),
        (format, edition) -> format.bytes(report, edition));
  }

  /** Of a period, or of a morning where there is none. */
  static ReportSettings.Edition editionOf(Optional<Period> period) {
    return period
        .map(
            one ->
                one.kind() == Period.Kind.WEEK
                    ? ReportSettings.Edition.WEEKLY
                    : ReportSettings.Edition.MONTHLY)
        .orElse(ReportSettings.Edition.DAILY);
  }

  byte[] bytes(ReportFormat format, Optional<Edition> edition) {
    return writer.apply(format, edition);
  }
}
