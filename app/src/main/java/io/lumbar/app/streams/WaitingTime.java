package io.lumbar.app.streams;

import io.lumbar.analytics.AnalyticsTopology;
import io.lumbar.ingest.LiveLag;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Measures how long records wait in a wearer's partition before the analysis has worked them off:
 * each time it is asked it notes where the input topics end, and the age of the oldest note beyond
 * the analysis's committed position is the answer. What was there before the first question counts
 * from that question on. Thread-safe.
 */
public final class WaitingTime implements LiveLag, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MOST_NOTES = 1_000;

  private final Admin admin;
  private final PartitionEnds ends;
  private final String application;
  private final LongSupplier nanos;
  private final Map<TopicPartition, Deque<Note>> notes = new HashMap<>();
  private int partitions;

  private record Note(long nanos, long end) {}

  private WaitingTime(Admin admin, PartitionEnds ends, String application, LongSupplier nanos) {
    this.admin = admin;
    this.ends = ends;
    this.application = application;
    this.nanos = nanos;
  }

  /**
   * Asks the broker of a connection.
   *
   * @param application the consumer group of the analysis
   */
  public static WaitingTime of(KafkaConnection kafka, String application) {
    return new WaitingTime(
        Admin.create(kafka.client()), PartitionEnds.of(kafka), application, System::nanoTime);
  }

  /**
   * {@inheritDoc}
   *
   * @throws KafkaException when the broker does not say
   */
  @Override
  public synchronized Duration of(WearerId wearer) {
    try {
      int partition = WearerPartitioner.partition(wearer.value(), partitions());
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin
              .listConsumerGroupOffsets(application)
              .partitionsToOffsetAndMetadata()
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      long longest = 0;
      for (Topic topic : AnalyticsTopology.INPUTS) {
        TopicPartition key = new TopicPartition(topic.topicName(), partition);
        OffsetAndMetadata position = committed.get(key);
        longest = Math.max(longest, waiting(key, position == null ? 0 : position.offset()));
      }
      return Duration.ofNanos(longest);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("nobody says how far the analysis is", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  private long waiting(TopicPartition key, long committed) {
    OptionalLong end = ends.end(key.topic(), key.partition());
    if (end.isEmpty()) {
      throw new KafkaException("nobody says where " + key + " ends");
    }
    Deque<Note> taken = notes.computeIfAbsent(key, each -> new ArrayDeque<>());
    long now = nanos.getAsLong();
    if (taken.isEmpty() || taken.getLast().end() < end.getAsLong()) {
      taken.add(new Note(now, end.getAsLong()));
    }
    while (!taken.isEmpty() && (taken.getFirst().end() <= committed || taken.size() > MOST_NOTES)) {
      taken.removeFirst();
    }
    return taken.isEmpty() ? 0 : now - taken.getFirst().nanos();
  }

  private int partitions() throws ExecutionException, InterruptedException, TimeoutException {
    if (partitions == 0) {
      String topic = Topic.POSTURE.topicName();
      partitions =
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .values()
              .iterator()
              .next()
              .partitions()
              .size();
    }
    return partitions;
  }

  @Override
  public void close() {
    ends.close();
    admin.close(Duration.ofSeconds(1));
  }
}
