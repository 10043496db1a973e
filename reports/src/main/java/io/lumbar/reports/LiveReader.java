package io.lumbar.reports;

import io.lumbar.model.Barrier;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread behind the live feed: one consumer without a group over all partitions, because every
 * web instance shows everything.
 *
 * <p>Inputs and alerts are read from ten minutes back, so that after a restart devices are known
 * and listeners get what they missed; the rest from the end.
 */
final class LiveReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveReader.class);
  private static final Duration LOOK_BACK = Duration.ofMinutes(10);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Set<Topic> INPUTS = EnumSet.of(Topic.POSTURE, Topic.STEPS, Topic.MOTION);
  private static final Set<Topic> SHOWN =
      EnumSet.of(Topic.BOUTS, Topic.EPISODES, Topic.ALERTS, Topic.RESPONSES);
  private static final Set<Topic> FROM_BACK =
      EnumSet.of(Topic.POSTURE, Topic.STEPS, Topic.MOTION, Topic.ALERTS);

  private final Consumer<byte[], byte[]> consumer;
  private final LiveFeed feed;
  private final InstantSource clock;
  private final Map<String, Topic> topics = new HashMap<>();
  private final Thread thread = new Thread(this::run, "live-feed");
  private long lastHeartbeat = System.nanoTime();
  private volatile boolean closing;

  private LiveReader(Consumer<byte[], byte[]> consumer, LiveFeed feed, InstantSource clock) {
    this.consumer = consumer;
    this.feed = feed;
    this.clock = clock;
  }

  static LiveReader start(KafkaConnection kafka, LiveFeed feed, InstantSource clock) {
    Map<String, Object> properties = kafka.consumer();
    properties.put("client.id", "lumbar-live-feed");
    properties.put("auto.offset.reset", "latest");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties, bytes, bytes);
    LiveReader reader = new LiveReader(consumer, feed, clock);
    try {
      reader.assign();
    } catch (KafkaException e) {
      consumer.close();
      throw e;
    }
    reader.thread.setDaemon(true);
    reader.thread.start();
    return reader;
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  private void assign() {
    List<TopicPartition> all = new ArrayList<>();
    List<TopicPartition> fromBack = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      if (INPUTS.contains(topic) || SHOWN.contains(topic)) {
        topics.put(topic.topicName(), topic);
        for (PartitionInfo info : consumer.partitionsFor(topic.topicName())) {
          TopicPartition partition = new TopicPartition(info.topic(), info.partition());
          all.add(partition);
          if (FROM_BACK.contains(topic)) {
            fromBack.add(partition);
          }
        }
      }
    }
    consumer.assign(all);
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    ends.forEach(consumer::seek);
    Map<TopicPartition, Long> times = new HashMap<>();
    long back = clock.instant().minus(LOOK_BACK).toEpochMilli();
    fromBack.forEach(partition -> times.put(partition, back));
    for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
        consumer.offsetsForTimes(times).entrySet()) {
      if (found.getValue() != null) {
        consumer.seek(found.getKey(), found.getValue().offset());
      }
    }
  }

  private void run() {
    while (!closing) {
      try {
        for (ConsumerRecord<byte[], byte[]> next : consumer.poll(POLL)) {
          take(next);
        }
        beat();
      } catch (KafkaException e) {
        recover(e);
      }
    }
    consumer.close();
  }

  private void take(ConsumerRecord<byte[], byte[]> next) {
    Topic topic = topics.get(next.topic());
    if (topic == null) {
      return;
    }
    if (INPUTS.contains(topic)) {
      Header device = next.headers().lastHeader("device");
      if (device != null) {
        Instant arrived = Instant.ofEpochMilli(next.timestamp());
        Instant now = clock.instant();
        feed.presence()
            .heard(
                new String(device.value(), StandardCharsets.UTF_8),
                arrived.isAfter(now) ? now : arrived);
      }
      return;
    }
    if (next.value() == null || isBarrier(next.key())) {
      return;
    }
    try {
      feed.accept(topic, next.offset(), next.value());
    } catch (RuntimeException e) {
      LOG.warn(
          "Skipped what cannot be shown: {}-{} offset {}: {}",
          next.topic(),
          next.partition(),
          next.offset(),
          e.getMessage());
    }
  }

  // The client copes by itself with a broker that is away, and closing wakes it on purpose; this is
  // about the rest, such as a topic made anew. Going on beats a page that stands still.
  private void recover(KafkaException failure) {
    if (!closing) {
      LOG.warn("The live feed cannot read: {}; trying again", failure.toString());
      pause();
    }
  }

  private static boolean isBarrier(byte[] key) {
    return key != null && new String(key, StandardCharsets.UTF_8).endsWith("|" + Barrier.KEY);
  }

  private void beat() {
    if (System.nanoTime() - lastHeartbeat >= HEARTBEAT.toNanos()) {
      lastHeartbeat = System.nanoTime();
      feed.heartbeat();
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      closing = true;
    }
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
