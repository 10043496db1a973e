package io.lumbar.analytics.stream;

import io.lumbar.model.Stamp;
import io.lumbar.model.StepsObservation;
import java.time.Instant;
import java.util.List;

/**
 * All that our own classifier counted in ten minutes of one sensor, in place of whatever it counted
 * in them before. Not written to any topic.
 *
 * @param from the start of ten minutes of UTC
 * @param steps whole minutes within them, in order; time of which the sensor cannot tell is left
 *     out
 * @param sitToStands changes from at least ten seconds seated straight to ten on the feet
 * @param seatedShifts changes of posture while seated
 */
public record MovementJudged(
    Stamp stamp, Instant from, List<StepsObservation> steps, int sitToStands, int seatedShifts) {
  public MovementJudged {
    steps = List.copyOf(steps);
  }
}
