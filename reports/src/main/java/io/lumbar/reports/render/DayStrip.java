package io.lumbar.reports.render;

import io.lumbar.model.Posture;
import io.lumbar.model.TimeSpan;
import io.lumbar.reports.daily.Durations;
import io.lumbar.reports.daily.Report;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The 24 (or 23, or 25) hours of a day as a strip of postures with a legend, which has minutes
 * where enough was seen for totals.
 */
final class DayStrip {
  private DayStrip() {}

  static String of(Report.Day day) {
    Axis axis = new Axis(day.from(), day.to(), day.zone());
    StringBuilder html = new StringBuilder("<figure class=\"strip\">");
    html.append("<svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" role=\"img\"");
    html.append(" aria-label=\"").append(Html.text(spoken(day))).append("\">");
    html.append("<rect class=\"ground\" width=\"100\" height=\"10\"/>");
    for (Report.Stretch stretch : day.strip()) {
      if (stretch.posture() != Posture.UNKNOWN) {
        html.append(bar(axis, stretch));
      }
    }
    forgotten(html, axis, day.forgotten());
    html.append("</svg>").append(axis.labels(3));
    return html.append(legend(day)).append("</figure>\n").toString();
  }

  /**
   * A hatch of upright lines, as one dashed stroke as high as the drawing: the page fetches
   * nothing, not even a pattern of its own.
   */
  private static void forgotten(StringBuilder html, Axis axis, List<TimeSpan> spans) {
    for (TimeSpan span : spans) {
      double from = axis.at(span.from());
      html.append(
          "<path class=\"forgotten\" d=\"M%s 5h%s\"/>"
              .formatted(Html.number(from), Html.number(axis.at(span.to()) - from)));
    }
  }

  private static String bar(Axis axis, Report.Stretch stretch) {
    double from = axis.at(stretch.from());
    // What lies still stands lower, so that the day can be read without its colours.
    double top =
        switch (stretch.posture()) {
          case LYING, NOT_WORN -> 6;
          case SITTING, INACTIVE, TRAVELLING -> 3;
          default -> 0;
        };
    return "<rect class=\"p-%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
        .formatted(
            stretch.posture().wireName(),
            Html.number(from),
            Html.number(top),
            Html.number(axis.at(stretch.to()) - from),
            Html.number(10 - top));
  }

  private static Map<Posture, Double> minutes(Report.Day day) {
    Map<Posture, Double> minutes = new EnumMap<>(Posture.class);
    day.strip().forEach(s -> minutes.merge(s.posture(), s.minutes(), Double::sum));
    minutes.remove(Posture.UNKNOWN);
    // The strip shows sitting up in bed too, which the sums leave out.
    minutes.computeIfPresent(Posture.SITTING, (sitting, all) -> day.sittingMinutes());
    return minutes;
  }

  private static String legend(Report.Day day) {
    StringBuilder html = new StringBuilder("<figcaption class=\"legend\">");
    minutes(day)
        .forEach(
            (posture, minutes) ->
                html.append(
                    "<span><i class=\"p-%s\"></i>%s</span>"
                        .formatted(posture.wireName(), entry(day, posture, minutes))));
    if (!day.forgotten().isEmpty()) {
      html.append("<span><i class=\"forgotten\"></i>").append(forgotten(day)).append("</span>");
    }
    return html.append("</figcaption>").toString();
  }

  private static String spoken(Report.Day day) {
    Stream<String> postures =
        minutes(day).entrySet().stream().map(e -> entry(day, e.getKey(), e.getValue()));
    return Stream.concat(
            postures, day.forgotten().isEmpty() ? Stream.empty() : Stream.of(forgotten(day)))
        .collect(Collectors.joining(", ", "The day in postures: ", "."));
  }

  private static String forgotten(Report.Day day) {
    return Words.FORGOTTEN + " " + Durations.words(day.forgottenMinutes());
  }

  private static String entry(Report.Day day, Posture posture, double minutes) {
    return day.measures().isPresent()
        ? Words.posture(posture) + " " + Durations.words(minutes)
        : Words.posture(posture);
  }
}
