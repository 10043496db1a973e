package io.lumbar.alerts.calendar;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.TimezoneInfo;
import biweekly.property.DateStart;
import biweekly.property.ICalProperty;
import biweekly.property.RecurrenceId;
import biweekly.util.DateTimeComponents;
import biweekly.util.ICalDate;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.BusyTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The times in which a calendar (RFC 5545) has somebody busy. Pure. Titles, places and people are
 * not looked at.
 *
 * <p>Left out are events that are cancelled, shown as free, or last whole days: a holiday is no
 * meeting. Of a repeated event each time counts, and one that was moved counts where it went.
 */
final class BusyTimes {
  /** Of a broken or malicious calendar no more is looked at. */
  private static final int MOST_REPEATS = 20_000;

  private static final Duration BACK = Duration.ofDays(14);

  private static final String FREE = "FREE";
  private static final String MICROSOFT_BUSY = "X-MICROSOFT-CDO-BUSYSTATUS";

  private final ZoneId zone;
  private final Instant from;
  private final Instant to;
  private final List<BusyTime> found = new ArrayList<>();

  private BusyTimes(ZoneId zone, Instant from, Instant to) {
    this.zone = zone;
    this.from = from;
    this.to = to;
  }

  /**
   * The busy times that touch [from, to), joined where they overlap, in order.
   *
   * @param zone of times without one
   * @throws IllegalArgumentException with a sentence when the text is no calendar
   */
  static List<BusyTime> of(String text, ZoneId zone, Instant from, Instant to) {
    List<ICalendar> calendars = Biweekly.parse(text).all();
    if (calendars.isEmpty()) {
      throw new IllegalArgumentException("the address holds no iCalendar");
    }
    BusyTimes times = new BusyTimes(zone, from, to);
    calendars.forEach(times::read);
    return joined(times.found);
  }

  /**
   * The busy times around an instant, of which no more are kept than settings hold: first those
   * that are not over, the nearest first, then the latest of the two weeks before.
   *
   * @param coming those that are not over, in order
   * @param dropped whether some that are to come did not fit
   */
  record Around(List<BusyTime> past, List<BusyTime> coming, boolean dropped) {

    /** All of them, in order. */
    List<BusyTime> all() {
      return Stream.concat(past.stream(), coming.stream()).toList();
    }
  }

  /**
   * The busy times from two weeks before an instant, which settings are tried on, up to some time
   * after it.
   *
   * @param zone of times without one
   * @throws IllegalArgumentException with a sentence when the text is no calendar
   */
  static Around around(String text, ZoneId zone, Instant now, Duration ahead) {
    List<BusyTime> all = of(text, zone, now.minus(BACK), now.plus(ahead));
    List<BusyTime> past = all.stream().filter(time -> !time.to().isAfter(now)).toList();
    List<BusyTime> coming = all.subList(past.size(), all.size());
    List<BusyTime> nearest = coming.subList(0, Math.min(coming.size(), AlertSettings.MOST_BUSY));
    int room = AlertSettings.MOST_BUSY - nearest.size();
    return new Around(
        past.subList(Math.max(0, past.size() - room), past.size()),
        nearest,
        nearest.size() < coming.size());
  }

  private void read(ICalendar calendar) {
    TimezoneInfo zones = calendar.getTimezoneInfo();
    Set<String> moved = new HashSet<>();
    for (VEvent event : calendar.getEvents()) {
      RecurrenceId instance = event.getRecurrenceId();
      if (instance != null && instance.getValue() != null) {
        moved.add(key(event, instant(instance, instance.getValue(), zones)));
      }
    }
    for (VEvent event : calendar.getEvents()) {
      DateStart start = event.getDateStart();
      if (start != null && start.getValue() != null && isMeeting(event, start.getValue())) {
        add(event, start, zones, moved);
      }
    }
  }

  private static boolean isMeeting(VEvent event, ICalDate start) {
    boolean cancelled = event.getStatus() != null && event.getStatus().isCancelled();
    boolean shownFree = event.getTransparency() != null && event.getTransparency().isTransparent();
    boolean free =
        event.getExperimentalProperty(MICROSOFT_BUSY) != null
            && FREE.equalsIgnoreCase(event.getExperimentalProperty(MICROSOFT_BUSY).getValue());
    return start.hasTime() && !cancelled && !shownFree && !free;
  }

  private void add(VEvent event, DateStart start, TimezoneInfo zones, Set<String> moved) {
    Instant first = instant(start, start.getValue(), zones);
    Duration length = length(event, first, zones);
    if (event.getRecurrenceRule() == null && event.getRecurrenceDates().isEmpty()) {
      add(first, length);
      return;
    }
    DateIterator times = event.getDateIterator(TimeZone.getTimeZone(zoneOf(start, zones)));
    // The library counts from the start as it read it; a time without zone was read in Java's.
    Duration shift = Duration.between(start.getValue().toInstant(), first);
    for (int i = 0; i < MOST_REPEATS && times.hasNext(); i++) {
      Instant next = times.next().toInstant().plus(shift);
      if (!next.isBefore(to)) {
        return;
      }
      if (!moved.contains(key(event, next))) {
        add(next, length);
      }
    }
  }

  private void add(Instant start, Duration length) {
    Instant end = start.plus(length);
    if (start.isBefore(to) && end.isAfter(from) && start.isBefore(end)) {
      found.add(new BusyTime(start, end));
    }
  }

  private Duration length(VEvent event, Instant start, TimezoneInfo zones) {
    if (event.getDateEnd() != null && event.getDateEnd().getValue() != null) {
      Instant end = instant(event.getDateEnd(), event.getDateEnd().getValue(), zones);
      return Duration.between(start, end);
    }
    return event.getDuration() == null || event.getDuration().getValue() == null
        ? Duration.ZERO
        : Duration.ofMillis(event.getDuration().getValue().toMillis());
  }

  private Instant instant(ICalProperty property, ICalDate value, TimezoneInfo zones) {
    DateTimeComponents raw = value.getRawComponents();
    if (raw == null || raw.isUtc() || !zones.isFloating(property)) {
      return value.toInstant();
    }
    return LocalDateTime.of(
            raw.getYear(),
            raw.getMonth(),
            raw.getDate(),
            raw.getHour(),
            raw.getMinute(),
            raw.getSecond())
        .atZone(zone)
        .toInstant();
  }

  /**
   * By whose days an event repeats: one that is written in UTC does so whatever summer time does.
   */
  private ZoneId zoneOf(DateStart start, TimezoneInfo zones) {
    DateTimeComponents raw = start.getValue().getRawComponents();
    if (raw != null && raw.isUtc()) {
      return ZoneOffset.UTC;
    }
    return Optional.ofNullable(zones.getTimezone(start))
        .map(assigned -> assigned.getTimeZone().toZoneId())
        .orElse(zone);
  }

  private static String key(VEvent event, Instant instance) {
    @Nullable String uid = event.getUid() == null ? null : event.getUid().getValue();
    return uid + "|" + instance.getEpochSecond();
  }

  private static List<BusyTime> joined(List<BusyTime> times) {
    List<BusyTime> sorted = new ArrayList<>(times);
    sorted.sort(Comparator.comparing(BusyTime::from));
    List<BusyTime> joined = new ArrayList<>();
    for (BusyTime next : sorted) {
      BusyTime last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last == null || next.from().isAfter(last.to())) {
        joined.add(next);
      } else if (next.to().isAfter(last.to())) {
        joined.set(joined.size() - 1, new BusyTime(last.from(), next.to()));
      }
    }
    return List.copyOf(joined);
  }
}
