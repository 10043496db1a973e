package io.lumbar.reports.privacy;

import io.lumbar.http.ApiException;
import io.lumbar.model.Correction;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.StableIds;
import io.lumbar.model.TimeSpan;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Tells every part that a span is to be forgotten, by the wearer's word in the topic of check-ins.
 * Thread-safe; said twice, it is one word.
 */
public final class ForgetSink implements AutoCloseable {
  private static final int DELIVERY_MILLIS = 8_000;
  private static final int RETRY_SECONDS = 5;

  private final Producer<String, byte[]> producer;

  ForgetSink(Producer<String, byte[]> producer) {
    this.producer = producer;
  }

  /** A sink with a producer of its own; connects in the background. */
  public static ForgetSink open(KafkaConnection kafka) {
    Map<String, Object> properties = kafka.producer();
    properties.put("max.block.ms", 4_000);
    properties.put("request.timeout.ms", 4_000);
    properties.put("delivery.timeout.ms", DELIVERY_MILLIS);
    properties.put("linger.ms", 0);
    properties.put("buffer.memory", 1 << 20);
    return new ForgetSink(
        new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer()));
  }

  /**
   * Has [from, to) forgotten, however long it is.
   *
   * @throws ApiException 503 when Kafka did not confirm it in time; saying it again is safe
   */
  void forget(WearerId wearer, Instant from, Instant to, Instant now) {
    for (TimeSpan part : parts(from, to)) {
      put(
          wearer,
          new Correction(
              StableIds.statement(wearer, "forget", part.from().toString(), part.to().toString()),
              now,
              false,
              part.from(),
              part.to(),
              Correction.Was.FORGET));
    }
  }

  /** The words that [from, to) takes, in order of time. */
  static List<TimeSpan> parts(Instant from, Instant to) {
    List<TimeSpan> parts = new ArrayList<>();
    for (Instant start = from; start.isBefore(to); start = start.plus(Correction.LONGEST)) {
      Instant end = start.plus(Correction.LONGEST);
      parts.add(new TimeSpan(start, end.isBefore(to) ? end : to));
    }
    return parts;
  }

  private void put(WearerId wearer, Correction correction) {
    try {
      producer
          .send(
              new ProducerRecord<>(
                  Topic.CHECKINS.topicName(), wearer.value(), Json.bytes(correction)))
          .get(DELIVERY_MILLIS + 1_000L, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
  }

  private static ApiException unavailable() {
    return ApiException.unavailable(
        "Kafka did not confirm it; please send the same again.", RETRY_SECONDS);
  }

  @Override
  public void close() {
    producer.close();
  }
}
