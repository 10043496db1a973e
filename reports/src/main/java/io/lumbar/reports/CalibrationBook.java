package io.lumbar.reports;

import io.lumbar.model.CalibrationResult;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came of the wearers' calibrations: the topic of theirs, read whole, which is small and
 * compacted. Thread-safe.
 */
public final class CalibrationBook implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CalibrationBook.class);

  private final Map<String, CalibrationResult> byKey = new ConcurrentHashMap<>();
  private @Nullable TopicTail tail;

  CalibrationBook() {}

  /**
   * Starts the thread that reads the topic from its beginning.
   *
   * @throws org.apache.kafka.common.KafkaException when the broker does not answer
   */
  public static CalibrationBook start(KafkaConnection kafka) {
    CalibrationBook book = new CalibrationBook();
    book.tail =
        TopicTail.start(
            kafka,
            "calibrations",
            Map.of(),
            new TopicTail.Start(Set.of(), Set.of(Topic.CALIBRATIONS), Instant.EPOCH),
            (topic, next) -> book.take(next));
    return book;
  }

  private void take(ConsumerRecord<byte[], byte[]> next) {
    if (next.value() == null) {
      if (next.key() != null) {
        byKey.remove(new String(next.key(), StandardCharsets.UTF_8));
      }
      return;
    }
    try {
      take(Json.read(next.value(), CalibrationResult.class));
    } catch (SerializationException e) {
      LOG.warn("Skipped what is no calibration: offset {}: {}", next.offset(), e.getMessage());
    }
  }

  void take(CalibrationResult result) {
    String key =
        String.join(
            "|", result.wearer().value(), result.device().value(), result.placement().wireName());
    byKey.put(key, result);
  }

  /** The results of a wearer, by device and placement. */
  List<CalibrationResult> of(WearerId wearer) {
    return byKey.values().stream()
        .filter(one -> one.wearer().equals(wearer))
        .sorted(
            Comparator.comparing(CalibrationResult::device)
                .thenComparing(CalibrationResult::placement))
        .toList();
  }

  @Override
  public void close() {
    if (tail != null) {
      tail.close();
    }
  }
}
