package io.lumbar.reports.trends;

import io.lumbar.model.DaySummary;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Posture;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A local date with what was measured: its day, and the night that ended on it.
 *
 * @param awake how much of the waking hours was seen
 * @param day null when nothing was measured by day
 * @param night null when no night was measured
 * @param keptOut whether the wearer marked it as no ordinary day, so that it is shown but counts in
 *     no median
 */
public record DayEntry(
    LocalDate date,
    Coverage awake,
    @Nullable DaySummary day,
    @Nullable NightSummary night,
    boolean keptOut) {

  /** The night alone. */
  public DayEntry withoutDay() {
    return new DayEntry(date, awake, null, night, keptOut);
  }

  /** Minutes in some postures, of what was seen. */
  double minutes(Posture... postures) {
    double sum = 0;
    if (day != null) {
      for (Posture posture : postures) {
        sum += day.postureMinutes().getOrDefault(posture, 0.0);
      }
    }
    return sum;
  }
}
