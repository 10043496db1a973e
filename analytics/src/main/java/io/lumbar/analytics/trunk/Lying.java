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
 * the trunk is within 20 degrees of upright. Who turns onto the front may come up steeply on the
 * way: who props the chest up within {@value #LONGEST_TURN_SECONDS} s of lying lies on. After an
 * hour without a reading all begins anew.
 */
public final class Lying {
  /** From so far from the vertical on an upright trunk is taken to lie. */
  static final double BEGINS_DEGREES = 60;

  private static final double BEGINS = Math.cos(Math.toRadians(BEGINS_DEGREES));
  private static final double ENDS = Math.cos(Math.toRadians(55));
  private static final double PROPPED_ENDS = Math.cos(Math.toRadians(20));

  /** After so long without a reading nothing holds from before. */
  static final long LONGEST_SILENCE_MILLIS = 3_600_000;

  /** Turning over takes some seconds; who sat up for longer was up. */
  private static final int LONGEST_TURN_SECONDS = 15;

  /** What was before so long an upright time does not bear on what comes after it. */
  static final long LONGEST_TURN_MILLIS = LONGEST_TURN_SECONDS * 1_000L;

  private Lying() {}

  /** Whether a reading is lying whatever was before it. */
  static boolean lies(Tilt tilt) {
    return tilt.head() <= BEGINS * tilt.magnitude();
  }

  /** Whether a reading is upright whatever was before it. */
  static boolean isUpright(Tilt tilt) {
    return tilt.head() > PROPPED_ENDS * tilt.magnitude();
  }

  /**
   * The state after a reading; its {@code lying} is the answer for it.
   *
   * @param lie how the trunk is turned by that reading, or null when not known
   */
  public static LyingState advance(LyingState state, long at, Tilt tilt, @Nullable Lie lie) {
    boolean propped = lie != null && lie.side() == SleepPosition.PRONE && tilt.front() < 0;
    boolean lay = state.lying() && at - state.at() < LONGEST_SILENCE_MILLIS;
    boolean turned =
        propped && state.layAt() != Long.MIN_VALUE && at - state.layAt() <= LONGEST_TURN_MILLIS;
    double limit = propped && (lay || turned) ? PROPPED_ENDS : lay ? ENDS : BEGINS;
    // Larger angles have smaller cosines; this is asked for every reading.
    boolean lies = tilt.head() <= limit * tilt.magnitude();
    return new LyingState(at, lies, lies ? at : state.layAt());
  }
}
