package io.lumbar.analytics.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The spans of each wearer whose evidence has changed and whose consequences have not been looked
 * at since: in memory, and in a store so that a crash forgets none.
 *
 * <p>The store holds them widened to whole chunks, so that the many small changes of one upload are
 * written once; looking at more than has changed finds the same.
 */
public final class ChangedSpans {
  /** Looking at a change reads what is around it anyway, so near ones are looked at together. */
  private static final long NEAR = 1_200_000;

  private static final int MOST = 16;

  private final KeyValueStore<String, String> store;
  private final Map<String, List<Span>> byWearer = new LinkedHashMap<>();

  /** Reads back what a former run had not looked at. */
  public ChangedSpans(KeyValueStore<String, String> store) {
    this.store = store;
    try (KeyValueIterator<String, String> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, String> waiting = all.next();
        byWearer.put(waiting.key, parse(waiting.value));
      }
    }
  }

  public boolean isEmpty() {
    return byWearer.isEmpty();
  }

  /** The wearers with changes, those that wait longest first. */
  public List<String> wearers() {
    return List.copyOf(byWearer.keySet());
  }

  /** Adds a change; false when the wearer has so many that they should be looked at now. */
  public boolean add(String wearer, Span span) {
    List<Span> before = byWearer.getOrDefault(wearer, List.of());
    Span merged = span;
    List<Span> after = new ArrayList<>(before.size() + 1);
    for (Span known : before) {
      if (known.to() + NEAR >= merged.from() && known.from() - NEAR <= merged.to()) {
        merged = merged.hull(known.from(), known.to());
      } else {
        after.add(known);
      }
    }
    after.add(merged);
    byWearer.put(wearer, after);
    String text = text(after);
    if (!text.equals(text(before))) {
      store.put(wearer, text);
    }
    return after.size() < MOST;
  }

  /** Forgets the changes of a wearer, whose stored ones are gone already. */
  public void drop(String wearer) {
    byWearer.remove(wearer);
  }

  /** Takes the changes of a wearer; empty when there are none. */
  public List<Span> take(String wearer) {
    List<Span> spans = byWearer.remove(wearer);
    if (spans == null) {
      return List.of();
    }
    store.delete(wearer);
    return spans;
  }

  private static String text(List<Span> spans) {
    StringBuilder text = new StringBuilder();
    for (Span span : spans) {
      text.append(text.isEmpty() ? "" : ",")
          .append(StoreKeys.chunkOf(span.from()))
          .append('-')
          .append(StoreKeys.chunkOf(span.to()) + StoreKeys.CHUNK);
    }
    return text.toString();
  }

  private static List<Span> parse(String text) {
    List<Span> spans = new ArrayList<>();
    for (String span : text.split(",", -1)) {
      int dash = span.indexOf('-', 1);
      spans.add(
          new Span(
              Long.parseLong(span.substring(0, dash)), Long.parseLong(span.substring(dash + 1))));
    }
    return spans;
  }
}
