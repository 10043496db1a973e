package io.lumbar.reports.render;

import io.lumbar.model.LoadChange;
import io.lumbar.reports.daily.Report;
import io.lumbar.reports.daily.Report.Exercise;
import io.lumbar.reports.daily.Report.Measure;
import io.lumbar.reports.daily.Section;
import io.lumbar.reports.statistics.Usual;
import io.lumbar.reports.trends.Trend;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A report as one HTML file that needs nothing else: no script, no picture, no network. */
final class HtmlReport {
  private static final String STYLE = resource("report.css");

  private static final String FOOT =
      "<footer><p>Lumbar observes and reminds. It does not diagnose. \u201cUsual\u201d is the"
          + " middle of your own last four weeks, never other people\u2019s.</p>%s</footer>\n"
          + "</main>\n</body>\n</html>\n";

  private final Report report;
  private final StringBuilder html = new StringBuilder(32_768);

  private HtmlReport(Report report) {
    this.report = report;
  }

  static String of(Report report, Optional<Edition> edition) {
    return new HtmlReport(report).page(edition);
  }

  private String page(Optional<Edition> edition) {
    html.append(head(report.name(), Titles.of(report)));
    Words.headline(report).forEach(line -> paragraph("lead", line));
    edition
        .map(Words::edition)
        .filter(line -> !line.isEmpty())
        .ifPresent(line -> paragraph("note", line));
    html.append("</header>\n");
    suggestions();
    report.night().optional().ifPresent(this::night);
    report.morningApart().ifPresent(this::morning);
    day();
    report.reminders().optional().ifPresent(this::reminders);
    trends();
    notMeasured();
    html.append(foot(Words.filing(report, edition)));
    return html.toString();
  }

  /** Everything up to the title, with the header left open. */
  static String head(String name, String title) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>%s, %s</title>
    <style>
    %s</style>
    </head>
    <body>
    <main>
    <header>
    <p class="brand">Lumbar <span>%s</span></p>
    <h1>%s</h1>
    """
        .formatted(Html.text(name), title, STYLE, Html.text(name), title);
  }

  /** The last lines of a page, with those by which it is told from others in a file. */
  static String foot(List<String> filing) {
    return FOOT.formatted(
        filing.isEmpty()
            ? ""
            : "\n<p class=\"filing\">" + Html.text(String.join(" ", filing)) + "</p>");
  }

  private void suggestions() {
    open("today", "Today");
    html.append("<div class=\"cards\">");
    for (Report.Suggestion suggestion : report.suggestions()) {
      html.append("<article><h3>").append(Html.text(suggestion.title())).append("</h3>");
      paragraph("", suggestion.reason());
      if (suggestion.exercise() != null) {
        exercise(suggestion.exercise());
      }
      html.append("</article>");
    }
    html.append("</div>");
    report.routine().optional().ifPresent(this::routine);
    report.experiment().optional().ifPresent(trial -> paragraph("note", Words.trial(trial)));
    html.append("</section>\n");
  }

  private void routine(Report.Routine routine) {
    html.append(
        "<article class=\"routine\"><h3>%s</h3>".formatted(Html.text(Words.routineTitle(routine))));
    paragraph("", Words.routine(routine));
    if (routine.guide() != null) {
      html.append(
          "<a%s href=\"%s\">Start it, step by step</a>"
              .formatted(
                  routine.guideElsewhere().isPresent() ? "" : " class=\"here\"",
                  Html.text(routine.guide().toString())));
    }
    for (Exercise exercise : report.explained()) {
      if (routine.guide() == null) {
        exercise(exercise);
      } else {
        onPaper(exercise);
      }
    }
    html.append("</article>");
  }

  private void exercise(Exercise exercise) {
    html.append(
        "<details><summary>%s<small>%s</small></summary><ol>"
            .formatted(Html.text(exercise.name()), Html.text(exercise.dose())));
    exercise.steps().forEach(step -> item(step));
    html.append("</ol>");
    exercise.cautions().forEach(caution -> paragraph("quiet", caution));
    html.append("</details>");
    onPaper(exercise);
  }

  /** On a printed page nothing can be opened. */
  private void onPaper(Exercise exercise) {
    html.append("<p class=\"paper\"><b>")
        .append(Html.text(exercise.name()))
        .append("</b>")
        .append(Html.text(Words.named(exercise).substring(exercise.name().length())))
        .append("</p>");
  }

  private void morning(List<Measure> words) {
    open("", "This morning");
    tiles(words);
    told(Words.pains(report));
    html.append("</section>\n");
  }

  private void night(Report.Night night) {
    open("", "Last night");
    paragraph("quiet", Words.span(night.summary()));
    html.append(NightStrip.of(night));
    measures(night.measures());
    if (night.measures().isPresent()) {
      told(Words.pains(report));
    }
    Stream.of(
            Words.forgotten(night.summary()),
            Words.known(night),
            Words.estimate(night.summary()),
            Words.arch(night))
        .forEach(this::told);
    html.append("</section>\n");
  }

  private void day() {
    Report.Day day = report.day().value();
    if (day == null) {
      return;
    }
    open("", "Yesterday, " + Words.date(day.date()));
    told(Words.seen(day));
    html.append(DayStrip.of(day));
    html.append(StepBars.of(day));
    measures(day.measures());
    Stream.of(Words.forgotten(day), Words.known(day), Words.longest(day), Words.lifted(day))
        .forEach(this::told);
    html.append("</section>\n");
  }

  private void measures(Section<List<Measure>> measures) {
    if (measures.value() == null) {
      paragraph("quiet", String.valueOf(measures.absent()));
      return;
    }
    tiles(measures.value());
  }

  private void tiles(List<Measure> measures) {
    html.append("<dl class=\"tiles\">");
    for (Measure measure : measures) {
      html.append(
          "<div><dt>%s</dt><dd>%s</dd>%s<dd class=\"quiet\">%s</dd></div>"
              .formatted(
                  Html.text(Words.label(measure)),
                  Html.text(Words.value(measure.figure().unit(), measure.value())),
                  RangeBar.of(measure),
                  Html.text(Words.range(measure))));
    }
    html.append("</dl>");
  }

  private void reminders(Report.Reminders reminders) {
    open("", "Reminders and what came of them");
    if (!reminders.told().isEmpty()) {
      html.append("<table>");
      for (Report.Told told : reminders.told()) {
        html.append(
            "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td></tr>"
                .formatted(
                    Words.time(told.at(), report.yesterdaysZone()),
                    Html.text(Words.reminder(told.kind(), told.step())),
                    Html.text(Words.capital(Words.outcome(told)))));
      }
      html.append("</table>");
    }
    String keptBack = Words.keptBack(reminders.keptBack());
    if (!keptBack.isEmpty()) {
      paragraph("quiet", keptBack);
    }
    html.append("</section>\n");
  }

  private void trends() {
    List<LoadChange> loads = report.load().optional().orElse(List.of());
    List<Report.Together> pairs = report.together().optional().orElse(List.of());
    if (report.trends().isEmpty() && loads.isEmpty() && pairs.isEmpty()) {
      return;
    }
    open("", "The last four weeks");
    if (!report.trends().isEmpty()) {
      html.append("<div class=\"sparks\">");
      report.trends().forEach(this::trend);
      html.append("</div>");
    }
    loads.forEach(load -> paragraph("", Words.load(load)));
    pairs.forEach(pair -> paragraph("", Words.together(pair)));
    html.append("</section>\n");
  }

  private void trend(Trend trend) {
    Usual usual = trend.usual();
    String words =
        usual == null
            ? ""
            : "median "
                + Words.value(trend.figure().unit(), usual.median())
                + ", mostly "
                + Words.range(trend.figure().unit(), usual);
    html.append(
        "<figure><figcaption><b>%s</b> <span class=\"quiet\">%s</span></figcaption>%s</figure>"
            .formatted(Html.text(Words.label(trend)), Html.text(words), Sparkline.of(trend)));
  }

  private void notMeasured() {
    open("missing", "Not measured, and why");
    html.append("<ul>");
    report.notMeasured().forEach(this::item);
    html.append("</ul></section>\n");
  }

  private void open(String type, String title) {
    html.append(
        "<section%s><h2>%s</h2>"
            .formatted(type.isEmpty() ? "" : " class=\"" + type + "\"", Html.text(title)));
  }

  private void paragraph(String type, String text) {
    html.append(
        "<p%s>%s</p>\n"
            .formatted(type.isEmpty() ? "" : " class=\"" + type + "\"", Html.text(text)));
  }

  private void told(String sentence) {
    if (!sentence.isEmpty()) {
      paragraph("quiet", sentence);
    }
  }

  private void item(String text) {
    html.append("<li>").append(Html.text(text)).append("</li>");
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(HtmlReport.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
