package io.lumbar.model;

import java.util.HashMap;
import java.util.Map;

/**
 * How to reach Kafka, and the client settings that every part of Lumbar relies on.
 *
 * @param bootstrapServers {@code host:port}, several by comma
 * @param security extra client properties (TLS, SASL); may be empty
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> security) {

  public KafkaConnection {
    security = Map.copyOf(security);
  }

  /** A connection without TLS or passwords. */
  public static KafkaConnection plain(String bootstrapServers) {
    return new KafkaConnection(bootstrapServers, Map.of());
  }

  /** Properties for every kind of client. */
  public Map<String, Object> client() {
    Map<String, Object> properties = new HashMap<>(security);
    properties.put("bootstrap.servers", bootstrapServers);
    // Metrics pushed to the broker are of no use here and cost a request every few minutes.
    properties.put("enable.metrics.push", "false");
    return properties;
  }

  /** A producer that loses and doubles nothing: acknowledged by all, idempotent, by wearer. */
  public Map<String, Object> producer() {
    Map<String, Object> properties = client();
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    properties.put("partitioner.class", WearerPartitioner.class.getName());
    return properties;
  }

  /** A consumer that sees only committed transactions and commits by hand. */
  public Map<String, Object> consumer() {
    Map<String, Object> properties = client();
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "earliest");
    return properties;
  }
}
