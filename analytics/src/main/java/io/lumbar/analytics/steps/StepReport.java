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
 */
record StepReport(Stamp stamp, String session, long from, long to, long steps) {

  static Optional<StepReport> of(Observation observation) {
    if (observation instanceof StepsObservation steps) {
      long from = steps.from().toEpochMilli();
      long to = steps.to().toEpochMilli();
      return from >= to
          ? Optional.empty()
          : Optional.of(new StepReport(steps.stamp(), "", from, to, steps.steps()));
    }
    if (observation instanceof StepCounterObservation counter) {
      long at = counter.at().toEpochMilli();
      return Optional.of(
          new StepReport(counter.stamp(), counter.session(), at, at, counter.steps()));
    }
    return Optional.empty();
  }

  boolean isReading() {
    return !session.isEmpty();
  }

  boolean sameSource(StepReport other) {
    return stamp.device().equals(other.stamp.device()) && session.equals(other.session);
  }
}
