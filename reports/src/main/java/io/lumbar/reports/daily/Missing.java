package io.lumbar.reports.daily;

import io.lumbar.model.NightSummary;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.reports.trends.Coverage;
import io.lumbar.reports.trends.DayEntry;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Nights;
import io.lumbar.reports.trends.Trunk;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why something that a reader may look for is not there. */
final class Missing {
  private static final String SILENT =
      "as when it is not worn, its battery is empty or it has not sent yet";

  private static final String UNSENT = "as when its battery is empty or it has not sent yet";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH);

  private Missing() {}

  static List<String> of(
      ReportFacts facts,
      Section<Report.Night> night,
      Section<List<Report.Measure>> morning,
      Section<Report.Day> day) {
    List<String> missing = new ArrayList<>();
    long before =
        facts.before(facts.yesterday(), ReportMaker.USUAL_DAYS).stream()
            .filter(entry -> Figure.SITTING.of(entry).isPresent())
            .filter(Figure.SITTING::isWhole)
            .count();
    if (day.isPresent() && before < 7) {
      missing.add(
          before == 0
              ? "Your usual: this is the first day. Comparisons begin after seven."
              : String.format(
                  Locale.ROOT,
                  "Your usual: %s so far. Comparisons begin after seven.",
                  before == 1 ? "one day" : before + " days"));
    }
    facts
        .entry(facts.yesterday())
        .filter(DayEntry::keptOut)
        .ifPresent(
            entry ->
                missing.add(
                    "A comparison of yesterday: you marked it as no ordinary day,"
                        + " so it counts in no average."));
    ofDay(facts, day).ifPresent(missing::add);
    bends(facts, day).ifPresent(missing::add);
    if (NightPage.FORGOTTEN.equals(night.absent())) {
      missing.add("Last night: you had it forgotten.");
    } else {
      missing.addAll(night.fold(Missing::ofNight, List::of));
    }
    if (!morning.isPresent()) {
      missing.add("How your back felt this morning: there was no check-in.");
    }
    if (day.optional().map(Report.Day::lifting).isEmpty()) {
      missing.add("Lifted weight: no sensor feels it. You can log it as a check-in.");
    }
    return missing;
  }

  /** What is not known of yesterday, and why as far as that is known. */
  private static Optional<String> ofDay(ReportFacts facts, Section<Report.Day> day) {
    if (DayPage.FORGOTTEN.equals(day.absent())) {
      return Optional.of("Yesterday: you had it forgotten.");
    }
    if (!day.isPresent()) {
      return Optional.of("Yesterday: nothing came from a sensor, " + SILENT + ". " + last(facts));
    }
    DayEntry entry = facts.entry(facts.yesterday()).orElseThrow();
    if (entry.awake().isEnough() || entry.day() == null) {
      return Optional.empty();
    }
    double unseen = entry.awake().ofMinutes() - entry.awake().seenMinutes();
    double notWorn =
        Math.min(unseen, entry.day().postureMinutes().getOrDefault(Posture.NOT_WORN, 0.0));
    if (entry.awake().isNothing() && notWorn < 1) {
      return Optional.of("Yesterday awake: nothing came from a sensor, " + SILENT + ".");
    }
    List<String> parts = new ArrayList<>();
    if (notWorn >= 1) {
      parts.add("for " + Durations.words(notWorn) + " the sensor was not worn");
    }
    if (unseen - notWorn >= 1) {
      parts.add(
          "for " + Durations.words(unseen - notWorn) + " nothing came from the sensor, " + UNSENT);
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            (entry.awake().isNothing() ? "Yesterday awake: " : "The rest of yesterday: ")
                + String.join("; ", parts)
                + ".");
  }

  /** Where others saw more of the day than a sensor on the trunk told bends of, if any did. */
  private static Optional<String> bends(ReportFacts facts, Section<Report.Day> day) {
    boolean isSeen =
        day.isPresent()
            && facts.entry(facts.yesterday()).filter(entry -> entry.awake().isEnough()).isPresent();
    if (isSeen && facts.entry(facts.yesterday()).flatMap(Figure.BENDS::coverage).isEmpty()) {
      return Optional.of(Trunk.noBends(facts.sources()));
    }
    return facts
        .entry(facts.yesterday())
        .filter(entry -> entry.awake().isEnough())
        .flatMap(Figure.BENDS::coverage)
        .filter(trunk -> !trunk.isEnough())
        .map(
            trunk ->
                "Bends: a sensor on the trunk could tell for %s of %s awake, too little for a total."
                    .formatted(
                        Durations.words(trunk.seenMinutes()), Durations.words(trunk.ofMinutes())));
  }

  private static String last(ReportFacts facts) {
    return facts.entries().stream()
        .filter(entry -> entry.date().isBefore(facts.yesterday()))
        .filter(entry -> entry.day() != null || entry.night() != null)
        .map(DayEntry::date)
        .max(Comparator.naturalOrder())
        .map(date -> "The last data is from " + DATE.format(date) + ".")
        .orElse("No data has come in the last weeks.");
  }

  private static List<String> ofNight(Report.Night page) {
    NightSummary night = page.summary();
    List<String> missing = new ArrayList<>();
    if (night.positionMinutes().isEmpty()) {
      missing.add("How you lay: the sensor tells lying, but not on which side.");
    } else if (page.measures().isPresent() && !page.hasPositionTotals()) {
      Coverage known = Nights.positions(night);
      missing.add(
          "How you lay: known for %s of %s in bed, too little for totals."
              .formatted(Durations.words(known.seenMinutes()), Durations.words(known.ofMinutes())));
    } else if (night.track().isEmpty()) {
      missing.add("The order of your positions: only how long each of them lasted is kept.");
    }
    if (Nights.arched(night) == null) {
      missing.add("How arched your back was: " + noArch(night));
    } else if (night.archedMinutes() == null) {
      missing.add(
          "The arch of your back for certain: one sensor can only say that it is possible.");
    }
    return missing;
  }

  /**
   * By what the night was told by: an arch is known on the front alone, by the pitch of the lower
   * back, and for certain beside that of the chest.
   */
  private static String noArch(NightSummary night) {
    String takes = "it takes a sensor on the lower back, and one on the chest to be certain.";
    if (night.estimatedFrom() != null) {
      return "no sensor on the trunk told most of the night; " + takes;
    }
    if (night.headUpDegrees() == null) {
      return "the sensor on your trunk told no angle; " + takes;
    }
    return !night.positionMinutes().isEmpty() && Nights.minutes(night, SleepPosition.PRONE) == 0
        ? "that is told of lying on the front alone, and you did not lie on it."
        : "one sensor on the trunk cannot tell; it takes two, on the chest and on the lower back.";
  }
}
