package io.lumbar.analytics.steps;

import io.lumbar.model.Observation;
import io.lumbar.model.Stamp;
import io.lumbar.model.StepCounterObservation;
import io.lumbar.model.StepsObservation;
import java.util.Optional;

/**
 * What one device said about steps, in epoch milliseconds.
 *
 * @param session of a counter's reading at {@code from} (= {@code to}), or empty for steps counted
 *     within [from, to)
 * @param judged true when Lumbar counted them in the device's raw motion, and may count again
 */
record StepReport(Stamp stamp, String session, boolean judged, long from, long to, long steps) {

  static Optional<StepReport> of(Observation observation) {
    if (observation instanceof StepsObservation steps) {
      long from = steps.from().toEpochMilli();
      long to = steps.to().toEpochMilli();
      return from >= to
          ? Optional.empty()
          : Optional.of(new StepReport(steps.stamp(), "", false, from, to, steps.steps()));
    }
    if (observation instanceof StepCounterObservation counter) {
      long at = counter.at().toEpochMilli();
      return Optional.of(
          new StepReport(counter.stamp(), counter.session(), false, at, at, counter.steps()));
    }
    return Optional.empty();
  }

  /** Steps that Lumbar counted itself. */
  static StepReport judged(StepsObservation steps) {
    return new StepReport(
        steps.stamp(),
        "",
        true,
        steps.from().toEpochMilli(),
        steps.to().toEpochMilli(),
        steps.steps());
  }

  boolean isReading() {
    return !session.isEmpty();
  }

  boolean sameSource(StepReport other) {
    return stamp.device().equals(other.stamp.device())
        && session.equals(other.session)
        && judged == other.judged;
  }
}
