package io.lumbar.analytics.motion;

import org.jspecify.annotations.Nullable;

/** The minutes that are kept of one sensor. */
interface Minutes {

  /** A minute by its number since 1970, or null when nothing is known of it. */
  @Nullable Minute find(long minute);

  /** A minute to write to, made when it is missing; {@link #changed} must be called after. */
  Minute open(long minute);

  /** Keeps what was written to a minute. */
  void changed(long minute);

  /** The first minute that is still judged; what is older comes too late. */
  long oldest();

  /** From the first second that is kept to behind the last. */
  Range known();

  /** True when a second has samples that tell orientation. */
  default boolean has(long second) {
    long minute = Math.floorDiv(second, Minute.SECONDS);
    Minute known = find(minute);
    return known != null && Feature.tells(known.feature((int) (second - minute * Minute.SECONDS)));
  }
}
