package io.lumbar.analytics.day;

import io.lumbar.analytics.stream.Span;
import io.lumbar.model.WearerDates;
import io.lumbar.model.WearerSettings;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The hours of a wearer's date in which the wearer is awake by the settings. Pure. */
final class WakingHours {
  private WakingHours() {}

  /**
   * Those of a date, by start; the whole of it where they begin when they end. On a flight they go
   * by the clock of where the wearer is.
   */
  static List<Span> of(WearerSettings settings, WearerDates dates, LocalDate date) {
    List<Span> hours = new ArrayList<>();
    for (WearerDates.Part part : dates.parts(date)) {
      LocalDate last = LocalDate.ofInstant(part.to().minusNanos(1), part.zone());
      LocalDate there = LocalDate.ofInstant(part.from(), part.zone());
      for (; !there.isAfter(last); there = there.plusDays(1)) {
        for (Span one : of(settings, there, part.zone())) {
          long from = Math.max(one.from(), part.from().toEpochMilli());
          long to = Math.min(one.to(), part.to().toEpochMilli());
          if (from < to) {
            hours.add(new Span(from, to));
          }
        }
      }
    }
    return hours;
  }

  private static List<Span> of(WearerSettings settings, LocalDate date, ZoneId zone) {
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
