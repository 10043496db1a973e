package io.lumbar.app.streams;

import io.lumbar.model.KafkaConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Tells whether there is a record between what a group committed and the end, or only the marks by
 * which transactions end: those have offsets, too, which no group need ever commit. Looks into a
 * partition only after its commits have stood still for some seconds. Not thread-safe.
 */
final class Remainder implements AutoCloseable {
  private static final long STILL_MILLIS = 3_000;
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Known> known = new HashMap<>();

  /** Since when a position is committed, and up to where nothing lies behind it. */
  private record Known(long committed, long since, long emptyUpTo) {}

  private Remainder(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Looks at the broker of a connection; connects at the first question. */
  static Remainder of(KafkaConnection kafka) {
    Map<String, Object> properties = kafka.consumer();
    properties.put("max.partition.fetch.bytes", 1 << 16);
    properties.put("default.api.timeout.ms", "1500");
    properties.put("request.timeout.ms", "1000");
    return new Remainder(
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  /**
   * The position behind which there may be records: the one that is committed, or the end.
   *
   * @throws org.apache.kafka.common.KafkaException when the broker does not answer
   */
  long readUpTo(TopicPartition partition, long committed, long end, long nowMillis) {
    Known old = known.get(partition);
    if (old == null || old.committed() != committed) {
      old = new Known(committed, nowMillis, committed);
      known.put(partition, old);
    }
    if (old.emptyUpTo() < end && nowMillis - old.since() >= STILL_MILLIS) {
      long empty = emptyFrom(partition, old.emptyUpTo());
      old = new Known(committed, nowMillis, empty);
      known.put(partition, old);
    }
    return Math.max(committed, old.emptyUpTo());
  }

  /** Where the first record behind a position lies, or where the reading came to without one. */
  private long emptyFrom(TopicPartition partition, long position) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, position);
    var records = consumer.poll(PATIENCE).records(partition);
    long next = records.isEmpty() ? consumer.position(partition) : records.get(0).offset();
    consumer.unsubscribe();
    return next;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
