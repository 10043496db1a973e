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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares how far a task has read with where the input topics end.
 *
 * <p>After the broker, or this process, was away, phones need a moment to send again what they were
 * refused; until ten seconds have passed nothing counts as read. A watch asks the broker each
 * second, because the stream thread itself may be stuck in a commit for as long as the broker is
 * away. An outage too short for the watch shows in the uploads that were refused, and so does a
 * gate that is closed.
 */
public final class TopicLag implements InputLag, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicLag.class);
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** What a sender that was told when to come back needs on top. */
  private static final Duration RETURN = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration WATCH = Duration.ofSeconds(1);
  private static final int SILENT_MILLIS = 3000;
  private static final Duration ASK_AGAIN = Duration.ofMillis(50);

  private final PartitionEnds ends;
  private final Admin admin;
  private final String application;
  private final Heartbeat heartbeat;
  private final LongSupplier nanos;
  private final ScheduledExecutorService watch;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile Map<TopicPartition, OffsetAndMetadata> committed = Map.of();
  private volatile long askAgainNanos;
  private volatile long waitUntilNanos;
  private volatile boolean waiting;

  @SuppressWarnings("FutureReturnValueIgnored") // look() turns every fault into "away"
  private TopicLag(
      KafkaConnection kafka, String application, Heartbeat heartbeat, LongSupplier nanos) {
    ends = PartitionEnds.of(kafka, this::brokerIsAway);
    admin = Admin.create(kafka.client());
    this.application = application;
    this.heartbeat = heartbeat;
    this.nanos = nanos;
    askAgainNanos = nanos.getAsLong();
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
   * @param heartbeat whether this process was away itself, after which senders come back too
   */
  public static TopicLag of(KafkaConnection kafka, String application, Heartbeat heartbeat) {
    return of(kafka, application, heartbeat, System::nanoTime);
  }

  static TopicLag of(
      KafkaConnection kafka, String application, Heartbeat heartbeat, LongSupplier nanos) {
    return new TopicLag(kafka, application, heartbeat, nanos);
  }

  @Override
  public boolean caughtUp(int partition, Positions positions) {
    for (Topic topic : AnalyticsTopology.INPUTS) {
      OptionalLong end = ends.end(topic.topicName(), partition);
      if (end.isEmpty()) {
        return false;
      }
      if (positions.next(topic) < end.getAsLong()
          && committedNow(topic, partition) < end.getAsLong()) {
        return false;
      }
    }
    return !hasToWait();
  }

  @Override
  public boolean isKnownCaughtUp(int partition, Positions positions) {
    boolean known = true;
    for (Topic topic : AnalyticsTopology.INPUTS) {
      // All are asked, so that the next call finds all answers.
      OptionalLong end = ends.known(topic.topicName(), partition);
      known &= end.isPresent() && !isBehind(topic, partition, positions, end.getAsLong());
    }
    return known && !hasToWait();
  }

  /**
   * Whether more is to be read; a record that leads to nothing does not reach the task's timers,
   * but is committed.
   */
  private boolean isBehind(Topic topic, int partition, Positions positions, long end) {
    if (positions.next(topic) >= end || committedAsKnown(topic, partition) >= end) {
      return false;
    }
    askWhatIsCommitted();
    return true;
  }

  @Override
  public boolean settling() {
    return hasToWait();
  }

  /**
   * Notes that an upload could not be taken, whose sender was told to come back after so many
   * seconds: nothing counts as read until it can have done so, and for ten seconds at least.
   */
  public void uploadRefused(int retrySeconds) {
    Duration back = Duration.ofSeconds(retrySeconds).plus(RETURN);
    waitAtLeast(back.compareTo(GRACE) > 0 ? back : GRACE);
  }

  private boolean hasToWait() {
    return heartbeat.isJustBack() || (waiting && waitUntilNanos - nanos.getAsLong() > 0);
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
    } catch (RuntimeException e) {
      // Thrown on, it would end the schedule, and no outage would show again.
      LOG.error("the broker is looked at again", e);
      brokerIsAway();
    }
  }

  private void brokerIsAway() {
    waitAtLeast(GRACE);
  }

  private synchronized void waitAtLeast(Duration time) {
    long until = nanos.getAsLong() + time.toNanos();
    if (!waiting || until - waitUntilNanos > 0) {
      waitUntilNanos = until;
    }
    waiting = true;
  }

  /** Where the group stood when last asked; 0 when it has never committed. */
  private long committedAsKnown(Topic topic, int partition) {
    OffsetAndMetadata offset = committed.get(new TopicPartition(topic.topicName(), partition));
    return offset == null ? 0 : offset.offset();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // after a fault it is asked again
  private void askWhatIsCommitted() {
    if (askAgainNanos - nanos.getAsLong() <= 0 && asked.compareAndSet(false, true)) {
      listCommitted()
          .whenComplete(
              (offsets, fault) -> {
                if (fault == null) {
                  committed = offsets;
                }
                askAgainNanos = nanos.getAsLong() + ASK_AGAIN.toNanos();
                asked.set(false);
              });
    }
  }

  /** Where the group stands; 0 when it has never committed, -1 when nobody says. */
  private long committedNow(Topic topic, int partition) {
    try {
      committed = listCommitted().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return committedAsKnown(topic, partition);
    } catch (ExecutionException | TimeoutException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> listCommitted() {
    return admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata();
  }

  @Override
  public void close() {
    watch.shutdownNow();
    ends.close();
    admin.close(Duration.ofSeconds(1));
  }
}
