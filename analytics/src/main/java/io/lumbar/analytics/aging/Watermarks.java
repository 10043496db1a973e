package io.lumbar.analytics.aging;

import io.lumbar.model.WearerId;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/** The watermarks of a task's wearers, those in use at hand. */
final class Watermarks {
  private final KeyValueStore<String, byte[]> store;
  private final Map<String, Watermark> recent;

  /**
   * Opens them.
   *
   * @param recent what is at hand; shared by all processors of the task that write the store
   */
  Watermarks(KeyValueStore<String, byte[]> store, Map<String, Watermark> recent) {
    this.store = store;
    this.recent = recent;
  }

  Watermark of(WearerId wearer) {
    Watermark known = recent.get(wearer.value());
    if (known == null) {
      byte[] stored = store.get(wearer.value());
      known = stored == null ? Watermark.NONE : Watermark.of(stored);
      recent.put(wearer.value(), known);
    }
    return known;
  }

  /** Keeps another one; true when it is another. */
  boolean set(WearerId wearer, Watermark next) {
    if (next.equals(of(wearer))) {
      return false;
    }
    store.put(wearer.value(), next.bytes());
    recent.put(wearer.value(), next);
    return true;
  }

  /** Forgets what is at hand of a wearer, whose stored watermark is gone already. */
  void drop(String wearer) {
    recent.remove(wearer);
  }
}
