package io.lumbar.analytics.sitting;

import io.lumbar.analytics.stream.RecentlyUsed;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.Bout;
import io.lumbar.model.WearerId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The newest bouts of the wearers that are heard of, in front of the store: what comes is nearly
 * always about the present, and each look at it walks around there several times.
 */
final class RecentBouts {
  private static final int WEARERS = 1_000;

  /** Some hours of ordinary sitting and walking; twice as many are kept before the older go. */
  private static final int KEPT = 12;

  private static final Newest NONE = new Newest(Long.MAX_VALUE);

  private final KeyValueStore<String, Bout> store;
  private final Map<String, Newest> byWearer;
  private final boolean reads;

  private RecentBouts(KeyValueStore<String, Bout> store, boolean reads) {
    this.store = store;
    this.reads = reads;
    byWearer = new RecentlyUsed<>(WEARERS);
  }

  /** For the only writer of the store. */
  static RecentBouts of(KeyValueStore<String, Bout> store) {
    return new RecentBouts(store, true);
  }

  /** Keeps nothing and reads the store. */
  static RecentBouts none(KeyValueStore<String, Bout> store) {
    return new RecentBouts(store, false);
  }

  /** All bouts of a wearer that start at {@code from} or later. */
  private static final class Newest {
    private final TreeMap<Long, Bout> bouts = new TreeMap<>();
    private long from;

    Newest(long from) {
      this.from = from;
    }
  }

  /** The key of a bout in the store. */
  static String key(WearerId wearer, long from) {
    return StoreKeys.at(wearer.value(), from);
  }

  /** Walks bouts that start before an instant, latest first. */
  BoutWalk before(WearerId wearer, long instant) {
    Newest newest = newest(wearer);
    long rest = Math.min(instant, newest.from);
    return new BoutWalk(
        newest.bouts.headMap(instant, false).descendingMap().values().iterator(),
        newest.from == Long.MIN_VALUE
            ? null
            : () -> store.reverseRange(key(wearer, 0), key(wearer, rest - 1)));
  }

  /** Walks bouts that start at or after an instant, earliest first. */
  BoutWalk from(WearerId wearer, long instant) {
    Newest newest = newest(wearer);
    return instant >= newest.from
        ? new BoutWalk(newest.bouts.tailMap(instant, true).values().iterator(), null)
        : new BoutWalk(
            Collections.emptyIterator(),
            () -> store.range(key(wearer, instant), key(wearer, Long.MAX_VALUE)));
  }

  /** A bout was put into the store. */
  void written(Bout bout) {
    Newest newest = byWearer.get(bout.wearer().value());
    long start = bout.from().toEpochMilli();
    if (newest != null && start >= newest.from) {
      newest.bouts.put(start, bout);
      if (newest.bouts.size() > 2 * KEPT) {
        while (newest.bouts.size() > KEPT) {
          newest.bouts.pollFirstEntry();
        }
        newest.from = newest.bouts.firstKey();
      }
    }
  }

  /** A bout was taken out of the store. */
  void removed(Bout bout) {
    Newest newest = byWearer.get(bout.wearer().value());
    if (newest != null) {
      newest.bouts.remove(bout.from().toEpochMilli());
    }
  }

  /** All bouts of a wearer were taken out of the store. */
  void drop(String wearer) {
    byWearer.remove(wearer);
  }

  private Newest newest(WearerId wearer) {
    if (!reads) {
      return NONE;
    }
    return byWearer.computeIfAbsent(wearer.value(), id -> read(wearer));
  }

  private Newest read(WearerId wearer) {
    Newest newest = new Newest(Long.MIN_VALUE);
    try (KeyValueIterator<String, Bout> stored =
        store.reverseRange(key(wearer, 0), key(wearer, Long.MAX_VALUE))) {
      while (stored.hasNext() && newest.bouts.size() < KEPT) {
        Bout bout = stored.next().value;
        newest.bouts.put(bout.from().toEpochMilli(), bout);
      }
      if (stored.hasNext()) {
        newest.from = newest.bouts.firstKey();
      }
    }
    return newest;
  }
}
