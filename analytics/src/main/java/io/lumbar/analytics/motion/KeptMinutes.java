package io.lumbar.analytics.motion;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The minutes of one sensor in a store, with those looked at last in memory.
 *
 * <p>Right as long as this is the only writer of its keys.
 */
final class KeptMinutes implements Minutes {
  /** Enough for the longest look back at stillness, and for late batches beside it. */
  private static final int RECENT = 256;

  /** How long minutes are kept for batches that come late. */
  static final Duration KEPT = Duration.ofDays(2);

  /** Minutes before the first that is judged: they bear on it, and stillness reaches that far. */
  private static final int CONTEXT = 120;

  private final KeyValueStore<String, byte[]> store;
  private final String prefix;
  private long first;
  private long last;

  private final Map<Long, Entry> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Entry> eldest) {
          return size() > RECENT && !eldest.getValue().dirty;
        }
      };

  /** A minute as it is, missing ones too. */
  private static final class Entry {
    private @Nullable Minute minute;
    private boolean dirty;
  }

  KeptMinutes(KeyValueStore<String, byte[]> store, String sensor) {
    this.store = store;
    prefix = sensor + "|m";
    byte[] known = store.get(sensor + "|k");
    if (known != null) {
      ByteBuffer in = ByteBuffer.wrap(known);
      first = in.getLong();
      last = in.getLong();
    }
  }

  @Override
  public @Nullable Minute find(long minute) {
    return minute < first || minute >= last ? null : entry(minute).minute;
  }

  @Override
  public Minute open(long minute) {
    Entry entry = entry(minute);
    if (entry.minute == null) {
      entry.minute = new Minute();
    }
    return entry.minute;
  }

  @Override
  public void changed(long minute) {
    entry(minute).dirty = true;
    first = first == last ? minute : Math.min(first, minute);
    last = Math.max(last, minute + 1);
  }

  @Override
  public long oldest() {
    return isEmpty()
        ? Long.MIN_VALUE
        : Math.floorDiv(last * Minute.SECONDS - KEPT.toSeconds(), 3_600) * 60;
  }

  @Override
  public Range known() {
    return new Range(first * Minute.SECONDS, last * Minute.SECONDS);
  }

  /** Writes what changed. */
  void save(String sensor) {
    boolean any = false;
    for (Map.Entry<Long, Entry> one : recent.entrySet()) {
      Entry entry = one.getValue();
      if (entry.dirty && entry.minute != null) {
        store.put(key(one.getKey()), entry.minute.encode());
        entry.dirty = false;
        any = true;
      }
    }
    if (any) {
      saveKnown(sensor);
      while (recent.size() > RECENT) {
        recent.remove(recent.keySet().iterator().next());
      }
    }
  }

  /** Removes what is judged no more, an hour at a time; says whether it did. */
  boolean forget(String sensor) {
    if (isEmpty() || first >= oldest() - CONTEXT - Minute.SECONDS) {
      return false;
    }
    forgetBefore(oldest() - CONTEXT);
    saveKnown(sensor);
    return true;
  }

  boolean isEmpty() {
    return first == last;
  }

  /** Removes all of them. */
  void forgetAll(String sensor) {
    forgetBefore(last);
    store.delete(sensor + "|k");
  }

  private void forgetBefore(long minute) {
    try (KeyValueIterator<String, byte[]> old = store.range(key(first), key(minute - 1))) {
      while (old.hasNext()) {
        KeyValue<String, byte[]> one = old.next();
        store.delete(one.key);
      }
    }
    recent.keySet().removeIf(number -> number < minute);
    first = minute;
  }

  private void saveKnown(String sensor) {
    store.put(sensor + "|k", ByteBuffer.allocate(16).putLong(first).putLong(last).array());
  }

  private Entry entry(long minute) {
    Entry entry = recent.get(minute);
    if (entry == null) {
      entry = new Entry();
      byte[] bytes = store.get(key(minute));
      entry.minute = bytes == null ? null : Minute.decode(bytes);
      recent.put(minute, entry);
    }
    return entry;
  }

  private String key(long minute) {
    String number = Long.toHexString(minute);
    return prefix + "00000000".substring(number.length()) + number;
  }
}
