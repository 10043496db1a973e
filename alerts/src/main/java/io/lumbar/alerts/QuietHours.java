package io.lumbar.alerts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;

/**
 * A daily span of local time, over midnight when it ends before it starts, and none when both times
 * are the same.
 *
 * <p>When clocks go back, both passes of an hour that the span touches are quiet; a time that
 * clocks skip stands for the instant of the jump.
 */
record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {

  /** The end of the quiet span that an instant lies in, empty outside. */
  Optional<Instant> endAt(Instant instant) {
    LocalDate today = instant.atZone(zone).toLocalDate();
    for (LocalDate date : List.of(today.minusDays(1), today)) {
      Instant start = resolve(date, from, false);
      Instant end = resolve(to.isBefore(from) ? date.plusDays(1) : date, to, true);
      if (!instant.isBefore(start) && instant.isBefore(end) && !from.equals(to)) {
        return Optional.of(end);
      }
    }
    return Optional.empty();
  }

  private Instant resolve(LocalDate date, LocalTime time, boolean later) {
    ZoneRules rules = zone.getRules();
    List<ZoneOffset> offsets = rules.getValidOffsets(date.atTime(time));
    if (offsets.isEmpty()) {
      ZoneOffsetTransition jump = rules.getTransition(date.atTime(time));
      return jump.getInstant();
    }
    return date.atTime(time).toInstant(offsets.get(later ? offsets.size() - 1 : 0));
  }
}
