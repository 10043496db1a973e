package io.lumbar.reports.daily;

import io.lumbar.model.NightSummary;
import io.lumbar.reports.daily.Report.Night;
import io.lumbar.reports.trends.DayEntry;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Nights;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Stream;

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

  static final String FORGOTTEN = "You had this night forgotten, so nothing is told of it.";

  /** The least lying that would make a night. */
  private static final double SHORTEST_NIGHT = 180;

  private static final LocalTime EVENING = LocalTime.of(20, 0);

  private NightPage() {}

  static Section<Night> of(ReportFacts facts) {
    DayEntry entry = facts.entry(facts.date()).orElse(null);
    NightSummary night = entry == null ? null : entry.night();
    if ((entry == null || night == null) && isForgotten(facts)) {
      return Section.absent(FORGOTTEN);
    }
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

  /** Whether so much of the time from evening to morning is forgotten that a night may be. */
  private static boolean isForgotten(ReportFacts facts) {
    Instant from = facts.wearer().instantOf(facts.yesterday().atTime(EVENING));
    Instant to = facts.wearer().instantOf(facts.date().atTime(LocalTime.NOON));
    return Stream.of(facts.yesterday(), facts.date())
            .flatMap(date -> facts.entry(date).stream())
            .flatMap(entry -> Stream.ofNullable(entry.day()))
            .flatMap(day -> day.forgotten().stream())
            .mapToLong(
                gone ->
                    Math.max(
                        0,
                        Math.min(to.toEpochMilli(), gone.to().toEpochMilli())
                            - Math.max(from.toEpochMilli(), gone.from().toEpochMilli())))
            .sum()
        >= SHORTEST_NIGHT * 60_000;
  }
}
