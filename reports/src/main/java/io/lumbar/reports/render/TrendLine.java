package io.lumbar.reports.render;

import io.lumbar.reports.statistics.Usual;
import io.lumbar.reports.trends.Trend;
import io.lumbar.reports.trends.Unit;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A figure over time from zero: dots of the days, and the running medians of 7 and 28 days. */
final class TrendLine {
  private static final double HEIGHT = 40;
  private static final double TOP = 3;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  private TrendLine() {}

  static String of(Trend trend) {
    double most = most(trend);
    double scale = most == 0 ? 0 : (HEIGHT - TOP) / most;
    StringBuilder html = new StringBuilder("<figure class=\"chart\">");
    html.append(
        "<div class=\"ends\"><span>%s</span><span>0</span></div>"
            .formatted(Html.text(top(trend.figure().unit(), most))));
    html.append("<svg class=\"spark\" viewBox=\"0 0 100 40\" preserveAspectRatio=\"none\"");
    html.append(
        " role=\"img\" aria-label=\"%s, day by day\">".formatted(Html.text(Words.label(trend))));
    Usual usual = trend.usual();
    if (usual != null) {
      html.append(
          "<rect class=\"band\" y=\"%s\" width=\"100\" height=\"%s\"/>"
              .formatted(
                  y(usual.high(), scale), Html.number((usual.high() - usual.low()) * scale)));
    }
    html.append("<path class=\"ground\" d=\"M0 40H100\"/>");
    html.append(dots(trend.points(), scale));
    html.append(line("month", trend.points(), Trend.Point::month, scale));
    html.append(line("week", trend.points(), Trend.Point::week, scale));
    html.append(
        "</svg><div class=\"dates\"><span>%s</span><span>%s</span></div></figure>"
            .formatted(day(trend.from()), day(trend.to())));
    return html.toString();
  }

  private static double most(Trend trend) {
    double most = trend.usual() == null ? 0 : trend.usual().high();
    for (Trend.Point point : trend.points()) {
      most = Math.max(most, point.value() == null ? 0 : point.value());
    }
    return most;
  }

  private static String top(Unit unit, double most) {
    return Words.value(unit, most);
  }

  private static String dots(List<Trend.Point> points, double scale) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < points.size(); i++) {
      Double value = points.get(i).value();
      if (value != null) {
        path.append('M').append(x(i, points)).append(' ').append(y(value, scale)).append("h0");
      }
    }
    return "<path class=\"days\" d=\"" + path + "\"/>";
  }

  private static String line(
      String type,
      List<Trend.Point> points,
      Function<Trend.Point, @Nullable Double> value,
      double scale) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < points.size(); i++) {
      Double at = value.apply(points.get(i));
      if (at != null) {
        path.append(pen ? 'L' : 'M').append(x(i, points)).append(' ').append(y(at, scale));
      }
      pen = at != null;
    }
    return path.isEmpty() ? "" : "<path class=\"%s\" d=\"%s\"/>".formatted(type, path);
  }

  private static String x(int index, List<Trend.Point> points) {
    return Html.number(1.5 + 97.0 * index / Math.max(1, points.size() - 1));
  }

  private static String y(double value, double scale) {
    return Html.number(HEIGHT - value * scale);
  }

  private static String day(LocalDate date) {
    return DAY.format(date);
  }
}
