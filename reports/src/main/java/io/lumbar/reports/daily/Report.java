package io.lumbar.reports.daily;

import io.lumbar.model.DaySummary.Lifting;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.LoadChange;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.TimeSpan;
import io.lumbar.model.WearerId;
import io.lumbar.reports.experiment.ExperimentResult;
import io.lumbar.reports.statistics.Spearman.Correlation;
import io.lumbar.reports.statistics.Usual;
import io.lumbar.reports.trends.Coverage;
import io.lumbar.reports.trends.Estimate;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Nights;
import io.lumbar.reports.trends.Trend;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a wearer reads in the morning of {@code date}: the night that ended on it and the day
 * before.
 *
 * <p>A function of what was measured and nothing else: the same history gives the same report.
 *
 * @param zone the wearer's zone on that morning
 * @param morning what the wearer told of pain and stiffness that morning
 * @param trends of the 28 days up to yesterday, of figures that have values, each beside what was
 *     usual before the last of them
 * @param experiment what the wearer tries today, or tried until lately
 * @param suggestions one to three, the most fitting first
 * @param strongerPain a pain of the date that is not the morning's and for which exercises wait;
 *     null without
 * @param routine of ten to fifteen minutes for the day
 * @param notMeasured what a reader may miss, and why, a sentence each
 * @param sources which sensors yesterday's postures were believed from, each once
 */
public record Report(
    WearerId wearer,
    String name,
    LocalDate date,
    ZoneId zone,
    Section<Night> night,
    Section<List<Measure>> morning,
    Section<Day> day,
    Section<Reminders> reminders,
    Section<List<LoadChange>> load,
    Section<List<Together>> together,
    List<Trend> trends,
    Section<Trial> experiment,
    List<Suggestion> suggestions,
    @Nullable StrongerPain strongerPain,
    Section<Routine> routine,
    List<String> notMeasured,
    List<Placement> sources) {

  public Report {
    sources = List.copyOf(sources);
    trends = List.copyOf(trends);
    suggestions = List.copyOf(suggestions);
    notMeasured = List.copyOf(notMeasured);
  }

  /** Whether nothing is told of yesterday because the wearer had it forgotten. */
  public boolean yesterdayIsForgotten() {
    return DayPage.FORGOTTEN.equals(day.absent());
  }

  /** The zone on the clock of yesterday, in which its sums and its reminders are told. */
  public ZoneId yesterdaysZone() {
    return day.optional().map(Day::zone).orElse(zone);
  }

  /**
   * The exercises of the routine that no suggestion explains already; none where a page that can be
   * opened anywhere leads through them.
   */
  public List<Exercise> explained() {
    return routine.optional().filter(all -> all.guideElsewhere().isEmpty()).stream()
        .flatMap(all -> all.exercises().stream())
        .filter(
            exercise ->
                suggestions.stream()
                    .map(Suggestion::exercise)
                    .noneMatch(other -> other != null && other.id().equals(exercise.id())))
        .toList();
  }

  /** The words of the morning, unless they stand among the totals of the night. */
  public Optional<List<Measure>> morningApart() {
    boolean withTheNight =
        night.optional().map(Night::measures).stream().anyMatch(Section::isPresent);
    return withTheNight ? Optional.empty() : morning.optional();
  }

  /**
   * A total and what is usual for this wearer.
   *
   * @param usual of the 28 days before, without days kept out; null while there are too few
   * @param coverage what was seen of what the total is of; null of the wearer's own words
   * @param estimatedFrom the placement whose estimate it is; null of what was measured or told
   */
  public record Measure(
      Figure figure,
      double value,
      @Nullable Usual usual,
      @Nullable Coverage coverage,
      @Nullable Placement estimatedFrom) {}

  /**
   * The last night.
   *
   * @param measures totals, absent when too little was seen
   */
  public record Night(NightSummary summary, Section<List<Measure>> measures) {

    /** Whether enough was seen for minutes by position. */
    public boolean hasPositionTotals() {
      return measures.isPresent() && Nights.positions(summary).isEnough();
    }
  }

  /**
   * Yesterday.
   *
   * @param zone in which it ended; that of the morning may be another
   * @param from the first instant of the local day
   * @param to its end; 23, 24 or 25 hours later, with a flight any time
   * @param sittingMinutes sitting in what was seen, whether or not that is enough for a total; no
   *     measurement where nothing was seen
   * @param forgotten what the wearer had forgotten of it, by start, cut at the day's ends; it is
   *     neither seen nor awake
   * @param strip what was seen, in order of time, nothing of it within what is forgotten
   * @param stepsByHour by the hour on the clock, 0 to 23; empty when no steps were counted
   * @param measures totals, absent when too little was seen
   * @param lifting what the wearer logged of lifts; null when nothing
   * @param longest the longest unbroken sitting out of bed; null when there was none, or when the
   *     strip does not show where it was
   */
  public record Day(
      LocalDate date,
      ZoneId zone,
      Instant from,
      Instant to,
      Coverage awake,
      double sittingMinutes,
      List<TimeSpan> forgotten,
      List<Stretch> strip,
      List<Long> stepsByHour,
      Section<List<Measure>> measures,
      @Nullable Lifting lifting,
      @Nullable Stretch longest) {

    public Day {
      forgotten = List.copyOf(forgotten);
      strip = List.copyOf(strip);
      stepsByHour = List.copyOf(stepsByHour);
    }

    /** Minutes of it that the wearer had forgotten. */
    public double forgottenMinutes() {
      return forgotten.stream().mapToDouble(TimeSpan::minutes).sum();
    }
  }

  /** One posture over [from, to), cut at the day's ends. */
  public record Stretch(Instant from, Instant to, Posture posture) {
    /** Length in minutes. */
    public double minutes() {
      return (to.toEpochMilli() - from.toEpochMilli()) / 60_000.0;
    }
  }

  /**
   * Yesterday's alerts.
   *
   * @param told in order of time
   * @param keptBack how many were not told, by reason as the decisions name it
   */
  public record Reminders(List<Told> told, Map<String, Integer> keptBack) {

    public Reminders {
      told = List.copyOf(told);
      keptBack = Map.copyOf(keptBack);
    }
  }

  /**
   * An alert that was sent.
   *
   * @param step minutes at which it came
   * @param outcome what came of it
   * @param upAfterMinutes when the wearer got up for a minute or more, null for not within five
   *     minutes and for alerts that ask for something else
   * @param steps taken in the half hour after it, null where that is not known and for alerts that
   *     ask for something else than getting up
   */
  public record Told(
      Instant at,
      EpisodeKind kind,
      int step,
      Outcome outcome,
      @Nullable Integer upAfterMinutes,
      @Nullable Integer steps) {}

  /**
   * What came of an alert: the wearer's answer, or else, where the alert asked to get up, what the
   * sensor saw.
   */
  public enum Outcome {
    DONE,
    SNOOZED,
    DISMISSED,
    WRONG,
    GOT_UP,
    NONE,
    /** Nothing was measured in the minutes after it. */
    NOT_SEEN,
    /** Of an alert that asks for something that is not measured. */
    NO_ANSWER
  }

  /**
   * Two figures that went together over the nights.
   *
   * @param first the one looked at
   * @param second the wearer's own word of the morning
   * @param estimate how many values of the first are an estimate
   */
  public record Together(
      Figure first, Figure second, Correlation correlation, double adjustedP, Estimate estimate) {}

  /**
   * A change that the wearer tries.
   *
   * @param today whether today is a day with it; null when it is over
   */
  public record Trial(ExperimentResult result, @Nullable Boolean today) {}

  /**
   * Something to do today.
   *
   * @param reason the measured reason, a sentence
   * @param exercise null for an advice without one
   */
  public record Suggestion(String title, String reason, @Nullable Exercise exercise) {}

  /**
   * A word of pain beside that of the morning.
   *
   * @param value 0 to 10
   * @param at when it was told; null where that is not known
   */
  public record StrongerPain(int value, @Nullable Instant at) {}

  /**
   * Exercises one after the other.
   *
   * @param minutes of all of them; fewer than ten where little suits
   * @param exercises in their order
   * @param guide the page that leads through them, null where no address of it is known
   */
  public record Routine(double minutes, List<Exercise> exercises, @Nullable URI guide) {
    private static final Set<String> OWN_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    public Routine {
      exercises = List.copyOf(exercises);
    }

    /**
     * The guide, unless only the machine that Lumbar runs on can open it: who reads a mail or a
     * printed page is seldom there.
     */
    public Optional<URI> guideElsewhere() {
      return Optional.ofNullable(guide).filter(uri -> !OWN_MACHINE.contains(uri.getHost()));
    }
  }

  /**
   * A short exercise as a reader needs it.
   *
   * @param dose how long and how often, in words
   */
  public record Exercise(
      String id, String name, String dose, List<String> steps, List<String> cautions) {

    public Exercise {
      steps = List.copyOf(steps);
      cautions = List.copyOf(cautions);
    }

    /** The same in a second round, of which the steps are told already. */
    public Exercise onceMore() {
      return new Exercise(id, name + " (once more)", dose, List.of(), List.of());
    }
  }
}
