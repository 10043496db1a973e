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
 * @param held how long the trunk is being held forward
 * @param heldWaiting the same when it is over, as {@code waiting}
 */
public record BendState(
    long at,
    Tilt half,
    Tilt smooth,
    Legs legs,
    long lyingAt,
    @Nullable Open open,
    @Nullable Bend waiting,
    @Nullable Held held,
    @Nullable Bend heldWaiting) {

  /** Stands for a time that has not come. */
  static final long NEVER = Long.MIN_VALUE / 2;

  /** Nothing seen yet. */
  public static final BendState START =
      new BendState(
          NEVER, new Tilt(0, 0, 0), new Tilt(0, 0, 0), Legs.UNKNOWN, NEVER, null, null, null, null);

  /** Whether a bend or a time held forward goes on that began within [from, to). */
  boolean isOpenFrom(long from, long to) {
    return (open != null && open.from() >= from && open.from() < to)
        || (held != null && held.from() >= from && held.from() < to);
  }

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
   * A time in which the trunk is held forward.
   *
   * @param from when the trunk left upright
   * @param back since when it has been back, or {@link #NEVER}
   * @param at the last reading
   * @param share of what ISO 11226 has for the angles so far
   * @param pausing the same since it has been back
   * @param raisedMillis how long the thigh was raised
   */
  record Held(
      long from,
      long back,
      long at,
      long peakAt,
      double peak,
      double share,
      double pausing,
      long raisedMillis) {
    static Held from(long at) {
      return new Held(at, NEVER, at, at, 0, 0, 0, 0);
    }

    /** With another reading. */
    Held with(long next, double forward, double closedDegrees, boolean raised) {
      double more = (next - at) / 1000.0 / Bend.holdingSeconds(forward);
      boolean isBack = forward < closedDegrees;
      boolean peaks = forward > peak;
      return new Held(
          from,
          isBack ? back == NEVER ? next : back : NEVER,
          next,
          peaks ? next : peakAt,
          Math.max(peak, forward),
          isBack ? share : share + pausing + more,
          isBack ? pausing + more : 0,
          raisedMillis + (raised ? next - at : 0));
    }

    double percent() {
      return 100 * share;
    }

    double raisedShare() {
      return raisedMillis / (double) Math.max(1, at - from);
    }

    /**
     * Once it is over. The mean is that of the angle that may be held as long as these could: it
     * weighs each angle by what it takes of the time that ISO 11226 has.
     */
    Bend asBend() {
      double seconds = (back - from) / 1000.0;
      return new Bend(from, back, peakAt, peak, Bend.degreesHeld(seconds / share), Bend.Style.HELD);
    }
  }

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
