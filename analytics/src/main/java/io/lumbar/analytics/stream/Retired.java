package io.lumbar.analytics.stream;

import io.lumbar.model.WearerId;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The last revision of what was retracted, by wearer, start and id, so that a thing that comes back
 * goes on counting. Up to the first version that kept them for a time only they were kept by id
 * alone.
 */
public final class Retired {
  private final KeyValueStore<String, Integer> store;

  public Retired(KeyValueStore<String, Integer> store) {
    this.store = store;
  }

  /** Takes the revision at which something was retracted; 0 when it never was. */
  public int take(WearerId wearer, Instant from, String id) {
    Integer last = take(key(wearer, from, id));
    if (last == null) {
      last = take(id);
    }
    return last == null ? 0 : last;
  }

  // Deleting what is not there would write a tombstone for each new thing.
  private @Nullable Integer take(String key) {
    return store.get(key) == null ? null : store.delete(key);
  }

  /** Keeps the revision at which something was retracted. */
  public void put(WearerId wearer, Instant from, String id, int revision) {
    store.put(key(wearer, from, id), revision);
  }

  private static String key(WearerId wearer, Instant from, String id) {
    return StoreKeys.at(wearer.value(), from.toEpochMilli()) + "|" + id;
  }
}
