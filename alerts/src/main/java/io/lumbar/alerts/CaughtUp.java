package io.lumbar.alerts;

/**
 * Whether a timer may speak: only when nothing that was written before is still waiting to be read,
 * because it could say that the wearer stood up long ago.
 *
 * <p>Caught up means that the last record was appended a moment ago, or that nothing has come for a
 * while although the stream runs. All times are of the system, not of the injected clock, because
 * the broker stamps with the former.
 */
final class CaughtUp {
  private static final long RECENT_MILLIS = 2_000;
  private static final long SETTLED_MILLIS = 3_000;

  private long lastAppended = Long.MIN_VALUE / 2;
  private long lastRead;

  CaughtUp(long startedAt) {
    lastRead = startedAt;
  }

  void saw(long appendedAt, long readAt) {
    lastAppended = appendedAt;
    lastRead = readAt;
  }

  boolean holds(long now) {
    return now - lastAppended <= RECENT_MILLIS || now - lastRead >= SETTLED_MILLIS;
  }
}
