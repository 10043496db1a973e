package io.lumbar.analytics.trunk;

import io.lumbar.model.SleepPosition;

/**
 * How a lying trunk is turned.
 *
 * @param side back, front, left or right
 * @param threeQuarter true when it is between a side and the front, 115 to 150 degrees from the
 *     back
 */
public record Lie(SleepPosition side, boolean threeQuarter) {
  public Lie {
    if (side == SleepPosition.THREE_QUARTER_PRONE) {
      throw new IllegalArgumentException("three-quarter prone is told apart from its side");
    }
  }

  /** The position as reports name it, three-quarter prone apart. */
  public SleepPosition position() {
    return threeQuarter ? SleepPosition.THREE_QUARTER_PRONE : side;
  }
}
