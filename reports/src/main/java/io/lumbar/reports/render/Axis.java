package io.lumbar.reports.render;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A span of time from left (0) to right (100). Drawings stretch with the width of the page, so that
 * the labels stand beside them as text of a readable size, not inside.
 */
record Axis(Instant from, Instant to, ZoneId zone) {

  double at(Instant instant) {
    double share =
        Duration.between(from, instant).toMillis() / (double) Duration.between(from, to).toMillis();
    return 100 * Math.max(0, Math.min(1, share));
  }

  /**
   * A full hour of the clock on the wall.
   *
   * @param at from left (0) to right (100)
   * @param name as a label says it
   * @param minor every other one, for which there is not always room
   */
  record Hour(double at, String name, boolean minor) {}

  /**
   * The full hours within, in order, also where the clock was put back or forward: an hour that it
   * shows twice is there once.
   *
   * @param everyHours between them, by the clock
   */
  List<Hour> hours(int everyHours) {
    List<Hour> hours = new ArrayList<>();
    ZonedDateTime hour = from.atZone(zone).withMinute(0).withSecond(0).withNano(0);
    for (; !hour.toInstant().isAfter(to); hour = hour.plusHours(1)) {
      boolean labelled = hour.getHour() % everyHours == 0 && !hour.toInstant().isBefore(from);
      boolean again = hour.minusHours(1).getHour() == hour.getHour();
      if (labelled && !again) {
        boolean midnight = hour.getHour() == 0 && hour.toInstant().equals(to);
        hours.add(
            new Hour(
                at(hour.toInstant()),
                midnight ? "24" : Integer.toString(hour.getHour()),
                hour.getHour() % (2 * everyHours) != 0));
      }
    }
    return hours;
  }

  /**
   * Labels at the full hours.
   *
   * @param everyHours between labels; those at every other one are left out on narrow pages
   */
  String labels(int everyHours) {
    StringBuilder html = new StringBuilder("<div class=\"hours\" aria-hidden=\"true\">");
    for (Hour hour : hours(everyHours)) {
      html.append("<span class=\"")
          .append(hour.at() == 100 ? "end" : hour.at() == 0 ? "start" : hour.minor() ? "minor" : "")
          .append("\" style=\"left:")
          .append(Html.number(hour.at()))
          .append("%\">")
          .append(hour.name())
          .append("</span>");
    }
    return html.append("</div>").toString();
  }
}
