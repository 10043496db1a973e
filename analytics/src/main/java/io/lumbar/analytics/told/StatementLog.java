package io.lumbar.analytics.told;

import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Correction;
import io.lumbar.model.DayTag;
import io.lumbar.model.Statement;
import io.lumbar.model.WearerId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The set of what wearers told, in a store by id and, for what counts, by time. Of two statements
 * of one id the one that supersedes the other counts, so any order and repetition leaves the same
 * set. What has a time forgotten stands by its id and its time, because it is final: another time
 * under the same id is another word, and nothing else under it counts.
 */
public final class StatementLog {
  private static final String BY_ID = "id";
  private static final String CORRECTION = "correction";
  private static final String CHECK_IN = "check-in";
  private static final String DAY_TAG = "day-tag";

  private final KeyValueStore<String, Statement> store;

  public StatementLog(KeyValueStore<String, Statement> store) {
    this.store = store;
  }

  /**
   * Adds a statement; returns what stopped to count and what counts now, or an empty list when
   * nothing changed.
   */
  List<Statement> add(WearerId wearer, Statement statement) {
    String key = idKey(wearer, statement);
    @Nullable Statement before = store.get(key);
    if (before != null && !statement.supersedes(before)) {
      return List.of();
    }
    if (statement.forgets()) {
      before = otherWord(wearer, statement);
    } else if (hasForgotten(wearer, statement.id())) {
      return List.of();
    }
    store.put(key, statement);
    List<Statement> changed = new ArrayList<>();
    if (before != null && !before.revoked()) {
      timeKey(wearer, before).ifPresent(store::delete);
      changed.add(before);
    }
    if (!statement.revoked()) {
      timeKey(wearer, statement).ifPresent(at -> store.put(at, statement));
      changed.add(statement);
    }
    return changed;
  }

  /** Takes out what was said under the id of a word that is final, and returns it. */
  private @Nullable Statement otherWord(WearerId wearer, Statement last) {
    String key = owner(wearer, BY_ID) + "|" + last.id();
    Statement other = store.get(key);
    if (other == null || other.forgets()) {
      return null;
    }
    store.delete(key);
    return other;
  }

  /** Whether some time was ever to be forgotten under an id. */
  private boolean hasForgotten(WearerId wearer, String id) {
    String key = owner(wearer, BY_ID) + "|" + id;
    Statement former = store.get(key);
    if (former != null && former.forgets()) {
      return true;
    }
    try (KeyValueIterator<String, Statement> some = store.range(key + "|", key + "}")) {
      return some.hasNext();
    }
  }

  /** Corrections that overlap a span; of two at one instant the later in this list counts. */
  public List<Correction> corrections(WearerId wearer, Span span) {
    String owner = owner(wearer, CORRECTION);
    long earliest = span.from() - Correction.LONGEST.toMillis();
    return range(
            StoreKeys.at(owner, earliest),
            StoreKeys.at(owner, span.to()),
            Correction.class,
            correction ->
                correction.from().toEpochMilli() < span.to()
                    && correction.to().toEpochMilli() > span.from())
        .stream()
        .sorted(Comparator.comparing(Correction::statedAt).thenComparing(Correction::id))
        .toList();
  }

  /** Stretches within a span in which what was measured does not count, by start. */
  public List<Span> voided(WearerId wearer, Span span) {
    return corrections(wearer, span).stream()
        .filter(correction -> correction.was().voidsMeasurements())
        .map(one -> new Span(one.from().toEpochMilli(), one.to().toEpochMilli()))
        .sorted(Comparator.comparingLong(Span::from))
        .toList();
  }

  /** Stretches that overlap a span and of which nothing that was told is to count, by start. */
  private List<Span> silenced(WearerId wearer, Span span) {
    return corrections(wearer, span).stream()
        .filter(correction -> correction.was() == Correction.Was.FORGET)
        .map(one -> new Span(one.from().toEpochMilli(), one.to().toEpochMilli()))
        .sorted(Comparator.comparingLong(Span::from))
        .toList();
  }

  /**
   * What of a span is forgotten, by start and apart from each other: without that of which the
   * wearer said afterwards what it was.
   */
  public List<Span> forgotten(WearerId wearer, Span span) {
    List<Span> gone = List.of();
    for (Correction one : corrections(wearer, span)) {
      long from = Math.max(span.from(), one.from().toEpochMilli());
      long to = Math.min(span.to(), one.to().toEpochMilli());
      List<Span> next = new ArrayList<>();
      for (Span each : gone) {
        add(next, each.from(), Math.min(each.to(), from));
        add(next, Math.max(each.from(), to), each.to());
      }
      if (one.was() == Correction.Was.FORGET) {
        add(next, from, to);
      }
      gone = next;
    }
    return joined(gone);
  }

  private static void add(List<Span> spans, long from, long to) {
    if (from < to) {
      spans.add(new Span(from, to));
    }
  }

  /** Spans that do not overlap, by start, those without time in between as one. */
  private static List<Span> joined(List<Span> spans) {
    List<Span> joined = new ArrayList<>();
    for (Span span : spans.stream().sorted(Comparator.comparingLong(Span::from)).toList()) {
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).to() == span.from()) {
        joined.set(last, new Span(joined.get(last).from(), span.to()));
      } else {
        joined.add(span);
      }
    }
    return joined;
  }

  /** Check-ins about an instant of [from, to) that is not to be forgotten, by that instant. */
  public List<CheckIn> checkIns(WearerId wearer, Span span) {
    String owner = owner(wearer, CHECK_IN);
    List<CheckIn> told =
        range(
            StoreKeys.at(owner, span.from()),
            StoreKeys.at(owner, span.to()),
            CheckIn.class,
            checkIn -> true);
    if (told.isEmpty()) {
      return told;
    }
    List<Span> forgotten = silenced(wearer, span);
    return told.stream()
        .filter(
            one ->
                forgotten.stream()
                    .noneMatch(
                        gone ->
                            gone.from() <= one.at().toEpochMilli()
                                && one.at().toEpochMilli() < gone.to()))
        .toList();
  }

  /** The tags of a day, each once; none when all of the day is to be forgotten. */
  public List<DayTag.Tag> tags(WearerId wearer, LocalDate date, Span day) {
    List<DayTag.Tag> tags = tags(wearer, date);
    if (tags.isEmpty()) {
      return tags;
    }
    long left = day.from();
    for (Span gone : silenced(wearer, day)) {
      left = gone.from() <= left ? Math.max(left, gone.to()) : left;
    }
    return left >= day.to() ? List.of() : tags;
  }

  /** The tags of a day, each once. */
  public List<DayTag.Tag> tags(WearerId wearer, LocalDate date) {
    String day = owner(wearer, DAY_TAG) + "|" + date;
    return range(day + "|", day + "}", DayTag.class, tag -> true).stream()
        .map(DayTag::tag)
        .distinct()
        .sorted()
        .toList();
  }

  /** Removes the statements of a wearer of which something holds. */
  public void forget(WearerId wearer, Predicate<Statement> old) {
    String prefix = owner(wearer, BY_ID) + "|";
    List<Statement> gone = new ArrayList<>();
    try (KeyValueIterator<String, Statement> all = store.range(prefix, prefix + "}")) {
      while (all.hasNext()) {
        Statement statement = all.next().value;
        if (old.test(statement)) {
          gone.add(statement);
        }
      }
    }
    for (Statement statement : gone) {
      store.delete(prefix + statement.id());
      store.delete(idKey(wearer, statement));
      timeKey(wearer, statement).ifPresent(store::delete);
      if (statement instanceof Correction correction) {
        // Where former versions kept what was to be forgotten.
        store.delete(spanKey(wearer, correction));
      }
    }
  }

  private <S> List<S> range(String from, String to, Class<S> type, Predicate<S> wanted) {
    List<S> found = new ArrayList<>();
    try (KeyValueIterator<String, Statement> entries = store.range(from, to)) {
      while (entries.hasNext()) {
        S statement = type.cast(entries.next().value);
        if (wanted.test(statement)) {
          found.add(statement);
        }
      }
    }
    return found;
  }

  private static Optional<String> timeKey(WearerId wearer, Statement statement) {
    String id = "|" + statement.id();
    if (statement instanceof Correction correction) {
      String key = spanKey(wearer, correction);
      return Optional.of(correction.forgets() ? key + "|" + correction.to().toEpochMilli() : key);
    }
    if (statement instanceof CheckIn checkIn) {
      long at = checkIn.at().toEpochMilli();
      return Optional.of(StoreKeys.at(owner(wearer, CHECK_IN), at) + id);
    }
    if (statement instanceof DayTag tag) {
      return Optional.of(owner(wearer, DAY_TAG) + "|" + tag.date() + id);
    }
    return Optional.empty();
  }

  private static String spanKey(WearerId wearer, Correction correction) {
    long from = correction.from().toEpochMilli();
    return StoreKeys.at(owner(wearer, CORRECTION), from) + "|" + correction.id();
  }

  private static String idKey(WearerId wearer, Statement statement) {
    String key = owner(wearer, BY_ID) + "|" + statement.id();
    return statement instanceof Correction correction && correction.forgets()
        ? StoreKeys.at(key, correction.from().toEpochMilli()) + "|" + correction.to().toEpochMilli()
        : key;
  }

  private static String owner(WearerId wearer, String kind) {
    return wearer.value() + "|" + kind;
  }
}
