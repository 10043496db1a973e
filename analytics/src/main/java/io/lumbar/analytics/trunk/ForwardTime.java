package io.lumbar.analytics.trunk;

/**
 * How long a trunk that does not lie has been bent forward: milliseconds at or beyond 20, 30, 60
 * and 90 degrees, the limits of ISO 11226 and of ActiPASS (inclination at or beyond the limit, and
 * forward). Each longer angle is part of the shorter ones. Readings go in by time; sums of separate
 * times add up.
 *
 * @param at epoch milliseconds of the last reading, or {@link Long#MIN_VALUE} before any
 */
public record ForwardTime(long at, long beyond20, long beyond30, long beyond60, long beyond90) {
  /** Nothing seen yet. */
  public static final ForwardTime START = new ForwardTime(Long.MIN_VALUE, 0, 0, 0, 0);

  /** How long a reading stands for the time before it. */
  private static final long LONGEST_GAP_MILLIS = 2_000;

  private static final Limit INCLINED_20 = Limit.of(20);

  /**
   * Takes one reading.
   *
   * @param lying true while the trunk lies, which is no bending
   */
  public ForwardTime advance(long next, Tilt tilt, boolean lying) {
    boolean near = at != Long.MIN_VALUE && next - at <= LONGEST_GAP_MILLIS;
    boolean counts = near && !lying && INCLINED_20.isInclinedTo(tilt) && tilt.forward() > 0;
    if (!counts) {
      return at(next);
    }
    long millis = next - at;
    double inclination = tilt.inclination();
    return new ForwardTime(
        next,
        beyond20 + millis,
        beyond30 + (inclination >= 30 ? millis : 0),
        beyond60 + (inclination >= 60 ? millis : 0),
        beyond90 + (inclination >= 90 ? millis : 0));
  }

  /** The same sums with another time of the last reading. */
  ForwardTime at(long next) {
    return new ForwardTime(next, beyond20, beyond30, beyond60, beyond90);
  }

  /** The sums of two times together. */
  public ForwardTime plus(ForwardTime other) {
    return new ForwardTime(
        Math.max(at, other.at),
        beyond20 + other.beyond20,
        beyond30 + other.beyond30,
        beyond60 + other.beyond60,
        beyond90 + other.beyond90);
  }
}
