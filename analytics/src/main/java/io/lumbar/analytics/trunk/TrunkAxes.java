package io.lumbar.analytics.trunk;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How a sensor is turned against the body: the body's directions in the sensor's own axes, as three
 * unit vectors at right angles.
 *
 * @param head the sensor's reading when the head's end is up
 * @param right the reading when the right side is up
 * @param front the reading when the front is up
 */
public record TrunkAxes(Direction head, Direction right, Direction front) {
  private static final double TOLERANCE = 1e-6;
  private static final double LEAST_STILL_G = 0.5;
  private static final double MOST_STILL_G = 1.6;

  /** The frame that Lumbar asks for: x toward the head, y to the right, z out of the body. */
  public static final TrunkAxes STANDARD =
      new TrunkAxes(new Direction(1, 0, 0), new Direction(0, 1, 0), new Direction(0, 0, 1));

  public TrunkAxes {
    if (Math.abs(head.dot(right)) > TOLERANCE
        || Math.abs(head.dot(front)) > TOLERANCE
        || Math.abs(right.dot(front)) > TOLERANCE) {
      throw new IllegalArgumentException("head, right and front must be at right angles");
    }
  }

  /** Axes of which the head's direction is kept and the front's is squared to it. */
  public static TrunkAxes of(Direction head, Direction front) {
    Direction squared = front.minus(head, front.dot(head)).unit();
    // Right-handed: front x head = right, as seen by the wearer.
    return new TrunkAxes(head, squared.cross(head), squared);
  }

  /** A reading in the body's frame. */
  public Tilt tilt(double x, double y, double z) {
    Direction reading = new Direction(x, y, z);
    return new Tilt(reading.dot(head), reading.dot(right), reading.dot(front));
  }

  /**
   * The axes turned by the smallest angle that makes a reading taken upright point to the head, so
   * that the wearer's neutral is 0 degrees; the front keeps its side.
   *
   * @param upright mean reading while standing, in the sensor's axes
   */
  public TrunkAxes levelled(Direction upright) {
    Direction up = upright.unit();
    Direction lean = front.minus(up, front.dot(up));
    // A sensor whose old front points up cannot say where the front is; its old head then lies
    // back.
    return lean.length() > TOLERANCE ? of(up, lean) : of(up, head.times(-1));
  }

  /** A vector in the sensor's axes. */
  public record Direction(double x, double y, double z) {
    /** The mean of some directions, in an order of its own so that theirs does not matter. */
    static Direction mean(List<Direction> all) {
      double[] sums = {sum(all, Direction::x), sum(all, Direction::y), sum(all, Direction::z)};
      return new Direction(sums[0], sums[1], sums[2]).times(1.0 / all.size());
    }

    /** The median of each axis. */
    static Direction median(List<Direction> all) {
      return new Direction(
          middle(all, Direction::x), middle(all, Direction::y), middle(all, Direction::z));
    }

    private static double middle(List<Direction> all, ToDoubleFunction<Direction> axis) {
      double[] sorted = all.stream().mapToDouble(axis).sorted().toArray();
      return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static double sum(List<Direction> all, ToDoubleFunction<Direction> axis) {
      return all.stream().mapToDouble(axis).sorted().sum();
    }

    /** Degrees to another direction. */
    public double degreesTo(Direction other) {
      double cosine = unit().dot(other.unit());
      return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine))));
    }

    double dot(Direction other) {
      return x * other.x + y * other.y + z * other.z;
    }

    /** The point {@code share} of the way to another. */
    public Direction toward(Direction other, double share) {
      return new Direction(
          x + share * (other.x - x), y + share * (other.y - y), z + share * (other.z - z));
    }

    /**
     * Whether a body that keeps still may read so: a drop-out and a blow are told by their size.
     */
    boolean mayBeStill() {
      return length() > LEAST_STILL_G && length() < MOST_STILL_G;
    }

    double length() {
      return Math.sqrt(dot(this));
    }

    Direction times(double factor) {
      return new Direction(x * factor, y * factor, z * factor);
    }

    Direction minus(Direction other, double times) {
      return new Direction(x - times * other.x, y - times * other.y, z - times * other.z);
    }

    Direction unit() {
      double length = length();
      if (length < TOLERANCE) {
        throw new IllegalArgumentException("a direction needs a length");
      }
      return times(1 / length);
    }

    Direction cross(Direction other) {
      return new Direction(
          y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
    }
  }
}
