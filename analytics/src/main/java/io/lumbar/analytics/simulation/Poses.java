package io.lumbar.analytics.simulation;

import io.lumbar.analytics.simulation.Script.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The course of a limb's pose through a script: a new one per scene, and small shifts between. */
final class Poses {
  private static final double LONGEST_REST = 400;
  private static final double SHIFT_DEGREES = 7;

  private final List<Keyframe> keyframes = new ArrayList<>();
  private final double[] up = new double[3];
  private int current;

  /** From {@code at}, in the middle of the movement, the limb is in a pose. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Keyframe(double at, double takes, double degrees, Activity activity, double[] up) {
    double begins() {
      return at - takes / 2;
    }
  }

  Poses(Script script, Limb limb, SplittableRandom random) {
    double at = 0;
    Activity before = null;
    for (Scene scene : script.scenes()) {
      double seconds = scene.length().toMillis() / 1000.0;
      double takes = Math.min(random.nextDouble(1.0, 2.2), seconds / 3);
      add(at, before == null ? 0 : takes, scene.activity(), limb.pose(scene.activity(), random));
      boolean rests = !scene.activity().hasGait() && scene.activity() != Activity.SENSOR_OFF;
      double[] anchor = keyframes.get(keyframes.size() - 1).up();
      double shift = at + random.nextDouble(20, LONGEST_REST);
      while (rests && shift < at + seconds - 5) {
        add(shift, random.nextDouble(0.7, 1.5), scene.activity(), near(anchor, random));
        shift += random.nextDouble(20, LONGEST_REST);
      }
      at += seconds;
      before = scene.activity();
    }
  }

  private void add(double at, double takes, Activity activity, double[] pose) {
    double degrees =
        keyframes.isEmpty() ? 0 : angle(keyframes.get(keyframes.size() - 1).up(), pose);
    keyframes.add(new Keyframe(at, takes, degrees, activity, pose));
  }

  private static double[] near(double[] pose, SplittableRandom random) {
    double spread = Math.tan(Math.toRadians(SHIFT_DEGREES)) / 2;
    return unit(
        pose[0] + spread * random.nextGaussian(),
        pose[1] + spread * random.nextGaussian(),
        pose[2] + spread * random.nextGaussian());
  }

  /** Moves on to a time in seconds from the start; times must not go back. */
  void moveTo(double at) {
    while (current + 1 < keyframes.size() && keyframes.get(current + 1).begins() <= at) {
      current++;
    }
    Keyframe now = keyframes.get(current);
    double done = progress(now, at);
    if (done >= 1 || current == 0) {
      set(now.up());
      return;
    }
    // The shortest way between two poses is not always a limb's way, but it is close for joints.
    double[] from = keyframes.get(current - 1).up();
    double angle = Math.toRadians(now.degrees());
    double sine = Math.sin(angle);
    double a = sine < 1e-6 ? 1 - done : Math.sin((1 - done) * angle) / sine;
    double b = sine < 1e-6 ? done : Math.sin(done * angle) / sine;
    set(
        unit(
            a * from[0] + b * now.up()[0],
            a * from[1] + b * now.up()[1],
            a * from[2] + b * now.up()[2]));
  }

  /** The pose; do not change it, it moves on with {@link #moveTo}. */
  double[] up() {
    return up;
  }

  /** The jolt along the vertical, in g, of the movement that goes on. */
  double jolt(double at) {
    Keyframe now = keyframes.get(current);
    double share = now.takes() == 0 ? 1 : (at - now.begins()) / now.takes();
    return share >= 1 ? 0 : -0.15 * Math.sin(2 * Math.PI * share) * now.degrees() / 90;
  }

  /** A movement of least jerk: slow, fast, slow. */
  private static double progress(Keyframe frame, double at) {
    double t = frame.takes() == 0 ? 1 : Math.min(1, (at - frame.begins()) / frame.takes());
    return t * t * t * (10 + t * (6 * t - 15));
  }

  private void set(double[] value) {
    System.arraycopy(value, 0, up, 0, 3);
  }

  private static double[] unit(double x, double y, double z) {
    double n = Math.sqrt(x * x + y * y + z * z);
    return n < 1e-9 ? new double[] {1, 0, 0} : new double[] {x / n, y / n, z / n};
  }

  private static double angle(double[] a, double[] b) {
    double cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine))));
  }
}
