package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import java.util.List;
import java.util.Optional;

/**
 * Finds how a sensor reads when its wearer stands still, among seconds in which the wearer stands.
 * Pure; the answer is the same for readings in any order.
 *
 * <p>The stillest second of them all is the reference, as ActiPASS takes it around the tap "I stand
 * now" (Hettiarachchi et al. 2021, doi 10.3390/s21030904), if it moves less than who shuffles does
 * (0.1 g, Acti4) and has the length of gravity: a sender that drops out sends zeros, which are
 * stiller than anybody. Of a tag, which is not heard five times in any second, it is the median of
 * all readings of about 1 g, if there are three or more and they agree.
 */
public final class StandingPose {
  private static final long WINDOW_MILLIS = 1000;
  private static final long STEP_MILLIS = 500;
  private static final int FEWEST_READINGS = 5;
  private static final int FEWEST_OF_A_TAG = 3;
  private static final double SAME_DEGREES = 10;
  private static final double LEAST_GRAVITY = 0.7;
  private static final double MOST_GRAVITY = 1.3;

  /** Mean square about the mean, in g squared. */
  private static final double MOST_MOVING = 0.01;

  private StandingPose() {}

  /** Which way is up; empty when there are too few readings or none is still. */
  public static Optional<Direction> of(List<Reading> readings) {
    return stillest(readings, MOST_MOVING)
        .or(
            () ->
                agreed(
                    readings.stream().map(Reading::value).filter(Direction::mayBeStill).toList()));
  }

  /** The same of a wearer who is on the feet and may walk all the while, as in a short trial. */
  public static Optional<Direction> ofStandingOrWalking(List<Reading> readings) {
    return of(readings).or(() -> stillest(readings, Double.MAX_VALUE));
  }

  private static Optional<Direction> stillest(List<Reading> readings, double mostMoving) {
    long first = readings.stream().mapToLong(Reading::at).min().orElse(0);
    long last = readings.stream().mapToLong(Reading::at).max().orElse(0);
    Optional<Direction> stillest = Optional.empty();
    double least = mostMoving;
    for (long from = first; from <= last; from += STEP_MILLIS) {
      long begin = from;
      List<Direction> window =
          readings.stream()
              .filter(one -> one.at() >= begin && one.at() < begin + WINDOW_MILLIS)
              .map(Reading::value)
              .toList();
      if (window.size() >= FEWEST_READINGS) {
        Direction mean = Direction.mean(window);
        double moving =
            window.stream().mapToDouble(one -> one.minus(mean, 1).dot(one.minus(mean, 1))).sum()
                / window.size();
        if (moving < least && isGravity(mean)) {
          least = moving;
          stillest = Optional.of(mean);
        }
      }
    }
    return stillest;
  }

  private static Optional<Direction> agreed(List<Direction> all) {
    if (all.size() < FEWEST_OF_A_TAG) {
      return Optional.empty();
    }
    Direction middle = Direction.median(all);
    boolean agree =
        isGravity(middle) && all.stream().allMatch(one -> one.degreesTo(middle) < SAME_DEGREES);
    return agree ? Optional.of(middle) : Optional.empty();
  }

  private static boolean isGravity(Direction value) {
    return value.length() > LEAST_GRAVITY && value.length() < MOST_GRAVITY;
  }
}
