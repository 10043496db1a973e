package io.lumbar.http;

import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The registry in Kafka: two compacted topics, read whole into memory by one thread of this process
 * and followed from there.
 *
 * <p>Names are unique among what this process has read; two processes that add the same name in the
 * same instant are not kept apart. Thread-safe.
 */
public final class KafkaRegistry extends ViewedRegistry {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration VISIBLE_LIMIT = Duration.ofSeconds(10);
  private static final int RETRY_SECONDS = 5;

  private final RegistryReader reader;
  private final Producer<byte[], byte[]> producer;

  private KafkaRegistry(KafkaConnection kafka, RegistryView view) {
    super(view);
    this.reader = RegistryReader.start(kafka, view, START_LIMIT);
    this.producer = producer(kafka);
  }

  /**
   * Reads both topics to their end and follows them from there.
   *
   * @throws IllegalStateException when Kafka does not answer within 30 s or a topic is missing
   */
  public static KafkaRegistry start(KafkaConnection kafka) {
    return new KafkaRegistry(kafka, new RegistryView());
  }

  /** False once nothing new is read any more, by a fault that the reader could not get over. */
  public boolean isAlive() {
    return reader.isAlive();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    reader.close();
  }

  @Override
  void write(Topic topic, String key, @Nullable Object value) {
    byte @Nullable [] bytes = value == null ? null : Json.bytes(value);
    try {
      RecordMetadata written =
          producer
              .send(
                  new ProducerRecord<>(
                      topic.topicName(), key.getBytes(StandardCharsets.UTF_8), bytes))
              .get(15, TimeUnit.SECONDS);
      if (!reader.awaitRead(written, VISIBLE_LIMIT)) {
        throw away();
      }
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw away();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away();
    }
  }

  private static ApiException away() {
    return ApiException.unavailable(
        "Kafka does not answer, so that the registry cannot be changed; try again soon",
        RETRY_SECONDS);
  }

  private static Producer<byte[], byte[]> producer(KafkaConnection kafka) {
    Map<String, Object> properties = kafka.producer();
    properties.put("client.id", "lumbar-registry");
    properties.put("linger.ms", 0);
    properties.put("buffer.memory", 1 << 20);
    properties.put("max.block.ms", 5_000);
    properties.put("request.timeout.ms", 5_000);
    properties.put("delivery.timeout.ms", 10_000);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
