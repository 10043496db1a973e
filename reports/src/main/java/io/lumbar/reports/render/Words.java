package io.lumbar.reports.render;

import io.lumbar.model.DaySummary.Lifting;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Experiment;
import io.lumbar.model.LoadChange;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.WearerId;
import io.lumbar.reports.daily.Durations;
import io.lumbar.reports.daily.Report;
import io.lumbar.reports.daily.Report.Day;
import io.lumbar.reports.daily.Report.Measure;
import io.lumbar.reports.daily.Report.Night;
import io.lumbar.reports.daily.Report.Told;
import io.lumbar.reports.experiment.ExperimentResult;
import io.lumbar.reports.period.PeriodReport;
import io.lumbar.reports.statistics.Shift;
import io.lumbar.reports.statistics.Usual;
import io.lumbar.reports.trends.Coverage;
import io.lumbar.reports.trends.Estimate;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Nights;
import io.lumbar.reports.trends.Trend;
import io.lumbar.reports.trends.Unit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sentences of a report: plain, kind, without blame and without a score. */
final class Words {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH);
  private static final DateTimeFormatter FULL_DATE =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter SHORT_DATE =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

  static final Map<String, String> KEPT_BACK =
      Map.ofEntries(
          Map.entry("quiet-hours", "in your quiet hours"),
          Map.entry("snoozed", "while you had snoozed"),
          Map.entry("cooldown", "shortly after another"),
          Map.entry("stale", "because the data came too late to be of use"),
          Map.entry("missed", "because none of your channels had it in time"),
          Map.entry("backed-off", "to come later, because most of the last ten had no answer"),
          Map.entry("listening", "while the first days only listened"),
          Map.entry("paused", "while you had paused them"),
          Map.entry("busy", "while your calendar had you busy"),
          Map.entry("outside-working-hours", "outside your working hours"),
          Map.entry("snooze-limit", "because the sitting was snoozed as often as you allow"),
          Map.entry("morning-only", "at night, for the morning"),
          Map.entry("report-only", "because they are for the report"),
          Map.entry("baseline-week", "at night, while the first week only measures"),
          Map.entry("feedback-off", "because your clinician told you to bend backwards"),
          Map.entry("in-bed", "in bed"),
          Map.entry("not-worn", "while the sensor was not worn"),
          Map.entry("travelling", "on the road"),
          Map.entry("unknown-posture", "while your posture was not known"),
          Map.entry("on-the-feet", "because you were getting up"),
          Map.entry("marked-wrong", "because you had said that it was wrong"),
          Map.entry("budget", "because the day's number was reached"),
          Map.entry("switched-off", "because you switched them off"),
          Map.entry("experiment", "on a day without them, as you try it"),
          Map.entry("withheld-at-random", "to learn what reminders do, as you agreed"));

  /** Of a night; what is missing then changes no sentence. */
  private static final double NEARLY_ALL = 0.9;

  private Words() {}

  static String date(LocalDate date) {
    return DATE.format(date);
  }

  /** With the year, for what is kept. */
  static String fullDate(LocalDate date) {
    return FULL_DATE.format(date);
  }

  static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }

  /** What comes first: one sentence on the day and one on the night. */
  static List<String> headline(Report report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        report
            .day()
            .fold(
                Words::dayInShort,
                absent ->
                    report.yesterdayIsForgotten()
                        ? "You had yesterday forgotten, so nothing is told of it."
                        : "Nothing was measured yesterday."));
    report.night().optional().map(Words::nightInShort).ifPresent(lines::add);
    return lines;
  }

  private static String dayInShort(Day day) {
    if (day.awake().isNothing()) {
      double steps = day.stepsByHour().stream().mapToDouble(Long::doubleValue).sum();
      return steps == 0
          ? "Nothing was seen of your day yesterday."
          : "Nothing was seen of your posture yesterday; %s %s counted."
              .formatted(count(steps), steps == 1 ? "step was" : "steps were");
    }
    Optional<Measure> sitting = measure(day.measures().value(), Figure.SITTING);
    if (sitting.isEmpty()) {
      return coverage(day) + ": too little for totals.";
    }
    String longest =
        measure(day.measures().value(), Figure.LONGEST_SITTING)
            .filter(measure -> measure.value() > 0)
            .map(measure -> ", at most " + Durations.words(measure.value()) + " at a stretch")
            .orElse("");
    return "You sat for "
        + Durations.words(sitting.get().value())
        + " yesterday"
        + against(sitting.get())
        + longest
        + ".";
  }

  private static String nightInShort(Night night) {
    if (!night.measures().isPresent()) {
      return "Last night "
          + coverage(Nights.inBed(night.summary()), "in bed")
          + ": too little for totals.";
    }
    Optional<Measure> prone = measure(night.measures().value(), Figure.PRONE);
    String bed =
        "You were in bed for " + Durations.words(night.summary().inBedMinutes()) + " last night";
    if (prone.isEmpty()) {
      return bed + ".";
    }
    String estimate = isEstimated(night.summary()) ? "by estimate " : "";
    if (prone.get().value() > 0) {
      return bed
          + ", "
          + estimate
          + Durations.words(prone.get().value())
          + " of it on your front"
          + against(prone.get())
          + ".";
    }
    Coverage positions = Nights.positions(night.summary());
    return positions.seenMinutes() >= NEARLY_ALL * positions.ofMinutes()
        ? bed + ", " + estimate + "none of it on your front."
        : bed
            + (estimate.isEmpty()
                ? "; how you lay is known for "
                : "; how you lay is estimated for ")
            + Durations.words(positions.seenMinutes())
            + ", none of that on your front.";
  }

  /**
   * Of how much of the night the positions are known, where that is less than was seen; empty
   * without totals by position.
   */
  static String known(Night page) {
    Coverage known = Nights.positions(page.summary());
    return page.hasPositionTotals() && isLess(known, Nights.inBed(page.summary()))
        ? "How you lay is "
            + (isEstimated(page.summary()) ? "estimated" : "known")
            + " for "
            + of(known)
            + " in bed."
        : "";
  }

  /** Of how much of the day bends were counted, likewise. */
  static String known(Day day) {
    return measure(day.measures().value(), Figure.BENDS)
        .map(Measure::coverage)
        .filter(trunk -> isLess(trunk, day.awake()))
        .map(trunk -> "Bends were counted in " + of(trunk) + " awake.")
        .orElse("");
  }

  private static boolean isLess(Coverage known, Coverage seen) {
    return known.seenMinutes() < NEARLY_ALL * seen.seenMinutes();
  }

  private static String of(Coverage coverage) {
    return Durations.words(coverage.seenMinutes()) + " of " + Durations.words(coverage.ofMinutes());
  }

  private static boolean isEstimated(NightSummary night) {
    return night.estimatedFrom() != null && !night.positionMinutes().isEmpty();
  }

  /**
   * That the positions are an estimate, and of what; empty where a sensor on the trunk felt them.
   */
  static String estimate(NightSummary night) {
    Placement from = night.estimatedFrom();
    if (from == null || !isEstimated(night)) {
      return "";
    }
    return "How you lay is an estimate from " + place(from) + limits(from) + ".";
  }

  /** The same of the nights that a trend has, and on how many; empty where none is an estimate. */
  static String estimate(Trend trend) {
    List<Placement> from = trend.estimatedFrom();
    if (from.isEmpty()) {
      return "";
    }
    long nights = trend.points().stream().filter(point -> point.value() != null).count();
    return "How you lay is an estimate from "
        + from.stream().map(Words::place).collect(Collectors.joining(" and "))
        + (trend.estimate() == Estimate.ALL
            ? ""
            : " in " + trend.estimatedDates() + " of " + nights + " nights")
        + (from.contains(Placement.THIGH) ? limits(Placement.THIGH) : "")
        + ".";
  }

  private static String place(Placement from) {
    return from == Placement.ESTIMATED
        ? "something that is not worn"
        : "the " + from.wireName().replace('-', ' ');
  }

  private static String limits(Placement from) {
    return from == Placement.THIGH
        ? ", which takes lying on the back with bent knees for the side"
        : "";
  }

  /** A figure, and whether it is an estimate. */
  static String label(Figure figure, Estimate estimate) {
    return figure.label()
        + switch (estimate) {
          case NONE -> "";
          case PARTLY -> " (partly estimated)";
          case ALL -> " (estimated)";
        };
  }

  static String label(Measure measure) {
    return label(measure.figure(), measure.estimatedFrom() == null ? Estimate.NONE : Estimate.ALL);
  }

  static String label(Trend trend) {
    return label(trend.figure(), trend.estimate());
  }

  /**
   * How well an arched back could be known, or else how far one sensor saw the chest raised on the
   * front; empty where no sensor could tell, and where too little was seen for totals.
   */
  static String arch(Night page) {
    return page.hasPositionTotals() ? arch(page.summary()) : "";
  }

  static String arch(NightSummary night) {
    if (Nights.arched(night) == null) {
      return raised(night.raisedChest());
    }
    Double confidence = night.archConfidence();
    if (confidence == null && night.archedMinutes() != null) {
      return "An arched back is the word of the device, which does not say how sure it is.";
    }
    String how =
        night.archedMinutes() == null
            ? "An arched back is only possible: one sensor cannot tell it from a raised chest"
            : "An arched back was measured";
    return confidence == null
        ? how + "."
        : String.format(Locale.ROOT, "%s; %.0f %% sure.", how, 100 * confidence);
  }

  private static String raised(NightSummary.@Nullable RaisedChest chest) {
    List<String> sentences = new ArrayList<>();
    if (chest != null && chest.degrees() != null) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "On your front your chest was raised for %s, by %.0f\u00b0; one sensor cannot tell"
                  + " whether your back was arched.",
              Durations.words(chest.minutes()),
              chest.degrees()));
    }
    if (chest != null && chest.awakeMinutes() >= 1) {
      sentences.add(
          "Propped on your front and probably awake, as when reading: %s."
              .formatted(Durations.words(chest.awakeMinutes())));
    }
    return String.join(" ", sentences);
  }

  /** Steps by the hour on the clock, hours without any left out; empty when none were counted. */
  static String stepsByHour(List<Long> steps) {
    List<String> hours = new ArrayList<>();
    for (int hour = 0; hour < steps.size(); hour++) {
      if (steps.get(hour) > 0) {
        hours.add(String.format(Locale.ROOT, "%02d:00\u00a0%s", hour, count(steps.get(hour))));
      }
    }
    return hours.isEmpty() ? "" : "Steps by the hour: from " + String.join(", ", hours) + ".";
  }

  /** When the longest sitting was; empty where the strip does not show it. */
  static String longest(Day day) {
    Report.Stretch longest = day.longest();
    return longest == null
        ? ""
        : "The longest sitting%s was from %s to %s."
            .formatted(
                day.measures().isPresent() ? "" : " that was seen",
                time(longest.from(), day.zone()),
                time(longest.to(), day.zone()));
  }

  /** What the wearer logged of lifts; empty when nothing. */
  static String lifted(Day day) {
    Lifting lifting = day.lifting();
    if (lifting == null) {
      return "";
    }
    String heavier = lifting.heavierThanUsual() ? "heavier than usual, as you said" : "";
    if (lifting.volumeKg() == 0) {
      return heavier.isEmpty() ? "" : "You lifted something " + heavier + ".";
    }
    return "You lifted %s in all, weight times how often, and at most %s at once%s."
        .formatted(
            kilograms(lifting.volumeKg()),
            kilograms(lifting.heaviestKg()),
            heavier.isEmpty() ? "" : ", " + heavier);
  }

  private static String kilograms(double value) {
    return Math.rint(value) == value || value >= 100
        ? value(Unit.KILOGRAMS, value)
        : String.format(Locale.ROOT, "%.1f kg", value);
  }

  /** When a night began and ended, how much of it was seen, and what else tells these apart. */
  static String span(NightSummary night) {
    return "%s to %s, %s.%s"
        .formatted(
            time(night.inBedFrom(), night.zone()),
            time(night.inBedTo(), night.zone()),
            coverage(Nights.inBed(night), "in bed"),
            clocks(night.inBedFrom(), night.inBedTo(), night.zone(), " in this night"));
  }

  /** That the hours are not those between the times; empty where they are. */
  private static String clocks(Instant from, Instant to, ZoneId zone, String when) {
    int seconds =
        zone.getRules().getOffset(to).getTotalSeconds()
            - zone.getRules().getOffset(from).getTotalSeconds();
    return seconds == 0
        ? ""
        : " The clocks went %s by %s%s."
            .formatted(
                seconds > 0 ? "forward" : "back", Durations.words(Math.abs(seconds) / 60.0), when);
  }

  /** The same as a sentence; empty where nothing was seen, which the part on its totals says. */
  static String seen(Day day) {
    return day.awake().isNothing()
        ? ""
        : coverage(day) + "." + clocks(day.from(), day.to(), day.zone(), " on this day");
  }

  /** The sitting with what it is a part of, as every sum needs. */
  private static String coverage(Day day) {
    return Durations.words(day.sittingMinutes()) + " sitting in " + coverage(day.awake(), "awake");
  }

  /** Above the bars of a night of which sums are known and no times. */
  static final String SHARES =
      "Share of the night, not when: how long you lay each way is known, in which order is not.";

  /** A share, 0 to 1, in whole percent; what is there is never none. */
  static String percent(double share) {
    if (share > 0 && share < 0.005) {
      return "under 1\u00a0%";
    }
    return String.format(Locale.ROOT, "%.0f\u00a0%%", 100 * share);
  }

  /** What stands where the wearer had a time forgotten. */
  static final String FORGOTTEN = "Forgotten";

  /** What the wearer had forgotten of the day; empty when nothing. */
  static String forgotten(Day day) {
    return forgotten(day.forgottenMinutes(), "awake");
  }

  /** Likewise of the time between lying down and getting up. */
  static String forgotten(NightSummary night) {
    return forgotten(night.forgottenMinutes(), "in bed");
  }

  private static String forgotten(double minutes, String counted) {
    return minutes == 0
        ? ""
        : "Forgotten by you: %s. That counts neither as seen nor as %s."
            .formatted(Durations.words(minutes), counted);
  }

  /** As in {@code 5 h 20 min seen of 16 h awake}. */
  static String coverage(Coverage coverage, String of) {
    return Durations.words(coverage.seenMinutes())
        + " seen of "
        + Durations.words(coverage.ofMinutes())
        + " "
        + of;
  }

  private static String against(Measure measure) {
    return measure.usual() == null ? "" : ", " + place(measure);
  }

  /** Where a value lies against the wearer's usual; null without one. */
  static @Nullable String placeOrNull(Measure measure) {
    return measure.usual() == null ? null : place(measure);
  }

  private static String place(Measure measure) {
    Usual usual = measure.usual();
    if (usual == null) {
      return "";
    }
    return switch (usual.place(measure.value())) {
      case BELOW -> "less than usual";
      case WITHIN -> "about as usual";
      case ABOVE -> "more than usual";
    };
  }

  /** The range of a usual, as in {@code usually 5 h to 7 h 20 min}. */
  static String range(Measure measure) {
    Usual usual = measure.usual();
    return usual == null ? "" : "usually " + range(measure.figure().unit(), usual);
  }

  static String range(Unit unit, Usual usual) {
    String low = number(unit, usual.low());
    String high = value(unit, usual.high());
    return low.equals(number(unit, usual.high())) ? high : low + " to " + high;
  }

  /** A change with its sign. */
  static String signed(Unit unit, double value) {
    return (value < 0 ? "\u2212" : "+") + value(unit, Math.abs(value));
  }

  static String value(Unit unit, double value) {
    String number = number(unit, value);
    return switch (unit) {
      case MINUTES, COUNT -> number;
      case PER_HOUR -> number + " an hour";
      case KILOGRAMS -> number + " kg";
      case SCALE -> number + " of 10";
    };
  }

  /** A value without what it is counted in, but for minutes. */
  private static String number(Unit unit, double value) {
    return switch (unit) {
      case MINUTES -> Durations.words(value);
      case COUNT, KILOGRAMS -> count(value);
      case PER_HOUR -> String.format(Locale.ROOT, "%.1f", value);
      case SCALE -> String.format(Locale.ROOT, "%.0f", value);
    };
  }

  static String count(double value) {
    return String.format(Locale.ROOT, "%,d", Math.round(value)).replace(',', '\u202f');
  }

  static Optional<Measure> measure(@Nullable List<Measure> measures, Figure figure) {
    return measures == null
        ? Optional.empty()
        : measures.stream().filter(measure -> measure.figure() == figure).findFirst();
  }

  static String posture(Posture posture) {
    return switch (posture) {
      case NOT_WORN -> "Not worn";
      case INACTIVE -> "Hardly any steps";
      case UPRIGHT -> "On the feet";
      default -> capital(posture.wireName().replace('-', ' '));
    };
  }

  static String position(SleepPosition position) {
    return switch (position) {
      case SUPINE -> "Back";
      case PRONE -> "Front";
      case LEFT -> "Left side";
      case RIGHT -> "Right side";
      case THREE_QUARTER_PRONE -> "Half on the front";
    };
  }

  static String reminder(EpisodeKind kind, int step) {
    return switch (kind) {
      case LONG_SITTING -> step + " min sitting";
      case INACTIVE -> step + " min with hardly a step";
      case DATA_SILENCE -> "No data for a while";
      case DEVICE_CARE -> "A sensor needed something";
      default -> capital(kind.wireName().replace('-', ' '));
    };
  }

  static String outcome(Told told) {
    int steps = told.steps() == null ? 0 : told.steps();
    String up =
        told.upAfterMinutes() == null
            ? ""
            : told.upAfterMinutes() == 0
                ? "got up at once"
                : "got up after " + told.upAfterMinutes() + " min";
    String answer =
        switch (told.outcome()) {
          case DONE -> "done";
          case SNOOZED -> "snoozed";
          case DISMISSED -> "dismissed";
          case WRONG -> "you said it was wrong";
          case GOT_UP -> "";
          case NONE -> "no break seen";
          case NO_ANSWER -> "no answer";
          case NOT_SEEN -> steps > 0 ? "" : "what followed was not measured";
        };
    String walked =
        steps == 0 || told.outcome() == Report.Outcome.NONE
            ? ""
            : count(steps) + (steps == 1 ? " step" : " steps") + " in the half hour after it";
    return Stream.of(answer, up, walked)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** One sentence on the alerts that were not told, empty when there were none. */
  static String keptBack(Map<String, Integer> keptBack) {
    int all = keptBack.values().stream().mapToInt(Integer::intValue).sum();
    if (all == 0) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    keptBack.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                parts.add(
                    entry.getValue()
                        + " "
                        + KEPT_BACK.getOrDefault(
                            entry.getKey(), entry.getKey().replace('-', ' '))));
    return "Not told: " + String.join(", ", parts) + ".";
  }

  static String load(LoadChange load) {
    Unit unit = load.measure() == LoadChange.Measure.ACTIVE_MINUTES ? Unit.MINUTES : Unit.COUNT;
    String what =
        switch (load.measure()) {
          case STEPS -> "Steps";
          case ACTIVE_MINUTES -> "On the move";
          case BENDS -> "Bends of 45\u00b0 or more";
          case LIFT_VOLUME -> "Lifted (kg times repetitions)";
        };
    double percent = Math.abs(load.changePercent());
    String change =
        percent < 5
            ? "about the same"
            : "%.0f %% %s".formatted(percent, load.changePercent() > 0 ? "more" : "less");
    return "%s: %s a day this week, %s a day in the three weeks before (%s).%s"
        .formatted(
            what,
            value(unit, load.perDay()),
            value(unit, load.usualPerDay()),
            change,
            load.heavier() ? " You lifted heavier than in those weeks." : "");
  }

  static String together(Report.Together pair) {
    return String.format(
        Locale.ROOT,
        "%s and %s went together over %d mornings: %s (%.2f, 95 %% interval %.2f to %.2f)."
            + " That does not say that one causes the other.",
        label(pair.first(), pair.estimate()),
        pair.second().label().toLowerCase(Locale.ROOT),
        pair.correlation().days(),
        pair.correlation().rho() > 0 ? "more with more" : "less with more",
        pair.correlation().rho(),
        pair.correlation().low(),
        pair.correlation().high());
  }

  /** What today is for an experiment, or what came of it. */
  static String trial(Report.Trial trial) {
    ExperimentResult result = trial.result();
    String change = change(result.experiment().change());
    Boolean today = trial.today();
    if (today != null) {
      return "Your experiment, %s: today is a day %s it. What comes of it is told when the four weeks are over."
          .formatted(change, today ? "with" : "without");
    }
    if (result.verdict() == ExperimentResult.Verdict.RUNNING) {
      return "Your experiment, %s: its last morning is today's.".formatted(change);
    }
    Shift difference = result.difference();
    String counted =
        String.format(
            Locale.ROOT,
            "%d mornings after days with it, %d after days without",
            result.with(),
            result.without());
    if (difference == null || result.verdict() == ExperimentResult.Verdict.CANNOT_TELL) {
      return "Your experiment, %s: it cannot be told whether it changed your morning stiffness (%s)."
          .formatted(change, counted);
    }
    return String.format(
        Locale.ROOT,
        "Your experiment, %s: mornings after days with it were %.1f points %s stiff (95 %% interval"
            + " %+.1f to %+.1f; %s).",
        change,
        Math.abs(difference.estimate()),
        result.verdict() == ExperimentResult.Verdict.LESS ? "less" : "more",
        difference.low(),
        difference.high(),
        counted);
  }

  private static String change(Experiment.Change change) {
    return switch (change) {
      case PILLOW -> "another pillow";
      case EVENING_STRETCH -> "a stretch in the evening";
      case ALERTS -> "reminders";
      case MATTRESS -> "another mattress";
      case SIDE_SLEEPING -> "sleeping on the side";
    };
  }

  /** The exercises of a routine by name. */
  static String routine(Report.Routine routine) {
    List<String> names = routine.exercises().stream().map(Report.Exercise::name).toList();
    int last = names.size() - 1;
    return (last == 0
            ? names.get(0)
            : String.join(", ", names.subList(0, last)) + " and " + names.get(last))
        + ".";
  }

  /** How an exercise is done, in a line: its steps by number, and when to leave it out. */
  static String how(Report.Exercise exercise) {
    StringBuilder how = new StringBuilder();
    for (int i = 0; i < exercise.steps().size(); i++) {
      how.append(i + 1).append(".\u00a0").append(exercise.steps().get(i)).append(' ');
    }
    exercise.cautions().forEach(caution -> how.append(caution).append(' '));
    return how.toString().strip();
  }

  /** The same with its name, and for how long. */
  static String named(Report.Exercise exercise) {
    return exercise.name() + ", " + exercise.dose() + ": " + how(exercise);
  }

  static String routineTitle(Report.Routine routine) {
    return "Your routine today, " + Durations.words(routine.minutes());
  }

  static String edition(Edition edition) {
    return edition.number() <= 1
        ? ""
        : "Made again on %s at %s, because something changed since."
            .formatted(
                date(edition.madeAt().toLocalDate()), TIME.format(edition.madeAt().toLocalTime()));
  }

  /** Of two words on pain which is which; empty where there is but one. */
  static String pains(Report report) {
    Report.StrongerPain other = report.strongerPain();
    Integer morning =
        Stream.of(
                report.morning().optional(),
                report.night().optional().flatMap(n -> n.measures().optional()))
            .flatMap(Optional::stream)
            .flatMap(all -> measure(all, Figure.PAIN).stream())
            .map(measure -> (int) measure.value())
            .findFirst()
            .orElse(null);
    return other == null || morning == null
        ? ""
        : "Your first word of the morning was a pain of %d of 10; at %s you told %d of 10."
            .formatted(
                morning,
                other.at() == null ? "another time of the day" : time(other.at(), report.zone()),
                other.value());
  }

  /** By whom, where and when a paper is to be told from others in a file. */
  static List<String> filing(Report report, Optional<Edition> edition) {
    List<String> lines = new ArrayList<>();
    lines.add(filing(report.name(), report.wearer(), report.zone(), edition));
    boolean isOfNight = report.day().optional().stream().anyMatch(day -> day.awake().isNothing());
    sources(
            isOfNight ? "Yesterday\u2019s posture in bed" : "Yesterday\u2019s posture",
            report.sources())
        .ifPresent(lines::add);
    return lines;
  }

  private static Optional<String> sources(String what, List<Placement> sources) {
    return sources.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s is from: %s."
                .formatted(
                    what, sources.stream().map(Words::source).collect(Collectors.joining(", "))));
  }

  /** The same of a week or a month. */
  static List<String> filing(PeriodReport report, Optional<Edition> edition) {
    List<String> lines = new ArrayList<>();
    lines.add(filing(report.name(), report.wearer(), report.zone(), edition));
    sources("This " + report.period().kind().word() + "\u2019s posture", report.sources())
        .ifPresent(lines::add);
    return lines;
  }

  private static String filing(
      String name, WearerId wearer, ZoneId zone, Optional<Edition> edition) {
    return "Of %s, id %s. Times are of %s.%s"
        .formatted(
            name,
            wearer.value(),
            zone.getId(),
            edition
                .map(Edition::madeAt)
                .map(
                    made ->
                        " Made on %s at %s."
                            .formatted(
                                SHORT_DATE.format(made.toLocalDate()),
                                TIME.format(made.toLocalTime())))
                .orElse(""));
  }

  private static String source(Placement placement) {
    return placement == Placement.ESTIMATED
        ? "what you said, or something that is not worn"
        : "a sensor on the " + placement.wireName().replace('-', ' ');
  }

  static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ENGLISH) + text.substring(1);
  }
}
