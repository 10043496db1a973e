package io.lumbar.ingest.format;

import io.lumbar.model.Stamp;
import io.lumbar.model.StepCounterObservation;
import io.lumbar.model.StepsObservation;
import java.time.Duration;
import java.time.Instant;

/**
 * Steps over a span, as phones and watches report them afterwards.
 *
 * <p>What is told of at most 15 minutes says when somebody walked. Longer sums, such as a day's,
 * say only how many: they travel as two readings of a counter of their own, which count for the day
 * and cover no minute, so that they neither look like a walk nor like a rest. Finer counts of worn
 * devices outrank them minute by minute; what is left of a sum is shared out evenly over the rest
 * of its span where steps are told by the hour, so that the hours add up to the day.
 */
public final class StepSpans {
  /** The longest span over which steps may be spread evenly. */
  public static final Duration FINE = Duration.ofMinutes(15);

  private static final Duration LONGEST = Duration.ofHours(25);
  private static final long MOST_STEPS = 200_000;

  private StepSpans() {}

  /**
   * Keeps a count.
   *
   * @throws Fault when count or span cannot be
   */
  public static void keep(
      Item item, long steps, Instant from, Instant to, Sender sender, Intake intake) {
    if (steps < 0 || steps > MOST_STEPS) {
      throw item.fault("the number of steps must be between 0 and " + MOST_STEPS);
    }
    Duration length = Duration.between(from, to);
    if (length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0) {
      throw item.fault("its end must lie after its start, by at most a day");
    }
    if (length.compareTo(FINE) <= 0) {
      intake.keep(
          item.path(), 1, new StepsObservation(sender.stampAt(from), (int) steps, from, to));
      return;
    }
    // A corrected sum is another counter: of two that overlap the larger one holds.
    String counter = "sum-" + from.getEpochSecond() + "-" + steps;
    Stamp stamp = sender.estimatedAt(from, "sums");
    intake.keep(item.path(), 1, new StepCounterObservation(stamp, counter, 0, from));
    intake.keep(item.path(), 0, new StepCounterObservation(stamp, counter, steps, to));
  }
}
