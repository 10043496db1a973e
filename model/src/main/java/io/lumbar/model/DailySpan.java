package io.lumbar.model;

import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Set;

/**
 * A span of local time on some days of the week.
 *
 * @param days the days on which it starts; empty means every day
 * @param to its end; an earlier time than {@code from} is on the next day
 */
public record DailySpan(Set<Weekday> days, LocalTime from, LocalTime to) {

  public DailySpan {
    if (from == null || to == null) {
      throw new IllegalArgumentException(
          "a span of hours needs from and to, like {\"from\":\"09:00\",\"to\":\"17:00\"}");
    }
    if (from.equals(to)) {
      throw new IllegalArgumentException(
          "from and to are both " + from + "; a span of hours needs two different times");
    }
    days = days == null || days.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(days));
  }

  /** True when it starts on that day of the week. */
  public boolean startsOn(Weekday day) {
    return days.isEmpty() || days.contains(day);
  }
}
