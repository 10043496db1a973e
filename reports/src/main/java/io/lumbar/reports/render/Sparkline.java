package io.lumbar.reports.render;

import io.lumbar.reports.statistics.Usual;
import io.lumbar.reports.trends.Trend;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/** A small line of a figure with the wearer's own median and range behind it. */
final class Sparkline {
  private static final double HEIGHT = 40;
  private static final double MARGIN = 4;

  private Sparkline() {}

  static String of(Trend trend) {
    Scale scale = Scale.of(trend);
    StringBuilder svg = new StringBuilder();
    svg.append("<svg class=\"spark\" viewBox=\"0 0 100 40\" preserveAspectRatio=\"none\"");
    svg.append(" aria-hidden=\"true\">");
    Usual usual = trend.usual();
    if (usual != null) {
      svg.append(
          "<rect class=\"band\" y=\"%s\" width=\"100\" height=\"%s\"/>"
              .formatted(
                  scale.y(usual.high()),
                  Html.number((usual.high() - usual.low()) * scale.perUnit())));
      svg.append("<path class=\"median\" d=\"M0 %sH100\"/>".formatted(scale.y(usual.median())));
    }
    svg.append("<path class=\"line\" d=\"").append(line(trend.points(), scale)).append("\"/>");
    String lone = lone(trend.points(), scale);
    if (!lone.isEmpty()) {
      svg.append("<path class=\"lone\" d=\"").append(lone).append("\"/>");
    }
    return svg.append(last(trend.points(), scale)).append("</svg>").toString();
  }

  /** The names of days below the line, each under its day; empty without any. */
  static String days(List<Outline.DayMark> days, int count) {
    StringBuilder html = new StringBuilder();
    for (Outline.DayMark day : days) {
      html.append(
          "<span style=\"left:%s%%\">%s<br>%s</span>"
              .formatted(x(day.index(), count), day.weekday(), day.day()));
    }
    return html.isEmpty() ? "" : "<div class=\"days\" aria-hidden=\"true\">" + html + "</div>";
  }

  /** From the smallest to the largest that is drawn; a line shows change, not amount. */
  private record Scale(double least, double perUnit) {
    static Scale of(Trend trend) {
      DoubleSummaryStatistics range = new DoubleSummaryStatistics();
      for (Trend.Point point : trend.points()) {
        if (point.value() != null) {
          range.accept(point.value());
        }
      }
      Usual usual = trend.usual();
      if (usual != null) {
        range.accept(usual.low());
        range.accept(usual.high());
      }
      double span = range.getMax() - range.getMin();
      return new Scale(range.getMin(), span > 0 ? (HEIGHT - 2 * MARGIN) / span : 0);
    }

    String y(double value) {
      return Html.number(HEIGHT - MARGIN - (value - least) * perUnit);
    }
  }

  /** Joins days that follow each other; a day that was not measured leaves a gap. */
  private static String line(List<Trend.Point> points, Scale scale) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < points.size(); i++) {
      Double value = points.get(i).value();
      if (value != null) {
        path.append(pen ? 'L' : 'M').append(x(i, points.size())).append(' ');
        path.append(scale.y(value));
      }
      pen = value != null;
    }
    return path.toString();
  }

  /** A day between two gaps is a dot: a line of no length with round ends. */
  private static String lone(List<Trend.Point> points, Scale scale) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < points.size(); i++) {
      Double value = points.get(i).value();
      if (value != null && isLone(points, i)) {
        path.append('M').append(x(i, points.size())).append(' ');
        path.append(scale.y(value)).append("h0");
      }
    }
    return path.toString();
  }

  /** Whether neither the day before nor the day after has a value to draw a line to. */
  static boolean isLone(List<Trend.Point> points, int index) {
    return (index == 0 || points.get(index - 1).value() == null)
        && (index == points.size() - 1 || points.get(index + 1).value() == null);
  }

  private static String last(List<Trend.Point> points, Scale scale) {
    int last = points.size() - 1;
    Double value = points.get(last).value();
    return value == null
        ? ""
        : "<path class=\"dot\" d=\"M%s %sh0\"/>".formatted(x(last, points.size()), scale.y(value));
  }

  private static String x(int index, int count) {
    return Html.number(2 + 95.0 * index / Math.max(1, count - 1));
  }
}
