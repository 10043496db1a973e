package io.lumbar.analytics.aging;

import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.Provenance;
import io.lumbar.model.WearerId;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which days of a wearer are closed: for what comes live all before the horizon, for an import
 * those whose records were forgotten, because nothing is left to compare with. A day that an import
 * built stays open for as long as the horizon is wide, counted from the last row.
 *
 * <p>Form: {@link ClosedDates}; and the day of the last row by wearer and day.
 */
final class ClosedDays {
  private final ClosedDates closed;
  private final KeyValueStore<String, Long> rebuilt;
  private final Horizon horizon;

  ClosedDays(
      KeyValueStore<String, byte[]> closed, KeyValueStore<String, Long> rebuilt, Horizon horizon) {
    this.closed = new ClosedDates(closed);
    this.rebuilt = rebuilt;
    this.horizon = horizon;
  }

  /** Why a record is not taken; empty when it is, and then its days stay open. */
  Optional<String> refusal(WearerId wearer, Span about, Provenance provenance, long now) {
    long first = Horizon.day(about.from());
    long last = Horizon.day(Math.max(about.from(), about.to() - 1));
    long open = horizon.firstOpen(now);
    if (last >= open) {
      return Optional.empty();
    }
    if (provenance == Provenance.LIVE) {
      return Optional.of(
          "closed: %s is more than %d days ago; import it from a file instead"
              .formatted(LocalDate.ofEpochDay(last), horizon.days()));
    }
    for (long day = first; day <= last; day++) {
      if (closed.contains(wearer, day)) {
        return Optional.of(
            "closed: %s was built before, and what it was built from is no longer kept"
                .formatted(LocalDate.ofEpochDay(day)));
      }
    }
    for (long day = first; day <= last; day++) {
      touch(wearer, day, Horizon.day(now));
    }
    return Optional.empty();
  }

  /** Days before the horizon that an import has built lately. */
  Set<Long> rebuilt(WearerId wearer, long now) {
    Set<Long> days = new TreeSet<>();
    try (KeyValueIterator<String, Long> all = rebuilt(wearer)) {
      while (all.hasNext()) {
        KeyValue<String, Long> one = all.next();
        if (one.value >= horizon.firstOpen(now)) {
          days.add(dayOf(one.key));
        }
      }
    }
    return days;
  }

  /** Closes days whose records are forgotten. */
  void close(WearerId wearer, Set<Long> days) {
    for (long day : days) {
      closed.add(wearer, day);
      rebuilt.delete(dayKey(wearer, day));
    }
  }

  /** True when no day of a wearer waits to be closed again. */
  boolean nothingRebuilt(WearerId wearer) {
    try (KeyValueIterator<String, Long> all = rebuilt(wearer)) {
      return !all.hasNext();
    }
  }

  private void touch(WearerId wearer, long day, long today) {
    String key = dayKey(wearer, day);
    Long before = rebuilt.get(key);
    if (before == null || before != today) {
      rebuilt.put(key, today);
    }
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
