package io.lumbar.analytics.trunk;

/**
 * What the lying rule remembers between two readings.
 *
 * @param at epoch milliseconds of the last reading, or {@link Long#MIN_VALUE} before any
 * @param lying the last answer
 * @param layAt epoch milliseconds of the last reading that was lying; {@link Long#MIN_VALUE} before
 *     any
 */
public record LyingState(long at, boolean lying, long layAt) {
  /** Nothing seen yet. */
  public static final LyingState START = new LyingState(Long.MIN_VALUE, false, Long.MIN_VALUE);
}
