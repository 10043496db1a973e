package io.lumbar.alerts.delivery;

import io.lumbar.model.Delivery;
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
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the delivery log of one partition from a time on. */
final class DeliveryReader {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConnection kafka;

  DeliveryReader(KafkaConnection kafka) {
    this.kafka = kafka;
  }

  /** All lines that the broker took since an instant, in order. */
  List<Delivery> since(int partition, long appendedAt) {
    try (Consumer<String, byte[]> consumer = consumer()) {
      return read(consumer, partition, appendedAt);
    }
  }

  /** The lines about a wearer. */
  List<Delivery> since(WearerId wearer, long appendedAt) {
    try (Consumer<String, byte[]> consumer = consumer()) {
      int partitions = consumer.partitionsFor(Topic.DELIVERIES.topicName()).size();
      int partition = WearerPartitioner.partition(wearer.value(), partitions);
      return read(consumer, partition, appendedAt).stream()
          .filter(line -> line.wearer().equals(wearer))
          .toList();
    }
  }

  private Consumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        kafka.consumer(), new StringDeserializer(), new ByteArrayDeserializer());
  }

  private static List<Delivery> read(
      Consumer<String, byte[]> consumer, int partition, long appendedAt) {
    TopicPartition log = new TopicPartition(Topic.DELIVERIES.topicName(), partition);
    consumer.assign(List.of(log));
    OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(log, appendedAt)).get(log);
    if (first == null) {
      return List.of();
    }
    long end = consumer.endOffsets(List.of(log)).getOrDefault(log, 0L);
    consumer.seek(log, first.offset());
    List<Delivery> lines = new ArrayList<>();
    while (consumer.position(log) < end) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        if (record.value() != null) {
          lines.addAll(line(record.value()));
        }
      }
    }
    return lines;
  }

  private static List<Delivery> line(byte[] value) {
    try {
      return List.of(Json.read(value, Delivery.class));
    } catch (SerializationException e) {
      // A log is read for what it can say; a line of another program says nothing.
      return List.of();
    }
  }

  /** The newest line about each channel of each alert. */
  static Map<String, Map<String, Delivery>> newest(List<Delivery> lines) {
    return lines.stream()
        .collect(
            Collectors.groupingBy(
                Delivery::alert,
                Collectors.toMap(
                    DeliveryReader::channel, Function.identity(), (old, newer) -> newer)));
  }

  private static String channel(Delivery line) {
    String channel = line.channel();
    return channel == null ? "" : channel;
  }
}
