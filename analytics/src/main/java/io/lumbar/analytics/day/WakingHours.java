package io.lumbar.analytics.day;

import io.lumbar.analytics.stream.Span;
import io.lumbar.model.WearerSettings;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/** The hours of a local date in which a wearer is awake by the settings. Pure. */
final class WakingHours {
  private WakingHours() {}

  /** Those of a date, by start; the whole of it where they begin when they end. */
  static List<Span> of(WearerSettings settings, LocalDate date, ZoneId zone) {
    long begin = at(date, LocalTime.MIN, zone);
    long end = at(date.plusDays(1), LocalTime.MIN, zone);
    long from = at(date, settings.awakeFrom(), zone);
    long to = at(date, settings.awakeTo(), zone);
    return settings.awakeFrom().isBefore(settings.awakeTo())
        // Of hours within the one that spring skips, the clock has the end before the start.
        ? List.of(new Span(from, Math.max(from, to)))
        : List.of(new Span(begin, to), new Span(from, end));
  }

  private static long at(LocalDate date, LocalTime time, ZoneId zone) {
    return date.atTime(time).atZone(zone).toInstant().toEpochMilli();
  }
}
