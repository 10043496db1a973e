package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;

/**
 * Guesses from stillness whether a lying wearer is awake, reading by reading, at any rate. Pure;
 * readings go in by time, and a new lie starts from {@link SleepOnsetState#START}.
 *
 * <p>After Skotte's rule for Acti4: unrest fades with a time constant of 21 min for a trunk sensor
 * and movement adds 0.24 per g; at 1 or less the wearer sleeps, so that nobody sleeps within the
 * first 21 min. Where that rule takes the band-passed acceleration of every second, this one takes
 * the turn between two readings, because a tag that is heard once in ten seconds has nothing else.
 * It is a guess: someone who reads without moving for half an hour counts as asleep.
 */
public final class SleepOnset {
  private static final double FADE_SECONDS = 21 * 60;
  private static final double PER_G = 0.24;
  private static final double STILL_G = 0.05;

  private SleepOnset() {}

  /** The state after a reading. */
  public static SleepOnsetState advance(SleepOnsetState state, long at, Direction reading) {
    Direction last = state.last();
    if (last == null) {
      return new SleepOnsetState(at, state.unrest(), reading);
    }
    double turned = reading.minus(last, 1).length();
    double movement = turned < STILL_G ? 0 : turned;
    double seconds = (at - state.at()) / 1000.0;
    double faded = Math.min(Math.E, state.unrest()) * Math.exp(-seconds / FADE_SECONDS);
    return new SleepOnsetState(at, Math.min(Math.E, faded + PER_G * movement), reading);
  }
}
