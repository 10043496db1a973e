package io.lumbar.alerts.lines;

import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads a topic by time, for the few questions that are asked now and then and need no store. Each
 * call has a consumer of its own and reads to the end as it stands. Thread-safe.
 *
 * @param <T> what a record says
 */
public final class TopicLines<T> {
  private static final Duration POLL = Duration.ofMillis(200);

  /** Ten seconds without a record: a broker that is away in the middle must not hold a request. */
  private static final int MOST_IDLE = 50;

  private final KafkaConnection kafka;
  private final Topic topic;
  private final Class<T> type;
  private final Function<T, WearerId> owner;

  /**
   * Lines of a topic that is partitioned by wearer.
   *
   * @param owner whom a line is about
   */
  public TopicLines(
      KafkaConnection kafka, Topic topic, Class<T> type, Function<T, WearerId> owner) {
    this.kafka = kafka;
    this.topic = topic;
    this.type = type;
    this.owner = owner;
  }

  /**
   * All lines of a partition that the broker took since an instant, in order.
   *
   * @throws org.apache.kafka.common.KafkaException when the broker does not answer, or stops in the
   *     middle for ten seconds
   */
  public List<T> since(int partition, long appendedAt) {
    try (Consumer<String, byte[]> consumer = consumer()) {
      return read(consumer, partition, appendedAt);
    }
  }

  /**
   * The lines about a wearer that the broker took since an instant, in order.
   *
   * @throws org.apache.kafka.common.KafkaException when the broker does not answer, or stops in the
   *     middle for ten seconds
   */
  public List<T> since(WearerId wearer, long appendedAt) {
    try (Consumer<String, byte[]> consumer = consumer()) {
      int partitions = consumer.partitionsFor(topic.topicName()).size();
      int partition = WearerPartitioner.partition(wearer.value(), partitions);
      return read(consumer, partition, appendedAt).stream()
          .filter(line -> wearer.equals(owner.apply(line)))
          .toList();
    }
  }

  private Consumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        kafka.consumer(), new StringDeserializer(), new ByteArrayDeserializer());
  }

  List<T> read(Consumer<String, byte[]> consumer, int partition, long appendedAt) {
    TopicPartition log = new TopicPartition(topic.topicName(), partition);
    consumer.assign(List.of(log));
    OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(log, appendedAt)).get(log);
    if (first == null) {
      return List.of();
    }
    long end = consumer.endOffsets(List.of(log)).getOrDefault(log, 0L);
    consumer.seek(log, first.offset());
    List<T> lines = new ArrayList<>();
    int idle = 0;
    while (consumer.position(log) < end) {
      long before = consumer.position(log);
      ConsumerRecords<String, byte[]> polled = consumer.poll(POLL);
      idle = consumer.position(log) > before ? 0 : idle + 1;
      if (idle == MOST_IDLE) {
        throw new TimeoutException(
            "nothing more of " + log + " came before its end at " + end + " was reached");
      }
      for (ConsumerRecord<String, byte[]> record : polled) {
        if (record.value() != null) {
          lines.addAll(line(record.value()));
        }
      }
    }
    return lines;
  }

  private List<T> line(byte[] value) {
    try {
      return List.of(Json.read(value, type));
    } catch (SerializationException e) {
      // A topic is read for what it can say; a line of another program says nothing.
      return List.of();
    }
  }
}
