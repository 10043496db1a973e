package io.lumbar.analytics.simulation;

import java.util.random.RandomGenerator;

/**
 * How a sensor's axes are turned against those of the limb it is worn on.
 *
 * <p>The limb's own axes: thigh and trouser pocket x along the thigh toward the hip, y left, z into
 * the leg; chest, lower back and waist x toward the head, y right, z forward; wrist x along the
 * forearm toward the elbow, y left with the arm hanging, z backward.
 */
public final class Mounting {
  /** As the limb's axes. */
  public static final Mounting ALIGNED =
      new Mounting(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});

  /** Turned by 180 degrees about z: put on with the wrong end up. */
  public static final Mounting UPSIDE_DOWN =
      new Mounting(new double[][] {{-1, 0, 0}, {0, -1, 0}, {0, 0, 1}});

  /** Turned by 180 degrees about x: put on with the wrong face to the skin. */
  public static final Mounting INSIDE_OUT =
      new Mounting(new double[][] {{1, 0, 0}, {0, -1, 0}, {0, 0, -1}});

  /** Turned by 90 degrees about x: a thigh sensor on the side of the thigh. */
  public static final Mounting ON_THE_SIDE =
      new Mounting(new double[][] {{1, 0, 0}, {0, 0, -1}, {0, 1, 0}});

  private final double[][] rows;

  private Mounting(double[][] rows) {
    this.rows = rows;
  }

  /** Any orientation, all equally likely. */
  public static Mounting random(RandomGenerator random) {
    double[] q = new double[4];
    double length = 0;
    for (int i = 0; i < 4; i++) {
      q[i] = random.nextGaussian();
      length += q[i] * q[i];
    }
    length = Math.sqrt(length);
    double w = q[0] / length;
    double x = q[1] / length;
    double y = q[2] / length;
    double z = q[3] / length;
    return new Mounting(
        new double[][] {
          {1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)},
          {2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)},
          {2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)}
        });
  }

  /** Turned by some degrees about a random axis. */
  public static Mounting tilted(double degrees, RandomGenerator random) {
    double[] axis = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
    double n = Math.sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
    double x = axis[0] / n;
    double y = axis[1] / n;
    double z = axis[2] / n;
    double c = Math.cos(Math.toRadians(degrees));
    double s = Math.sin(Math.toRadians(degrees));
    double t = 1 - c;
    return new Mounting(
        new double[][] {
          {t * x * x + c, t * x * y - s * z, t * x * z + s * y},
          {t * x * y + s * z, t * y * y + c, t * y * z - s * x},
          {t * x * z - s * y, t * y * z + s * x, t * z * z + c}
        });
  }

  /** A component of a limb vector in the sensor's frame; axis 0 is x. */
  double component(int axis, double x, double y, double z) {
    return rows[axis][0] * x + rows[axis][1] * y + rows[axis][2] * z;
  }
}
