package io.lumbar.analytics.trunk;

import io.lumbar.model.SleepPosition;

/** The five ways to lie that the calibration in one's own bed asks for, in this order. */
public enum BedPose {
  BACK(SleepPosition.SUPINE),
  LEFT(SleepPosition.LEFT),
  RIGHT(SleepPosition.RIGHT),
  FLAT_FRONT(SleepPosition.PRONE),
  PROPPED_FRONT(SleepPosition.PRONE);

  private final SleepPosition side;

  BedPose(SleepPosition side) {
    this.side = side;
  }

  /** What a detector should call it. */
  public SleepPosition side() {
    return side;
  }
}
