package io.lumbar.analytics.stream;

import io.lumbar.model.WearerPartitioner;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * When to look at a wearer again although nothing new has come: kept in memory for speed and in a
 * store so that a restart knows them. One due time per key; setting it again replaces it.
 */
public final class Timers {
  private final KeyValueStore<String, Long> store;
  private final Map<String, Long> dueByKey = new HashMap<>();
  private final PriorityQueue<KeyValue<String, Long>> queue =
      new PriorityQueue<>((a, b) -> Long.compare(a.value, b.value));

  /** Opens the timers and reads back those that a former run had set. */
  public Timers(KeyValueStore<String, Long> store) {
    this.store = store;
    try (KeyValueIterator<String, Long> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, Long> timer = all.next();
        dueByKey.put(timer.key, timer.value);
        queue.add(timer);
      }
    }
  }

  /** Sets the due time of a key in epoch milliseconds, or removes it. */
  public void set(String key, OptionalLong due) {
    Long before = dueByKey.get(key);
    if (due.isEmpty()) {
      if (before != null) {
        dueByKey.remove(key);
        store.delete(key);
      }
    } else if (before == null || before != due.getAsLong()) {
      dueByKey.put(key, due.getAsLong());
      queue.add(KeyValue.pair(key, due.getAsLong()));
      // A stored time that is too early only means one look too many, so most moves are not
      // written.
      if (before == null || due.getAsLong() < stored(key)) {
        store.put(key, due.getAsLong());
      }
    }
  }

  /** Forgets the keys of a wearer, whose stored times are gone already. */
  public void drop(String wearer) {
    dueByKey.keySet().removeIf(key -> WearerPartitioner.wearer(key).equals(wearer));
  }

  /** True when a key has a due time. */
  public boolean isSet(String key) {
    return dueByKey.containsKey(key);
  }

  /** The earliest due time in epoch milliseconds. */
  public OptionalLong next() {
    dropOutdated();
    KeyValue<String, Long> first = queue.peek();
    return first == null ? OptionalLong.empty() : OptionalLong.of(first.value);
  }

  /** Takes the next key that is due, or null. */
  public @Nullable String takeDue(long now) {
    OptionalLong next = next();
    if (next.isEmpty() || next.getAsLong() > now) {
      return null;
    }
    String key = queue.remove().key;
    dueByKey.remove(key);
    store.delete(key);
    return key;
  }

  private void dropOutdated() {
    while (!queue.isEmpty()) {
      KeyValue<String, Long> first = queue.element();
      Long due = dueByKey.get(first.key);
      if (due != null && due.equals(first.value)) {
        return;
      }
      queue.remove();
    }
  }

  private long stored(String key) {
    Long due = store.get(key);
    return due == null ? Long.MAX_VALUE : due;
  }
}
