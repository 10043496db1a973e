package io.lumbar.ingest;

import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Statement;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records to Kafka and waits for the broker. Thread-safe; uploads that arrive together share
 * requests to the broker.
 */
final class Outbox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final Duration DELIVERY = Duration.ofSeconds(10);
  private static final Duration BLOCK = Duration.ofSeconds(5);
  private static final long SICK_NANOS = Duration.ofSeconds(30).toNanos();

  private static final long SLOW_NANOS = Duration.ofSeconds(2).toNanos();

  /** A quarter of the server's threads never waits for the broker. */
  private static final int MOST_WAITING = 24;

  private static final long TURN_MILLIS = 1_000;

  private final Producer<byte[], byte[]> producer;
  private final Semaphore probe = new Semaphore(1);
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private final Set<Sending> sending = ConcurrentHashMap.newKeySet();
  private final List<IntConsumer> whenRefused = new CopyOnWriteArrayList<>();
  private volatile @Nullable Long failedAtNanos;
  private volatile @Nullable Long lateAtNanos;

  Outbox(KafkaConnection kafka) {
    this(producer(kafka));
  }

  Outbox(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  private static Producer<byte[], byte[]> producer(KafkaConnection kafka) {
    Map<String, Object> properties = kafka.producer();
    properties.put("client.id", "lumbar-ingest");
    // Long enough for one upload to leave in one request, too short for anybody to notice.
    properties.put("linger.ms", 1);
    properties.put("batch.size", 128 << 10);
    properties.put("buffer.memory", 32 << 20);
    properties.put("max.request.size", 2 << 20);
    properties.put("max.block.ms", (int) BLOCK.toMillis());
    properties.put("request.timeout.ms", (int) BLOCK.toMillis());
    properties.put("delivery.timeout.ms", (int) DELIVERY.toMillis());
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Sends all records and returns true once the broker has acknowledged each; false when it did not
   * acknowledge some, of which some may have arrived all the same.
   *
   * <p>Uploads that wait for a broker must not take every thread of the server. While it is away
   * only one at a time waits and the others are refused at once. While it is slow so many wait and
   * the others are refused at once; before that is known they wait a second for their turn, which
   * they get within milliseconds from a broker that is well.
   */
  boolean sendAll(List<ProducerRecord<byte[], byte[]>> records) {
    boolean kept =
        failedAtNanos == null
            ? hasTurn() && sendAndRelease(records, waiting)
            : probe.tryAcquire() && sendAndRelease(records, probe);
    if (!kept) {
      refuse(Funnel.RETRY_SECONDS);
    }
    return kept;
  }

  /** Notes that an upload is refused, whose sender is told to come back after so many seconds. */
  void refuse(int retrySeconds) {
    whenRefused.forEach(task -> task.accept(retrySeconds));
  }

  /**
   * Has something done in the thread of each upload that is refused, with the seconds after which
   * its sender was told to come back.
   */
  void whenRefused(IntConsumer task) {
    whenRefused.add(task);
  }

  private boolean hasTurn() {
    try {
      return waiting.tryAcquire()
          || (!slow() && waiting.tryAcquire(TURN_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean sendAndRelease(List<ProducerRecord<byte[], byte[]>> records, Semaphore permits) {
    try {
      return send(records);
    } finally {
      permits.release();
    }
  }

  private boolean send(List<ProducerRecord<byte[], byte[]>> records) {
    Sending mine = new Sending(System.nanoTime());
    sending.add(mine);
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    CountDownLatch open = new CountDownLatch(records.size());
    for (ProducerRecord<byte[], byte[]> each : records) {
      if (failure.get() != null) {
        break;
      }
      try {
        Future<RecordMetadata> unused =
            producer.send(
                each,
                (metadata, e) -> {
                  if (e != null) {
                    failure.compareAndSet(null, e);
                  }
                  open.countDown();
                });
      } catch (KafkaException | IllegalStateException e) {
        failure.compareAndSet(null, e);
      }
    }
    try {
      boolean all =
          failure.get() == null
              && open.await(DELIVERY.plus(BLOCK).toMillis(), TimeUnit.MILLISECONDS)
              && failure.get() == null;
      note(all, failure.get());
      if (mine.isLate()) {
        lateAtNanos = System.nanoTime();
      }
      return all;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      sending.remove(mine);
    }
  }

  /** Keeps what a wearer said; true once the broker has acknowledged it. */
  boolean put(WearerId wearer, Statement statement) {
    byte[] key = wearer.value().getBytes(StandardCharsets.UTF_8);
    return sendAll(
        List.of(new ProducerRecord<>(Topic.CHECKINS.topicName(), key, Json.bytes(statement))));
  }

  /** False for half a minute after the broker failed to acknowledge, or until it does again. */
  boolean healthy() {
    Long failed = failedAtNanos;
    return failed == null || System.nanoTime() - failed > SICK_NANOS;
  }

  /** True while something waits for over two seconds, and for half a minute after that. */
  boolean slow() {
    Long late = lateAtNanos;
    return (late != null && System.nanoTime() - late <= SICK_NANOS)
        || sending.stream().anyMatch(Sending::isLate);
  }

  /** An upload on its way; each is another one. */
  private static final class Sending {
    private final long begun;

    Sending(long begun) {
      this.begun = begun;
    }

    boolean isLate() {
      return System.nanoTime() - begun > SLOW_NANOS;
    }
  }

  @Override
  public void close() {
    producer.close(BLOCK);
  }

  private void note(boolean acknowledged, @Nullable Exception failure) {
    if (acknowledged) {
      failedAtNanos = null;
      return;
    }
    if (failedAtNanos == null) {
      LOG.warn("Kafka did not acknowledge an upload: {}", failure == null ? "timeout" : failure);
    }
    failedAtNanos = System.nanoTime();
  }
}
