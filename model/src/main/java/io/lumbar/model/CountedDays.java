package io.lumbar.model;

import java.time.LocalTime;
import java.util.Set;

/**
 * Which days count: of which enough was seen for totals, and which are no measure for others. The
 * one rule of reports, trends and dashboards.
 */
public final class CountedDays {

  /** Below this share of what there was to see there are no totals, no comparison and no praise. */
  public static final double ENOUGH = 0.6;

  /** Tags that keep a day out of medians and comparisons. */
  private static final Set<String> NO_ORDINARY_DAY =
      Set.of("ill", "holiday", "night-shift", "flare-up");

  /** Minutes; a day without any time in bed has not been seen whole. */
  private static final double LONGEST_AWAKE = 20 * 60;

  private static final int DAY_MINUTES = 24 * 60;

  /** As the analysis has it. */
  private static final double VALID_MINUTES = 600;

  private CountedDays() {}

  /** The share seen, at most 1, and 0 where there was nothing to see; both in one unit. */
  public static double share(double seen, double of) {
    return of == 0 ? 0 : Math.min(1, seen / of);
  }

  /** Whether so much of the waking hours was seen that sums may be told as those of the day. */
  public static boolean isSeen(DaySummary day, WearerSettings settings) {
    DaySummary.Wear wear = withAwake(day, settings).wear();
    return wear != null && share(seenMinutes(wear), wear.awakeMinutes()) >= ENOUGH;
  }

  /** The same of bends, which a sensor on the trunk must have seen; false without any. */
  public static boolean isTrunkSeen(DaySummary day, WearerSettings settings) {
    DaySummary.Wear wear = withAwake(day, settings).wear();
    return day.bending() != null
        && wear != null
        && share(trunkMinutes(day.bending(), wear.awakeMinutes()), wear.awakeMinutes()) >= ENOUGH;
  }

  /** Minutes awake of which the posture is known. */
  public static double seenMinutes(DaySummary.Wear wear) {
    return wear.coverage() * wear.awakeMinutes();
  }

  /** Minutes awake that a sensor on the trunk saw, of so many. */
  public static double trunkMinutes(DaySummary.Bending bending, double awakeMinutes) {
    return Math.min(bending.measuredMinutes(), awakeMinutes);
  }

  /** Whether the wearer marked it as no ordinary day, so that it counts in no median. */
  public static boolean isKeptOut(DaySummary day) {
    return day.tags().stream().anyMatch(NO_ORDINARY_DAY::contains);
  }

  /**
   * The day with its minutes awake as they are reckoned now. An earlier version took all of a day
   * without time in bed for awake, or told nothing of it: there the wearer's own waking hours stand
   * in, and whatever was seen beyond them, without lying.
   */
  public static DaySummary withAwake(DaySummary day, WearerSettings settings) {
    DaySummary.Wear wear = day.wear();
    // A day with a flight may be that long.
    boolean summedUpNow = wear != null && (!day.forgotten().isEmpty() || day.span() != null);
    if (summedUpNow
        || (wear != null && (wear.awakeMinutes() < LONGEST_AWAKE || wear.coverage() >= 1))) {
      return day;
    }
    double lying = day.postureMinutes().getOrDefault(Posture.LYING, 0.0);
    double seen = Math.max(0, day.coverageMinutes() - lying);
    double awake = Math.max(seen, wakingMinutes(settings));
    return day.withWear(
        new DaySummary.Wear(
            day.coverageMinutes(), awake, awake == 0 ? 0 : seen / awake, seen >= VALID_MINUTES));
  }

  /** How long the wearer is awake by their own word. */
  public static double wakingMinutes(WearerSettings settings) {
    int minutes =
        Math.floorMod(
            minuteOfDay(settings.awakeTo()) - minuteOfDay(settings.awakeFrom()), DAY_MINUTES);
    return minutes == 0 ? DAY_MINUTES : minutes;
  }

  private static int minuteOfDay(LocalTime time) {
    return time.toSecondOfDay() / 60;
  }
}
