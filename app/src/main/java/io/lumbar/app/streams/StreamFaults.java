package io.lumbar.app.streams;

import io.lumbar.model.DeadLetter;
import io.lumbar.model.Json;
import io.lumbar.model.TimerGuard;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts records that a stream had to leave out and writes their dead letters: place, reason, size
 * and hash, never the content. Thread-safe.
 */
public final class StreamFaults {
  /** The configuration key under which the handlers, which Kafka makes, find this. */
  static final String CONFIG = "lumbar.stream.faults";

  private static final Logger LOG = LoggerFactory.getLogger(StreamFaults.class);
  private static final String UNKNOWN = "unknown";
  private static final int FRAMES = 8;

  private final LongAdder unreadable = new LongAdder();
  private final LongAdder unprocessable = new LongAdder();
  private final TimerGuard timers = new TimerGuard(StreamFaults::logTimer);

  StreamFaults() {}

  static StreamFaults in(Map<String, ?> configs) {
    return configs.get(CONFIG) instanceof StreamFaults faults ? faults : new StreamFaults();
  }

  /** Records whose bytes were not what the topic holds. */
  public long unreadable() {
    return unreadable.sum();
  }

  /** Records that made a processor fail, and timers, each time that they did. */
  public long unprocessable() {
    return unprocessable.sum() + timers.failures();
  }

  /** Without what the fault says, which may hold a health value. */
  private static void logTimer(String wearer, RuntimeException fault) {
    LOG.error(
        "a timer of {} failed by {} at {}",
        wearer,
        fault.getClass().getName(),
        Arrays.stream(fault.getStackTrace())
            .limit(FRAMES)
            .map(StackTraceElement::toString)
            .collect(Collectors.joining(" < ")));
  }

  /** Counts what fails in a timer. */
  TimerGuard timers() {
    return timers;
  }

  void countUnreadable() {
    unreadable.increment();
  }

  void countUnprocessable() {
    unprocessable.increment();
  }

  /** The dead letter of a record; none for a timer, which has no record. */
  static List<ProducerRecord<byte[], byte[]>> deadLetters(
      ErrorHandlerContext context, Exception fault) {
    @Nullable String topic = context.topic();
    if (topic == null) {
      return List.of();
    }
    byte[] value = context.sourceRawValue() == null ? new byte[0] : context.sourceRawValue();
    @Nullable WearerId wearer = wearer(context.sourceRawKey());
    DeadLetter letter =
        new DeadLetter(
            topic + "-" + context.partition() + "@" + context.offset(),
            fault.getClass().getSimpleName(),
            wearer,
            null,
            null,
            value.length,
            DeadLetter.sha256(value),
            Instant.ofEpochMilli(Math.max(0, context.timestamp())));
    String key = wearer == null ? UNKNOWN : wearer.value();
    return List.of(
        new ProducerRecord<>(
            Topic.DEAD_LETTERS.topicName(),
            key.getBytes(StandardCharsets.UTF_8),
            Json.bytes(letter)));
  }

  private static @Nullable WearerId wearer(byte @Nullable [] key) {
    if (key == null) {
      return null;
    }
    try {
      return new WearerId(WearerPartitioner.wearer(new String(key, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
