package io.lumbar.analytics.trunk;

/**
 * Tells a lying trunk from an upright one (sitting or on the feet), reading by reading, at any rate
 * down to one in minutes. Pure; readings go in by time.
 *
 * <p>Lying begins at 60 degrees from the vertical and ends at 50. Acti4's trunk rule (Skotte et al.
 * 2014, doi 10.1123/jpah.2011-0347) uses 65 for a sensor on the hip and 45 on the back; between the
 * two the last answer holds.
 */
public final class Lying {
  private static final double BEGINS_DEGREES = 60;
  private static final double ENDS_DEGREES = 50;

  private Lying() {}

  /** The state after a reading; its {@code lying} is the answer for it. */
  public static LyingState advance(LyingState state, long at, Tilt tilt) {
    double limit = state.lying() ? ENDS_DEGREES : BEGINS_DEGREES;
    return new LyingState(at, tilt.inclination() >= limit);
  }
}
