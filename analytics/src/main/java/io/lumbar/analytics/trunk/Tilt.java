package io.lumbar.analytics.trunk;

/**
 * Where up is for the trunk: the measured acceleration in the body's own frame, in g. Upright reads
 * head +1, lying on the back front +1, on the left side right +1.
 *
 * @param head toward the head
 * @param right toward the right side
 * @param front out of the chest or belly
 */
public record Tilt(double head, double right, double front) {

  /** Length in g. */
  public double magnitude() {
    return Math.sqrt(head * head + right * right + front * front);
  }

  /** Degrees between the trunk and the vertical: 0 upright, 90 lying, 180 upside down. */
  public double inclination() {
    return Math.toDegrees(Math.acos(within(head / magnitude())));
  }

  /** Degrees of bending forward: 0 upright, 90 horizontal face down, negative leaning back. */
  public double forward() {
    return Math.toDegrees(Math.atan2(-front, head));
  }

  /** Degrees of leaning to the right, -90..90. */
  public double sideways() {
    return -Math.toDegrees(Math.asin(within(right / magnitude())));
  }

  /**
   * Degrees of rolling about the long axis: 0 on the back, 90 on the left side, 180 face down, -90
   * on the right side.
   */
  public double roll() {
    return Math.toDegrees(Math.atan2(right, front));
  }

  /** Degrees by which the head's end is higher than the feet's: 0 lying flat, 90 upright. */
  public double headUp() {
    return Math.toDegrees(Math.asin(within(head / magnitude())));
  }

  /** The share of gravity across the long axis, 0..1: what a roll can be told from. */
  public double across() {
    return Math.hypot(right, front) / magnitude();
  }

  /** The point between this and another, {@code share} of the way. */
  Tilt toward(Tilt other, double share) {
    return new Tilt(
        head + share * (other.head - head),
        right + share * (other.right - right),
        front + share * (other.front - front));
  }

  private static double within(double cosine) {
    return Math.max(-1, Math.min(1, cosine));
  }
}
