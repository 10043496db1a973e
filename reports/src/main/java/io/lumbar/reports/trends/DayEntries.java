package io.lumbar.reports.trends;

import io.lumbar.history.HistoryStore.Dates;
import io.lumbar.model.CountedDays;
import io.lumbar.model.DaySummary;
import io.lumbar.model.NightSummary;
import io.lumbar.model.WearerSettings;
import java.time.LocalDate;
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
      boolean keptOut = day != null && CountedDays.isKeptOut(day);
      entries.add(new DayEntry(date, awake(day, settings), day, night, keptOut));
    }
    return entries;
  }

  private static Coverage awake(@Nullable DaySummary day, WearerSettings settings) {
    DaySummary.Wear wear = day == null ? null : day.wear();
    return wear == null
        ? new Coverage(0, CountedDays.wakingMinutes(settings))
        : new Coverage(CountedDays.seenMinutes(wear), wear.awakeMinutes());
  }

  /** As {@link CountedDays#withAwake}. */
  public static DaySummary withAwake(DaySummary day, WearerSettings settings) {
    return CountedDays.withAwake(day, settings);
  }
}
