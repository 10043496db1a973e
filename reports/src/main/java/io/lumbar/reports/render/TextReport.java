package io.lumbar.reports.render;

import io.lumbar.model.SleepPosition;
import io.lumbar.reports.daily.Durations;
import io.lumbar.reports.daily.Report;
import io.lumbar.reports.daily.Report.Measure;
import io.lumbar.reports.daily.Section;
import io.lumbar.reports.statistics.Usual;
import io.lumbar.reports.trends.Nights;
import io.lumbar.reports.trends.Trend;
import io.lumbar.reports.trends.Unit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A report as plain text of at most 78 columns. */
final class TextReport {
  private final Report report;
  private final TextLines lines = new TextLines();

  private TextReport(Report report) {
    this.report = report;
  }

  static String of(Report report, Optional<Edition> edition) {
    return new TextReport(report).text(edition);
  }

  private String text(Optional<Edition> edition) {
    lines.line(Titles.of(report) + ", " + report.name());
    edition.map(Words::edition).filter(line -> !line.isEmpty()).ifPresent(lines::sentence);
    lines.line("");
    Words.headline(report).forEach(lines::sentence);
    report.night().optional().ifPresent(this::night);
    report.morningApart().ifPresent(this::morning);
    report.day().optional().ifPresent(this::day);
    suggestions();
    report.experiment().optional().ifPresent(this::trial);
    report.reminders().optional().ifPresent(this::reminders);
    trends();
    report.load().optional().ifPresent(loads -> list("This week", loads, Words::load));
    report.together().optional().ifPresent(pairs -> list("Went together", pairs, Words::together));
    list("Not measured", report.notMeasured(), line -> line);
    lines.line("");
    lines.sentence("Lumbar observes and reminds. It does not diagnose.");
    Words.filing(report, edition).forEach(lines::sentence);
    return lines.toString();
  }

  private void morning(List<Measure> words) {
    lines.title("This morning");
    words.forEach(this::row);
    told(Words.pains(report));
  }

  private void night(Report.Night night) {
    lines.title("Last night");
    lines.sentence(Words.span(night.summary()));
    measures(night.measures());
    if (night.hasPositionTotals()) {
      for (SleepPosition position : SleepPosition.values()) {
        double minutes = Nights.minutes(night.summary(), position);
        if (minutes > 0 && position != SleepPosition.PRONE) {
          lines.row(Words.position(position), Durations.words(minutes), "");
        }
      }
    }
    if (night.measures().isPresent()) {
      told(Words.pains(report));
    }
    told(Words.forgotten(night.summary()));
    told(Words.known(night));
    told(Words.estimate(night.summary()));
    told(Words.arch(night));
  }

  private void day(Report.Day day) {
    lines.title("Yesterday, " + Words.date(day.date()));
    told(Words.seen(day));
    measures(day.measures());
    told(Words.forgotten(day));
    told(Words.known(day));
    told(Words.longest(day));
    told(Words.lifted(day));
    told(Words.stepsByHour(day.stepsByHour()));
  }

  private void told(String sentence) {
    if (!sentence.isEmpty()) {
      lines.sentence(sentence);
    }
  }

  private void measures(Section<List<Measure>> measures) {
    measures
        .optional()
        .ifPresentOrElse(
            all -> all.forEach(this::row), () -> lines.sentence(String.valueOf(measures.absent())));
  }

  private void row(Measure measure) {
    lines.row(
        Words.label(measure),
        Words.value(measure.figure().unit(), measure.value()),
        Words.range(measure));
  }

  private void suggestions() {
    lines.title("Today");
    for (Report.Suggestion suggestion : report.suggestions()) {
      lines.wrapped("* ", "  ", suggestion.title() + ". " + suggestion.reason());
      if (suggestion.exercise() != null) {
        lines.wrapped(
            "  ", "  ", suggestion.exercise().name() + ", " + suggestion.exercise().dose() + ".");
        lines.wrapped("  ", "  ", Words.how(suggestion.exercise()));
      }
    }
    report.routine().optional().ifPresent(this::routine);
  }

  private void routine(Report.Routine routine) {
    lines.wrapped("* ", "  ", Words.routineTitle(routine) + ": " + Words.routine(routine));
    if (routine.guide() != null) {
      lines.line("  " + routine.guide());
    }
    report.explained().forEach(each -> lines.wrapped("  - ", "    ", Words.named(each)));
  }

  private void trial(Report.Trial trial) {
    lines.item(Words.trial(trial));
  }

  private void reminders(Report.Reminders reminders) {
    lines.title("Reminders");
    for (Report.Told told : reminders.told()) {
      lines.row(
          Words.time(told.at(), report.yesterdaysZone())
              + "  "
              + Words.reminder(told.kind(), told.step()),
          Words.outcome(told),
          "");
    }
    String keptBack = Words.keptBack(reminders.keptBack());
    if (!keptBack.isEmpty()) {
      lines.sentence(keptBack);
    }
  }

  private void trends() {
    if (report.trends().isEmpty()) {
      return;
    }
    lines.title("The last four weeks, the median day and the usual range");
    for (Trend trend : report.trends()) {
      Usual usual = trend.usual();
      if (usual != null) {
        Unit unit = trend.figure().unit();
        lines.row(Words.label(trend), Words.value(unit, usual.median()), Words.range(unit, usual));
      }
    }
  }

  private <T> void list(String title, List<T> items, Function<T, String> sentence) {
    if (!items.isEmpty()) {
      lines.title(title);
      items.forEach(item -> lines.wrapped("* ", "  ", sentence.apply(item)));
    }
  }
}
