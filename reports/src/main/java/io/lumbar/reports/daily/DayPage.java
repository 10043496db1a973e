package io.lumbar.reports.daily;

import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Posture;
import io.lumbar.model.TimeSpan;
import io.lumbar.reports.daily.Report.Day;
import io.lumbar.reports.daily.Report.Stretch;
import io.lumbar.reports.trends.DayEntry;
import io.lumbar.reports.trends.Figure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The day before the morning. */
final class DayPage {
  static final String TOO_LITTLE =
      "Less than 60 % was seen: too little for totals or a comparison.";

  static final String FORGOTTEN = "You had this day forgotten, so nothing is told of it.";

  private static final List<Figure> FIGURES =
      List.of(
          Figure.SITTING,
          Figure.LONGEST_SITTING,
          Figure.BOUTS_OF_30,
          Figure.BREAKS,
          Figure.ON_THE_MOVE,
          Figure.STEPS,
          Figure.BENDS);

  private DayPage() {}

  static Section<Day> of(ReportFacts facts) {
    DayEntry entry = facts.entry(facts.yesterday()).orElse(null);
    DaySummary day = entry == null ? null : entry.day();
    Instant from = facts.startOf(facts.yesterday());
    Instant to = facts.endOf(facts.yesterday());
    if (entry == null || day == null) {
      return Section.absent("Nothing was measured on this day.");
    }
    if (day.holdsOnlyForgotten()) {
      return Section.absent(FORGOTTEN);
    }
    List<TimeSpan> forgotten =
        day.forgotten().stream().flatMap(span -> span.within(from, to).stream()).toList();
    List<Stretch> strip = strip(facts.bouts(), from, to, forgotten);
    return Section.of(
        new Day(
            facts.yesterday(),
            day.zone(),
            from,
            to,
            entry.awake(),
            day.sitting().minutes(),
            forgotten,
            strip,
            day.stepsByHour(),
            entry.awake().isEnough()
                ? Section.of(ReportMaker.measures(facts, entry, FIGURES))
                : Section.absent(entry.awake().isNothing() ? nothing(entry) : TOO_LITTLE),
            day.lifting(),
            longest(strip, day.sitting().longestMinutes())));
  }

  private static String nothing(DayEntry entry) {
    return "Nothing was seen of %s awake, so there are no totals."
        .formatted(Durations.words(entry.awake().ofMinutes()));
  }

  /** The strip shows sitting up in bed too, which the sums leave out. */
  private static @Nullable Stretch longest(List<Stretch> strip, double minutes) {
    return strip.stream()
        .filter(stretch -> stretch.posture() == Posture.SITTING)
        .filter(stretch -> Math.abs(stretch.minutes() - minutes) <= 1)
        .max(Comparator.comparingDouble(Stretch::minutes))
        .orElse(null);
  }

  private static List<Stretch> strip(
      List<Bout> bouts, Instant from, Instant to, List<TimeSpan> forgotten) {
    List<Stretch> strip = new ArrayList<>();
    for (Bout bout : bouts) {
      Instant at = bout.from().isBefore(from) ? from : bout.from();
      Instant end = bout.to().isAfter(to) ? to : bout.to();
      for (TimeSpan gone : forgotten) {
        if (gone.from().isBefore(end) && gone.to().isAfter(at)) {
          add(strip, at, gone.from(), bout.posture());
          at = gone.to();
        }
      }
      add(strip, at, end, bout.posture());
    }
    return strip;
  }

  private static void add(List<Stretch> strip, Instant from, Instant to, Posture posture) {
    if (from.isBefore(to)) {
      strip.add(new Stretch(from, to, posture));
    }
  }
}
