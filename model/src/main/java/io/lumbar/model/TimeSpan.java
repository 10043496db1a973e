package io.lumbar.model;

import java.time.Instant;
import java.util.Optional;

/** A stretch of time [from, to). */
public record TimeSpan(Instant from, Instant to) {

  public TimeSpan {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("from " + from + " must be before to " + to);
    }
  }

  /** Its part within [start, end), if any. */
  public Optional<TimeSpan> within(Instant start, Instant end) {
    Instant first = from.isBefore(start) ? start : from;
    Instant last = to.isAfter(end) ? end : to;
    return first.isBefore(last) ? Optional.of(new TimeSpan(first, last)) : Optional.empty();
  }

  /** Its length in minutes. */
  public double minutes() {
    return (to.toEpochMilli() - from.toEpochMilli()) / 60_000.0;
  }
}
