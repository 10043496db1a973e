package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import org.jspecify.annotations.Nullable;

/**
 * What the sleep-onset rule remembers between two readings.
 *
 * @param at epoch milliseconds of the last reading, or {@link Long#MIN_VALUE} before any
 * @param unrest 1 or less when asleep, at most e
 * @param last the last reading's direction
 */
public record SleepOnsetState(long at, double unrest, @Nullable Direction last) {
  /** As one lies down: awake. */
  public static final SleepOnsetState START = new SleepOnsetState(Long.MIN_VALUE, Math.E, null);

  /** True while nothing says that the wearer sleeps. */
  public boolean awake() {
    return unrest > 1;
  }
}
