package io.lumbar.analytics.day;

import io.lumbar.analytics.trunk.BendSums;
import io.lumbar.model.DaySummary;
import io.lumbar.model.DaySummary.Bending;
import io.lumbar.model.DaySummary.Lifting;
import io.lumbar.model.Posture;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What counts of one day as load. Floats, because so it is stored.
 *
 * <p>Each kind of load has its own flag, because a sensor that was not there counts nothing: its
 * days must not pull down what is usual.
 *
 * @param stepsTold whether the steps stand for the day; else they are 0, and so with the others
 * @param postureTold whether the active minutes do
 * @param bendsTold whether the bends do
 * @param tagged whether the wearer said that the day was out of the ordinary
 * @param heavier whether the wearer said that something was heavier than usual
 */
record DayLoad(
    boolean stepsTold,
    boolean postureTold,
    boolean bendsTold,
    boolean tagged,
    boolean heavier,
    int steps,
    float activeMinutes,
    int bends,
    float liftVolume,
    float heaviestKg) {
  static final DayLoad NOTHING = new DayLoad(false, false, false, false, false, 0, 0, 0, 0, 0);

  /** A counter that stayed at home does not count so many. */
  private static final long MANY_STEPS = 1_500;

  /**
   * Steps in so many hours of the day show that the counter was carried, however few they are. That
   * it was heard of does not: on a table it tells of no steps all day.
   */
  private static final int FEWEST_HOURS = 6;

  /** Fewer steps an hour come from a counter that is moved about, or from a day's total. */
  private static final long STEPS_AN_HOUR = 10;

  /** The load of a day that was summed up. */
  static DayLoad of(DaySummary day) {
    boolean steps = toldSteps(day);
    boolean posture = day.wear() != null && day.wear().valid();
    OptionalInt bends = toldBends(day.bending());
    Lifting lifting = day.lifting() == null ? new Lifting(0, 0, false) : day.lifting();
    return new DayLoad(
        steps,
        posture,
        bends.isPresent(),
        !day.tags().isEmpty(),
        lifting.heavierThanUsual(),
        steps ? (int) Math.min(Integer.MAX_VALUE, day.steps()) : 0,
        posture ? activeMinutes(day) : 0,
        bends.orElse(0),
        (float) lifting.volumeKg(),
        (float) lifting.heaviestKg());
  }

  private static boolean toldSteps(DaySummary day) {
    long hours = day.stepsByHour().stream().filter(steps -> steps >= STEPS_AN_HOUR).count();
    return day.steps() >= MANY_STEPS || hours >= FEWEST_HOURS;
  }

  private static OptionalInt toldBends(@Nullable Bending bending) {
    return bending == null || bending.measuredMinutes() < BendSums.FEWEST_MINUTES
        ? OptionalInt.empty()
        : OptionalInt.of(bending.of45());
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
