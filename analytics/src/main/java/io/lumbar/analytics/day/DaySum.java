package io.lumbar.analytics.day;

import io.lumbar.analytics.stream.Span;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerId;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Sums the bouts of one local day. Pure. */
final class DaySum {
  private DaySum() {}

  /**
   * The summary of a day.
   *
   * @param span the day's first and last instant; 23, 24 or 25 hours
   * @param bouts those that touch the day, by start, not overlapping
   */
  static DaySummary of(
      WearerId wearer,
      LocalDate date,
      ZoneId zone,
      Span span,
      List<Bout> bouts,
      long steps,
      int revision) {
    Map<Posture, Long> millis = new EnumMap<>(Posture.class);
    int count = 0;
    long longest = 0;
    int of20 = 0;
    int of30 = 0;
    int of60 = 0;
    int breaks = 0;
    Bout before = null;
    for (Bout bout : bouts) {
      long from = Math.max(span.from(), bout.from().toEpochMilli());
      long to = Math.min(span.to(), bout.to().toEpochMilli());
      if (from >= to) {
        continue;
      }
      long inside = to - from;
      millis.merge(bout.posture(), inside, Long::sum);
      if (bout.posture() == Posture.SITTING) {
        count++;
        longest = Math.max(longest, inside);
        of20 += inside >= 20 * 60_000L ? 1 : 0;
        of30 += inside >= 30 * 60_000L ? 1 : 0;
        of60 += inside >= 60 * 60_000L ? 1 : 0;
      } else if (bout.posture().isUpright()
          && before != null
          && before.posture() == Posture.SITTING
          && before.to().equals(bout.from())) {
        breaks++;
      }
      before = bout;
    }
    Map<Posture, Double> minutes = new EnumMap<>(Posture.class);
    double known = 0;
    for (Map.Entry<Posture, Long> entry : millis.entrySet()) {
      double value = entry.getValue() / 60_000.0;
      minutes.put(entry.getKey(), value);
      known += entry.getKey().isKnown() ? value : 0;
    }
    return new DaySummary(
        wearer,
        date,
        zone,
        revision,
        minutes,
        new DaySummary.Sitting(
            count,
            millis.getOrDefault(Posture.SITTING, 0L) / 60_000.0,
            longest / 60_000.0,
            of20,
            of30,
            of60,
            breaks),
        steps,
        known);
  }

  static boolean isEmpty(DaySummary day) {
    return day.postureMinutes().isEmpty() && day.steps() == 0 && day.bending() == null;
  }
}
