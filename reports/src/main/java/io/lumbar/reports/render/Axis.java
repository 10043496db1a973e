package io.lumbar.reports.render;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

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
   * Labels at full hours of the clock on the wall, also where it was put back or forward.
   *
   * @param everyHours between labels; those at every other one are left out on narrow pages
   */
  String labels(int everyHours) {
    StringBuilder html = new StringBuilder("<div class=\"hours\" aria-hidden=\"true\">");
    ZonedDateTime hour = from.atZone(zone).withMinute(0).withSecond(0).withNano(0);
    for (; !hour.toInstant().isAfter(to); hour = hour.plusHours(1)) {
      boolean labelled = hour.getHour() % everyHours == 0 && !hour.toInstant().isBefore(from);
      // An hour that the clock shows twice is labelled once.
      boolean again = hour.minusHours(1).getHour() == hour.getHour();
      if (labelled && !again) {
        boolean end = hour.toInstant().equals(to);
        boolean minor = hour.getHour() % (2 * everyHours) != 0;
        html.append("<span class=\"")
            .append(end ? "end" : hour.toInstant().equals(from) ? "start" : minor ? "minor" : "")
            .append("\" style=\"left:")
            .append(Html.number(at(hour.toInstant())))
            .append("%\">")
            .append(end && hour.getHour() == 0 ? "24" : hour.getHour())
            .append("</span>");
      }
    }
    return html.append("</div>").toString();
  }
}
