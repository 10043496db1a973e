package io.lumbar.analytics.day;

import io.lumbar.model.CheckIn;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Posture;
import java.util.List;

/**
 * What counts of one day as load. Floats, because so it is stored.
 *
 * @param seen whether anything is known of the day
 * @param tagged whether the wearer said that the day was out of the ordinary
 * @param heavier whether the wearer said that something was heavier than usual
 */
record DayLoad(
    boolean seen,
    boolean tagged,
    boolean heavier,
    int steps,
    float activeMinutes,
    int bends,
    float liftVolume,
    float heaviestKg) {
  static final DayLoad NOTHING = new DayLoad(false, false, false, 0, 0, 0, 0, 0);

  /** The load of a day that was summed up, and of what the wearer told on it. */
  static DayLoad of(DaySummary day, List<CheckIn> told) {
    float volume = 0;
    float heaviest = 0;
    boolean heavier = false;
    for (CheckIn one : told) {
      Double kg = one.liftedKg();
      Integer repetitions = one.repetitions();
      if (kg != null && repetitions != null) {
        volume += (float) (kg * repetitions);
        heaviest = Math.max(heaviest, kg.floatValue());
      }
      heavier |= one.heavierThanUsual();
    }
    boolean worn = day.wear() != null && day.wear().valid();
    boolean seen = worn || day.steps() > 0;
    boolean tagged = !day.tags().isEmpty();
    if (!seen && !tagged && !heavier && volume == 0) {
      return NOTHING;
    }
    return new DayLoad(
        seen,
        tagged,
        heavier,
        (int) Math.min(Integer.MAX_VALUE, day.steps()),
        activeMinutes(day),
        day.bending() == null ? 0 : day.bending().of45(),
        volume,
        heaviest);
  }

  /** Whether the day may stand for what is usual. */
  boolean counts() {
    return seen && !tagged;
  }

  private static float activeMinutes(DaySummary day) {
    double minutes = 0;
    for (Posture posture :
        List.of(Posture.WALKING, Posture.STAIRS, Posture.RUNNING, Posture.CYCLING)) {
      minutes += day.postureMinutes().getOrDefault(posture, 0.0);
    }
    return (float) minutes;
  }
}
