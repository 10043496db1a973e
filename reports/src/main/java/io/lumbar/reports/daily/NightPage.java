package io.lumbar.reports.daily;

import io.lumbar.model.NightSummary;
import io.lumbar.reports.daily.Report.Night;
import io.lumbar.reports.trends.DayEntry;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Nights;
import java.util.List;

/** The last night, when a sensor felt how the body lay. */
final class NightPage {
  private static final List<Figure> FIGURES =
      List.of(
          Figure.IN_BED,
          Figure.PRONE,
          Figure.ARCHED,
          Figure.SHIFTS,
          Figure.OUT_OF_BED,
          Figure.PAIN,
          Figure.STIFFNESS);

  private NightPage() {}

  static Section<Night> of(ReportFacts facts) {
    DayEntry entry = facts.entry(facts.date()).orElse(null);
    NightSummary night = entry == null ? null : entry.night();
    if (entry == null || night == null) {
      return Section.absent(
          "No sensor that feels how you lie was worn in bed, so nothing is said about the night.");
    }
    return Section.of(
        new Night(
            night,
            Nights.inBed(night).isEnough()
                ? Section.of(ReportMaker.measures(facts, entry, FIGURES))
                : Section.absent(DayPage.TOO_LITTLE)));
  }
}
