package io.lumbar.alerts.effect;

import io.lumbar.alerts.rules.StoredHistory;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertEffect;
import io.lumbar.model.AlertEffect.Reacted;
import io.lumbar.model.AlertReaction;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Measures the reactions to the alerts of a span of time from what is stored. */
final class Reactions {
  /** Past this length before an alert a bout that covers it is not looked for. */
  private static final Duration LOOK_BACK = Duration.ofHours(12);

  private Reactions() {}

  /** Sent alerts about sitting and those held back at random, by time, with their reactions. */
  static List<Reacted> of(
      StoredHistory history, WearerId wearer, Instant from, Instant to, Instant now) {
    List<Bout> bouts = history.bouts(wearer, from.minus(LOOK_BACK), to.plus(AlertReaction.WATCHED));
    List<DaySummary> days = days(history, wearer, from, to);
    List<Reacted> reacted = new ArrayList<>();
    int first = 0;
    for (Alert alert : history.alerts(wearer, from, to)) {
      if (AlertEffect.counts(alert)) {
        Instant end = alert.at().plus(AlertReaction.WATCHED);
        while (first < bouts.size()
            && bouts.get(first).to().isBefore(alert.at().minus(LOOK_BACK))) {
          first++;
        }
        int last = first;
        while (last < bouts.size() && bouts.get(last).from().isBefore(end)) {
          last++;
        }
        reacted.add(
            new Reacted(
                alert,
                AlertReaction.of(
                    alert.at(), bouts.subList(first, last), around(days, alert.at()), now)));
      }
    }
    return reacted;
  }

  /** Every date that somewhere on earth has hours in the span. */
  private static List<DaySummary> days(
      StoredHistory history, WearerId wearer, Instant from, Instant to) {
    return history.days(wearer, date(from).minusDays(1), date(to).plusDays(1));
  }

  private static List<DaySummary> around(List<DaySummary> days, Instant at) {
    return days.stream()
        .filter(day -> Math.abs(ChronoUnit.DAYS.between(day.date(), date(at))) <= 1)
        .toList();
  }

  private static LocalDate date(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC).toLocalDate();
  }
}
