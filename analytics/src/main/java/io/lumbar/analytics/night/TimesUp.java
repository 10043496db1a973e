package io.lumbar.analytics.night;

import io.lumbar.model.Posture;

/**
 * Counts the times out of bed of a rest, from its bouts in order.
 *
 * <p>While somebody gets up, sits down or turns over a sensor tells standing for a second or three
 * again and again, and a visit to the toilet has sitting in it. So whatever lies between two times
 * on the feet belongs to them as long as no lying has held for a minute, as with turns; and it
 * counts with half a minute on the feet in all, since nobody leaves the bed and comes back in less.
 */
final class TimesUp {
  /** Time on the feet, in milliseconds, with which a time out of bed counts. */
  private static final long SHORTEST = 30_000;

  private int count;
  private long upright;
  private long lying;

  /** Takes the next bout of the rest, with as much of it as lies inside. */
  void add(Posture posture, long millis) {
    lying = posture == Posture.LYING ? lying + millis : 0;
    if (lying >= Blocks.TURN) {
      upright = 0;
    } else if (posture.isUpright()) {
      count += upright < SHORTEST && upright + millis >= SHORTEST ? 1 : 0;
      upright += millis;
    }
  }

  int count() {
    return count;
  }
}
