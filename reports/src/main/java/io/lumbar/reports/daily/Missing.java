package io.lumbar.reports.daily;

import io.lumbar.reports.trends.DayEntry;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.NightFacts;
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
    night.optional().ifPresent(page -> missing.addAll(ofNight(page.facts())));
    missing.add("Lifted weight: no sensor feels it. You can log it as a check-in.");
    return missing;
  }

  private static List<String> ofNight(NightFacts night) {
    List<String> missing = new ArrayList<>();
    if (night.arch() == NightFacts.Arch.UNKNOWN) {
      missing.add("How arched your back was: that takes a sensor on the trunk at night.");
    }
    if (night.pieces().isEmpty()) {
      missing.add(
          "The order of your positions: the recording holds only how long each of them lasted.");
    }
    if (night.pain() == null && night.stiffness() == null) {
      missing.add("How your back felt this morning: there was no check-in.");
    }
    return missing;
  }
}
