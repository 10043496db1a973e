package io.lumbar.history.influx;

import io.lumbar.history.influx.InfluxConnection.Row;
import io.lumbar.model.Json;
import io.lumbar.model.WearerId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an older revision from overwriting a newer one, which InfluxDB itself would let happen, and
 * knows which points must go before they are written anew.
 *
 * <p>Remembers the last {@value #REMEMBERED} records it wrote or found, and asks the server about
 * others, once per batch and wearer. This guards against repeated deliveries; it is no lock: one
 * wearer must be written by one writer at a time, which the topics' partitions see to.
 */
final class Revisions<T> {
  private static final int REMEMBERED = 20_000;
  private static final int STATEMENTS = 50;

  private final InfluxConnection connection;
  private final Identity<T> identity;
  private final Map<Key, Stored> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Stored> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * How a kind of record is told apart.
   *
   * @param column of the id
   * @param nanos the point's time
   * @param slackMillis how far from there another point of the same id may lie
   * @param optional the fields of a record that another revision may lack
   * @param type of the records, where some have optional fields
   */
  record Identity<T>(
      String measurement,
      String column,
      Function<T, WearerId> wearer,
      Function<T, String> id,
      ToIntFunction<T> revision,
      ToLongFunction<T> nanos,
      long slackMillis,
      Function<T, Set<String>> optional,
      @Nullable Class<T> type) {

    /** Of a kind whose records all have the same fields. */
    Identity(
        String measurement,
        String column,
        Function<T, WearerId> wearer,
        Function<T, String> id,
        ToIntFunction<T> revision,
        ToLongFunction<T> nanos) {
      this(measurement, column, wearer, id, revision, nanos, 0, item -> Set.of(), null);
    }
  }

  private record Key(String wearer, String id) {}

  /**
   * What stands for a record.
   *
   * @param nanos the point's time; {@link #SEVERAL} where points of more than one time do
   */
  private record Stored(int revision, long nanos, Set<String> fields) {
    static final long SEVERAL = Long.MIN_VALUE;

    Stored with(Stored other) {
      Set<String> all = new HashSet<>(fields);
      all.addAll(other.fields);
      return new Stored(
          Math.max(revision, other.revision), nanos == other.nanos ? nanos : SEVERAL, all);
    }
  }

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
    Map<Key, Stored> stored = stored(newest);
    remembered.putAll(stored);
    newest
        .entrySet()
        .removeIf(
            entry -> {
              Stored kept = stored.get(entry.getKey());
              return kept != null && identity.revision.applyAsInt(entry.getValue()) < kept.revision;
            });
    return newest.values();
  }

  /**
   * Those of {@link #newest} of which a point must be deleted first: InfluxDB merges the fields of
   * points, so that what a record has no more would stay, and a point at another time stays too.
   */
  synchronized List<T> dropping(Collection<T> newest) {
    return newest.stream()
        .filter(
            item -> {
              Stored kept = remembered.get(key(item));
              return kept != null
                  && (kept.nanos != identity.nanos.applyAsLong(item)
                      || !identity.optional.apply(item).containsAll(kept.fields));
            })
        .toList();
  }

  /** Call once they are written. */
  synchronized void remember(Collection<T> written) {
    for (T item : written) {
      remembered.put(
          key(item),
          new Stored(
              identity.revision.applyAsInt(item),
              identity.nanos.applyAsLong(item),
              identity.optional.apply(item)));
    }
  }

  /** Asks the server anew about each record. */
  synchronized void forgetAll() {
    remembered.clear();
  }

  /** Takes away the points of a record. */
  String deletion(T item) {
    return "DELETE FROM %s WHERE wearer = %s AND %s = %s"
        .formatted(
            identity.measurement,
            InfluxQl.quoted(identity.wearer.apply(item).value()),
            identity.column,
            InfluxQl.quoted(identity.id.apply(item)));
  }

  private Key key(T item) {
    return new Key(identity.wearer.apply(item).value(), identity.id.apply(item));
  }

  private Map<Key, Stored> stored(Map<Key, T> items) {
    Map<Key, Stored> stored = new HashMap<>();
    Map<String, Span> unknown = new LinkedHashMap<>();
    items.forEach(
        (key, item) -> {
          Stored known = remembered.get(key);
          if (known != null) {
            stored.put(key, known);
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
        stored.merge(key, stored(row), Stored::with);
      }
    }
    return stored;
  }

  private Stored stored(Row row) {
    return new Stored((int) row.number("revision"), row.number("time"), fields(row));
  }

  /** By its record: the client cannot read columns without a value. */
  private Set<String> fields(Row row) {
    Class<T> type = identity.type;
    if (type == null || row.text("record").isEmpty()) {
      return Set.of();
    }
    try {
      byte[] json = row.text("record").getBytes(StandardCharsets.UTF_8);
      return Set.copyOf(identity.optional.apply(Json.read(json, type)));
    } catch (SerializationException e) {
      // Somebody else wrote it; what it holds goes.
      return Set.of("record");
    }
  }

  private String statement(String wearer, Span span) {
    String columns = "wearer, revision, " + identity.column;
    return InfluxQl.select(
            identity.type == null ? columns : columns + ", record",
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
