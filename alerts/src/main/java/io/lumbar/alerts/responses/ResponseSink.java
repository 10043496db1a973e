package io.lumbar.alerts.responses;

import io.lumbar.http.ApiException;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Decision;
import io.lumbar.model.Delivery;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerPartitioner;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes responses, and what came of tests of channels, to their topics and returns once all
 * replicas have them. Thread-safe. The same response written twice has the effect of one.
 */
public final class ResponseSink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ResponseSink.class);
  private static final int DELIVERY_MILLIS = 8_000;
  private static final int RETRY_AFTER_SECONDS = 5;

  private final Producer<String, byte[]> producer;

  ResponseSink(Producer<String, byte[]> producer) {
    this.producer = producer;
  }

  /** A sink with a producer of its own; connects in the background. */
  public static ResponseSink open(KafkaConnection kafka) {
    Map<String, Object> properties = kafka.producer();
    properties.put("max.block.ms", 4_000);
    properties.put("request.timeout.ms", 4_000);
    properties.put("delivery.timeout.ms", DELIVERY_MILLIS);
    properties.put("linger.ms", 0);
    return new ResponseSink(
        new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer()));
  }

  /**
   * Keeps a response.
   *
   * @throws ApiException 503 when Kafka did not confirm it in time
   */
  public void put(AlertResponse response) {
    write(Topic.RESPONSES, response.wearer().value(), response, response.alert());
  }

  /**
   * Keeps why an answer had no effect; the policy would write the same.
   *
   * @throws ApiException 503 when Kafka did not confirm it in time
   */
  void put(Decision decision) {
    String key = WearerPartitioner.key(decision.wearer(), decision.id());
    write(Topic.DECISIONS, key, decision, decision.id());
  }

  /**
   * Keeps what came of a test.
   *
   * @throws ApiException 503 when Kafka did not confirm it in time
   */
  public void put(Delivery test) {
    String key = WearerPartitioner.key(test.wearer(), test.alert());
    write(Topic.DELIVERIES, key, test, test.alert());
  }

  private void write(Topic topic, String key, Object value, String about) {
    try {
      producer
          .send(new ProducerRecord<>(topic.topicName(), key, Json.bytes(value)))
          .get(DELIVERY_MILLIS + 1_000L, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      LOG.warn("an answer about {} was not confirmed: {}", about, e.toString());
      throw unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
  }

  private static ApiException unavailable() {
    return ApiException.unavailable(
        "Your answer could not be stored, because Kafka did not confirm it; please send it again.",
        RETRY_AFTER_SECONDS);
  }

  @Override
  public void close() {
    producer.close();
  }
}
