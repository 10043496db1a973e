package io.lumbar.analytics.motion;

import io.lumbar.model.Placement;
import io.lumbar.model.Posture;

/**
 * Finds when a sensor is not worn: it lies flat and does not move at all for longer than a body
 * can.
 *
 * <p>A pocket phone that lies on its back or face, within 5 degrees, dead still for three minutes
 * is on a table. A thigh sensor is off after 90 still minutes (the rule of ActiPASS, Hettiarachchi
 * et al. 2021, doi 10.3390/s21030904, for long stillness).
 */
final class Stillness {
  private static final byte NOT_WORN = Labels.of(Posture.NOT_WORN);
  private static final double STILL_LENGTH = 0.0065;
  private static final double STILL = 0.012;
  private static final double FLAT_DEGREES = 5;
  private static final double SAME_DEGREES = 3;
  private static final int POCKET_SECONDS = 180;
  private static final int THIGH_SECONDS = 5400;

  private final boolean thigh;
  private final Minutes minutes;

  Stillness(Placement placement, Minutes minutes) {
    thigh = placement == Placement.THIGH;
    this.minutes = minutes;
  }

  /** Replaces the labels of seconds in which the sensor was not worn. */
  void mask(Signal signal, byte[] labels) {
    for (int i = 0, end; i < labels.length; i = end) {
      end = i + 1;
      if (!still(feature(signal.from + i))) {
        continue;
      }
      while (end < labels.length && joined(signal.from + end)) {
        end++;
      }
      if (isOff(signal.from + i)) {
        java.util.Arrays.fill(labels, i, end, NOT_WORN);
      }
    }
  }

  /** Whether the still run around a second is long enough; false when the second is not still. */
  private boolean isOff(long second) {
    return isLong(run(second));
  }

  /** Whether a body cannot be still for as long as that. */
  boolean isLong(Range run) {
    return run.to() - run.from() >= needed();
  }

  private int needed() {
    return thigh ? THIGH_SECONDS : POCKET_SECONDS;
  }

  /** The still seconds around one, as far as they matter; empty when it is not still. */
  Range run(long second) {
    if (!still(feature(second))) {
      return new Range(second, second);
    }
    int most = needed();
    long from = second;
    while (second - from < most && joined(from)) {
      from -= stillMinuteBefore(from) ? Minute.SECONDS : 1;
    }
    long to = second + 1;
    while (to - second < most && joined(to)) {
      to += to % Minute.SECONDS == 0 && allStill(to / Minute.SECONDS) ? Minute.SECONDS : 1;
    }
    return new Range(from, to);
  }

  private boolean stillMinuteBefore(long second) {
    return second % Minute.SECONDS == 0 && allStill(second / Minute.SECONDS - 1);
  }

  private boolean allStill(long minute) {
    Minute known = minutes.find(minute);
    if (known == null) {
      return false;
    }
    if (known.still() == Minute.Still.NOT_LOOKED_AT) {
      boolean all = still(known.feature(0));
      for (int i = 1; all && i < Minute.SECONDS; i++) {
        all = joined(known.feature(i - 1), known.feature(i));
      }
      known.setStill(all);
    }
    return known.still() == Minute.Still.YES;
  }

  /** True when a second goes on with the stillness of the second before it. */
  private boolean joined(long second) {
    return joined(feature(second - 1), feature(second));
  }

  private boolean joined(long before, long here) {
    return still(here)
        && still(before)
        && Direction.of(Feature.x(here), Feature.y(here), Feature.z(here))
                .degreesTo(Feature.x(before), Feature.y(before), Feature.z(before))
            < SAME_DEGREES;
  }

  private boolean still(long feature) {
    return Feature.isDense(feature)
        && Feature.lengthDeviation(feature) < STILL_LENGTH
        && Feature.deviation(feature) < STILL
        && (thigh || flat(feature));
  }

  private static boolean flat(long feature) {
    double z = Feature.z(feature);
    double across = Math.hypot(Feature.x(feature), Feature.y(feature));
    return Math.toDegrees(Math.atan2(across, Math.abs(z))) < FLAT_DEGREES;
  }

  private long feature(long second) {
    long minute = Math.floorDiv(second, Minute.SECONDS);
    Minute known = minutes.find(minute);
    return known == null ? 0 : known.feature((int) (second - minute * Minute.SECONDS));
  }
}
