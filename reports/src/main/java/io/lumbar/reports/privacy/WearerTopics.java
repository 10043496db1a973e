package io.lumbar.reports.privacy;

import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what topics hold of one wearer, from their beginning to their present end. */
final class WearerTopics {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(20);

  private final KafkaConnection kafka;

  WearerTopics(KafkaConnection kafka) {
    this.kafka = kafka;
  }

  /** Takes the value of a record. */
  interface Taker {
    void take(byte[] value);
  }

  /**
   * Hands over each record of a wearer in a topic, in order.
   *
   * @throws KafkaException when the broker does not answer
   */
  void each(Topic topic, WearerId wearer, Taker taker) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      int partitions = consumer.partitionsFor(topic.topicName(), PATIENCE).size();
      TopicPartition own =
          new TopicPartition(
              topic.topicName(), WearerPartitioner.partition(wearer.value(), partitions));
      consumer.assign(List.of(own));
      consumer.seekToBeginning(List.of(own));
      Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(own), PATIENCE);
      long end = ends.getOrDefault(own, 0L);
      long deadline = System.nanoTime() + LONGEST.toNanos();
      while (consumer.position(own, PATIENCE) < end) {
        if (System.nanoTime() > deadline) {
          throw new KafkaException(topic.topicName() + " could not be read in time");
        }
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
          if (each.offset() < end && each.value() != null && isOf(wearer, each.key())) {
            taker.take(each.value());
          }
        }
      }
    }
  }

  private static boolean isOf(WearerId wearer, byte[] key) {
    return key != null
        && WearerPartitioner.wearer(new String(key, StandardCharsets.UTF_8)).equals(wearer.value());
  }
}
