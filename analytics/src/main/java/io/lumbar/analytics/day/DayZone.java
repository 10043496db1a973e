package io.lumbar.analytics.day;

import io.lumbar.analytics.stream.Span;
import io.lumbar.model.Bout;
import io.lumbar.model.WearerDates;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * In which zone a date is a day of a wearer who was not read yet. Pure.
 *
 * <p>In that of the last bout which lies on the date in its own zone, so that it follows from what
 * is known and not from the order in which it came.
 */
final class DayZone {
  private DayZone() {}

  /**
   * The zone, or empty when no bout lies on the date.
   *
   * @param bouts all that touch the date anywhere on earth, by start
   */
  static Optional<ZoneId> of(LocalDate date, List<Bout> bouts) {
    for (int i = bouts.size() - 1; i >= 0; i--) {
      Bout bout = bouts.get(i);
      Span day = Span.of(WearerDates.of(bout.zone()), date);
      if (bout.from().toEpochMilli() < day.to() && bout.to().toEpochMilli() > day.from()) {
        return Optional.of(bout.zone());
      }
    }
    return Optional.empty();
  }
}
