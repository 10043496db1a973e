package io.lumbar.reports.trends;

import io.lumbar.history.HistoryStore.Dates;
import io.lumbar.model.DaySummary;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerSettings;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts days and nights together by date, and says how much of the waking hours was seen. */
public final class DayEntries {
  /** Tags that keep a day out of medians and comparisons. */
  private static final Set<String> NO_ORDINARY_DAY =
      Set.of("ill", "holiday", "night-shift", "flare-up");

  /** Minutes; a day without any time in bed has not been seen whole. */
  private static final double LONGEST_AWAKE = 20 * 60;

  private static final int DAY_MINUTES = 24 * 60;

  /** As the analysis has it. */
  private static final double VALID_MINUTES = 600;

  private DayEntries() {}

  /** Entries of all dates that have a day or a night, in order of date. */
  public static List<DayEntry> of(Dates dates, WearerSettings settings) {
    return of(dates.days(), dates.nights(), settings);
  }

  /** As {@link #of(Dates, WearerSettings)}. */
  public static List<DayEntry> of(
      List<DaySummary> days, List<NightSummary> nights, WearerSettings settings) {
    Map<LocalDate, DaySummary> dayOf = new TreeMap<>();
    days.forEach(day -> dayOf.put(day.date(), withAwake(day, settings)));
    Map<LocalDate, NightSummary> nightOf = new TreeMap<>();
    nights.forEach(night -> nightOf.put(night.date(), night));
    TreeSet<LocalDate> dates = new TreeSet<>(dayOf.keySet());
    dates.addAll(nightOf.keySet());
    List<DayEntry> entries = new ArrayList<>();
    for (LocalDate date : dates) {
      DaySummary day = dayOf.get(date);
      NightSummary night = nightOf.get(date);
      entries.add(new DayEntry(date, awake(day, settings), day, night, isKeptOut(day)));
    }
    return entries;
  }

  private static boolean isKeptOut(@Nullable DaySummary day) {
    return day != null && day.tags().stream().anyMatch(NO_ORDINARY_DAY::contains);
  }

  private static Coverage awake(@Nullable DaySummary day, WearerSettings settings) {
    DaySummary.Wear wear = day == null ? null : day.wear();
    return wear == null ? new Coverage(0, wakingMinutes(settings)) : coverage(wear);
  }

  private static Coverage coverage(DaySummary.Wear wear) {
    return new Coverage(wear.coverage() * wear.awakeMinutes(), wear.awakeMinutes());
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

  private static double wakingMinutes(WearerSettings settings) {
    int minutes =
        Math.floorMod(
            minuteOfDay(settings.awakeTo()) - minuteOfDay(settings.awakeFrom()), DAY_MINUTES);
    return minutes == 0 ? DAY_MINUTES : minutes;
  }

  private static int minuteOfDay(LocalTime time) {
    return time.toSecondOfDay() / 60;
  }
}
