package io.lumbar.app.simulation;

import io.lumbar.model.Json;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A store that outlives the driver, as its changelog would, and goes back to the last commit when
 * told to. Every byte array is copied, so that nobody changes what is stored by the way.
 */
final class MemoryStore implements KeyValueStore<String, Object> {
  private final String name;
  private final NavigableMap<String, Object> values = new ConcurrentSkipListMap<>();
  private final Map<String, Optional<Object>> committed = new HashMap<>();
  private boolean open;

  MemoryStore(String name) {
    this.name = name;
  }

  void commitWrites() {
    committed.clear();
  }

  void rollBack() {
    committed.forEach(
        (key, value) ->
            value.ifPresentOrElse(known -> values.put(key, known), () -> values.remove(key)));
    committed.clear();
  }

  /** Reads everything back from its serialised form. */
  void restore() {
    values.replaceAll((key, value) -> restored(value));
  }

  private static Object restored(Object value) {
    if (value instanceof byte[] || value instanceof String || value instanceof Number) {
      return value;
    }
    return Json.read(Json.bytes(value), value.getClass());
  }

  NavigableMap<String, Object> values() {
    return values;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    context.register(root, (key, value) -> {});
    open = true;
  }

  @Override
  public void close() {
    open = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void put(String key, @Nullable Object value) {
    committed.computeIfAbsent(key, same -> Optional.ofNullable(values.get(same)));
    if (value == null) {
      values.remove(key);
    } else {
      values.put(key, copy(value));
    }
  }

  @Override
  public @Nullable Object putIfAbsent(String key, Object value) {
    Object known = get(key);
    if (known == null) {
      put(key, value);
    }
    return known;
  }

  @Override
  public void putAll(List<KeyValue<String, Object>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public @Nullable Object delete(String key) {
    Object known = values.get(key);
    put(key, null);
    return known;
  }

  @Override
  public @Nullable Object get(String key) {
    Object value = values.get(key);
    return value == null ? null : copy(value);
  }

  @Override
  public KeyValueIterator<String, Object> range(String from, String to) {
    return iterator(from.compareTo(to) > 0 ? Map.of() : values.subMap(from, true, to, true));
  }

  @Override
  public KeyValueIterator<String, Object> reverseRange(String from, String to) {
    return iterator(
        from.compareTo(to) > 0 ? Map.of() : values.subMap(from, true, to, true).descendingMap());
  }

  @Override
  public KeyValueIterator<String, Object> all() {
    return iterator(values);
  }

  @Override
  public long approximateNumEntries() {
    return values.size();
  }

  private static Object copy(Object value) {
    return value instanceof byte[] bytes ? bytes.clone() : value;
  }

  private static KeyValueIterator<String, Object> iterator(Map<String, Object> entries) {
    Iterator<Map.Entry<String, Object>> all = entries.entrySet().iterator();
    return new KeyValueIterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public KeyValue<String, Object> next() {
        Map.Entry<String, Object> next = all.next();
        return KeyValue.pair(next.getKey(), copy(next.getValue()));
      }

      @Override
      public String peekNextKey() {
        throw new UnsupportedOperationException();
      }

      @Override
      public void close() {}
    };
  }
}
