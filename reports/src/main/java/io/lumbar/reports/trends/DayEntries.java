package io.lumbar.reports.trends;

import io.lumbar.model.DaySummary;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts days and nights together by date, and says how much of the waking hours was seen. */
public final class DayEntries {
  private DayEntries() {}

  /** Entries of all dates that have a day or a night, in order of date. */
  public static List<DayEntry> of(
      List<DaySummary> days, List<NightFacts> nights, WearerSettings settings) {
    Map<LocalDate, DaySummary> dayOf = new TreeMap<>();
    days.forEach(day -> dayOf.put(day.date(), day));
    Map<LocalDate, NightFacts> nightOf = new TreeMap<>();
    nights.forEach(night -> nightOf.put(night.date(), night));
    TreeSet<LocalDate> dates = new TreeSet<>(dayOf.keySet());
    dates.addAll(nightOf.keySet());
    List<DayEntry> entries = new ArrayList<>();
    for (LocalDate date : dates) {
      DaySummary day = dayOf.get(date);
      NightFacts night = nightOf.get(date);
      entries.add(new DayEntry(date, awake(day, night, settings), day, night, false));
    }
    return entries;
  }

  /**
   * Lying is taken for time in bed where a night was measured: the rest of the day is awake.
   * Elsewhere the wearer's own waking hours stand in, and whatever was seen beyond them.
   */
  private static Coverage awake(
      @Nullable DaySummary day, @Nullable NightFacts night, WearerSettings settings) {
    if (day == null) {
      return new Coverage(0, wakingMinutes(settings));
    }
    double lying = day.postureMinutes().getOrDefault(Posture.LYING, 0.0);
    double seen = Math.max(0, day.coverageMinutes() - lying);
    double awake = night == null ? wakingMinutes(settings) : dayMinutes(day) - lying;
    return new Coverage(seen, Math.max(seen, awake));
  }

  private static double wakingMinutes(WearerSettings settings) {
    return Math.floorMod(
        minuteOfDay(settings.awakeTo()) - minuteOfDay(settings.awakeFrom()), 24 * 60);
  }

  private static int minuteOfDay(LocalTime time) {
    return time.toSecondOfDay() / 60;
  }

  private static double dayMinutes(DaySummary day) {
    return Duration.between(
            day.date().atStartOfDay(day.zone()), day.date().plusDays(1).atStartOfDay(day.zone()))
        .toMinutes();
  }
}
