package io.lumbar.analytics.motion;

import io.lumbar.model.Posture;
import java.nio.ByteBuffer;

/**
 * What the posture rule remembers of one device between batches; {@value #BYTES} bytes.
 *
 * @param second epoch second of the bin that is being filled, or {@link Long#MIN_VALUE} at first
 * @param filling that bin
 * @param before the bin of the second before it, empty after a gap
 * @param down gravity in the sensor's frame while walking, or all zero when not learnt
 * @param lastWalk epoch second in which walking was last seen
 * @param walk the walking run that is going on
 * @param walkSeconds its length
 * @param walkSwings how often the magnitude swung in it, once a step
 * @param stillSeconds for how long the sensor has not moved at all
 * @param runFrom epoch second at which the posture that is going on began
 * @param told epoch second up to which that posture was told
 */
record MotionState(
    long second,
    Bin filling,
    Bin before,
    Vector down,
    long lastWalk,
    Vector walk,
    int walkSeconds,
    int walkSwings,
    int stillSeconds,
    Posture posture,
    long runFrom,
    long told) {

  static final int BYTES = 1 + 2 * Bin.BYTES + 2 * Vector.BYTES + 4 * 8 + 3 * 4 + 1;
  private static final int VERSION = 1;

  static final MotionState START =
      new MotionState(
          Long.MIN_VALUE,
          Bin.EMPTY,
          Bin.EMPTY,
          Vector.ZERO,
          Long.MIN_VALUE,
          Vector.ZERO,
          0,
          0,
          0,
          Posture.UNKNOWN,
          0,
          0);

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.put((byte) VERSION);
    out.putLong(second);
    filling.put(out);
    before.put(out);
    down.put(out);
    out.putLong(lastWalk);
    walk.put(out);
    out.putInt(walkSeconds).putInt(walkSwings).putInt(stillSeconds);
    out.put((byte) posture.ordinal());
    out.putLong(runFrom).putLong(told);
    return out.array();
  }

  static MotionState decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int version = in.get();
    if (version != VERSION) {
      throw new IllegalStateException("motion state of version " + version + " is not known");
    }
    return new MotionState(
        in.getLong(),
        Bin.get(in),
        Bin.get(in),
        Vector.get(in),
        in.getLong(),
        Vector.get(in),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        Posture.values()[in.get()],
        in.getLong(),
        in.getLong());
  }

  /** Sums over the samples of one second: count, axes, magnitude, its square, and swings. */
  record Bin(int count, double x, double y, double z, double m, double mm, int swings, int side) {
    static final int BYTES = 3 * 4 + 5 * 8;
    static final Bin EMPTY = new Bin(0, 0, 0, 0, 0, 0, 0, 0);

    /** How far from 1 g the magnitude must go to count as a swing of gait. */
    private static final double SWING = 0.08;

    Bin plus(double ax, double ay, double az) {
      double magnitude = Math.sqrt(ax * ax + ay * ay + az * az);
      int newSide = magnitude > 1 + SWING ? 1 : magnitude < 1 - SWING ? -1 : side;
      return new Bin(
          count + 1,
          x + ax,
          y + ay,
          z + az,
          m + magnitude,
          mm + magnitude * magnitude,
          swings + (side < 0 && newSide > 0 ? 1 : 0),
          newSide);
    }

    /** The next second's empty bin, which goes on from this one's last swing. */
    Bin next() {
      return new Bin(0, 0, 0, 0, 0, 0, 0, side);
    }

    Bin plus(Bin other) {
      return new Bin(
          count + other.count,
          x + other.x,
          y + other.y,
          z + other.z,
          m + other.m,
          mm + other.mm,
          swings + other.swings,
          other.side);
    }

    Vector mean() {
      return count == 0 ? Vector.ZERO : new Vector(x / count, y / count, z / count);
    }

    /** Standard deviation of the magnitude in g. */
    double deviation() {
      if (count < 2) {
        return 0;
      }
      return Math.sqrt(Math.max(0, (mm - m * m / count) / (count - 1)));
    }

    void put(ByteBuffer out) {
      out.putInt(count).putDouble(x).putDouble(y).putDouble(z).putDouble(m).putDouble(mm);
      out.putInt(swings).putInt(side);
    }

    static Bin get(ByteBuffer in) {
      return new Bin(
          in.getInt(),
          in.getDouble(),
          in.getDouble(),
          in.getDouble(),
          in.getDouble(),
          in.getDouble(),
          in.getInt(),
          in.getInt());
    }
  }

  /** A direction or an acceleration in g. */
  record Vector(double x, double y, double z) {
    static final int BYTES = 3 * 8;
    static final Vector ZERO = new Vector(0, 0, 0);

    double length() {
      return Math.sqrt(x * x + y * y + z * z);
    }

    Vector plus(Vector other, double weight) {
      return new Vector(x + weight * other.x, y + weight * other.y, z + weight * other.z);
    }

    /** Degrees between two directions; 0 when one of them is zero. */
    double angleTo(Vector other) {
      double lengths = length() * other.length();
      if (lengths == 0) {
        return 0;
      }
      double cosine = (x * other.x + y * other.y + z * other.z) / lengths;
      return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine))));
    }

    void put(ByteBuffer out) {
      out.putDouble(x).putDouble(y).putDouble(z);
    }

    static Vector get(ByteBuffer in) {
      return new Vector(in.getDouble(), in.getDouble(), in.getDouble());
    }
  }
}
