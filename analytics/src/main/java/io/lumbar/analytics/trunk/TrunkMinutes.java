package io.lumbar.analytics.trunk;

import org.jspecify.annotations.Nullable;

/** The minutes that are kept of one sensor, by their start in epoch milliseconds. */
interface TrunkMinutes {

  /** A minute, or null when nothing was heard in it. */
  @Nullable TrunkMinute find(long start);

  /** The start of the newest slot in which something was heard, which may still fill. */
  long newestSlot();
}
