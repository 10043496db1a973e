package io.lumbar.analytics.presence;

import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Time that counts only within the hours in which a wearer is awake by the settings. Pure. */
final class WakingTime {
  private WakingTime() {}

  /** When so many waking minutes have passed since an instant; both in epoch milliseconds. */
  static long after(long from, int minutes, WearerSettings settings, ZoneId zone) {
    ZonedDateTime at = Instant.ofEpochMilli(from).atZone(zone);
    Duration missing = Duration.ofMinutes(minutes);
    while (true) {
      if (isAwake(at.toLocalTime(), settings)) {
        ZonedDateTime end = next(at, settings.awakeTo());
        Duration left = Duration.between(at, end);
        if (left.compareTo(missing) >= 0) {
          return at.plus(missing).toInstant().toEpochMilli();
        }
        missing = missing.minus(left);
      }
      at = next(at, settings.awakeFrom());
    }
  }

  private static boolean isAwake(LocalTime time, WearerSettings settings) {
    LocalTime from = settings.awakeFrom();
    LocalTime to = settings.awakeTo();
    return from.isBefore(to)
        ? !time.isBefore(from) && time.isBefore(to)
        : !time.isBefore(from) || time.isBefore(to);
  }

  private static ZonedDateTime next(ZonedDateTime at, LocalTime time) {
    ZonedDateTime today = at.toLocalDate().atTime(time).atZone(at.getZone());
    return today.isAfter(at)
        ? today
        : at.toLocalDate().plusDays(1).atTime(time).atZone(at.getZone());
  }
}
