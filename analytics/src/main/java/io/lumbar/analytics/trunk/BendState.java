package io.lumbar.analytics.trunk;

import org.jspecify.annotations.Nullable;

/**
 * What the bend rule remembers between two readings.
 *
 * @param at epoch milliseconds of the last reading, or {@link #NEVER}
 * @param half the reading behind the first of two smoothing steps
 * @param smooth the reading behind both
 * @param legs what the thigh says
 * @param lyingAt when the trunk last lay on its back or side, or {@link #NEVER}
 * @param open the bend that is going on
 * @param waiting a bend that is over, and may still turn out to be a way of sitting or lying down
 */
public record BendState(
    long at,
    Tilt half,
    Tilt smooth,
    Legs legs,
    long lyingAt,
    @Nullable Open open,
    @Nullable Bend waiting) {

  /** Stands for a time that has not come. */
  static final long NEVER = Long.MIN_VALUE / 2;

  /** Nothing seen yet. */
  public static final BendState START =
      new BendState(NEVER, new Tilt(0, 0, 0), new Tilt(0, 0, 0), Legs.UNKNOWN, NEVER, null, null);

  /**
   * A bend that is going on.
   *
   * @param from when the trunk left upright
   * @param back since when it has been back, or {@link #NEVER}
   * @param forwardSum sum of the forward degrees over the readings since
   * @param forwardCount number of those
   * @param thighSum sum of the thigh's inclination over the readings near the peak
   * @param thighCount number of those
   */
  record Open(
      long from,
      long back,
      long peakAt,
      double peak,
      double forwardSum,
      int forwardCount,
      double thighSum,
      int thighCount) {}

  /**
   * What the thigh says.
   *
   * @param uprightSince since when the thigh has been raised under an upright trunk, or {@link
   *     #NEVER} while that is not so
   * @param seatedAt when that had last gone on long enough to be sitting, or {@link #NEVER}
   */
  record Legs(long uprightSince, long seatedAt) {
    static final Legs UNKNOWN = new Legs(NEVER, NEVER);
  }
}
