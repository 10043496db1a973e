package io.lumbar.history;

import io.lumbar.model.DeadLetter;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends what the history cannot keep to the dead-letter topic. For one thread. */
final class DeadLetters implements AutoCloseable {
  private static final byte[] NO_KEY = "unknown".getBytes(StandardCharsets.UTF_8);
  private static final long TIMEOUT_SECONDS = 10;

  private final KafkaConnection kafka;
  private @Nullable KafkaProducer<byte[], byte[]> producer;

  DeadLetters(KafkaConnection kafka) {
    this.kafka = kafka;
  }

  /**
   * Sends one and waits for the acknowledgement; its time is the time of the record.
   *
   * @throws KafkaException when the broker did not take it
   */
  void send(Incoming incoming, String reason) throws InterruptedException {
    ConsumerRecord<byte[], byte[]> source = incoming.source();
    DeadLetter letter =
        new DeadLetter(
            incoming.place(),
            reason,
            null,
            null,
            null,
            source.value().length,
            sha256(source.value()),
            Instant.ofEpochMilli(source.timestamp()));
    byte[] key = source.key() == null ? NO_KEY : source.key();
    try {
      producer()
          .send(new ProducerRecord<>(Topic.DEAD_LETTERS.topicName(), key, Json.bytes(letter)))
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the dead letter of " + incoming.place() + " was not taken", e);
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    if (producer == null) {
      producer =
          new KafkaProducer<>(
              kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    }
    return producer;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(1));
    }
  }
}
