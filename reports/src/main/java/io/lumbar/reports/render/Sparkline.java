package io.lumbar.reports.render;

import io.lumbar.reports.statistics.Usual;
import io.lumbar.reports.trends.Trend;
import java.util.List;

/** A small line of a figure with the wearer's own median and range behind it. */
final class Sparkline {
  private static final double HEIGHT = 40;
  private static final double MARGIN = 4;

  private Sparkline() {}

  static String of(Trend trend) {
    List<Trend.Point> points = trend.points();
    double most = 0;
    for (Trend.Point point : points) {
      most = Math.max(most, point.value() == null ? 0 : point.value());
    }
    Usual usual = trend.usual();
    most = Math.max(most, usual == null ? 0 : usual.high());
    double scale = most == 0 ? 0 : (HEIGHT - 2 * MARGIN) / most;
    StringBuilder svg = new StringBuilder();
    svg.append("<svg class=\"spark\" viewBox=\"0 0 100 40\" preserveAspectRatio=\"none\"");
    svg.append(" aria-hidden=\"true\">");
    if (usual != null) {
      svg.append("<rect class=\"band\" y=\"%s\" width=\"100\" height=\"%s\"/>"
          .formatted(
              y(usual.high(), scale), Html.number((usual.high() - usual.low()) * scale)));
      svg.append("<path class=\"median\" d=\"M0 %sH100\"/>".formatted(y(usual.median(), scale)));
    }
    svg.append("<path class=\"line\" d=\"").append(line(points, scale)).append("\"/>");
    return svg.append(last(points, scale)).append("</svg>").toString();
  }

  /** Joins days that follow each other; a day that was not measured leaves a gap. */
  private static String line(List<Trend.Point> points, double scale) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < points.size(); i++) {
      Double value = points.get(i).value();
      if (value != null) {
        path.append(pen ? 'L' : 'M').append(x(i, points.size())).append(' ');
        path.append(y(value, scale));
        // A day between two gaps is a dot: a line of no length with round ends.
        path.append(pen ? "" : "h0");
      }
      pen = value != null;
    }
    return path.toString();
  }

  private static String last(List<Trend.Point> points, double scale) {
    int last = points.size() - 1;
    Double value = points.get(last).value();
    return value == null
        ? ""
        : "<path class=\"dot\" d=\"M%s %sh0\"/>"
            .formatted(x(last, points.size()), y(value, scale));
  }

  private static String x(int index, int count) {
    return Html.number(2 + 95.0 * index / Math.max(1, count - 1));
  }

  private static String y(double value, double scale) {
    return Html.number(HEIGHT - MARGIN - value * scale);
  }
}
