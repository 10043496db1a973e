package io.lumbar.analytics.trunk;

/**
 * A reading of a trunk sensor in the body's frame.
 *
 * @param at epoch milliseconds
 */
record Felt(long at, Tilt tilt) {
  /** Whether the trunk is within an angle of the vertical, given by its cosine. */
  boolean isWithin(double cosine) {
    return tilt.head() >= cosine * tilt.magnitude();
  }
}
