package io.lumbar.alerts.stretches.figures;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * A point or direction in the figure's space: x to the right of the picture, y up from the floor, z
 * towards the reader; a grown figure is about 170 units tall.
 */
record Vec(double x, double y, double z) {

  @JsonCreator
  static Vec of(double... xyz) {
    if (xyz.length != 3) {
      throw new IllegalArgumentException("a point has three numbers, as in [0, 90, 0]");
    }
    return new Vec(xyz[0], xyz[1], xyz[2]);
  }

  Vec plus(Vec other) {
    return new Vec(x + other.x, y + other.y, z + other.z);
  }

  Vec minus(Vec other) {
    return plus(other.times(-1));
  }

  Vec times(double factor) {
    return new Vec(x * factor, y * factor, z * factor);
  }

  double dot(Vec other) {
    return x * other.x + y * other.y + z * other.z;
  }

  Vec cross(Vec other) {
    return new Vec(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
  }

  double length() {
    return Math.sqrt(dot(this));
  }

  /** The same direction with length one; the fallback when there is none. */
  Vec unit(Vec fallback) {
    double length = length();
    return length < 1e-6 ? fallback : times(1 / length);
  }

  /** What is left without the part along a unit direction. */
  Vec without(Vec direction) {
    return minus(direction.times(dot(direction)));
  }

  /** Turned about a unit axis, counter-clockwise when the axis points to the viewer (Rodrigues). */
  Vec turned(Vec axis, double degrees) {
    double angle = Math.toRadians(degrees);
    double cos = Math.cos(angle);
    return times(cos)
        .plus(axis.cross(this).times(Math.sin(angle)))
        .plus(axis.times(axis.dot(this) * (1 - cos)));
  }

  Vec towards(Vec other, double share) {
    return plus(other.minus(this).times(share));
  }
}
