package io.lumbar.reports.render;

import io.lumbar.reports.daily.Report;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;

/** Steps by the hour as bars below the strip of the day, on the same axis. */
final class StepBars {
  private static final double HEIGHT = 10;

  private StepBars() {}

  /**
   * Nothing where no steps were counted, nor of a day with a flight: its hours are those of two
   * clocks.
   */
  static String of(Report.Day day) {
    List<Long> stepsByHour = day.stepsByHour();
    long most = stepsByHour.stream().mapToLong(Long::longValue).max().orElse(0);
    Instant midnight = day.date().atStartOfDay(day.zone()).toInstant();
    Instant next = day.date().plusDays(1).atStartOfDay(day.zone()).toInstant();
    if (most == 0 || !day.from().equals(midnight) || !day.to().equals(next)) {
      return "";
    }
    Axis axis = new Axis(day.from(), day.to(), day.zone());
    StringBuilder html = new StringBuilder("<figure class=\"steps\">");
    html.append("<figcaption class=\"quiet\">").append(Html.text(caption(stepsByHour, most)));
    html.append("</figcaption><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\"");
    html.append(" aria-hidden=\"true\">");
    for (int hour = 0; hour < stepsByHour.size(); hour++) {
      double height = HEIGHT * stepsByHour.get(hour) / most;
      if (height > 0) {
        html.append(bar(axis, day.date().atTime(hour, 0), height));
      }
    }
    return html.append("</svg></figure>\n").toString();
  }

  /** An hour that the clock shows twice is one bar of two hours, as its steps are one number. */
  private static String bar(Axis axis, LocalDateTime hour, double height) {
    double from = axis.at(hour.atZone(axis.zone()).toInstant());
    double width = axis.at(hour.plusHours(1).atZone(axis.zone()).toInstant()) - from;
    return "<rect class=\"p-walking\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
        .formatted(
            Html.number(from + width * 0.1),
            Html.number(HEIGHT - height),
            Html.number(width * 0.8),
            Html.number(height));
  }

  private static String caption(List<Long> steps, long most) {
    int hour = steps.indexOf(most);
    return String.format(
        Locale.ROOT,
        "Steps by the hour; most from %d to %d: %s",
        hour,
        hour + 1,
        Words.count((double) most));
  }
}
