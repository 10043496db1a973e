package io.lumbar.app;

import io.lumbar.alerts.stretches.DayFacts;
import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.model.DaySummary;
import io.lumbar.model.DaySummary.Bending;
import io.lumbar.model.NightSummary;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.WearerId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds in the history what exercises are chosen by: of the night the last one, of sitting, bending
 * and load the stronger of today and yesterday, so that a morning knows of the day before. Of days
 * that are not there yet, or while the history is away, nothing is known but the pain that was told
 * lately, which holds at once.
 */
final class DayFactsReader implements DayFacts.Source {
  private static final int DAYS_BEFORE = 28;

  /** A rise over three days needs the day before them. */
  private static final int PAIN_DAYS = 3;

  /** Fewer days make no usual day. */
  private static final int FEWEST = 7;

  private final HistoryStore store;
  private final Told told;

  /** The pain told of some days, before the history knows of it; null where it was taken back. */
  interface Told {
    Map<LocalDate, @Nullable Integer> of(WearerId wearer);
  }

  DayFactsReader(HistoryStore store, Told told) {
    this.store = store;
    this.told = told;
  }

  @Override
  public DayFacts of(WearerId wearer, LocalDate day) {
    Map<LocalDate, @Nullable Integer> lately = told.of(wearer);
    try {
      return of(
              day,
              store.days(wearer, day.minusDays(DAYS_BEFORE + 1L), day),
              store.nights(wearer, day, day).stream().findFirst().orElse(null))
          .withTold(lately);
    } catch (HistoryUnavailable e) {
      return DayFacts.none().withTold(lately);
    }
  }

  static DayFacts of(LocalDate date, List<DaySummary> days, @Nullable NightSummary night) {
    List<DaySummary> lately =
        days.stream()
            .filter(day -> day.date().equals(date) || day.date().equals(date.minusDays(1)))
            .toList();
    return new DayFacts(
        lately.stream().mapToDouble(day -> day.sitting().longestMinutes()).max().orElse(0),
        lately.stream().mapToInt(day -> day.sitting().boutsOf30()).max().orElse(0),
        night == null ? 0 : Objects.requireNonNullElse(night.archedMinutes(), 0.0),
        night == null ? 0 : night.positionMinutes().getOrDefault(SleepPosition.PRONE, 0.0),
        lately.stream().anyMatch(day -> isMuch(day, days)),
        lately.stream().anyMatch(DayFactsReader::isHeavy),
        DaySummary.pains(
            days.stream().filter(day -> !day.date().isBefore(date.minusDays(PAIN_DAYS))).toList()));
  }

  /** More than usual, by what was counted or by the wearer's word. */
  private static boolean isHeavy(DaySummary day) {
    DaySummary.Lifting lifting = day.lifting();
    return day.load().stream().anyMatch(load -> load.jump() || load.heavier())
        || (lifting != null && lifting.heavierThanUsual());
  }

  private static boolean isMuch(DaySummary day, List<DaySummary> days) {
    Bending bending = day.bending();
    return bending != null
        && isMuch(
            bending,
            days.stream()
                .filter(other -> other.date().isBefore(day.date()))
                .filter(other -> !other.date().isBefore(day.date().minusDays(DAYS_BEFORE)))
                .toList());
  }

  private static boolean isMuch(Bending bending, List<DaySummary> before) {
    int[] usual =
        before.stream()
            .map(DaySummary::bending)
            .filter(Objects::nonNull)
            .mapToInt(Bending::of60)
            .sorted()
            .toArray();
    return bending.sustained() > 0
        || (usual.length >= FEWEST && bending.of60() > usual[usual.length * 9 / 10]);
  }
}
