package io.lumbar.analytics.stream;

import io.lumbar.model.WearerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The days of a wearer that are over and still lie in a store as many chunks, so that each may
 * become one value.
 */
public final class ChunkDays {
  /**
   * The bytes of the largest day that becomes one value; a record of Kafka has a million at most.
   */
  public static final int LARGEST = 1 << 19;

  /** Days at once: no other wearer waits for years that were imported. */
  private static final int MOST = 8;

  private ChunkDays() {}

  /**
   * The keys of the chunks of the oldest such days, by the start of the day.
   *
   * @param before epoch milliseconds, the start of the first day that stays as it is
   */
  public static Map<Long, List<String>> before(
      KeyValueStore<String, byte[]> store, WearerId wearer, long before) {
    TreeMap<Long, List<String>> days = new TreeMap<>();
    try (KeyValueIterator<String, byte[]> chunks =
        store.range(StoreKeys.chunk(wearer, 0), StoreKeys.chunk(wearer, before - 1))) {
      while (chunks.hasNext() && days.size() <= MOST) {
        String key = chunks.next().key;
        days.computeIfAbsent(startOf(StoreKeys.startOfChunk(key)), day -> new ArrayList<>())
            .add(key);
      }
    }
    if (days.size() > MOST) {
      // Perhaps not whole.
      days.pollLastEntry();
    }
    return days;
  }

  /** The start of the UTC day that holds an instant, both in epoch milliseconds. */
  public static long startOf(long instant) {
    return Math.floorDiv(instant, StoreKeys.DAY) * StoreKeys.DAY;
  }
}
