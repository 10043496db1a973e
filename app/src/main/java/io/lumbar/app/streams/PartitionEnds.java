package io.lumbar.app.streams;

import io.lumbar.model.KafkaConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Where partitions end, so that a timer can know that nothing is left to read before it speaks.
 *
 * <p>Counts records that are not committed yet: they may say that the wearer has stood up. An
 * answer is at most half a second old; without a broker there is none, and asking costs at most
 * half a second each second. Thread-safe.
 */
public final class PartitionEnds implements AutoCloseable {
  private static final Duration FRESH = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Admin admin;
  private final LongSupplier nanos;
  private final Map<TopicPartition, Answer> answers = new ConcurrentHashMap<>();

  private record Answer(OptionalLong end, long untilNanos) {}

  private PartitionEnds(Admin admin, LongSupplier nanos) {
    this.admin = admin;
    this.nanos = nanos;
  }

  /** Asks the broker of a connection; connects at the first question. */
  public static PartitionEnds of(KafkaConnection kafka) {
    Map<String, Object> properties = new HashMap<>(kafka.client());
    properties.put("request.timeout.ms", "1000");
    properties.put("default.api.timeout.ms", "1000");
    properties.put("reconnect.backoff.max.ms", "1000");
    return new PartitionEnds(Admin.create(properties), System::nanoTime);
  }

  /** The offset behind the last record of a partition, or empty when the broker does not say. */
  public OptionalLong end(String topic, int partition) {
    TopicPartition key = new TopicPartition(topic, partition);
    Answer known = answers.get(key);
    if (known != null && known.untilNanos() - nanos.getAsLong() > 0) {
      return known.end();
    }
    OptionalLong end = ask(key);
    Duration valid = end.isPresent() ? FRESH : RETRY_AFTER;
    answers.put(key, new Answer(end, nanos.getAsLong() + valid.toNanos()));
    return end;
  }

  private OptionalLong ask(TopicPartition key) {
    try {
      return OptionalLong.of(
          admin
              .listOffsets(
                  Map.of(key, OffsetSpec.latest()),
                  new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
              .partitionResult(key)
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .offset());
    } catch (ExecutionException | TimeoutException e) {
      return OptionalLong.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
