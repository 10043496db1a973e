package io.lumbar.analytics.presence;

import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.WearerId;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Marked cells in a store by wearer and UTC day, and where there are several tracks of a wearer by
 * the track's name behind that. Cells are counted from 1970.
 */
final class CellLog {
  private final KeyValueStore<String, byte[]> store;

  CellLog(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  static long cellOf(long millis) {
    return Math.floorDiv(millis, Cells.CELL);
  }

  /** Adds marks to the cells from one to another, both included; returns those that were new. */
  int add(WearerId wearer, String track, long first, long last, int marks) {
    int added = 0;
    for (long day = dayOf(first); day <= dayOf(last); day++) {
      String key = key(wearer, day) + track;
      Cells cells = read(key);
      int here = 0;
      long end = Math.min(last, endOf(day));
      for (long cell = Math.max(first, startOf(day)); cell <= end; cell++) {
        here |= cells.add(indexOf(cell), marks);
      }
      if (here != 0) {
        store.put(key, cells.bytes());
      }
      added |= here;
    }
    return added;
  }

  /** Puts other marks in the place of one cell's; true when they are others. */
  boolean set(WearerId wearer, String track, long cell, int marks) {
    String key = key(wearer, dayOf(cell)) + track;
    Cells cells = read(key);
    if (!cells.set(indexOf(cell), marks)) {
      return false;
    }
    if (cells.isEmpty()) {
      store.delete(key);
    } else {
      store.put(key, cells.bytes());
    }
    return true;
  }

  /** The marks of the cells from one to another, both included; the same track in each. */
  Marks read(WearerId wearer, String track, long first, long last) {
    Map<Long, Cells> days = new TreeMap<>();
    for (long day = dayOf(first); day <= dayOf(last); day++) {
      byte[] bytes = store.get(key(wearer, day) + track);
      if (bytes != null) {
        days.put(day, Cells.of(bytes));
      }
    }
    return new Marks(first, last, days);
  }

  /** The tracks of a wearer that have marks in the days of some cells. */
  Map<String, Marks> tracks(WearerId wearer, long first, long last) {
    Map<String, Map<Long, Cells>> days = new TreeMap<>();
    int keyLength = key(wearer, 0).length();
    try (KeyValueIterator<String, byte[]> all =
        store.range(key(wearer, dayOf(first)), key(wearer, dayOf(last)) + "}")) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> one = all.next();
        long day =
            Math.floorDiv(StoreKeys.startOfChunk(one.key.substring(0, keyLength)), Cells.DAY);
        days.computeIfAbsent(one.key.substring(keyLength), name -> new TreeMap<>())
            .put(day, Cells.of(one.value));
      }
    }
    Map<String, Marks> tracks = new TreeMap<>();
    days.forEach((name, each) -> tracks.put(name, new Marks(first, last, each)));
    return tracks;
  }

  /** The last cell of a wearer that has marks; for logs with one track. */
  OptionalLong last(WearerId wearer) {
    int keyLength = key(wearer, 0).length();
    try (KeyValueIterator<String, byte[]> backwards =
        store.reverseRange(key(wearer, 0), wearer.value() + "|~")) {
      while (backwards.hasNext()) {
        KeyValue<String, byte[]> one = backwards.next();
        Cells cells = Cells.of(one.value);
        long day =
            Math.floorDiv(StoreKeys.startOfChunk(one.key.substring(0, keyLength)), Cells.DAY);
        for (int i = Cells.COUNT - 1; i >= 0; i--) {
          if (cells.at(i) != 0) {
            return OptionalLong.of(startOf(day) + i);
          }
        }
      }
    }
    return OptionalLong.empty();
  }

  /** The marks of a stretch of cells. */
  record Marks(long first, long last, Map<Long, Cells> days) {
    int at(long cell) {
      Cells day = days.get(dayOf(cell));
      return day == null ? 0 : day.at(indexOf(cell));
    }
  }

  private Cells read(String key) {
    byte[] bytes = store.get(key);
    return bytes == null ? Cells.none() : Cells.of(bytes);
  }

  private static String key(WearerId wearer, long day) {
    return StoreKeys.chunk(wearer, day * Cells.DAY);
  }

  private static long dayOf(long cell) {
    return Math.floorDiv(cell, (long) Cells.COUNT);
  }

  private static long startOf(long day) {
    return day * Cells.COUNT;
  }

  private static long endOf(long day) {
    return startOf(day) + Cells.COUNT - 1;
  }

  private static int indexOf(long cell) {
    return Math.floorMod(cell, Cells.COUNT);
  }
}
