package io.lumbar.reports.schedule;

import io.lumbar.model.NightSummary;
import io.lumbar.model.Wearer;
import io.lumbar.reports.period.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * When the report of a morning is made: half an hour after the main sleep ended, whenever that is;
 * at nine where no night is measured; at six in the evening at the latest while a sensor still says
 * "in bed". Pure.
 */
final class ReportDue {
  static final Duration AFTER_SLEEP = Duration.ofMinutes(30);
  private static final LocalTime WITHOUT_NIGHT = LocalTime.of(9, 0);
  private static final LocalTime AT_THE_LATEST = LocalTime.of(18, 0);

  private ReportDue() {}

  static Instant at(Wearer wearer, LocalDate date, @Nullable NightSummary night) {
    if (night == null) {
      return local(wearer, date, WITHOUT_NIGHT);
    }
    return night.open() ? local(wearer, date, AT_THE_LATEST) : night.inBedTo().plus(AFTER_SLEEP);
  }

  /** At nine of the morning after a week or a month has ended. */
  static Instant at(Wearer wearer, Period period) {
    return local(wearer, period.to().plusDays(1), WITHOUT_NIGHT);
  }

  private static Instant local(Wearer wearer, LocalDate date, LocalTime time) {
    ZoneId zone = wearer.zoneAt(date.atTime(time).toInstant(ZoneOffset.UTC));
    return date.atTime(time).atZone(zone).toInstant();
  }
}
