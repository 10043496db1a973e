package io.lumbar.analytics.motion;

import io.lumbar.model.Posture;

/**
 * Counts steps, sit-to-stands and shifts on a chair in a minute of a limb sensor. A pure function
 * of the features and labels of the minute and of the seconds around.
 *
 * <p>A minute in which the sensor was worn, told the posture and was read often enough to see steps
 * for at least half of the time tells how many there were, also when there were none.
 */
final class LimbMovement {
  /** How far from a second the labels lie that decide what is counted in it. */
  static final int REACH = SeatedShifts.REACH;

  private static final int SHORTEST = 10;
  private static final int FEWEST_SECONDS = 30;
  private static final byte SITS = Labels.of(Posture.SITTING);

  private final Minutes minutes;

  LimbMovement(Minutes minutes) {
    this.minutes = minutes;
  }

  /** What is counted in a minute, by its number since 1970. */
  MinuteMovement in(long minute) {
    if (minutes.find(minute) == null) {
      return MinuteMovement.NONE;
    }
    long start = minute * Minute.SECONDS;
    Signal signal = new Signal(minutes, start - REACH, start + Minute.SECONDS + REACH);
    byte[] labels = minutes.labels(signal.from, signal.length);
    int steps = 0;
    int telling = 0;
    int sitToStands = 0;
    for (int i = REACH; i < REACH + Minute.SECONDS; i++) {
      if (Labels.hasSteps(labels[i])) {
        steps += signal.steps(i);
      }
      telling += signal.dense(i) && Labels.isKnown(labels[i]) ? 1 : 0;
      sitToStands += standsUp(labels, i) ? 1 : 0;
    }
    boolean tells = telling >= FEWEST_SECONDS;
    return new MinuteMovement(tells, tells ? steps : 0, sitToStands, seatedShifts(signal, labels));
  }

  private static boolean standsUp(byte[] labels, int i) {
    if (labels[i - 1] != SITS || !Labels.isOnFeet(labels[i])) {
      return false;
    }
    for (int j = 0; j < SHORTEST; j++) {
      if (labels[i - 1 - j] != SITS || !Labels.isOnFeet(labels[i + j])) {
        return false;
      }
    }
    return true;
  }

  private static int seatedShifts(Signal signal, byte[] labels) {
    boolean[] seated = new boolean[labels.length];
    int seconds = 0;
    for (int i = 0; i < seated.length; i++) {
      seated[i] = labels[i] == SITS && signal.has(i);
      seconds += seated[i] ? 1 : 0;
    }
    return seconds < FEWEST_SECONDS
        ? 0
        : new SeatedShifts(signal.x, signal.y, signal.z, seated, SeatedShifts.THIGH_DEGREES)
            .count(REACH, REACH + Minute.SECONDS);
  }
}
