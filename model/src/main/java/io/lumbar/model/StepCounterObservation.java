package io.lumbar.model;

import java.time.Instant;

/**
 * The reading of a step counter that only grows within a session. Readings are differenced in event
 * time, so that their order of arrival does not matter.
 *
 * @param session the recording that the counter belongs to; a new session starts at zero
 * @param steps steps since the session began
 */
public record StepCounterObservation(Stamp stamp, String session, long steps, Instant at)
    implements Observation {

  public StepCounterObservation {
    if (steps < 0) {
      throw new IllegalArgumentException("steps " + steps + " must not be negative");
    }
  }
}
