package io.lumbar.history;

import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies bouts, episodes, days, nights, alerts, responses and decisions from their topics to a
 * store.
 *
 * <p>Offsets are committed once the store has a batch, so after a crash the records since then are
 * written again in their order; the store's upserts make that harmless. A record that cannot be
 * read, or that the store says it can never take, goes to the dead-letter topic and stops nothing.
 * Every other failure of the store (away, full, a bug) loses nothing: the writer keeps its place in
 * the group, is not healthy, and tries again at least every 5 s. Tombstones are skipped. Runs one
 * thread of its own.
 *
 * <p>It follows the registry too: of a wearer who is gone from there nothing stays and nothing is
 * written again. What a wearer told to forget is taken away likewise.
 */
public final class HistoryWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryWriter.class);
  private static final long RESTART_MILLIS = 2_000;

  private final KafkaConnection kafka;
  private final HistoryStore store;
  private final String groupId;
  private final @Nullable String instanceId;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final WriterState state = new WriterState();
  private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

  private HistoryWriter(
      KafkaConnection kafka, HistoryStore store, String groupId, @Nullable String instanceId) {
    this.kafka = kafka;
    this.store = store;
    this.groupId = groupId;
    this.instanceId = instanceId;
    this.thread = new Thread(this::run, "history-writer");
    this.thread.setDaemon(true);
  }

  /** Starts a writer; one that was killed is replaced after its session of 6 s. */
  public static HistoryWriter start(KafkaConnection kafka, HistoryStore store, String groupId) {
    return started(new HistoryWriter(kafka, store, groupId, null));
  }

  /**
   * Starts a writer that takes its place again at once after it was killed.
   *
   * @param instanceId the same at every start, and no other writer's of the group
   */
  public static HistoryWriter start(
      KafkaConnection kafka, HistoryStore store, String groupId, String instanceId) {
    return started(new HistoryWriter(kafka, store, groupId, instanceId));
  }

  private static HistoryWriter started(HistoryWriter writer) {
    writer.thread.start();
    return writer;
  }

  /** True while records reach the store. */
  public boolean healthy() {
    return thread.isAlive() && state.trouble() == null;
  }

  /** Whether it goes on by itself when what troubles it is over. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  /** What is wrong in one sentence, or how far the writer is behind. */
  public String detail() {
    if (!thread.isAlive()) {
      return "the history writer has stopped";
    }
    String trouble = state.trouble();
    return trouble == null ? state.behind + " records behind" : trouble;
  }

  /** Records in the topics that the store does not have yet, as of the last fetch. */
  public long lag() {
    return state.behind;
  }

  /** Records written since the start; those written again count again. */
  public long written() {
    return state.written.get();
  }

  /** Records sent to the dead-letter topic since the start. */
  public long deadLettered() {
    return state.deadLettered.get();
  }

  private void run() {
    try (DeadLetters deadLetters = new DeadLetters(kafka)) {
      while (!isClosing()) {
        try {
          pump(deadLetters);
        } catch (WakeupException | InterruptException e) {
          LOG.debug("the history writer was woken up");
        } catch (RuntimeException e) {
          state.failed("the history writer cannot read its topics", e);
          if (closing.await(RESTART_MILLIS, TimeUnit.MILLISECONDS)) {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the history writer was interrupted");
    }
  }

  private void pump(DeadLetters deadLetters) throws InterruptedException {
    KafkaConsumer<byte[], byte[]> mine =
        new KafkaConsumer<>(properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer = mine;
    try {
      HistoryPump pump = new HistoryPump(mine, store, deadLetters, state);
      mine.subscribe(
          Incoming.TOPICS.stream().map(Topic::topicName).toList(),
          new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
              pump.partitionsChanged();
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
          });
      while (!isClosing()) {
        pump.step();
      }
    } finally {
      consumer = null;
      // A static member that stays in the group would hold its partitions for nobody.
      mine.close(
          CloseOptions.timeout(Duration.ofSeconds(2))
              .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>(kafka.consumer());
    properties.put("group.id", groupId);
    if (instanceId != null) {
      properties.put("group.instance.id", instanceId);
    }
    properties.put("session.timeout.ms", "6000");
    properties.put("heartbeat.interval.ms", "2000");
    properties.put("max.poll.records", "2000");
    properties.put("allow.auto.create.topics", "false");
    properties.put("metadata.max.age.ms", "30000");
    return properties;
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /** Ends the thread and leaves the group, within 5 s; what is not committed is written again. */
  @Override
  public void close() {
    closing.countDown();
    KafkaConsumer<byte[], byte[]> reading = consumer;
    if (reading != null) {
      reading.wakeup();
    }
    try {
      thread.join(3_000);
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(1_500);
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
