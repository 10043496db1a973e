package io.lumbar.reports.daily;

import io.lumbar.model.DaySummary;
import io.lumbar.model.Experiment;
import io.lumbar.model.LoadChange;
import io.lumbar.reports.daily.Report.Measure;
import io.lumbar.reports.experiment.ExperimentResult;
import io.lumbar.reports.statistics.Usual;
import io.lumbar.reports.trends.DayEntry;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Trend;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Makes the report of a morning. Pure. */
public final class ReportMaker {
  static final int USUAL_DAYS = 28;
  private static final List<Figure> FOLLOWED =
      List.of(
          Figure.SITTING,
          Figure.LONGEST_SITTING,
          Figure.STEPS,
          Figure.PAIN,
          Figure.PRONE,
          Figure.STIFFNESS,
          Figure.SHIFTS);
  private static final int MOST_TRENDS = 5;

  /** How long after its end an experiment is told of. */
  private static final int TOLD_DAYS = 8;

  private final Suggestions suggestions;

  public ReportMaker(Exercises exercises) {
    this.suggestions = new Suggestions(exercises);
  }

  /** The report that these facts make. */
  public Report make(ReportFacts facts) {
    Section<Report.Night> night = NightPage.of(facts);
    Section<List<Measure>> morning = morning(facts);
    Section<Report.Day> day = DayPage.of(facts);
    Section<Report.Reminders> reminders = ReminderPage.of(facts);
    Section<List<LoadChange>> load = load(facts);
    return new Report(
        facts.wearer().id(),
        facts.wearer().name(),
        facts.date(),
        facts.zone(),
        night,
        morning,
        day,
        reminders,
        load,
        TogetherPage.of(facts),
        trends(facts),
        trial(facts),
        suggestions.of(facts, night, day, load),
        suggestions.strongerPain(facts),
        suggestions.routine(facts),
        Missing.of(facts, night, morning, day),
        day.isPresent() ? facts.sources() : List.of());
  }

  /** By whatever it was told: the night's morning, or where there is none that of the clock. */
  private static Section<List<Measure>> morning(ReportFacts facts) {
    List<Measure> words =
        facts.entry(facts.date()).stream()
            .flatMap(
                entry -> measures(facts, entry, List.of(Figure.PAIN, Figure.STIFFNESS)).stream())
            .toList();
    return words.isEmpty()
        ? Section.absent("There was no check-in this morning.")
        : Section.of(words);
  }

  private static Section<List<LoadChange>> load(ReportFacts facts) {
    List<LoadChange> changes =
        facts.entry(facts.yesterday()).map(DayEntry::day).map(DaySummary::load).orElse(List.of());
    return changes.isEmpty()
        ? Section.absent("A week is compared with the weeks before it once there are some.")
        : Section.of(changes);
  }

  /**
   * The one that goes on, or else the one that ended last, for a week; none of stretching while no
   * exercise is to be done.
   */
  private Section<Report.Trial> trial(ReportFacts facts) {
    LocalDate date = facts.date();
    boolean stopped = suggestions.areStopped(facts);
    return facts.experiments().stream()
        .filter(one -> !stopped || one.change() != Experiment.Change.EVENING_STRETCH)
        .filter(one -> !one.from().isAfter(date) && one.end().plusDays(TOLD_DAYS).isAfter(date))
        .max(Comparator.comparing(Experiment::from))
        .map(
            one ->
                Section.of(
                    new Report.Trial(
                        ExperimentResult.of(one, facts.untilMorning(), date),
                        one.covers(date) ? one.isWith(date) : null)))
        .orElse(Section.absent("You are not trying anything at the moment."));
  }

  private static List<Trend> trends(ReportFacts facts) {
    List<DayEntry> entries = facts.untilMorning();
    List<Trend> trends = new ArrayList<>();
    for (Figure figure : FOLLOWED) {
      LocalDate last = figure.isNightly() ? facts.date() : facts.yesterday();
      // What is usual is one range in all of the report: that which the last day is told against.
      Trend trend =
          Trend.of(figure, last.minusDays(USUAL_DAYS - 1L), last, entries)
              .against(Usual.of(earlier(facts, last, figure)).orElse(null));
      if (trend.usual() != null && trends.size() < MOST_TRENDS) {
        trends.add(trend);
      }
    }
    return trends;
  }

  /**
   * Figures of a date that have a value, each with the usual of the days before it. Pain and
   * stiffness are those of the mornings.
   */
  static List<Measure> measures(ReportFacts facts, DayEntry entry, List<Figure> figures) {
    List<Measure> measures = new ArrayList<>();
    for (Figure figure : figures) {
      OptionalDouble value = figure.ofMorning(entry);
      if (value.isPresent()) {
        measures.add(
            new Measure(
                figure,
                value.getAsDouble(),
                entry.keptOut() ? null : usual(facts, entry, figure, value.getAsDouble()),
                figure.coverage(entry).orElse(null),
                figure.estimatedFrom(entry).orElse(null)));
      }
    }
    return measures;
  }

  /**
   * Null too where what the wearer had forgotten may be all that makes the difference; dates of
   * which something is forgotten are no measure for others.
   */
  private static @Nullable Usual usual(
      ReportFacts facts, DayEntry entry, Figure figure, double value) {
    return Usual.of(earlier(facts, entry.date(), figure))
        .filter(usual -> usual.place(value) == usual.place(figure.most(entry, value)))
        .orElse(null);
  }

  /** The values of the {@link #USUAL_DAYS} before a date that are a measure for it. */
  private static double[] earlier(ReportFacts facts, LocalDate date, Figure figure) {
    return facts.before(date, USUAL_DAYS).stream()
        .filter(figure::isWhole)
        .map(figure::ofMorning)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }
}
