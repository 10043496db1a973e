package io.lumbar.http;

import io.lumbar.model.Device;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that reads the registry topics into a view. */
final class RegistryReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryReader.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Consumer<byte[], byte[]> consumer;
  private final RegistryView view;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Thread thread = new Thread(this::follow, "registry");

  private RegistryReader(Consumer<byte[], byte[]> consumer, RegistryView view) {
    this.consumer = consumer;
    this.view = view;
    thread.setDaemon(true);
  }

  /**
   * Returns when everything that stands in the topics has been read.
   *
   * @throws IllegalStateException when that takes longer than the limit or a topic is missing
   */
  static RegistryReader start(KafkaConnection kafka, RegistryView view, Duration limit) {
    Map<String, Object> properties = kafka.consumer();
    properties.put("client.id", "lumbar-registry");
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    RegistryReader reader = new RegistryReader(consumer, view);
    try {
      reader.readToEnd(limit);
    } catch (KafkaException | IllegalStateException e) {
      consumer.close();
      throw new IllegalStateException("the registry could not be read: " + e.getMessage(), e);
    }
    reader.thread.start();
    return reader;
  }

  /** Waits until a record that was just written has been read; false when that takes too long. */
  boolean awaitRead(RecordMetadata written, Duration limit) throws InterruptedException {
    TopicPartition partition = new TopicPartition(written.topic(), written.partition());
    long deadline = System.nanoTime() + limit.toNanos();
    synchronized (positions) {
      while (positions.getOrDefault(partition, 0L) <= written.offset()) {
        long rest = deadline - System.nanoTime();
        if (rest <= 0) {
          return false;
        }
        positions.wait(rest / 1_000_000 + 1);
      }
      return true;
    }
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readToEnd(Duration limit) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic topic : List.of(Topic.WEARERS, Topic.DEVICES)) {
      List<PartitionInfo> found = consumer.partitionsFor(topic.topicName(), limit);
      if (found == null || found.isEmpty()) {
        throw new IllegalStateException("topic " + topic.topicName() + " does not exist");
      }
      found.forEach(each -> partitions.add(new TopicPartition(each.topic(), each.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, limit);
    long deadline = System.nanoTime() + limit.toNanos();
    while (!isAt(ends, limit)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("Kafka did not answer within " + limit.toSeconds() + " s");
      }
      poll(Duration.ofMillis(100));
    }
  }

  private boolean isAt(Map<TopicPartition, Long> ends, Duration limit) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey(), limit) >= end.getValue());
  }

  private void follow() {
    try (consumer) {
      while (true) {
        try {
          poll(POLL);
        } catch (WakeupException e) {
          return;
        } catch (KafkaException e) {
          LOG.warn("the registry cannot be followed at the moment: {}", e.getMessage());
          Thread.sleep(POLL.toMillis());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void poll(Duration timeout) {
    var records = consumer.poll(timeout);
    for (ConsumerRecord<byte[], byte[]> each : records) {
      apply(each);
    }
    if (!records.isEmpty()) {
      synchronized (positions) {
        for (TopicPartition partition : records.partitions()) {
          var last = records.records(partition);
          positions.put(partition, last.get(last.size() - 1).offset() + 1);
        }
        positions.notifyAll();
      }
    }
  }

  private void apply(ConsumerRecord<byte[], byte[]> each) {
    String key = new String(each.key(), StandardCharsets.UTF_8);
    byte @Nullable [] value = each.value();
    try {
      if (each.topic().equals(Topic.WEARERS.topicName())) {
        view.putWearer(key, value == null ? null : Json.read(value, Wearer.class));
      } else {
        view.putDevice(key, value == null ? null : Json.read(value, Device.class));
      }
    } catch (SerializationException e) {
      LOG.warn(
          "{} partition {} offset {} is skipped: {}",
          each.topic(),
          each.partition(),
          each.offset(),
          e.getMessage());
    }
  }
}
