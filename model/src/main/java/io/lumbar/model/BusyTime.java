package io.lumbar.model;

import java.time.Instant;

/** A time in which somebody is busy; what with is not kept. */
public record BusyTime(Instant from, Instant to) {

  public BusyTime {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("a busy time needs a from before its to");
    }
  }
}
