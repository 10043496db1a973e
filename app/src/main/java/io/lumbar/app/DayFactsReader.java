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
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds in the history what exercises are chosen by. Of a day that is not there yet, or while the
 * history is away, nothing is known.
 */
final class DayFactsReader implements DayFacts.Source {
  private static final int DAYS_BEFORE = 28;

  /** Fewer days make no usual day. */
  private static final int FEWEST = 7;

  private final HistoryStore store;

  DayFactsReader(HistoryStore store) {
    this.store = store;
  }

  @Override
  public DayFacts of(WearerId wearer, LocalDate day) {
    try {
      return of(
          day,
          store.days(wearer, day.minusDays(DAYS_BEFORE), day),
          store.nights(wearer, day, day).stream().findFirst().orElse(null));
    } catch (HistoryUnavailable e) {
      return DayFacts.none();
    }
  }

  static DayFacts of(LocalDate date, List<DaySummary> days, @Nullable NightSummary night) {
    Optional<DaySummary> today = days.stream().filter(day -> day.date().equals(date)).findFirst();
    List<DaySummary> before = days.stream().filter(day -> day.date().isBefore(date)).toList();
    return new DayFacts(
        today.map(day -> day.sitting().longestMinutes()).orElse(0.0),
        today.map(day -> day.sitting().boutsOf30()).orElse(0),
        night == null ? 0 : Objects.requireNonNullElse(night.archedMinutes(), 0.0),
        night == null ? 0 : night.positionMinutes().getOrDefault(SleepPosition.PRONE, 0.0),
        today.map(DaySummary::bending).map(bending -> isMuch(bending, before)).orElse(false),
        today.map(DayFactsReader::isHeavy).orElse(false));
  }

  /** More than usual, by what was counted or by the wearer's word. */
  private static boolean isHeavy(DaySummary day) {
    DaySummary.Lifting lifting = day.lifting();
    return day.load().stream().anyMatch(load -> load.jump() || load.heavier())
        || (lifting != null && lifting.heavierThanUsual());
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
