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

  /** True once a record was read. */
  public boolean hasRead() {
    return newestAppend > 0;
  }

  /** How long ago the broker took the newest record that was read, in milliseconds. */
  public long age(long systemTime) {
    return Math.max(0, systemTime - newestAppend);
  }

  /** True when the newest record that was read was appended less than 2 s ago. */
  public boolean isRecent(long systemTime) {
    return age(systemTime) <= RECENT;
  }

  /**
   * True when nothing older than 2 s waits to be read; false too while that is not known yet, and
   * while senders still come back after an outage.
   */
  public boolean upToDate(long systemTime, int partition, InputLag lag) {
    return !lag.settling() && (isRecent(systemTime) || lag.isKnownCaughtUp(partition, this));
  }
}
