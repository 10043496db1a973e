package io.lumbar.alerts.calendar;

import io.lumbar.model.Wearer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * That a wearer's calendar cannot be read, which the wearer's page tells: what was known holds for
 * some days, and then reminders come in meetings too.
 *
 * @param unreadSince when it could not be read for the first time, in the wearer's zone
 * @param knownUntil until when its meetings are known at the latest
 * @param gone whether that is over
 */
public record CalendarTrouble(OffsetDateTime unreadSince, OffsetDateTime knownUntil, boolean gone) {
  /** So far ahead a calendar is read. */
  static final Duration KNOWN = Duration.ofDays(3);

  /** Two readings in a row: a server that is away for a moment is no trouble. */
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  /** Of a wearer, when there is some that lasts. */
  public static Optional<CalendarTrouble> of(Wearer wearer, Instant now) {
    Instant since = wearer.settings().alerts().calendarUnreadSince();
    if (since == null || since.plus(PATIENCE).isAfter(now)) {
      return Optional.empty();
    }
    Instant until = since.plus(KNOWN);
    return Optional.of(
        new CalendarTrouble(
            since.atZone(wearer.zoneAt(since)).toOffsetDateTime(),
            until.atZone(wearer.zoneAt(until)).toOffsetDateTime(),
            !until.isAfter(now)));
  }
}
