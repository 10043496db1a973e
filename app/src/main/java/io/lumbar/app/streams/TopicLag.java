package io.lumbar.app.streams;

import io.lumbar.analytics.AnalyticsTopology;
import io.lumbar.analytics.stream.InputLag;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Compares how far a task has read with where the input topics end.
 *
 * <p>After the broker was away, phones need a moment to send again what they were refused; until
 * ten seconds have passed nothing counts as read. A watch asks the broker each second, because the
 * stream thread itself may be stuck in a commit for as long as the broker is away.
 */
public final class TopicLag implements InputLag, AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration WATCH = Duration.ofSeconds(1);
  private static final int SILENT_MILLIS = 3000;

  private final PartitionEnds ends;
  private final Admin admin;
  private final String application;
  private final LongSupplier nanos;
  private final ScheduledExecutorService watch;
  private volatile long waitUntilNanos;
  private volatile boolean waiting;

  @SuppressWarnings("FutureReturnValueIgnored") // look() turns every fault into "away"
  private TopicLag(PartitionEnds ends, Admin admin, String application, LongSupplier nanos) {
    this.ends = ends;
    this.admin = admin;
    this.application = application;
    this.nanos = nanos;
    watch =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "broker-watch");
              thread.setDaemon(true);
              return thread;
            });
    watch.scheduleWithFixedDelay(
        this::look, WATCH.toMillis(), WATCH.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Asks the broker of a connection.
   *
   * @param application the consumer group whose committed positions count beside those of a task
   */
  public static TopicLag of(KafkaConnection kafka, String application) {
    return new TopicLag(
        PartitionEnds.of(kafka), Admin.create(kafka.client()), application, System::nanoTime);
  }

  @Override
  public boolean caughtUp(int partition, Positions positions) {
    for (Topic topic : AnalyticsTopology.INPUTS) {
      OptionalLong end = ends.end(topic.topicName(), partition);
      if (end.isEmpty()) {
        brokerIsAway();
        return false;
      }
      long next = positions.next(topic);
      // A record that leads to nothing does not reach the task's timers, but is committed.
      if (next < end.getAsLong() && committed(topic, partition) < end.getAsLong()) {
        return false;
      }
    }
    return !waiting || waitUntilNanos - nanos.getAsLong() <= 0;
  }

  private void look() {
    try {
      admin
          .describeCluster(new DescribeClusterOptions().timeoutMs(SILENT_MILLIS))
          .nodes()
          .get(2L * SILENT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      brokerIsAway();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void brokerIsAway() {
    waitUntilNanos = nanos.getAsLong() + GRACE.toNanos();
    waiting = true;
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
    watch.shutdownNow();
    ends.close();
    admin.close(Duration.ofSeconds(1));
  }
}
