package io.lumbar.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lumbar.http.Bodies;
import io.lumbar.ingest.format.PrivacyFilter;
import io.lumbar.model.DeadLetter;
import io.lumbar.model.Json;
import io.lumbar.model.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of what was refused, for the topic where it can be looked up; of one upload at most
 * the first 100 refusals. Sent again after a broker's fault, the same upload makes them again.
 */
final class DeadLetters {
  private static final int MOST_PER_UPLOAD = 100;
  private static final int LARGEST_ELEMENT = 16 << 10;
  private static final ObjectMapper MAPPER = new ObjectMapper(Bodies.json());

  private DeadLetters() {}

  static List<ProducerRecord<byte[], byte[]>> records(
      Source source, List<Element.Refused> refused, Instant now) {
    byte[] key = source.wearer().id().value().getBytes(StandardCharsets.UTF_8);
    return refused.stream()
        .limit(MOST_PER_UPLOAD)
        .map(
            each ->
                new ProducerRecord<>(
                    Topic.DEAD_LETTERS.topicName(), key, Json.bytes(letter(source, each, now))))
        .toList();
  }

  static DeadLetter letter(Source source, Element.Refused refused, Instant now) {
    byte[] raw = refused.raw();
    // The name of a field that nobody reads may be that of a place or a network.
    boolean named = refused.reason().startsWith(Spelling.UNKNOWN_FIELD);
    return new DeadLetter(
        source.where() + " " + (named ? elementOf(refused.path()) : refused.path()),
        named ? "a field is not known" : PrivacyFilter.withoutQuotes(refused.reason()),
        source.wearer().id(),
        source.device().id(),
        raw == null ? null : element(raw),
        raw == null ? 0 : raw.length,
        raw == null ? null : sha256(raw),
        now);
  }

  /** Where the element stands, without a field of it. */
  private static String elementOf(String path) {
    int dot = path.indexOf('.');
    return dot < 0 ? path : path.substring(0, dot);
  }

  private static @Nullable JsonNode element(byte[] raw) {
    if (raw.length > LARGEST_ELEMENT) {
      return null;
    }
    try {
      JsonNode node = MAPPER.readTree(raw);
      return node.isContainerNode() ? PrivacyFilter.clean(node) : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static String sha256(byte[] raw) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(raw));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
