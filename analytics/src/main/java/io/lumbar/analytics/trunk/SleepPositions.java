package io.lumbar.analytics.trunk;

import io.lumbar.model.SleepPosition;
import org.jspecify.annotations.Nullable;

/**
 * Tells how a lying trunk is turned, reading by reading. Pure; readings go in by time.
 *
 * <p>The roll about the long axis falls into four bins with edges at 45 and 135 degrees
 * (Ferrer-Lluis et al. 2021, doi 10.3390/s21113689, use four bins of the transverse plane). Three
 * things make it hold where a bare bin errs: with less than 0.3 g across the long axis the roll is
 * noise, and the last position goes on; within 10 degrees beyond an edge the last position goes on
 * for 15 s, so that breathing at the edge does not flicker and yet nobody is kept in the wrong bin;
 * a reading far from 1 g is movement and decides nothing. After {@value #LONGEST_MEMORY_SECONDS} s
 * without a reading the roll alone decides again. One reading in ten seconds is enough.
 *
 * <p>Between 115 and 150 degrees from the back either way the lie is three-quarter prone as well.
 */
public final class SleepPositions {
  private static final double EDGE_DEGREES = 45;
  private static final double HYSTERESIS_DEGREES = 10;
  private static final long HYSTERESIS_MILLIS = 15_000;
  private static final int LONGEST_MEMORY_SECONDS = 120;
  private static final double FEWEST_ACROSS = 0.3;
  private static final double LEAST_G = 0.5;
  private static final double MOST_G = 1.6;
  private static final double THREE_QUARTER_FROM = 115;
  private static final double THREE_QUARTER_TO = 150;
  private static final double THREE_QUARTER_HYSTERESIS = 5;

  private SleepPositions() {}

  /** The state after a reading; its lie is the answer for it. */
  public static SleepPositionState advance(SleepPositionState state, long at, Tilt tilt) {
    double g = tilt.magnitude();
    if (g < LEAST_G || g > MOST_G || tilt.across() < FEWEST_ACROSS) {
      return new SleepPositionState(at, state.lie(), Long.MIN_VALUE);
    }
    double roll = tilt.roll();
    SleepPosition bin = bin(roll);
    Lie last = state.lie();
    boolean fresh = last != null && at - state.at() <= LONGEST_MEMORY_SECONDS * 1000L;
    if (last == null || !fresh || bin == last.side()) {
      return new SleepPositionState(at, lie(bin, roll, last), Long.MIN_VALUE);
    }
    if (beyondEdge(last.side(), roll) > HYSTERESIS_DEGREES) {
      return new SleepPositionState(at, lie(bin, roll, last), Long.MIN_VALUE);
    }
    long strayed = state.strayedAt() == Long.MIN_VALUE ? at : state.strayedAt();
    return at - strayed >= HYSTERESIS_MILLIS
        ? new SleepPositionState(at, lie(bin, roll, last), Long.MIN_VALUE)
        : new SleepPositionState(at, lie(last.side(), roll, last), strayed);
  }

  private static SleepPosition bin(double roll) {
    double turned = Math.abs(roll);
    if (turned < EDGE_DEGREES) {
      return SleepPosition.SUPINE;
    }
    if (turned > 180 - EDGE_DEGREES) {
      return SleepPosition.PRONE;
    }
    return roll > 0 ? SleepPosition.LEFT : SleepPosition.RIGHT;
  }

  /** Degrees by which a roll lies outside the bin of a position. */
  private static double beyondEdge(SleepPosition side, double roll) {
    double centre =
        switch (side) {
          case SUPINE -> 0;
          case LEFT -> 90;
          case RIGHT -> -90;
          case PRONE, THREE_QUARTER_PRONE -> 180;
        };
    double away = Math.abs(roll - centre);
    return Math.min(away, 360 - away) - EDGE_DEGREES;
  }

  private static Lie lie(SleepPosition side, double roll, @Nullable Lie last) {
    double slack = last != null && last.threeQuarter() ? THREE_QUARTER_HYSTERESIS : 0;
    double turned = Math.abs(roll);
    boolean between = turned >= THREE_QUARTER_FROM - slack && turned <= THREE_QUARTER_TO + slack;
    return new Lie(side, between && side != SleepPosition.SUPINE);
  }
}
