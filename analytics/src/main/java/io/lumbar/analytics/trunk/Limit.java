package io.lumbar.analytics.trunk;

/**
 * An angle that others are compared with, thousands of times a batch: an arc function is asked only
 * where an angle is so near that the last bits decide, so that the answer is the same.
 *
 * @param degrees from 0 to 90
 */
record Limit(double degrees, double sine, double cosine) {
  private static final double NEAR = 1e-6;

  static Limit of(double degrees) {
    double angle = Math.toRadians(degrees);
    return new Limit(degrees, Math.sin(angle), Math.cos(angle));
  }

  /** Whether the trunk is bent forward beyond it: {@code tilt.forward() > degrees}. */
  boolean isForwardBeyond(Tilt tilt) {
    int side = sideOfForward(tilt);
    return side == 0 ? tilt.forward() > degrees : side > 0;
  }

  /** Whether the trunk is bent forward to it: {@code tilt.forward() >= degrees}. */
  boolean isForwardTo(Tilt tilt) {
    int side = sideOfForward(tilt);
    return side == 0 ? tilt.forward() >= degrees : side > 0;
  }

  private int sideOfForward(Tilt tilt) {
    if (tilt.front() > 0) {
      return -1;
    }
    double over = -tilt.front() * cosine - tilt.head() * sine;
    double near = NEAR * (Math.abs(tilt.front()) + Math.abs(tilt.head()));
    // Straight up and upside down are told apart by signs of zeros.
    return tilt.front() == 0 || !(Math.abs(over) > near) ? 0 : over > 0 ? 1 : -1;
  }

  /** Whether the trunk is inclined beyond it: {@code tilt.inclination() > degrees}. */
  boolean isInclinedBeyond(Tilt tilt) {
    int side = sideOfInclination(tilt);
    return side == 0 ? tilt.inclination() > degrees : side > 0;
  }

  /** Whether the trunk is inclined to it: {@code tilt.inclination() >= degrees}. */
  boolean isInclinedTo(Tilt tilt) {
    int side = sideOfInclination(tilt);
    return side == 0 ? tilt.inclination() >= degrees : side > 0;
  }

  private int sideOfInclination(Tilt tilt) {
    double size = tilt.magnitude();
    double over = cosine * size - tilt.head();
    return !(Math.abs(over) > NEAR * size) ? 0 : over > 0 ? 1 : -1;
  }

  /** Whether the trunk leans to a side beyond it: {@code Math.abs(tilt.sideways()) > degrees}. */
  boolean isSidewaysBeyond(Tilt tilt) {
    double size = tilt.magnitude();
    double over = Math.abs(tilt.right()) - sine * size;
    return !(Math.abs(over) > NEAR * size) ? Math.abs(tilt.sideways()) > degrees : over > 0;
  }
}
