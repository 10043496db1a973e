package io.lumbar.analytics.motion;

/** Seconds since 1970, [from, to). */
record Range(long from, long to) {
  Range hull(Range other) {
    return new Range(Math.min(from, other.from), Math.max(to, other.to));
  }

  boolean touches(Range other) {
    return from <= other.to && other.from <= to;
  }

  boolean contains(Range other) {
    return from <= other.from && other.to <= to;
  }

  /** This range with some seconds more on both sides. */
  Range widened(int seconds) {
    return new Range(from - seconds, to + seconds);
  }
}
