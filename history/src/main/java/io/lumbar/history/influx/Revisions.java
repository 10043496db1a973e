package io.lumbar.history.influx;

import io.lumbar.history.influx.InfluxConnection.Row;
import io.lumbar.model.WearerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * Keeps an older revision from overwriting a newer one, which InfluxDB itself would let happen.
 *
 * <p>Remembers the revisions of the last {@value #REMEMBERED} records it wrote and asks the server
 * about others, once per batch and wearer. This guards against repeated deliveries; it is no lock:
 * one wearer must be written by one writer at a time, which the topics' partitions see to.
 */
final class Revisions<T> {
  private static final int REMEMBERED = 20_000;
  private static final int STATEMENTS = 50;

  private final InfluxConnection connection;
  private final Identity<T> identity;
  private final Map<Key, Integer> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * How a kind of record is told apart.
   *
   * @param column of the id
   * @param nanos the point's time
   * @param slackMillis how far from there another point of the same id may lie
   */
  record Identity<T>(
      String measurement,
      String column,
      Function<T, WearerId> wearer,
      Function<T, String> id,
      ToIntFunction<T> revision,
      ToLongFunction<T> nanos,
      long slackMillis) {}

  private record Key(String wearer, String id) {}

  Revisions(InfluxConnection connection, Identity<T> identity) {
    this.connection = connection;
    this.identity = identity;
  }

  /** The newest of each record, without those of which a newer revision is stored. */
  synchronized Collection<T> newest(List<T> items) {
    Map<Key, T> newest = new LinkedHashMap<>();
    for (T item : items) {
      newest.merge(
          key(item),
          item,
          (one, two) ->
              identity.revision.applyAsInt(two) < identity.revision.applyAsInt(one) ? one : two);
    }
    Map<Key, Integer> stored = stored(newest);
    newest
        .entrySet()
        .removeIf(
            entry ->
                identity.revision.applyAsInt(entry.getValue())
                    < stored.getOrDefault(entry.getKey(), Integer.MIN_VALUE));
    return newest.values();
  }

  /** Call once they are written. */
  synchronized void remember(Collection<T> written) {
    for (T item : written) {
      remembered.put(key(item), identity.revision.applyAsInt(item));
    }
  }

  private Key key(T item) {
    return new Key(identity.wearer.apply(item).value(), identity.id.apply(item));
  }

  private Map<Key, Integer> stored(Map<Key, T> items) {
    Map<Key, Integer> stored = new HashMap<>();
    Map<String, Span> unknown = new LinkedHashMap<>();
    items.forEach(
        (key, item) -> {
          Integer revision = remembered.get(key);
          if (revision != null) {
            stored.put(key, revision);
          } else {
            long millis = Math.floorDiv(identity.nanos.applyAsLong(item), Points.NANOS);
            unknown.merge(key.wearer, new Span(millis, millis), Span::with);
          }
        });
    List<String> statements = new ArrayList<>();
    unknown.forEach((wearer, span) -> statements.add(statement(wearer, span)));
    for (int from = 0; from < statements.size(); from += STATEMENTS) {
      List<String> some = statements.subList(from, Math.min(from + STATEMENTS, statements.size()));
      for (Row row : connection.query(some)) {
        Key key = new Key(row.text("wearer"), row.text(identity.column));
        stored.merge(key, (int) row.number("revision"), Math::max);
      }
    }
    return stored;
  }

  private String statement(String wearer, Span span) {
    return InfluxQl.select(
            "wearer, revision, " + identity.column,
            identity.measurement,
            span.from - identity.slackMillis,
            span.to + identity.slackMillis + 1)
        .where("wearer", wearer)
        .toString();
  }

  private record Span(long from, long to) {
    Span with(Span other) {
      return new Span(Math.min(from, other.from), Math.max(to, other.to));
    }
  }
}
