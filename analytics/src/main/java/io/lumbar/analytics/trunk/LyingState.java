package io.lumbar.analytics.trunk;

/**
 * What the lying rule remembers between two readings.
 *
 * @param at epoch milliseconds of the last reading, or {@link Long#MIN_VALUE} before any
 * @param lying the last answer
 */
public record LyingState(long at, boolean lying) {
  /** Nothing seen yet. */
  public static final LyingState START = new LyingState(Long.MIN_VALUE, false);
}
