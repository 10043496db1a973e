package io.lumbar.analytics.aging;

import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.WearerId;
import java.time.LocalDate;
import java.util.BitSet;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Days of which nothing is kept any more, so that what was published of them stands.
 *
 * <p>Form: a bit per UTC day, 1,024 days a value.
 */
public final class ClosedDates {
  private static final int BLOCK = 1_024;

  private final KeyValueStore<String, byte[]> store;

  public ClosedDates(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /**
   * True when a date must not be built again: an import of the day beside it would find nothing of
   * it.
   */
  public boolean contains(WearerId wearer, LocalDate date) {
    return contains(wearer, date.toEpochDay());
  }

  boolean contains(WearerId wearer, long day) {
    byte[] known = store.get(key(wearer, day));
    return known != null && BitSet.valueOf(known).get(bit(day));
  }

  void add(WearerId wearer, long day) {
    String key = key(wearer, day);
    byte[] known = store.get(key);
    BitSet bits = known == null ? new BitSet(BLOCK) : BitSet.valueOf(known);
    if (!bits.get(bit(day))) {
      bits.set(bit(day));
      store.put(key, bits.toByteArray());
    }
  }

  private static int bit(long day) {
    return Math.toIntExact(Math.floorMod(day, (long) BLOCK));
  }

  private static String key(WearerId wearer, long day) {
    return StoreKeys.at(wearer.value(), Math.floorDiv(day, (long) BLOCK));
  }
}
