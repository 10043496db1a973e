package io.lumbar.app.streams;

import io.lumbar.model.KafkaConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Where partitions end, so that a timer can know that nothing is left to read before it speaks.
 *
 * <p>Counts records that are not committed yet: they may say that the wearer has stood up. An
 * answer is at most half a second old; without a broker there is none, and who waits for one waits
 * at most half a second each second. Thread-safe.
 */
public final class PartitionEnds implements AutoCloseable {
  private static final Duration FRESH = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Admin admin;
  private final LongSupplier nanos;
  private final Runnable onFailure;
  private final Map<TopicPartition, Answer> answers = new ConcurrentHashMap<>();
  private final Set<TopicPartition> asked = ConcurrentHashMap.newKeySet();

  private record Answer(OptionalLong end, long untilNanos) {}

  private PartitionEnds(Admin admin, LongSupplier nanos, Runnable onFailure) {
    this.admin = admin;
    this.nanos = nanos;
    this.onFailure = onFailure;
  }

  /** Asks the broker of a connection; connects at the first question. */
  public static PartitionEnds of(KafkaConnection kafka) {
    return of(kafka, () -> {});
  }

  /**
   * Asks the broker of a connection; connects at the first question.
   *
   * @param onFailure called, on any thread, whenever the broker did not answer
   */
  static PartitionEnds of(KafkaConnection kafka, Runnable onFailure) {
    Map<String, Object> properties = new HashMap<>(kafka.client());
    properties.put("request.timeout.ms", "1000");
    properties.put("default.api.timeout.ms", "1000");
    properties.put("reconnect.backoff.max.ms", "1000");
    return new PartitionEnds(Admin.create(properties), System::nanoTime, onFailure);
  }

  /** The offset behind the last record of a partition, or empty when the broker does not say. */
  public OptionalLong end(String topic, int partition) {
    TopicPartition key = new TopicPartition(topic, partition);
    Answer known = fresh(key);
    return known != null ? known.end() : wait(key, ask(key));
  }

  /** The same without waiting: empty too while the answer is on its way. */
  @SuppressWarnings("FutureReturnValueIgnored") // a fault is an answer
  OptionalLong known(String topic, int partition) {
    TopicPartition key = new TopicPartition(topic, partition);
    Answer known = fresh(key);
    if (known != null) {
      return known.end();
    }
    if (asked.add(key)) {
      ask(key)
          .whenComplete(
              (end, fault) -> {
                answer(key, fault == null ? OptionalLong.of(end) : OptionalLong.empty());
                asked.remove(key);
              });
    }
    return OptionalLong.empty();
  }

  private @Nullable Answer fresh(TopicPartition key) {
    Answer known = answers.get(key);
    return known != null && known.untilNanos() - nanos.getAsLong() > 0 ? known : null;
  }

  private KafkaFuture<Long> ask(TopicPartition key) {
    return admin
        .listOffsets(
            Map.of(key, OffsetSpec.latest()),
            new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
        .partitionResult(key)
        .thenApply(ListOffsetsResult.ListOffsetsResultInfo::offset);
  }

  private OptionalLong wait(TopicPartition key, KafkaFuture<Long> answer) {
    try {
      return answer(key, OptionalLong.of(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)));
    } catch (ExecutionException | TimeoutException e) {
      return answer(key, OptionalLong.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    }
  }

  private OptionalLong answer(TopicPartition key, OptionalLong end) {
    Duration valid = end.isPresent() ? FRESH : RETRY_AFTER;
    answers.put(key, new Answer(end, nanos.getAsLong() + valid.toNanos()));
    if (end.isEmpty()) {
      onFailure.run();
    }
    return end;
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
