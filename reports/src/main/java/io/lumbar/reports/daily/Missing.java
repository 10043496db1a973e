package io.lumbar.reports.daily;

import io.lumbar.model.NightSummary;
import io.lumbar.reports.trends.DayEntry;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Nights;
import java.util.ArrayList;
import java.util.List;

/** Why something that a reader may look for is not there. */
final class Missing {
  private Missing() {}

  static List<String> of(ReportFacts facts, Section<Report.Night> night, Section<Report.Day> day) {
    List<String> missing = new ArrayList<>();
    long before =
        facts.before(facts.yesterday(), ReportMaker.USUAL_DAYS).stream()
            .filter(entry -> Figure.SITTING.of(entry).isPresent())
            .count();
    if (day.isPresent() && before < 7) {
      missing.add(
          before == 0
              ? "Your usual: this is the first day. Comparisons begin after seven."
              : "Your usual: %d days so far. Comparisons begin after seven.".formatted(before));
    }
    facts
        .entry(facts.yesterday())
        .filter(DayEntry::keptOut)
        .ifPresent(
            entry ->
                missing.add(
                    "A comparison of yesterday: you marked it as no ordinary day,"
                        + " so it counts in no average."));
    missing.addAll(night.fold(Missing::ofNight, List::of));
    missing.add("Lifted weight: no sensor feels it. You can log it as a check-in.");
    return missing;
  }

  private static List<String> ofNight(Report.Night page) {
    NightSummary night = page.summary();
    List<String> missing = new ArrayList<>();
    if (night.positionMinutes().isEmpty()) {
      missing.add("How you lay: the sensor tells lying, but not on which side.");
    } else if (night.track().isEmpty()) {
      missing.add("The order of your positions: only how long each of them lasted is kept.");
    }
    if (Nights.arched(night) == null) {
      missing.add("How arched your back was: that takes a sensor on the trunk at night.");
    } else if (night.archedMinutes() == null) {
      missing.add(
          "The arch of your back for certain: one sensor can only say that it is possible.");
    }
    if (night.morningPain() == null && night.morningStiffness() == null) {
      missing.add("How your back felt this morning: there was no check-in.");
    }
    return missing;
  }
}
