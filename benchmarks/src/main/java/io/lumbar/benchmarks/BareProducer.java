package io.lumbar.benchmarks;

import io.lumbar.model.KafkaConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A producer with the settings of ingest's, and nothing before it. */
final class BareProducer implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;

  BareProducer(KafkaConnection kafka) {
    BareTopic.create(kafka);
    Map<String, Object> properties = kafka.producer();
    properties.put("linger.ms", 1);
    properties.put("batch.size", 128 << 10);
    properties.put("buffer.memory", 32 << 20);
    properties.put("max.request.size", 2 << 20);
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** How long it takes until all are acknowledged. */
  double seconds(List<ConsumerRecord<byte[], byte[]>> records) {
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    long before = System.nanoTime();
    for (ConsumerRecord<byte[], byte[]> each : records) {
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(BareTopic.NAME, null, each.key(), each.value(), each.headers()),
              (metadata, e) -> {
                if (e != null) {
                  failure.set(e);
                }
              });
    }
    producer.flush();
    double seconds = (System.nanoTime() - before) / 1e9;
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("the bare producer failed", failed);
    }
    return seconds;
  }

  @Override
  public void close() {
    producer.close();
  }
}
