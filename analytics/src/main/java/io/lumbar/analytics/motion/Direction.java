package io.lumbar.analytics.motion;

/** A unit vector in a sensor's frame; {@link #of} makes one of any other vector. */
record Direction(double x, double y, double z) {

  static Direction of(double x, double y, double z) {
    double length = Math.sqrt(x * x + y * y + z * z);
    return length == 0 ? new Direction(1, 0, 0) : new Direction(x / length, y / length, z / length);
  }

  /** Degrees between this and another vector of any length but zero. */
  double degreesTo(double ax, double ay, double az) {
    double length = Math.sqrt(ax * ax + ay * ay + az * az);
    double cosine = length == 0 ? 1 : (x * ax + y * ay + z * az) / length;
    return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine))));
  }

  double dot(Direction other) {
    return x * other.x + y * other.y + z * other.z;
  }

  /** The vector at right angles to both, of length 1 where those are at right angles. */
  Direction cross(Direction other) {
    return new Direction(
        y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
  }

  double degreesTo(Direction other) {
    return degreesTo(other.x, other.y, other.z);
  }
}
