package io.lumbar.analytics.stream;

import io.lumbar.model.Topic;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** How far a task has read its input, and so whether its timers may speak. */
public final class InputPositions implements InputLag.Positions {
  /** A record appended this recently shows that the task keeps up, whatever more is on its way. */
  private static final long RECENT = 2_000;

  private final Map<Topic, Long> next = new EnumMap<>(Topic.class);
  private long newestAppend;

  /** Notes a record that was read. */
  public void passed(RecordMetadata metadata) {
    next.put(Topic.named(metadata.topic()), metadata.offset() + 1);
  }

  /** Notes when the broker took the record that was read. */
  public void appendedAt(long systemTime) {
    newestAppend = Math.max(newestAppend, systemTime);
  }

  @Override
  public long next(Topic topic) {
    return next.getOrDefault(topic, -1L);
  }

  /** True when nothing older than 2 s waits to be read. */
  public boolean upToDate(long systemTime, int partition, InputLag lag) {
    return systemTime - newestAppend <= RECENT || lag.caughtUp(partition, this);
  }
}
