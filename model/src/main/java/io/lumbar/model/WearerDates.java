package io.lumbar.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The dates of a wearer: every instant belongs to exactly one. Pure.
 *
 * <p>A date begins at the first instant at which it is that date, or a later one, where the wearer
 * is, and ends where the next one begins. So dates follow each other in time without a gap, and
 * sums of days add up to the time that passed. Without a change of zone this is the calendar, with
 * days of 23, 24 or 25 hours; a day with a flight may have any length. Who flies back over midnight
 * stays in the date that has begun; a date that is flown over, or that a zone skips, has no time.
 *
 * @param zones in order of {@code validFrom}; never empty, the first holds for all time before too
 */
public record WearerDates(List<Wearer.ZoneFrom> zones) {

  /** A part of a date in one zone, [from, to). */
  public record Part(ZoneId zone, Instant from, Instant to) {}

  public WearerDates {
    if (zones.isEmpty()) {
      throw new IllegalArgumentException("a wearer has at least one zone");
    }
    zones = List.copyOf(zones);
  }

  /** The calendar of a zone. */
  public static WearerDates of(ZoneId zone) {
    return new WearerDates(List.of(new Wearer.ZoneFrom(zone, Instant.MIN)));
  }

  /** The first instant of a date. */
  public Instant begin(LocalDate date) {
    Instant first = date.atStartOfDay(zones.get(0).zone()).toInstant();
    for (Wearer.ZoneFrom next : zones.subList(1, zones.size())) {
      if (first.isBefore(next.validFrom())) {
        break;
      }
      first = begin(date, next);
    }
    return first;
  }

  /** When a date has begun in a zone that holds from an instant on. */
  private static Instant begin(LocalDate date, Wearer.ZoneFrom there) {
    if (!LocalDate.ofInstant(there.validFrom(), there.zone()).isBefore(date)) {
      return there.validFrom();
    }
    ZonedDateTime midnight = date.atStartOfDay(there.zone());
    return midnight.toInstant().isBefore(there.validFrom())
        // Clocks that are set back over midnight have it twice.
        ? midnight.withLaterOffsetAtOverlap().toInstant()
        : midnight.toInstant();
  }

  /** The end of a date, which is no more part of it; its beginning for one that has no time. */
  public Instant end(LocalDate date) {
    return begin(date.plusDays(1));
  }

  /** The date of an instant; never before that of an earlier one. */
  public LocalDate at(Instant instant) {
    LocalDate date = LocalDate.ofInstant(instant, zoneAt(instant));
    while (!begin(date.plusDays(1)).isAfter(instant)) {
      date = date.plusDays(1);
    }
    return date;
  }

  /** The zone that holds at an instant. */
  public ZoneId zoneAt(Instant instant) {
    return Wearer.zoneAt(zones, instant);
  }

  /** The zone in which a date ends: of a flight, that of the arrival. */
  public ZoneId zoneOf(LocalDate date) {
    return zoneAt(end(date).minusNanos(1));
  }

  /** Whether a date is no more and no less than the calendar day of the zone in which it ends. */
  public boolean isCalendarDay(LocalDate date) {
    ZoneId zone = zoneOf(date);
    return begin(date).equals(date.atStartOfDay(zone).toInstant())
        && end(date).equals(date.plusDays(1).atStartOfDay(zone).toInstant());
  }

  /** A date by zone, in order of time; nothing for one that has no time. */
  public List<Part> parts(LocalDate date) {
    Instant from = begin(date);
    Instant to = end(date);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < zones.size(); i++) {
      Instant until = i + 1 < zones.size() ? earlier(to, zones.get(i + 1).validFrom()) : to;
      if (from.isBefore(until)) {
        parts.add(new Part(zones.get(i).zone(), from, until));
        from = until;
      }
    }
    return parts;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
