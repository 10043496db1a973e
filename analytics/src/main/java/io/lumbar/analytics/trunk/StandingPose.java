package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import java.util.List;
import java.util.Optional;

/**
 * Finds how a sensor reads when its wearer stands still, among seconds in which the wearer stands.
 * Pure; the answer is the same for readings in any order.
 *
 * <p>The stillest second of them all is the reference, as ActiPASS takes it around the tap "I stand
 * now" (Hettiarachchi et al. 2021, doi 10.3390/s21030904).
 */
public final class StandingPose {
  private static final long WINDOW_MILLIS = 1000;
  private static final long STEP_MILLIS = 500;
  private static final int FEWEST_READINGS = 5;

  private StandingPose() {}

  /** The mean of the stillest second; empty when no second has five readings. */
  public static Optional<Direction> of(List<Reading> readings) {
    long first = readings.stream().mapToLong(Reading::at).min().orElse(0);
    long last = readings.stream().mapToLong(Reading::at).max().orElse(0);
    Optional<Direction> stillest = Optional.empty();
    double least = Double.MAX_VALUE;
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
        if (moving < least) {
          least = moving;
          stillest = Optional.of(mean);
        }
      }
    }
    return stillest;
  }
}
