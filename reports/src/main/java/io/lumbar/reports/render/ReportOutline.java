package io.lumbar.reports.render;

import io.lumbar.model.NightSummary;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.TimeSpan;
import io.lumbar.reports.daily.Durations;
import io.lumbar.reports.daily.Report;
import io.lumbar.reports.daily.Report.Measure;
import io.lumbar.reports.daily.Section;
import io.lumbar.reports.render.Outline.Block;
import io.lumbar.reports.statistics.Usual;
import io.lumbar.reports.trends.Nights;
import io.lumbar.reports.trends.Trend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The outline of a morning report, in the order of the page. */
final class ReportOutline {
  private final Report report;
  private final List<Block> blocks = new ArrayList<>();

  private ReportOutline(Report report) {
    this.report = report;
  }

  static Outline of(Report report, Optional<Edition> edition) {
    ReportOutline outline = new ReportOutline(report);
    outline.all(edition);
    return new Outline(
        report.name(), Titles.of(report), outline.blocks, Words.filing(report, edition));
  }

  private void all(Optional<Edition> edition) {
    Words.headline(report).forEach(line -> blocks.add(new Outline.Lead(line)));
    edition.map(Words::edition).filter(line -> !line.isEmpty()).ifPresent(this::quiet);
    heading("Today");
    for (Report.Suggestion suggestion : report.suggestions()) {
      String exercise =
          suggestion.exercise() == null
              ? ""
              : " " + suggestion.exercise().name() + ": " + suggestion.exercise().dose() + ".";
      blocks.add(
          new Outline.Item(
              suggestion.title(),
              suggestion.reason() + exercise,
              suggestion.exercise() == null
                  ? List.of()
                  : List.of(Words.how(suggestion.exercise()))));
    }
    report.routine().optional().ifPresent(this::routine);
    report
        .experiment()
        .optional()
        .ifPresent(trial -> blocks.add(new Outline.Sentence(Words.trial(trial), false)));
    report.night().optional().ifPresent(this::night);
    report.morningApart().ifPresent(this::morning);
    report.day().optional().ifPresent(this::day);
    report.reminders().optional().ifPresent(this::reminders);
    weeks();
    heading("Not measured, and why");
    report.notMeasured().forEach(this::quiet);
  }

  private void routine(Report.Routine routine) {
    blocks.add(
        new Outline.Item(
            Words.routineTitle(routine),
            Words.routine(routine),
            report.explained().stream().map(Words::named).toList()));
    routine
        .guideElsewhere()
        .ifPresent(guide -> blocks.add(new Outline.Link("Start it, step by step", guide)));
  }

  private void morning(List<Measure> words) {
    heading("This morning");
    words.forEach(this::row);
    told(Words.pains(report));
  }

  private void night(Report.Night night) {
    NightSummary summary = night.summary();
    heading("Last night");
    quiet(Words.span(summary));
    if (!summary.track().isEmpty()) {
      positions(summary);
    } else if (!summary.positionMinutes().isEmpty()) {
      shares(night);
    }
    if (night.hasPositionTotals() && !summary.track().isEmpty()) {
      for (SleepPosition position : SleepPosition.values()) {
        double minutes = Nights.minutes(summary, position);
        if (minutes > 0 && position != SleepPosition.PRONE) {
          blocks.add(new Outline.Row(Words.position(position), Durations.words(minutes), ""));
        }
      }
    }
    measures(night.measures());
    if (night.measures().isPresent()) {
      told(Words.pains(report));
    }
    told(Words.forgotten(summary));
    told(Words.known(night));
    told(Words.estimate(summary));
    told(Words.arch(night));
  }

  private void positions(NightSummary night) {
    List<Outline.Piece> pieces = new ArrayList<>();
    Instant at = night.inBedFrom();
    for (NightSummary.Lie lie : night.track()) {
      gap(pieces, at, lie.from(), night.inBedFrom(), night.inBedTo());
      pieces.add(
          new Outline.Piece(
              share(lie.from(), lie.to(), night.inBedFrom(), night.inBedTo()),
              lie.position() == null ? "" : Words.position(lie.position()),
              Shades.of(lie.position())));
      at = lie.to();
    }
    gap(pieces, at, night.inBedTo(), night.inBedFrom(), night.inBedTo());
    blocks.add(
        new Outline.Strip(
            pieces,
            "The positions of the night over time",
            Words.time(night.inBedFrom(), night.zone()),
            Words.time(night.inBedTo(), night.zone()),
            new Axis(night.inBedFrom(), night.inBedTo(), night.zone()).hours(1)));
  }

  /** Where only sums are known, which the bars tell as well. */
  private void shares(Report.Night night) {
    double all = Nights.positions(night.summary()).ofMinutes();
    List<Outline.Bar> bars = new ArrayList<>();
    for (SleepPosition position : NightStrip.LANES) {
      double minutes = Nights.minutes(night.summary(), position);
      if (minutes > 0) {
        bars.add(
            new Outline.Bar(
                Words.position(position),
                night.hasPositionTotals()
                    ? Durations.words(minutes) + ", " + Words.percent(minutes / all)
                    : "",
                minutes / all,
                Shades.of(position)));
      }
    }
    blocks.add(new Outline.Bars(Words.SHARES, bars));
  }

  private void day(Report.Day day) {
    heading("Yesterday, " + Words.date(day.date()));
    told(Words.seen(day));
    List<Outline.Piece> pieces = new ArrayList<>();
    Instant at = day.from();
    for (Report.Stretch stretch : day.strip()) {
      gap(pieces, at, stretch.from(), day);
      pieces.add(
          new Outline.Piece(
              share(stretch.from(), stretch.to(), day.from(), day.to()),
              stretch.posture() == Posture.UNKNOWN ? "" : Words.posture(stretch.posture()),
              Shades.of(stretch.posture())));
      at = stretch.to();
    }
    gap(pieces, at, day.to(), day);
    blocks.add(
        new Outline.Strip(
            pieces,
            "The day in postures",
            "00:00",
            "24:00",
            new Axis(day.from(), day.to(), day.zone()).hours(3)));
    measures(day.measures());
    told(Words.forgotten(day));
    told(Words.known(day));
    told(Words.longest(day));
    told(Words.lifted(day));
    told(Words.stepsByHour(day.stepsByHour()));
  }

  private void told(String sentence) {
    if (!sentence.isEmpty()) {
      quiet(sentence);
    }
  }

  /** Where nothing was seen, some of which the wearer may have had forgotten. */
  private static void gap(List<Outline.Piece> pieces, Instant from, Instant to, Report.Day day) {
    Instant at = from;
    for (TimeSpan each : day.forgotten()) {
      Optional<TimeSpan> gone = each.within(at, to);
      if (gone.isPresent()) {
        gap(pieces, at, gone.get().from(), day.from(), day.to());
        pieces.add(
            new Outline.Piece(
                share(gone.get().from(), gone.get().to(), day.from(), day.to()),
                Words.FORGOTTEN,
                Shades.FORGOTTEN));
        at = gone.get().to();
      }
    }
    gap(pieces, at, to, day.from(), day.to());
  }

  private static void gap(
      List<Outline.Piece> pieces, Instant from, Instant to, Instant begin, Instant end) {
    if (from.isBefore(to)) {
      pieces.add(new Outline.Piece(share(from, to, begin, end), "", Shades.GROUND));
    }
  }

  private static double share(Instant from, Instant to, Instant begin, Instant end) {
    return Duration.between(from, to).toMillis()
        / (double) Math.max(1, Duration.between(begin, end).toMillis());
  }

  private void measures(Section<List<Measure>> measures) {
    measures
        .optional()
        .ifPresentOrElse(
            all -> all.forEach(this::row), () -> quiet(String.valueOf(measures.absent())));
  }

  private void row(Measure measure) {
    blocks.add(
        new Outline.Row(
            Words.label(measure),
            Words.value(measure.figure().unit(), measure.value()),
            Words.range(measure)));
  }

  private void reminders(Report.Reminders reminders) {
    heading("Reminders and what came of them");
    for (Report.Told told : reminders.told()) {
      blocks.add(
          new Outline.Row(
              Words.time(told.at(), report.yesterdaysZone())
                  + "  "
                  + Words.reminder(told.kind(), told.step()),
              Words.capital(Words.outcome(told)),
              ""));
    }
    String keptBack = Words.keptBack(reminders.keptBack());
    if (!keptBack.isEmpty()) {
      quiet(keptBack);
    }
  }

  private void weeks() {
    List<String> lines = new ArrayList<>();
    report.load().optional().ifPresent(all -> all.forEach(load -> lines.add(Words.load(load))));
    report
        .together()
        .optional()
        .ifPresent(all -> all.forEach(pair -> lines.add(Words.together(pair))));
    if (report.trends().isEmpty() && lines.isEmpty()) {
      return;
    }
    heading("The last four weeks");
    for (Trend trend : report.trends()) {
      Usual usual = trend.usual();
      blocks.add(
          new Outline.Spark(
              Words.label(trend),
              usual == null
                  ? ""
                  : "median "
                      + Words.value(trend.figure().unit(), usual.median())
                      + ", mostly "
                      + Words.range(trend.figure().unit(), usual),
              trend,
              List.of()));
    }
    lines.forEach(line -> blocks.add(new Outline.Sentence(line, false)));
  }

  private void heading(String text) {
    blocks.add(new Outline.Heading(text));
  }

  private void quiet(String text) {
    blocks.add(new Outline.Sentence(text, true));
  }
}
