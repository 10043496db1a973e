package io.lumbar.reports.render;

import io.lumbar.reports.period.Period;
import io.lumbar.reports.period.PeriodReport;
import io.lumbar.reports.render.Outline.Block;
import io.lumbar.reports.statistics.Shift;
import io.lumbar.reports.trends.Trend;
import io.lumbar.reports.trends.Unit;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The outline of a week or a month. */
final class PeriodOutline {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);
  private static final DateTimeFormatter DAY_OF_YEAR =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);

  private static final DateTimeFormatter WEEKDAY =
      DateTimeFormatter.ofPattern("EEE", Locale.ENGLISH);

  private static final int DAYS_OF_A_WEEK = 7;
  private static final int MOST_SPARKS = 6;

  private PeriodOutline() {}

  static Outline of(PeriodReport report, Optional<Edition> edition) {
    List<Block> blocks = new ArrayList<>();
    headline(report).forEach(line -> blocks.add(new Outline.Lead(line)));
    edition
        .map(Words::edition)
        .filter(line -> !line.isEmpty())
        .ifPresent(line -> blocks.add(new Outline.Sentence(line, true)));
    if (!report.lines().isEmpty()) {
      blocks.add(new Outline.Heading("A typical day"));
      report.lines().forEach(line -> blocks.add(row(line)));
      report.lines().stream()
          .map(line -> Words.estimate(line.trend()))
          .filter(sentence -> !sentence.isEmpty())
          .findFirst()
          .ifPresent(sentence -> blocks.add(new Outline.Sentence(sentence, true)));
      blocks.add(new Outline.Heading("Day by day"));
      report.lines().stream()
          .limit(MOST_SPARKS)
          .forEach(
              line ->
                  blocks.add(
                      new Outline.Spark(
                          Words.label(line.trend()),
                          spread(line)
                              + String.format(
                                  Locale.ROOT,
                                  ", %d of %d days",
                                  line.days(),
                                  report.period().days()),
                          line.trend(),
                          marks(line.trend()))));
    }
    if (report.reminders() > 0) {
      blocks.add(new Outline.Heading("Reminders"));
      blocks.add(
          new Outline.Sentence(
              String.format(
                  Locale.ROOT,
                  "%d came; you answered %d with done.",
                  report.reminders(),
                  report.followed()),
              false));
    }
    if (!report.notMeasured().isEmpty()) {
      blocks.add(new Outline.Heading("Not measured, and why"));
      report.notMeasured().forEach(line -> blocks.add(new Outline.Sentence(line, true)));
    }
    return new Outline(
        report.name(), title(report.period()), blocks, Words.filing(report, edition));
  }

  static String title(Period period) {
    return period.kind() == Period.Kind.MONTH
        ? MONTH.format(period.from())
        : "Week from %s to %s"
            .formatted(
                (period.from().getYear() == period.to().getYear() ? DAY : DAY_OF_YEAR)
                    .format(period.from()),
                DAY_OF_YEAR.format(period.to()));
  }

  static List<String> headline(PeriodReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%d of %d days and %s were measured.",
            report.days(),
            report.period().days(),
            report.nights() == 1 ? "1 night" : report.nights() + " nights"));
    List<String> lower = new ArrayList<>();
    List<String> higher = new ArrayList<>();
    for (PeriodReport.Line line : report.lines()) {
      Shift change = line.change();
      if (change != null && change.isClear()) {
        (change.estimate() > 0 ? higher : lower)
            .add(Words.label(line.trend()).toLowerCase(Locale.ENGLISH));
      }
    }
    boolean compared = report.lines().stream().anyMatch(line -> line.change() != null);
    if (!lower.isEmpty()) {
      lines.add("Lower than in the four weeks before: " + String.join(", ", lower) + ".");
    }
    if (!higher.isEmpty()) {
      lines.add("Higher than in the four weeks before: " + String.join(", ", higher) + ".");
    }
    if (compared && lower.isEmpty() && higher.isEmpty()) {
      lines.add("No clear difference from the four weeks before.");
    }
    return lines;
  }

  /** Each day of a week, and of a longer time each Monday. */
  private static List<Outline.DayMark> marks(Trend trend) {
    List<Outline.DayMark> marks = new ArrayList<>();
    List<Trend.Point> points = trend.points();
    for (int i = 0; i < points.size(); i++) {
      LocalDate date = points.get(i).date();
      if (points.size() <= DAYS_OF_A_WEEK || date.getDayOfWeek() == DayOfWeek.MONDAY) {
        marks.add(
            new Outline.DayMark(i, WEEKDAY.format(date), Integer.toString(date.getDayOfMonth())));
      }
    }
    return marks;
  }

  private static Outline.Row row(PeriodReport.Line line) {
    Unit unit = line.trend().figure().unit();
    return new Outline.Row(
        Words.label(line.trend()), Words.value(unit, line.median()), change(line, unit));
  }

  static String change(PeriodReport.Line line, Unit unit) {
    Double before = line.before();
    Shift change = line.change();
    if (before == null) {
      return "";
    }
    String how =
        line.beforeEstimate() == line.trend().estimate()
            ? ""
            : switch (line.beforeEstimate()) {
              case NONE -> " (measured)";
              case PARTLY -> " (partly estimated)";
              case ALL -> " (estimated)";
            };
    String was = "before " + Words.value(unit, before) + how;
    if (change == null) {
      return was;
    }
    return change.isClear()
        ? "%s; a change of %s to %s"
            .formatted(was, Words.signed(unit, change.low()), Words.signed(unit, change.high()))
        : was + "; no clear difference";
  }

  /** The lowest and the highest day of those that count. */
  private static String spread(PeriodReport.Line line) {
    Unit unit = line.trend().figure().unit();
    double least = Double.MAX_VALUE;
    double most = -Double.MAX_VALUE;
    for (Trend.Point point : line.trend().points()) {
      Double value = point.value();
      if (value != null && !point.keptOut()) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    String low = Words.value(unit, least);
    String high = Words.value(unit, most);
    return low.equals(high) ? low : low + " to " + high;
  }
}
