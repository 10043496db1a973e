package io.lumbar.model;

import java.time.Instant;

/** A stretch of time [from, to). */
public record TimeSpan(Instant from, Instant to) {

  public TimeSpan {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("from " + from + " must be before to " + to);
    }
  }

  /** Its length in minutes. */
  public double minutes() {
    return (to.toEpochMilli() - from.toEpochMilli()) / 60_000.0;
  }
}
