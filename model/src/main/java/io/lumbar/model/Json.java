package io.lumbar.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The JSON of all topics and answers: ISO-8601 instants, fields unknown to this version ignored, so
 * that an older reader survives a newer writer. Thread-safe.
 */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule().addDeserializer(Instant.class, new InstantReader()))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Json() {}

  /** The shared mapper; do not configure it further, copy it. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** The value as UTF-8 JSON. */
  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), e);
    }
  }

  /**
   * Reads a value.
   *
   * @throws SerializationException when the bytes are not a valid {@code type}, or JSON's null
   */
  public static <T> T read(byte[] json, Class<T> type) {
    T value;
    try {
      value = MAPPER.readValue(json, type);
    } catch (IOException e) {
      throw new SerializationException("not a valid " + type.getSimpleName(), e);
    }
    if (value == null) {
      throw new SerializationException("not a valid " + type.getSimpleName() + ": null");
    }
    return value;
  }

  /** A Kafka serde of one type; null stands for a tombstone. */
  @SuppressWarnings("NullAway") // Kafka's serdes are not null-marked, but tombstones are null
  public static <T> Serde<T> serde(Class<T> type) {
    Serializer<T> serializer = (topic, value) -> value == null ? null : bytes(value);
    Deserializer<T> deserializer = (topic, json) -> json == null ? null : read(json, type);
    return Serdes.serdeFrom(serializer, deserializer);
  }
}
