package io.lumbar.reports;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of whom something changed that a report may rest on: a day that is over, a night that is over, an
 * answer to an alert, an alert or a decision that comes late, or something that the wearer told. Of
 * the day that goes on, which changes every minute, nothing but such a word is in a report yet.
 * Thread-safe.
 */
public final class ReportChanges implements AutoCloseable {
  private static final Set<Topic> TOPICS =
      Set.of(
          Topic.DAYS, Topic.NIGHTS, Topic.CHECKINS, Topic.RESPONSES, Topic.ALERTS, Topic.DECISIONS);

  private static final Logger LOG = LoggerFactory.getLogger(ReportChanges.class);

  private final TopicTail tail;
  private final Set<WearerId> changed;

  private ReportChanges(TopicTail tail, Set<WearerId> changed) {
    this.tail = tail;
    this.changed = changed;
  }

  /**
   * Follows the topics from now on.
   *
   * @throws org.apache.kafka.common.KafkaException when the broker does not answer
   */
  public static ReportChanges start(KafkaConnection kafka, InstantSource clock) {
    Set<WearerId> changed = ConcurrentHashMap.newKeySet();
    TopicTail tail =
        TopicTail.start(
            kafka,
            "report-changes",
            Map.of("isolation.level", "read_committed"),
            new TopicTail.Start(TOPICS, Set.of(), Instant.EPOCH),
            (topic, next) -> take(topic, next, clock.instant(), changed));
    return new ReportChanges(tail, changed);
  }

  /** Of whom, since this was asked last. */
  public Set<WearerId> take() {
    Set<WearerId> taken = new HashSet<>(changed);
    changed.removeAll(taken);
    return taken;
  }

  private static void take(
      Topic topic, ConsumerRecord<byte[], byte[]> next, Instant now, Set<WearerId> changed) {
    if (next.key() == null || next.value() == null) {
      return;
    }
    try {
      String key = new String(next.key(), StandardCharsets.UTF_8);
      WearerId wearer = new WearerId(WearerPartitioner.wearer(key));
      if (topic == Topic.RESPONSES
          || topic == Topic.CHECKINS
          || isForReports(topic, Json.mapper().readTree(next.value()), now)) {
        changed.add(wearer);
      }
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      // What nobody can read, the history does not take either.
      LOG.debug("{} at {} is no change: {}", next.topic(), next.offset(), e.toString());
    }
  }

  static boolean isForReports(Topic topic, JsonNode record, Instant now) {
    LocalDate today = now.atZone(ZoneId.of(record.path("zone").asText())).toLocalDate();
    return switch (topic) {
      case NIGHTS -> !record.path("open").asBoolean();
      case DAYS ->
          record.path("span").isObject()
              ? !Instant.parse(record.path("span").path("to").asText()).isAfter(now)
              : LocalDate.parse(record.path("date").asText()).isBefore(today);
      default ->
          Instant.parse(record.path("at").asText())
              .atZone(ZoneId.of(record.path("zone").asText()))
              .toLocalDate()
              .isBefore(today);
    };
  }

  @Override
  public void close() {
    tail.close();
  }
}
