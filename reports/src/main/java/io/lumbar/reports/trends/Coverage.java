package io.lumbar.reports.trends;

import io.lumbar.model.CountedDays;

/**
 * How much was seen of what there was to see: of the waking hours of a day, or of the time in bed.
 * Without it a sum of minutes says nothing.
 *
 * @param seenMinutes minutes of which the posture is known
 * @param ofMinutes minutes awake, or in bed
 */
public record Coverage(double seenMinutes, double ofMinutes) {

  /** Below this share there are no totals, no comparison and no praise. */
  public static final double ENOUGH = CountedDays.ENOUGH;

  /** Minutes; what is less is told as none. */
  private static final double LEAST = 0.5;

  public Coverage {
    if (seenMinutes < 0 || ofMinutes < 0) {
      throw new IllegalArgumentException("coverage of " + seenMinutes + " in " + ofMinutes);
    }
  }

  /** The share seen, 0 where there was nothing to see. */
  public double share() {
    return CountedDays.share(seenMinutes, ofMinutes);
  }

  /** Whether nothing was seen, of which every number would be a zero. */
  public boolean isNothing() {
    return seenMinutes < LEAST;
  }

  /** Whether sums may be told as those of the whole day or night. */
  public boolean isEnough() {
    return share() >= ENOUGH;
  }
}
