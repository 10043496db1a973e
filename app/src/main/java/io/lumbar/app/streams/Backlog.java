package io.lumbar.app.streams;

import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How long records of some topics have waited for a consumer group, as far as questions tell: what
 * was there at one question and is not read at the next has waited for the time between. Connects
 * at the first question. Thread-safe.
 */
public final class Backlog implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final KafkaConnection kafka;
  private final String group;
  private final Map<TopicPartition, OffsetSpec> asked;
  private final LongSupplier millis;
  private final Map<TopicPartition, Note> unread = new HashMap<>();
  private @Nullable Admin admin;
  private @Nullable Remainder remainder;
  private Optional<Duration> answer = Optional.empty();
  private long answeredAt = Long.MIN_VALUE / 2;

  /** Where a partition ended at a question. */
  private record Note(long at, long end) {}

  private Backlog(
      KafkaConnection kafka,
      String group,
      Map<TopicPartition, OffsetSpec> asked,
      LongSupplier millis) {
    this.kafka = kafka;
    this.group = group;
    this.asked = asked;
    this.millis = millis;
  }

  /**
   * Of all partitions of some topics.
   *
   * @param group who reads them
   */
  public static Backlog of(
      KafkaConnection kafka, String group, Collection<Topic> topics, int partitions) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (Topic topic : topics) {
      for (int i = 0; i < partitions; i++) {
        asked.put(new TopicPartition(topic.topicName(), i), OffsetSpec.latest());
      }
    }
    return new Backlog(kafka, group, asked, System::currentTimeMillis);
  }

  /** The longest wait, zero when all is read; empty when the broker does not say. */
  public synchronized Optional<Duration> longestWait() {
    long now = millis.getAsLong();
    if (now - answeredAt >= FRESH.toMillis()) {
      answer = ask(now);
      answeredAt = millis.getAsLong();
    }
    return answer;
  }

  private Optional<Duration> ask(long now) {
    try {
      Map<TopicPartition, Long> committed = committed();
      long longest = 0;
      for (Map.Entry<TopicPartition, Long> end : ends().entrySet()) {
        long read =
            remainder()
                .readUpTo(
                    end.getKey(), committed.getOrDefault(end.getKey(), 0L), end.getValue(), now);
        longest = Math.max(longest, waited(end.getKey(), read, end.getValue(), now));
      }
      return Optional.of(Duration.ofMillis(longest));
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private long waited(TopicPartition partition, long read, long end, long now) {
    Note note = unread.get(partition);
    if (note != null && read < note.end()) {
      return now - note.at();
    }
    unread.remove(partition);
    if (read < end) {
      unread.put(partition, new Note(now, end));
    }
    return 0;
  }

  private Map<TopicPartition, Long> committed()
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, Long> committed = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> offsets =
        admin()
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    offsets.forEach(
        (partition, offset) -> committed.put(partition, offset == null ? 0 : offset.offset()));
    return committed;
  }

  private Map<TopicPartition, Long> ends()
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, ListOffsetsResultInfo> ends =
        admin()
            .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
            .all()
            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    return ends.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }

  private Admin admin() {
    if (admin == null) {
      Map<String, Object> properties = kafka.client();
      properties.put("request.timeout.ms", "1000");
      properties.put("default.api.timeout.ms", "1500");
      admin = Admin.create(properties);
    }
    return admin;
  }

  private Remainder remainder() {
    if (remainder == null) {
      remainder = Remainder.of(kafka);
    }
    return remainder;
  }

  @Override
  public synchronized void close() {
    if (remainder != null) {
      remainder.close();
    }
    if (admin != null) {
      admin.close(Duration.ofSeconds(1));
    }
  }
}
