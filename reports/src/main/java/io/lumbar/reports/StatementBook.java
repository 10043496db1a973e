package io.lumbar.reports;

import io.lumbar.model.Calibration;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Correction;
import io.lumbar.model.Experiment;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Statement;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.reports.privacy.ForgottenSpans;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What wearers told lately, so that they can read it again, change it and take it back: check-ins,
 * corrections and day tags of the last {@link #KEPT}, from their topic. Of one id the statement
 * that supersedes the others counts, in whatever order they come. Thread-safe.
 */
public final class StatementBook implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatementBook.class);

  /** As long as a day can be worked out anew, and a little longer. */
  static final Duration KEPT = Duration.ofDays(16);

  /** So that no wearer fills the memory; the oldest go first. */
  static final int MOST = 2_000;

  /** A wearer who was just added may be known here a moment later than elsewhere. */
  private static final Duration NEWS = Duration.ofMinutes(5);

  private static final int POLLS = 60;

  /** What was told just now is read within milliseconds; without the broker the rest must do. */
  private static final Duration CATCH_UP = Duration.ofSeconds(2);

  private final Map<WearerId, Map<String, Statement>> told = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final Predicate<WearerId> known;
  private int polls;
  private @Nullable TopicTail tail;

  StatementBook(InstantSource clock, Predicate<WearerId> known) {
    this.clock = clock;
    this.known = known;
  }

  /**
   * Starts the thread that reads what was told since {@link #KEPT} ago.
   *
   * @param clock by which wearers tell
   * @param topicClock by which Kafka stamps, which is not the former where a demo's day runs faster
   * @param known whether there is this wearer; what others told is dropped
   * @throws org.apache.kafka.common.KafkaException when the broker does not answer
   */
  public static StatementBook start(
      KafkaConnection kafka,
      InstantSource clock,
      InstantSource topicClock,
      Predicate<WearerId> known) {
    StatementBook book = new StatementBook(clock, known);
    book.tail =
        TopicTail.start(
            kafka,
            "statements",
            Map.of(),
            new TopicTail.Start(Set.of(), Set.of(Topic.CHECKINS), topicClock.instant().minus(KEPT)),
            new TopicTail.Reader() {
              @Override
              public void take(Topic topic, ConsumerRecord<byte[], byte[]> next) {
                book.take(next);
              }

              @Override
              public void polled() {
                book.polled();
              }
            });
    return book;
  }

  private void take(ConsumerRecord<byte[], byte[]> next) {
    if (next.key() == null || next.value() == null) {
      return;
    }
    try {
      WearerId wearer = new WearerId(new String(next.key(), StandardCharsets.UTF_8));
      take(wearer, Json.read(next.value(), Statement.class));
    } catch (SerializationException | IllegalArgumentException e) {
      LOG.warn("Skipped what is no statement: offset {}: {}", next.offset(), e.getMessage());
    }
  }

  void take(WearerId wearer, Statement statement) {
    if (statement instanceof Calibration || statement instanceof Experiment) {
      return;
    }
    told.compute(
        wearer,
        (id, before) -> {
          Map<String, Statement> all = before == null ? new HashMap<>() : new HashMap<>(before);
          all.merge(key(statement), statement, (a, b) -> b.supersedes(a) ? b : a);
          if (all.size() > MOST) {
            all.values().stream()
                .min(Comparator.comparing(Statement::statedAt).thenComparing(Statement::id))
                .ifPresent(oldest -> all.remove(key(oldest)));
          }
          return Map.copyOf(all);
        });
  }

  /** What has a time forgotten holds beside all else that is said under its id. */
  private static String key(Statement statement) {
    return statement instanceof Correction one && one.forgets()
        ? one.id() + "|" + one.from() + "|" + one.to()
        : statement.id();
  }

  private void polled() {
    polls++;
    if (polls >= POLLS) {
      polls = 0;
      forgetOld();
    }
  }

  /** Drops what is old, and all of wearers who were erased. */
  void forgetOld() {
    Instant now = clock.instant();
    Instant oldest = now.minus(KEPT);
    for (WearerId wearer : told.keySet()) {
      told.computeIfPresent(
          wearer,
          (id, all) -> {
            Map<String, Statement> rest = new HashMap<>(all);
            rest.values().removeIf(one -> one.statedAt().isBefore(oldest));
            boolean fresh =
                rest.values().stream().anyMatch(one -> one.statedAt().isAfter(now.minus(NEWS)));
            return rest.isEmpty() || (!fresh && !known.test(id)) ? null : Map.copyOf(rest);
          });
    }
  }

  /**
   * The highest pain of the lower back that check-ins tell of each day, by the wearer's dates; null
   * for a day of which all that was told has been taken back, changed to say no pain, or is to be
   * forgotten. Days of which nothing was told in the last {@link #KEPT} are not in it. What was
   * acknowledged before this was called counts.
   */
  public Map<LocalDate, @Nullable Integer> pains(Wearer wearer) {
    Map<LocalDate, @Nullable Integer> pains = new HashMap<>();
    catchUp();
    for (Statement one : told.getOrDefault(wearer.id(), Map.of()).values()) {
      if (one instanceof CheckIn said) {
        pains.put(wearer.dates().at(said.at()), null);
      }
    }
    for (Statement one : held(wearer)) {
      if (one instanceof CheckIn said && said.pain() != null) {
        pains.merge(wearer.dates().at(said.at()), said.pain(), Math::max);
      }
    }
    return pains;
  }

  private void catchUp() {
    if (tail != null) {
      tail.awaitEnd(CATCH_UP);
    }
  }

  /**
   * What a wearer told and did not take back or have forgotten, in no order. That something is to
   * be forgotten is not told either. What was acknowledged before this was called counts.
   */
  List<Statement> of(Wearer wearer) {
    catchUp();
    return held(wearer);
  }

  private List<Statement> held(Wearer wearer) {
    Map<String, Statement> all = told.getOrDefault(wearer.id(), Map.of());
    Set<String> forgetting =
        all.values().stream()
            .filter(Statement::forgets)
            .map(Statement::id)
            .collect(Collectors.toSet());
    return all.values().stream()
        .filter(one -> !one.revoked() && !forgetting.contains(one.id()))
        .filter(one -> !isForgotten(wearer, one, all.values()))
        .toList();
  }

  /** By a word that came after it; what is told of that time since is told for good. */
  private static boolean isForgotten(Wearer wearer, Statement told, Collection<Statement> all) {
    List<Correction> since = new ArrayList<>();
    for (Statement one : all) {
      if (one instanceof Correction correction
          && (correction.id().equals(told.id())
              || !correction.statedAt().isBefore(told.statedAt()))) {
        since.add(correction);
      }
    }
    return ForgottenSpans.of(wearer, List.of(), since).touch(Json.mapper().valueToTree(told));
  }

  @Override
  public void close() {
    if (tail != null) {
      tail.close();
    }
  }
}
