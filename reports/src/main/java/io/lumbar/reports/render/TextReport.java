package io.lumbar.reports.render;

import io.lumbar.model.SleepPosition;
import io.lumbar.reports.daily.Durations;
import io.lumbar.reports.daily.Report;
import io.lumbar.reports.daily.Report.Measure;
import io.lumbar.reports.daily.Section;
import io.lumbar.reports.trends.Nights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A report as plain text of at most 78 columns. */
final class TextReport {
  private static final int COLUMNS = 78;

  private final Report report;
  private final List<String> lines = new ArrayList<>();

  private TextReport(Report report) {
    this.report = report;
  }

  static String of(Report report, Optional<Edition> edition) {
    return new TextReport(report).text(edition);
  }

  private String text(Optional<Edition> edition) {
    lines.add(
        Words.capital(Words.date(report.date()))
            + " "
            + report.date().getYear()
            + ", "
            + report.name());
    edition.map(Words::edition).filter(line -> !line.isEmpty()).ifPresent(this::sentence);
    lines.add("");
    Words.headline(report).forEach(this::sentence);
    report.night().optional().ifPresent(this::night);
    report.day().optional().ifPresent(this::day);
    suggestions();
    report.reminders().optional().ifPresent(this::reminders);
    report.load().optional().ifPresent(loads -> list("This week", loads, Words::load));
    report.together().optional().ifPresent(pairs -> list("Went together", pairs, Words::together));
    list("Not measured", report.notMeasured(), line -> line);
    lines.add("");
    sentence("Lumbar observes and reminds. It does not diagnose.");
    return String.join("\n", lines) + "\n";
  }

  private void night(Report.Night night) {
    title("Last night");
    sentence(
        "%s to %s, %s."
            .formatted(
                Words.time(night.summary().inBedFrom(), report.zone()),
                Words.time(night.summary().inBedTo(), report.zone()),
                Words.coverage(Nights.inBed(night.summary()), "in bed")));
    measures(night.measures());
    if (night.measures().isPresent()) {
      for (SleepPosition position : SleepPosition.values()) {
        double minutes = Nights.minutes(night.summary(), position);
        if (minutes > 0 && position != SleepPosition.PRONE) {
          row(Words.position(position), Durations.words(minutes), "");
        }
      }
    }
  }

  private void day(Report.Day day) {
    title("Yesterday, " + Words.date(day.date()));
    sentence(Words.coverage(day) + ".");
    measures(day.measures());
    if (day.longest() != null) {
      sentence(
          "The longest sitting was from %s to %s."
              .formatted(
                  Words.time(day.longest().from(), report.zone()),
                  Words.time(day.longest().to(), report.zone())));
    }
  }

  private void measures(Section<List<Measure>> measures) {
    measures
        .optional()
        .ifPresentOrElse(
            all ->
                all.forEach(
                    m ->
                        row(
                            m.figure().label(),
                            Words.value(m.figure().unit(), m.value()),
                            Words.range(m))),
            () -> sentence(String.valueOf(measures.absent())));
  }

  private void suggestions() {
    title("Today");
    for (Report.Suggestion suggestion : report.suggestions()) {
      wrapped("* ", "  ", suggestion.title() + ". " + suggestion.reason());
      if (suggestion.exercise() != null) {
        wrapped(
            "  ", "  ", suggestion.exercise().name() + ", " + suggestion.exercise().dose() + ".");
      }
    }
  }

  private void reminders(Report.Reminders reminders) {
    title("Reminders");
    for (Report.Told told : reminders.told()) {
      row(
          Words.time(told.at(), report.zone()) + "  " + Words.reminder(told.kind(), told.step()),
          Words.outcome(told),
          "");
    }
    String keptBack = Words.keptBack(reminders.keptBack());
    if (!keptBack.isEmpty()) {
      sentence(keptBack);
    }
  }

  private <T> void list(String title, List<T> items, Function<T, String> sentence) {
    if (!items.isEmpty()) {
      title(title);
      items.forEach(item -> wrapped("* ", "  ", sentence.apply(item)));
    }
  }

  private void title(String title) {
    lines.add("");
    lines.add(title);
    lines.add("-".repeat(title.length()));
  }

  private void row(String name, String value, String note) {
    lines.add("  %-28s %-16s %s".formatted(name, value, note).stripTrailing());
  }

  private void sentence(String text) {
    wrapped("", "", text);
  }

  /** A text over as many lines as it takes. */
  private void wrapped(String first, String others, String text) {
    StringBuilder line = new StringBuilder(first);
    int start = first.length();
    for (String word : text.split(" ")) {
      if (line.length() > start && line.length() + 1 + word.length() > COLUMNS) {
        lines.add(line.toString());
        line = new StringBuilder(others);
        start = others.length();
      }
      line.append(line.length() > start ? " " : "").append(word);
    }
    lines.add(line.toString());
  }
}
