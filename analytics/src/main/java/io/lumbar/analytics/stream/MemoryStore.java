package io.lumbar.analytics.stream;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A store without a stream: what the stream would keep of one recording stays in memory, so that
 * the very code of the stream judges it. Values are copied on the way in and out, as bytes in a
 * real store are. A range may be written to while it is walked. Not thread-safe.
 */
public final class MemoryStore implements KeyValueStore<String, byte[]> {
  private final NavigableMap<String, byte[]> values = new TreeMap<>();

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    // There is no stream to belong to.
  }

  @Override
  public void close() {
    values.clear();
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void put(String key, byte @Nullable [] value) {
    if (value == null) {
      values.remove(key);
    } else {
      values.put(key, value.clone());
    }
  }

  @Override
  public byte @Nullable [] putIfAbsent(String key, byte[] value) {
    byte[] known = get(key);
    if (known == null) {
      put(key, value);
    }
    return known;
  }

  @Override
  public void putAll(List<KeyValue<String, byte[]>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public byte @Nullable [] delete(String key) {
    return values.remove(key);
  }

  @Override
  public byte @Nullable [] get(String key) {
    byte[] value = values.get(key);
    return value == null ? null : value.clone();
  }

  @Override
  public KeyValueIterator<String, byte[]> range(String from, String to) {
    return walk(between(from, to));
  }

  @Override
  public KeyValueIterator<String, byte[]> reverseRange(String from, String to) {
    return walk(between(from, to).descendingMap());
  }

  @Override
  public KeyValueIterator<String, byte[]> all() {
    return walk(values);
  }

  @Override
  public long approximateNumEntries() {
    return values.size();
  }

  private NavigableMap<String, byte[]> between(String from, String to) {
    return from.compareTo(to) > 0 ? new TreeMap<>() : values.subMap(from, true, to, true);
  }

  private static KeyValueIterator<String, byte[]> walk(Map<String, byte[]> part) {
    List<KeyValue<String, byte[]>> entries =
        part.entrySet().stream()
            .map(entry -> KeyValue.pair(entry.getKey(), entry.getValue().clone()))
            .toList();
    return new Walk(entries);
  }

  /** What was there when the walk began. */
  private static final class Walk implements KeyValueIterator<String, byte[]> {
    private final List<KeyValue<String, byte[]>> entries;
    private final Iterator<KeyValue<String, byte[]>> all;
    private int walked;

    Walk(List<KeyValue<String, byte[]>> entries) {
      this.entries = entries;
      all = entries.iterator();
    }

    @Override
    public boolean hasNext() {
      return all.hasNext();
    }

    @Override
    public KeyValue<String, byte[]> next() {
      walked++;
      return all.next();
    }

    @Override
    public String peekNextKey() {
      return entries.get(walked).key;
    }

    @Override
    public void close() {
      // Nothing is held open.
    }
  }
}
