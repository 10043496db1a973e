package io.lumbar.model;

import java.time.Duration;
import java.time.Instant;

/**
 * Steps taken within [from, to). The same span sent again with a larger count replaces the smaller.
 */
public record StepsObservation(Stamp stamp, int steps, Instant from, Instant to)
    implements Observation {

  public StepsObservation {
    if (steps < 0) {
      throw new IllegalArgumentException("steps " + steps + " must not be negative");
    }
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("from " + from + " must be before to " + to);
    }
    if (Duration.between(from, to).compareTo(PostureObservation.LONGEST) > 0) {
      throw new IllegalArgumentException(
          "an observation may cover at most " + PostureObservation.LONGEST.toHours() + " h");
    }
  }
}
