package io.lumbar.history.influx;

import io.lumbar.history.influx.InfluxConnection.Row;
import io.lumbar.model.Bout;
import io.lumbar.model.Episode;
import io.lumbar.model.WearerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
   * @param measurement where the revisions stand
   * @param column to ask for beside wearer and revision
   * @param millis the time of the point there
   * @param idOf the id of such a point, null when it is of another kind
   * @param shown what dashboards show of a record
   * @param shownOf the same of such a point
   */
  record Identity<T>(
      String measurement,
      String column,
      Function<T, WearerId> wearer,
      Function<T, String> id,
      ToIntFunction<T> revision,
      ToLongFunction<T> millis,
      Function<Row, @Nullable String> idOf,
      Function<T, Shown> shown,
      Function<Row, Shown> shownOf) {

    /** Of bouts; shown, hour by hour, up to their end. */
    static Identity<Bout> ofBouts() {
      return new Identity<>(
          "bouts",
          "id, until",
          Bout::wearer,
          Bout::id,
          Bout::revision,
          bout -> Math.floorDiv(Points.time(bout), Points.NANOS),
          row -> row.text("id"),
          bout -> new Shown(BoutHours.until(bout), Set.of()),
          row -> new Shown(row.number("until"), Set.of()));
    }

    /** Of episodes, which show nothing elsewhere. */
    static Identity<Episode> ofEpisodes() {
      return new Identity<>(
          "episodes",
          "id",
          Episode::wearer,
          Episode::id,
          Episode::revision,
          episode -> Math.floorDiv(Points.time(episode), Points.NANOS),
          row -> row.text("id"),
          episode -> Shown.NOTHING,
          row -> Shown.NOTHING);
    }

    /** Of days or nights. */
    static <T> Identity<T> of(DateKind<T> kind) {
      return new Identity<>(
          DateKind.WHOLE,
          "record",
          kind::wearer,
          item -> kind.date(item).toString(),
          kind::revision,
          item -> kind.millis(kind.date(item)),
          row -> kind.has(row) ? DateKind.date(row).toString() : null,
          kind::shown,
          row -> readShown(kind, row));
    }

    private static <T> Shown readShown(DateKind<T> kind, Row row) {
      try {
        return row.text("record").isEmpty() ? Shown.UNKNOWN : kind.shown(row);
      } catch (SerializationException e) {
        // Somebody else wrote it; what it holds goes.
        return Shown.UNKNOWN;
      }
    }
  }

  private record Key(String wearer, String id) {}

  /**
   * What dashboards have of a record elsewhere.
   *
   * @param at the time of its point in nanoseconds; of a bout its end in milliseconds
   * @param fields those of its fields that not all have
   */
  record Shown(long at, Set<String> fields) {
    static final Shown NOTHING = new Shown(0, Set.of());
    static final Shown UNKNOWN = new Shown(Long.MIN_VALUE, Set.of());
  }

  /** What stands for a record. */
  private record Stored(int revision, Shown shown) {
    Stored newer(Stored later) {
      return later.revision < revision ? this : later;
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
   * What is not known of a point goes as well, but for that of the same revision, behind which
   * nothing was left when it was written.
   */
  synchronized List<T> dropping(Collection<T> newest) {
    return newest.stream()
        .filter(
            item -> {
              Stored kept = remembered.get(key(item));
              if (kept == null) {
                return false;
              }
              if (kept.shown.equals(Shown.UNKNOWN)
                  && kept.revision == identity.revision.applyAsInt(item)) {
                return false;
              }
              Shown shown = identity.shown.apply(item);
              return kept.shown.at != shown.at || !shown.fields.containsAll(kept.shown.fields);
            })
        .toList();
  }

  /** What stood for one of {@link #newest} before it is written; null when nothing did. */
  synchronized @Nullable Shown former(T item) {
    Stored kept = remembered.get(key(item));
    return kept == null ? null : kept.shown;
  }

  /** Call once they are written. */
  synchronized void remember(Collection<T> written) {
    for (T item : written) {
      remembered.put(
          key(item), new Stored(identity.revision.applyAsInt(item), identity.shown.apply(item)));
    }
  }

  /** Asks the server anew about each record. */
  synchronized void forgetAll() {
    remembered.clear();
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
            long millis = identity.millis.applyAsLong(item);
            unknown.merge(key.wearer, new Span(millis, millis), Span::with);
          }
        });
    List<String> statements = new ArrayList<>();
    unknown.forEach((wearer, span) -> statements.add(statement(wearer, span)));
    for (int from = 0; from < statements.size(); from += STATEMENTS) {
      List<String> some = statements.subList(from, Math.min(from + STATEMENTS, statements.size()));
      for (Row row : connection.query(some)) {
        String id = identity.idOf.apply(row);
        if (id != null) {
          stored.merge(new Key(row.text("wearer"), id), stored(row), Stored::newer);
        }
      }
    }
    return stored;
  }

  private Stored stored(Row row) {
    return new Stored((int) row.number("revision"), identity.shownOf.apply(row));
  }

  private String statement(String wearer, Span span) {
    return InfluxQl.select(
            "wearer, revision, " + identity.column, identity.measurement, span.from, span.to + 1)
        .where("wearer", wearer)
        .toString();
  }

  private record Span(long from, long to) {
    Span with(Span other) {
      return new Span(Math.min(from, other.from), Math.max(to, other.to));
    }
  }
}
