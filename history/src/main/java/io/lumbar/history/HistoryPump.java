package io.lumbar.history;

import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.history.HistoryStore.HistoryRefused;
import io.lumbar.history.Incoming.Content;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves fetched records into the store: write, bury what cannot be written, commit. When one of
 * these fails it goes back to where the fetch began and waits inside {@code poll}, partitions
 * paused, so that the group keeps it as a member.
 */
final class HistoryPump {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryPump.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final int FORGOTTEN_ALERTS = 10_000;

  private final Consumer<byte[], byte[]> consumer;
  private final HistoryStore store;
  private final DeadLetters deadLetters;
  private final WriterState state;
  private Duration wait = FIRST_WAIT;

  /** Wearers of whom nothing is kept any more; null when the store has to be asked. */
  private @Nullable Set<String> erased;

  /** Spans that wearers who are there had forgotten; read together with {@link #erased}. */
  private final Map<String, Set<Erasure>> forgotten = new HashMap<>();

  /** Alerts that went or were not taken; answers come a day later at most. */
  private final Set<String> forgottenAlerts =
      Collections.newSetFromMap(
          new LinkedHashMap<String, Boolean>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > FORGOTTEN_ALERTS;
            }
          });

  HistoryPump(
      Consumer<byte[], byte[]> consumer,
      HistoryStore store,
      DeadLetters deadLetters,
      WriterState state) {
    this.consumer = consumer;
    this.store = store;
    this.deadLetters = deadLetters;
    this.state = state;
  }

  private record Burial(Incoming incoming, String reason) {}

  /** Waits for records and moves them; returns when they are moved or have to be fetched again. */
  void step() throws InterruptedException {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    if (records.isEmpty()) {
      state.fine();
    } else if (move(records)) {
      commit();
      state.fine();
      wait = FIRST_WAIT;
    } else {
      rewind(records);
      waitPaused();
    }
    state.behind = lag();
  }

  /** Another writer may have written or erased wearers of the partitions that come now. */
  void partitionsChanged() {
    erased = null;
    store.writersChanged();
  }

  private boolean move(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
    List<Incoming> good = new ArrayList<>();
    List<Erasure> erasures = new ArrayList<>();
    List<Burial> burials = new ArrayList<>();
    try {
      Set<String> gone = erased();
      for (ConsumerRecord<byte[], byte[]> each : records) {
        Incoming incoming = Incoming.of(each);
        if (incoming.content() instanceof Content.Bad bad) {
          burials.add(new Burial(incoming, bad.reason()));
        } else if (incoming.content() instanceof Content.Erase erase) {
          erasures.add(erase.erasure());
        } else if (incoming.content() instanceof Content.Drop drop) {
          // What comes behind it of a date is new.
          write(good, burials);
          good.clear();
          drop(drop);
        } else if (incoming.content() instanceof Content.Item item
            && !gone.contains(incoming.wearer())
            && !isForgotten(incoming, item.value())) {
          good.add(incoming);
        }
      }
      write(good, burials);
      for (Erasure erasure : erasures) {
        forgottenAlerts.addAll(store.erase(erasure));
        know(erasure, gone);
      }
    } catch (RuntimeException e) {
      // Whatever else it is, a full disk or a bug: the records stay in their topics until it is
      // over.
      state.failed("the history cannot be written", e);
      return false;
    }
    try {
      for (Burial burial : burials) {
        bury(burial);
      }
      return true;
    } catch (InterruptException | WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      state.failed("a dead letter cannot be sent", e);
      return false;
    }
  }

  private Set<String> erased() {
    Set<String> known = erased;
    if (known == null) {
      known = new HashSet<>();
      forgotten.clear();
      for (Erasure erasure : store.erasures(Instant.EPOCH)) {
        know(erasure, known);
      }
      erased = known;
    }
    return known;
  }

  private void know(Erasure erasure, Set<String> gone) {
    String wearer = erasure.wearer().value();
    if (erasure.whole()) {
      gone.add(wearer);
      forgotten.remove(wearer);
    } else {
      forgotten.computeIfAbsent(wearer, w -> new HashSet<>()).add(erasure);
    }
  }

  private void drop(Content.Drop drop) {
    if (drop.topic() == Topic.DAYS) {
      store.dropDays(drop.dates());
    } else {
      store.dropNights(drop.dates());
    }
  }

  /**
   * Topics are read each at its pace, so that an alert, the answer to it or a decision may come
   * after the word that has its span forgotten, and so may, where all topics are read anew, old
   * bouts and episodes. What was published of these only after the word may stay: the wearer says
   * later what the span was.
   */
  private boolean isForgotten(Incoming incoming, Object item) {
    Set<Erasure> spans = forgotten.getOrDefault(incoming.wearer(), Set.of());
    if (spans.isEmpty()) {
      return false;
    }
    if (item instanceof Alert alert) {
      boolean gone = covers(spans, alert.at()) || covers(spans, alert.since());
      if (gone) {
        forgottenAlerts.add(alert.id());
      }
      return gone;
    }
    if (item instanceof AlertResponse response) {
      return forgottenAlerts.contains(response.alert()) || covers(spans, response.at());
    }
    if (item instanceof Decision decision) {
      return covers(spans, decision.at());
    }
    Instant published = Instant.ofEpochMilli(incoming.source().timestamp());
    Set<Erasure> later =
        spans.stream().filter(each -> published.isBefore(each.at())).collect(Collectors.toSet());
    return (item instanceof Bout bout && covers(later, bout.from()))
        || (item instanceof Episode episode && covers(later, episode.from()));
  }

  private static boolean covers(Set<Erasure> spans, Instant instant) {
    return spans.stream().anyMatch(each -> each.covers(instant));
  }

  /** Halves a refused batch until the records that are at fault stand alone. */
  private void write(List<Incoming> records, List<Burial> burials) {
    if (records.isEmpty()) {
      return;
    }
    try {
      store.write(Incoming.batch(records));
      state.written.addAndGet(records.size());
    } catch (HistoryRefused e) {
      if (records.size() == 1) {
        burials.add(new Burial(records.get(0), "the history refuses it: " + e.getMessage()));
        return;
      }
      int half = records.size() / 2;
      write(records.subList(0, half), burials);
      write(records.subList(half, records.size()), burials);
    }
  }

  private void bury(Burial burial) throws InterruptedException {
    LOG.warn("{} goes to the dead letters: {}", burial.incoming().place(), burial.reason());
    deadLetters.send(burial.incoming(), burial.reason());
    state.deadLettered.incrementAndGet();
  }

  private void commit() {
    try {
      consumer.commitSync();
    } catch (InterruptException | WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      // The records are written; whoever reads them next writes them again to no effect.
      LOG.info("offsets not committed: {}", e.getMessage());
    }
  }

  private void rewind(ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      consumer.seek(partition, records.records(partition).get(0).offset());
    }
  }

  private void waitPaused() {
    consumer.pause(consumer.assignment());
    long end = System.nanoTime() + wait.toNanos();
    for (long left = wait.toNanos(); left > 0; left = end - System.nanoTime()) {
      ConsumerRecords<byte[], byte[]> early = consumer.poll(Duration.ofNanos(left));
      if (!early.isEmpty()) {
        // Partitions that a rebalance has brought meanwhile are not paused yet.
        rewind(early);
        consumer.pause(consumer.assignment());
      }
    }
    consumer.resume(consumer.paused());
    Duration doubled = wait.multipliedBy(2);
    wait = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
  }

  private long lag() {
    long sum = 0;
    for (TopicPartition partition : consumer.assignment()) {
      sum += consumer.currentLag(partition).orElse(0);
    }
    return sum;
  }
}
