package io.lumbar.analytics.aging;

import io.lumbar.analytics.stream.RecentlyUsed;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.Provenance;
import io.lumbar.model.WearerId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which days of a wearer are closed: for what comes live all that lie further before the wearer's
 * newest than the horizon is wide; for an import those whose records were forgotten, because
 * nothing is left to compare with. An old day that an import built stays open for imports for as
 * many days as the horizon is wide, counted from the last row. What the wearer says is taken for as
 * long, also before there is anything of the day, and keeps it open in the same way.
 *
 * <p>Form: {@link ClosedDates}; and the day of the last row by wearer and day.
 */
final class ClosedDays {
  private static final int RECENT = 4_096;

  private final ClosedDates closed;
  private final KeyValueStore<String, Long> rebuilt;
  private final Horizon horizon;

  /** Days that an import built, and the day on which it was noted last. */
  private final RecentlyUsed<String, Long> touched = new RecentlyUsed<>(RECENT);

  ClosedDays(
      KeyValueStore<String, byte[]> closed, KeyValueStore<String, Long> rebuilt, Horizon horizon) {
    this.closed = new ClosedDates(closed);
    this.rebuilt = rebuilt;
    this.horizon = horizon;
  }

  /**
   * Why a record is not taken; empty when it is, and then the old days that it builds stay open.
   *
   * @param known how far the wearer's data reaches
   * @param today the day on which the broker took the record
   */
  Optional<String> refusal(
      WearerId wearer, Span about, Provenance provenance, Watermark known, long today) {
    long last = Horizon.lastDay(about);
    long firstOpen = known.firstOpen(horizon);
    if (provenance == Provenance.LIVE) {
      return last >= firstOpen ? Optional.empty() : Optional.of(closed(last, known));
    }
    if (last >= Math.max(firstOpen, today - horizon.days())) {
      return Optional.empty();
    }
    return touchAll(wearer, about, today);
  }

  /**
   * Why what a wearer says is not taken; empty when it is.
   *
   * @param known how far the wearer's data reaches
   * @param today the day on which the broker took the record
   */
  Optional<String> refusalOfWord(WearerId wearer, Span about, Watermark known, long today) {
    return Horizon.lastDay(about) >= known.firstOpen(horizon)
        ? Optional.empty()
        : touchAll(wearer, about, today);
  }

  private Optional<String> touchAll(WearerId wearer, Span about, long today) {
    long last = Horizon.lastDay(about);
    for (long day = Horizon.day(about.from()); day <= last; day++) {
      if (!touch(wearer, day, today)) {
        return Optional.of(
            "closed: %s was built before, and what it was built from is no longer kept; to build it anew, erase the wearer and import all files"
                .formatted(LocalDate.ofEpochDay(day)));
      }
    }
    return Optional.empty();
  }

  private String closed(long day, Watermark known) {
    return day < known.newest() - horizon.days()
        ? "closed: %s is more than %d days before the newest data, which is of %s; import it from a file instead"
            .formatted(
                LocalDate.ofEpochDay(day), horizon.days(), LocalDate.ofEpochDay(known.newest()))
        : "closed: nothing came for more than %d days, and with that all before %s was closed; import it from a file instead"
            .formatted(horizon.days(), LocalDate.ofEpochDay(known.closed()));
  }

  /**
   * Old days that an import has built lately.
   *
   * @param today the day that it is
   */
  Set<Long> rebuilt(WearerId wearer, long today) {
    Set<Long> days = new TreeSet<>();
    try (KeyValueIterator<String, Long> all = rebuilt(wearer)) {
      while (all.hasNext()) {
        KeyValue<String, Long> one = all.next();
        if (one.value >= today - horizon.days()) {
          days.add(dayOf(one.key));
        }
      }
    }
    return days;
  }

  /**
   * Closes days whose records are forgotten. Those that were kept open long enough are so no more,
   * closed or not: of some nothing was known but a word.
   *
   * @param today the day that it is
   */
  void close(WearerId wearer, Set<Long> days, long today) {
    for (long day : days) {
      closed.add(wearer, day);
      rebuilt.delete(dayKey(wearer, day));
    }
    List<String> over = new ArrayList<>();
    try (KeyValueIterator<String, Long> all = rebuilt(wearer)) {
      while (all.hasNext()) {
        KeyValue<String, Long> one = all.next();
        if (one.value < today - horizon.days()) {
          over.add(one.key);
        }
      }
    }
    over.forEach(rebuilt::delete);
  }

  /** True when no day of a wearer waits to be closed again. */
  boolean nothingRebuilt(WearerId wearer) {
    try (KeyValueIterator<String, Long> all = rebuilt(wearer)) {
      return !all.hasNext();
    }
  }

  /** Keeps a day open for imports; false when it is closed for them. */
  private boolean touch(WearerId wearer, long day, long today) {
    String key = dayKey(wearer, day);
    Long before = touched.get(key);
    if (before == null || before != today) {
      if (closed.contains(wearer, day)) {
        return false;
      }
      rebuilt.put(key, today);
      touched.put(key, today);
    }
    return true;
  }

  private KeyValueIterator<String, Long> rebuilt(WearerId wearer) {
    return rebuilt.range(dayKey(wearer, 0), dayKey(wearer, Long.MAX_VALUE));
  }

  private static String dayKey(WearerId wearer, long day) {
    return StoreKeys.at(wearer.value(), day);
  }

  private static long dayOf(String key) {
    return Long.parseLong(key.substring(key.lastIndexOf('|') + 1), 16);
  }
}
