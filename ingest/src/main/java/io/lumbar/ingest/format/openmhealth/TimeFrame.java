package io.lumbar.ingest.format.openmhealth;

import io.lumbar.ingest.format.Instants;
import io.lumbar.ingest.format.Item;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When something holds, as the schemas time-frame and time-interval have it: a point in time or an
 * interval, and an interval by two of start, end and duration, or as a part of a day.
 *
 * @param from the start or the point; null for a part of a day, which no clock tells
 * @param to the end; null for a point and for a part of a day
 */
record TimeFrame(@Nullable Instant from, @Nullable Instant to) {
  private static final Set<String> PARTS = Set.of("morning", "afternoon", "evening", "night");
  private static final Map<String, Duration> UNITS =
      Map.ofEntries(
          Map.entry("ps", Duration.ZERO),
          Map.entry("ns", Duration.ofNanos(1)),
          Map.entry("us", Duration.ofNanos(1_000)),
          Map.entry("ms", Duration.ofMillis(1)),
          Map.entry("sec", Duration.ofSeconds(1)),
          Map.entry("min", Duration.ofMinutes(1)),
          Map.entry("h", Duration.ofHours(1)),
          Map.entry("d", Duration.ofDays(1)),
          Map.entry("wk", Duration.ofDays(7)),
          Map.entry("Mo", Duration.ofDays(30)),
          Map.entry("yr", Duration.ofDays(365)));
  private static final double LONGEST_SECONDS = 1e9;
  private static final Pattern OFFSET = Pattern.compile(".*([Zz]|[+-]\\d{2}(:?\\d{2})?)");

  /** Reads the field {@code effective_time_frame}, which must be there. */
  static TimeFrame of(Item body) {
    Item frame = body.object("effective_time_frame");
    boolean point = frame.has("date_time");
    if (point == frame.has("time_interval")) {
      throw frame.fault("must have either date_time or time_interval");
    }
    return point
        ? new TimeFrame(dateTime(frame, "date_time"), null)
        : interval(frame.object("time_interval"));
  }

  /** The same, which must be an interval. */
  static TimeFrame interval(Item body, String field) {
    Item frame = body.object(field);
    if (!frame.has("time_interval")) {
      throw frame.fault("time_interval", "missing; this measure needs an interval");
    }
    return of(body);
  }

  /** An interval of which both ends are known, and the end is the later one. */
  boolean hasLength() {
    return from != null && to != null && from.isBefore(to);
  }

  /** RFC 3339; without an offset it is UTC. */
  static Instant dateTime(Item item, String field) {
    String text = item.text(field);
    try {
      return Instants.parse(
          OFFSET.matcher(text).matches() && text.length() > 16 ? text : text + "Z");
    } catch (DateTimeException e) {
      throw item.fault(field, "must be an RFC 3339 date and time, as in 2026-03-02T09:00:00Z");
    }
  }

  private static TimeFrame interval(Item interval) {
    boolean start = interval.has("start_date_time");
    boolean end = interval.has("end_date_time");
    boolean duration = interval.has("duration");
    if (!start && !end && !duration) {
      return partOfDay(interval);
    }
    if ((start ? 1 : 0) + (end ? 1 : 0) + (duration ? 1 : 0) != 2) {
      throw interval.fault("must have two of start_date_time, end_date_time and duration");
    }
    Duration length = duration ? duration(interval.object("duration")) : Duration.ZERO;
    Instant from = start ? dateTime(interval, "start_date_time") : null;
    Instant to = end ? dateTime(interval, "end_date_time") : null;
    if (from == null && to != null) {
      from = to.minus(length);
    }
    if (to == null && from != null) {
      to = from.plus(length);
    }
    return new TimeFrame(from, to);
  }

  private static TimeFrame partOfDay(Item interval) {
    try {
      LocalDate.parse(interval.text("date"));
    } catch (DateTimeException e) {
      throw interval.fault("date", "must be a date, as in 2026-03-02");
    }
    interval.oneOf("part_of_day", PARTS);
    return new TimeFrame(null, null);
  }

  private static Duration duration(Item duration) {
    Duration unit = UNITS.get(duration.oneOf("unit", UNITS.keySet()));
    double value = duration.number("value");
    double seconds = unit == null ? 0 : value * (unit.getSeconds() + unit.getNano() / 1e9);
    if (!(seconds >= 0 && seconds < LONGEST_SECONDS)) {
      throw duration.fault("value", "must not be negative, nor longer than a life");
    }
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }
}
