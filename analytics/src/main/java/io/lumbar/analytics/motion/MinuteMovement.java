package io.lumbar.analytics.motion;

/**
 * What is counted in one UTC minute.
 *
 * @param tells false when the sensor cannot tell how many steps there were
 */
record MinuteMovement(boolean tells, int steps, int sitToStands, int seatedShifts) {
  static final MinuteMovement NONE = new MinuteMovement(false, 0, 0, 0);
}
