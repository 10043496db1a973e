package io.lumbar.alerts.rules;

import io.lumbar.model.Bout;
import io.lumbar.model.SittingClock;
import io.lumbar.model.SittingClock.Run;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * After which time of sitting reminders might begin for a wearer, from how they sit: the shortest
 * of 30 to 60 minutes that gives no more than six first reminders a day, so that with their repeats
 * the daily budget is enough. Pure.
 *
 * @param days with at least two hours of known sitting
 * @param medianMinutes half of the sittings of ten minutes or more are shorter
 * @param perDay first reminders a day at the present setting
 * @param minutes the proposal
 * @param perDayThen first reminders a day with it
 */
record ThresholdProposal(
    int days, long medianMinutes, double perDay, int minutes, double perDayThen) {

  private static final int LEAST_DAYS = 3;
  private static final Duration LEAST_OF_A_DAY = Duration.ofHours(2);
  private static final Duration LEAST_SITTING = Duration.ofMinutes(10);
  private static final int MOST_A_DAY = 6;
  private static final int SHORTEST = 30;
  private static final int LONGEST = 60;
  private static final int STEP = 5;

  /**
   * The proposal, empty while too little is known.
   *
   * @param bouts of all postures, by start, none retracted
   * @param present minutes as they are set
   */
  static Optional<ThresholdProposal> of(List<Bout> bouts, int present) {
    int days = days(bouts);
    List<Duration> sittings =
        SittingClock.runs(bouts).stream()
            .map(Run::seated)
            .filter(length -> length.compareTo(LEAST_SITTING) >= 0)
            .sorted()
            .toList();
    if (days < LEAST_DAYS || sittings.isEmpty()) {
      return Optional.empty();
    }
    int minutes = SHORTEST;
    while (minutes < LONGEST && perDay(sittings, minutes, days) > MOST_A_DAY) {
      minutes += STEP;
    }
    return Optional.of(
        new ThresholdProposal(
            days,
            sittings.get((sittings.size() - 1) / 2).toMinutes(),
            perDay(sittings, present, days),
            minutes,
            perDay(sittings, minutes, days)));
  }

  private static int days(List<Bout> bouts) {
    Map<LocalDate, Duration> sat = new HashMap<>();
    for (Bout bout : bouts) {
      if (SittingClock.isSeated(bout.posture())) {
        LocalDate date = bout.from().atZone(bout.zone()).toLocalDate();
        sat.merge(date, Duration.between(bout.from(), bout.to()), Duration::plus);
      }
    }
    return (int) sat.values().stream().filter(time -> time.compareTo(LEAST_OF_A_DAY) >= 0).count();
  }

  private static double perDay(List<Duration> sittings, int minutes, int days) {
    long reached =
        sittings.stream()
            .filter(length -> length.compareTo(Duration.ofMinutes(minutes)) >= 0)
            .count();
    return Math.round(10.0 * reached / days) / 10.0;
  }
}
