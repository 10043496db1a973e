package io.lumbar.reports.schedule;

import io.lumbar.model.Bout;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Posture;
import io.lumbar.model.Wearer;
import io.lumbar.reports.period.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When the report of a morning is made: half an hour after the main sleep ended, whenever that is;
 * at nine where no night is measured; at six in the evening at the latest. Pure.
 *
 * <p>A night that seems over may go on, and one that is not known yet may come, so that a report
 * waits longer
 *
 * <ul>
 *   <li>while the wearer lies down again or still;
 *   <li>until six where the night ended before four, unless the wearer's nights do so;
 *   <li>where no night is known yet but the week before had some: until two hours after the latest
 *       of them ended.
 * </ul>
 */
final class ReportDue {
  static final Duration AFTER_SLEEP = Duration.ofMinutes(30);

  /** Which nights before tell what is usual. */
  static final int USUAL_DAYS = 7;

  private static final int USUAL_NIGHTS = 3;
  private static final Duration FOR_DATA = Duration.ofHours(2);
  private static final LocalTime SMALL_HOURS = LocalTime.of(4, 0);
  private static final LocalTime AFTER_SMALL_HOURS = LocalTime.of(6, 0);
  private static final LocalTime WITHOUT_NIGHT = LocalTime.of(9, 0);
  private static final LocalTime AT_THE_LATEST = LocalTime.of(18, 0);

  /** What was last known longer ago says nothing of now. */
  private static final Duration CURRENT = Duration.ofHours(3);

  /** The end of a night and of its last stretch of lying may differ so much. */
  private static final Duration SAME = Duration.ofMinutes(5);

  private ReportDue() {}

  /**
   * When it is due, as far as nights tell.
   *
   * @param night the one that ended on the date, null while none is known
   * @param before nights of the {@link #USUAL_DAYS} dates before
   */
  static Instant at(
      Wearer wearer, LocalDate date, @Nullable NightSummary night, List<NightSummary> before) {
    Instant latest = latest(wearer, date);
    if (night == null) {
      Instant nine = local(wearer, date, WITHOUT_NIGHT);
      return before.size() < USUAL_NIGHTS
          ? nine
          : earlier(latest, later(nine, usualEnd(date, before).plus(FOR_DATA)));
    }
    if (night.open()) {
      return latest;
    }
    Instant due = night.inBedTo().plus(AFTER_SLEEP);
    boolean mayGoOn = endsEarly(night) && before.stream().noneMatch(ReportDue::endsEarly);
    return mayGoOn ? later(due, local(wearer, date, AFTER_SMALL_HOURS)) : due;
  }

  /** Whether a report that is due must wait because the wearer lies down at the moment. */
  static boolean waits(
      Wearer wearer,
      LocalDate date,
      @Nullable NightSummary night,
      Optional<Bout> newest,
      Instant now) {
    return now.isBefore(latest(wearer, date))
        && newest
            .filter(bout -> bout.posture() == Posture.LYING)
            .filter(bout -> bout.to().isAfter(now.minus(CURRENT)))
            .filter(bout -> night == null || bout.to().isAfter(night.inBedTo().plus(SAME)))
            .isPresent();
  }

  /** At nine of the morning after a week or a month has ended. */
  static Instant at(Wearer wearer, Period period) {
    return local(wearer, period.to().plusDays(1), WITHOUT_NIGHT);
  }

  /** When mornings without a night are due. */
  static Instant atNine(Wearer wearer, LocalDate date) {
    return local(wearer, date, WITHOUT_NIGHT);
  }

  /**
   * When all others are due, and those of which nothing is known: a mail is not sent again, so that
   * data of the day before has until then to come.
   */
  static Instant latest(Wearer wearer, LocalDate date) {
    return local(wearer, date, AT_THE_LATEST);
  }

  /** The latest time of day at which one ended, on the date. */
  private static Instant usualEnd(LocalDate date, List<NightSummary> before) {
    Instant end = Instant.MIN;
    for (NightSummary each : before) {
      LocalTime time = each.inBedTo().atZone(each.zone()).toLocalTime();
      end = later(end, date.atTime(time).atZone(each.zone()).toInstant());
    }
    return end;
  }

  private static boolean endsEarly(NightSummary night) {
    return night
        .inBedTo()
        .isBefore(night.date().atTime(SMALL_HOURS).atZone(night.zone()).toInstant());
  }

  private static Instant later(Instant one, Instant two) {
    return one.isAfter(two) ? one : two;
  }

  private static Instant earlier(Instant one, Instant two) {
    return one.isBefore(two) ? one : two;
  }

  private static Instant local(Wearer wearer, LocalDate date, LocalTime time) {
    return wearer.instantOf(date.atTime(time));
  }
}
