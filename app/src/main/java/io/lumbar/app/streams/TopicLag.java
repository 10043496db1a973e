package io.lumbar.app.streams;

import io.lumbar.analytics.InputLag;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Compares how far a task has read with where the input topics end.
 *
 * <p>After the broker was away, phones need a moment to send again what they were refused; until
 * ten seconds have passed nothing counts as read. Used by one stream thread.
 */
public final class TopicLag implements InputLag, AutoCloseable {
  private static final List<Topic> INPUTS = List.of(Topic.POSTURE, Topic.STEPS, Topic.MOTION);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final PartitionEnds ends;
  private final Admin admin;
  private final String application;
  private final LongSupplier nanos;
  private long waitUntilNanos;
  private boolean waiting;

  private TopicLag(PartitionEnds ends, Admin admin, String application, LongSupplier nanos) {
    this.ends = ends;
    this.admin = admin;
    this.application = application;
    this.nanos = nanos;
  }

  /**
   * Asks the broker of a connection.
   *
   * @param application the consumer group whose committed positions count until a task has read
   */
  public static TopicLag of(KafkaConnection kafka, String application) {
    return new TopicLag(
        PartitionEnds.of(kafka), Admin.create(kafka.client()), application, System::nanoTime);
  }

  @Override
  public boolean caughtUp(int partition, Positions positions) {
    for (Topic topic : INPUTS) {
      OptionalLong end = ends.end(topic.topicName(), partition);
      if (end.isEmpty()) {
        waiting = true;
        waitUntilNanos = nanos.getAsLong() + GRACE.toNanos();
        return false;
      }
      long next = positions.next(topic);
      if (next < end.getAsLong() && (next >= 0 || committed(topic, partition) < end.getAsLong())) {
        return false;
      }
    }
    waiting = waiting && waitUntilNanos - nanos.getAsLong() > 0;
    return !waiting;
  }

  /** Where the group stands; 0 when it has never committed, -1 when nobody says. */
  private long committed(Topic topic, int partition) {
    TopicPartition key = new TopicPartition(topic.topicName(), partition);
    try {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin
              .listConsumerGroupOffsets(application)
              .partitionsToOffsetAndMetadata()
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      OffsetAndMetadata offset = offsets.get(key);
      return offset == null ? 0 : offset.offset();
    } catch (ExecutionException | TimeoutException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  @Override
  public void close() {
    ends.close();
    admin.close(Duration.ofSeconds(1));
  }
}
