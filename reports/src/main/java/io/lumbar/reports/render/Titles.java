package io.lumbar.reports.render;

import io.lumbar.reports.daily.Report;
import io.lumbar.reports.period.PeriodReport;

/** What reports are called in lists and subjects; tells nothing of health. */
public final class Titles {
  private Titles() {}

  /** The morning's date, as in {@code Thursday 5 March 2026}. */
  public static String of(Report report) {
    return Words.fullDate(report.date());
  }

  /** The week or the month, as in {@code March 2026}. */
  public static String of(PeriodReport report) {
    return PeriodOutline.title(report.period());
  }
}
