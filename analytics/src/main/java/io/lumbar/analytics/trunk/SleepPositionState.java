package io.lumbar.analytics.trunk;

import org.jspecify.annotations.Nullable;

/**
 * What the position rule remembers between two readings.
 *
 * @param at epoch milliseconds of the last reading, or {@link Long#MIN_VALUE} before any
 * @param lie how the trunk lay, or null before anything could be told
 * @param strayedAt since when the roll has been over the edge of that position's bin, by less than
 *     the hysteresis; {@link Long#MIN_VALUE} when it is inside
 */
public record SleepPositionState(long at, @Nullable Lie lie, long strayedAt) {
  /** Nothing seen yet. */
  public static final SleepPositionState START =
      new SleepPositionState(Long.MIN_VALUE, null, Long.MIN_VALUE);
}
