package io.lumbar.analytics.trunk;

import io.lumbar.model.SleepPosition;
import org.jspecify.annotations.Nullable;

/**
 * Tells a lying trunk from an upright one (sitting or on the feet), reading by reading, at any rate
 * down to one in minutes. Pure; readings go in by time.
 *
 * <p>Lying begins at 60 degrees from the vertical and ends at 55. Acti4's trunk rule (Skotte et al.
 * 2014, doi 10.1123/jpah.2011-0347) uses 65 for a sensor on the hip and 45 on the back; between the
 * two the last answer holds. Who lies on the front may prop the chest up steeply, and lies until
 * the trunk is within 20 degrees of upright. After an hour without a reading all begins anew.
 */
public final class Lying {
  /** From so far from the vertical on an upright trunk is taken to lie. */
  static final double BEGINS_DEGREES = 60;

  private static final double BEGINS = Math.cos(Math.toRadians(BEGINS_DEGREES));
  private static final double ENDS = Math.cos(Math.toRadians(55));
  private static final double PROPPED_ENDS = Math.cos(Math.toRadians(20));

  /** After so long without a reading nothing holds from before. */
  static final long LONGEST_SILENCE_MILLIS = 3_600_000;

  private Lying() {}

  /** Whether a reading tells lying from upright whatever was before it. */
  static boolean isDecided(Tilt tilt) {
    double magnitude = tilt.magnitude();
    return tilt.head() <= BEGINS * magnitude || tilt.head() > PROPPED_ENDS * magnitude;
  }

  /**
   * The state after a reading; its {@code lying} is the answer for it.
   *
   * @param lie how the trunk is turned by that reading, or null when not known
   */
  public static LyingState advance(LyingState state, long at, Tilt tilt, @Nullable Lie lie) {
    boolean propped = lie != null && lie.side() == SleepPosition.PRONE && tilt.front() < 0;
    boolean lay = state.lying() && at - state.at() < LONGEST_SILENCE_MILLIS;
    double limit = lay ? (propped ? PROPPED_ENDS : ENDS) : BEGINS;
    // Larger angles have smaller cosines; this is asked for every reading.
    return new LyingState(at, tilt.head() <= limit * tilt.magnitude());
  }
}
