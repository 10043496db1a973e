package io.lumbar.benchmarks;

import io.lumbar.model.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What is committed to a topic from now on. Not thread-safe. */
final class TopicTail implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Consumer<byte[], byte[]> consumer;

  TopicTail(KafkaConnection kafka, String topic) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    consumer = new KafkaConsumer<>(kafka.consumer(), bytes, bytes);
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /** The next records, waited for. */
  List<ConsumerRecord<byte[], byte[]>> next(int count) {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>(count);
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (all.size() < count && System.nanoTime() < until) {
      consumer.poll(Duration.ofMillis(200)).forEach(all::add);
    }
    if (all.size() != count) {
      throw new IllegalStateException(
          "%d records were acknowledged, %d are in the topic".formatted(count, all.size()));
    }
    return all;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
