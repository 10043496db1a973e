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

  /**
   * True when the ten minutes around a minute were judged and let go: what was told of them stays,
   * and nothing is added.
   */
  boolean isLetGo(long minute);

  /** From the first second that is kept to behind the last. */
  Range known();

  /** True when a second has samples that tell orientation. */
  default boolean has(long second) {
    long minute = Math.floorDiv(second, Minute.SECONDS);
    Minute known = find(minute);
    return known != null && Feature.tells(known.feature((int) (second - minute * Minute.SECONDS)));
  }

  /** The labels of some seconds, {@link Labels#NONE} where there are none. */
  default byte[] labels(long from, int length) {
    byte[] labels = new byte[length];
    for (int at = 0; at < length; ) {
      long minute = Math.floorDiv(from + at, Minute.SECONDS);
      int second = (int) (from + at - minute * Minute.SECONDS);
      int count = Math.min(Minute.SECONDS - second, length - at);
      Minute known = find(minute);
      if (known != null) {
        known.copyLabels(second, count, labels, at);
      }
      at += count;
    }
    return labels;
  }
}
