package io.lumbar.analytics.simulation;

import io.lumbar.analytics.simulation.Script.Scene;
import io.lumbar.model.MotionBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * A person who follows a script and wears sensors.
 *
 * <p>The same script, seed and wear give the same samples. Batches come in order of time and are
 * made one by one, so that a day of samples needs no memory. The truth is {@link Script#truth()}.
 *
 * <pre>{@code
 * Script script = Script.of(start, STANDING, ofSeconds(30)).then(WALKING, ofSeconds(60));
 * for (MotionBatch batch : new Simulation(script, 7).worn(Wear.of(stamp, 50))) ...
 * }</pre>
 */
public final class Simulation {
  private static final double STEP_GRID_SECONDS = 0.01;

  private final Script script;
  private final long seed;

  public Simulation(Script script, long seed) {
    this.script = script;
    this.seed = seed;
  }

  public Script script() {
    return script;
  }

  /** The batches of one sensor over the whole script. */
  public Iterable<MotionBatch> worn(Wear wear) {
    return () -> new Batches(wear);
  }

  /** When a foot lands in walking, running and on stairs, in order: the truth for step counts. */
  public List<Instant> steps() {
    Rhythm rhythm = new Rhythm(script, seed);
    List<Instant> steps = new ArrayList<>();
    for (Script.Truth scene : script.truth()) {
      double from = Duration.between(script.start(), scene.from()).toMillis() / 1000.0;
      double to = Duration.between(script.start(), scene.to()).toMillis() / 1000.0;
      double landed = Math.floor(rhythm.phaseAt(from));
      for (double at = from; scene.activity().hasGait() && at < to; at += STEP_GRID_SECONDS) {
        double phase = Math.floor(rhythm.phaseAt(at));
        if (phase > landed) {
          steps.add(script.start().plusNanos(Math.round(at * 1e9)));
          landed = phase;
        }
      }
    }
    return steps;
  }

  /** The sensor's recording, batch by batch. */
  private final class Batches implements Iterator<MotionBatch> {
    private final Wear wear;
    private final Sensor sensor;
    private final SplittableRandom clock;
    private final long startNanos;
    private final double end;
    private double at;

    Batches(Wear wear) {
      this.wear = wear;
      SplittableRandom random =
          new SplittableRandom(seed * 31 + wear.stamp().device().value().hashCode());
      clock = random.split();
      sensor = new Sensor(script, seed, wear, random);
      startNanos = Duration.between(Instant.EPOCH, script.start()).toNanos();
      end = script.length().toMillis() / 1000.0;
      at = clock.nextDouble() / wear.hertz();
    }

    @Override
    public boolean hasNext() {
      return at < end;
    }

    @Override
    public MotionBatch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the script has ended");
      }
      double length = wear.batch().toMillis() / 1000.0;
      double until = Math.min(end, (Math.floor(at / length) + 1) * length);
      int most = (int) ((until - at) * wear.hertz() * 2) + 16;
      double[] times = new double[most];
      float[][] axes = new float[3][most];
      int n = 0;
      do {
        sensor.feel(at);
        times[n] = at;
        for (int axis = 0; axis < 3; axis++) {
          axes[axis][n] = (float) sensor.reading(axis);
        }
        n++;
        double step = Math.max(0.1, 1 + wear.jitter() * clock.nextGaussian());
        at += step / wear.hertz();
      } while (at < until && n < most);
      return batch(times, axes, n);
    }

    private MotionBatch batch(double[] times, float[][] axes, int n) {
      long first = Math.round(times[0] * 1e6) * 1000;
      int[] offsets = new int[n];
      for (int i = 0; i < n; i++) {
        offsets[i] = (int) (Math.round(times[i] * 1e6) - first / 1000);
      }
      return new MotionBatch(
          wear.stamp(),
          startNanos + first,
          offsets,
          java.util.Arrays.copyOf(axes[0], n),
          java.util.Arrays.copyOf(axes[1], n),
          java.util.Arrays.copyOf(axes[2], n));
    }
  }

  /** What one sensor feels. */
  private static final class Sensor {
    private static final double THIGH_METRES = 0.2;
    private static final double G = 9.80665;

    private final Script script;
    private final Wear wear;
    private final Limb limb;
    private final Poses poses;
    private final SplittableRandom noise;
    private final Rhythm rhythm;
    private final Wobble[] sway = new Wobble[2];
    private final Wobble[] restless = new Wobble[3];
    private final double[] bias = new double[3];
    private final double[] felt = new double[3];
    private int scene = -1;
    private double sceneStart;
    private double sceneEnd;
    private Gait gait = Gait.NONE;
    private double phase;
    private double before;

    Sensor(Script script, long seed, Wear wear, SplittableRandom random) {
      this.script = script;
      this.wear = wear;
      limb = Limb.under(wear.stamp().placement());
      poses = new Poses(script, limb, random.split());
      noise = random.split();
      rhythm = new Rhythm(script, seed);
      for (int i = 0; i < sway.length; i++) {
        sway[i] = new Wobble(random.split(), 1.5);
      }
      for (int i = 0; i < restless.length; i++) {
        restless[i] = new Wobble(random.split(), 0.15);
      }
      for (int axis = 0; axis < 3; axis++) {
        bias[axis] = 0.01 * random.nextGaussian();
      }
    }

    double reading(int axis) {
      double value = wear.mounting().component(axis, felt[0], felt[1], felt[2]);
      return value + bias[axis] + wear.noise() * noise.nextGaussian();
    }

    void feel(double at) {
      enterScene(at);
      double step = Math.min(1, at - before);
      before = at;
      poses.moveTo(at);
      double ramp = Math.min(1, Math.min(at - sceneStart, sceneEnd - at) / 0.7);
      phase = rhythm.phaseAt(at);
      double[] up = moved(step, ramp);
      double[] forward = limb.forward(up);
      double cycle = 2 * Math.PI * phase;
      double vertical =
          1
              + poses.jolt(at)
              + ramp * gait.bounce() * (Math.cos(cycle) + 0.35 * Math.cos(2 * cycle + 0.6))
              + ramp * strike();
      double along = ramp * gait.surge() * Math.sin(cycle);
      double aside = ramp * gait.sway() * Math.sin(cycle / 2);
      for (int axis = 0; axis < 3; axis++) {
        double jerk = gait.restless() * ramp * restless[axis].next(step);
        felt[axis] = vertical * up[axis] + along * forward[axis] + jerk;
      }
      felt[1] += aside;
      rotate(ramp);
    }

    private void enterScene(double at) {
      while (at >= sceneEnd && scene + 1 < script.scenes().size()) {
        scene++;
        Scene next = script.scenes().get(scene);
        sceneStart = sceneEnd;
        sceneEnd += next.length().toMillis() / 1000.0;
        gait = rhythm.gait(scene, limb);
      }
    }

    /** The pose with the swing of the limb and with the unrest of a living body. */
    private double[] moved(double step, double ramp) {
      Activity activity = script.scenes().get(scene).activity();
      double[] up = poses.up().clone();
      if (activity == Activity.SENSOR_OFF) {
        return up;
      }
      boolean onFeet = activity.posture().isUpright();
      double unrest = Math.toRadians(onFeet ? 0.7 : 0.15);
      double shuffle = activity == Activity.SHUFFLING ? 6 : 1;
      double pitch =
          Math.toRadians(gait.swingDegrees()) * ramp * Math.sin(Math.PI * phase)
              + unrest * shuffle * sway[0].next(step);
      double roll = unrest * shuffle * sway[1].next(step);
      turn(up, pitch);
      up[1] += roll;
      return up;
    }

    private static void turn(double[] up, double pitch) {
      double c = Math.cos(pitch);
      double s = Math.sin(pitch);
      double x = c * up[0] + s * up[2];
      up[2] = c * up[2] - s * up[0];
      up[0] = x;
    }

    /** A landing rings at 11 Hz and fades within a tenth of a second. */
    private double strike() {
      double since = (phase - Math.floor(phase)) / gait.stepsPerSecond();
      return gait.strike() * Math.exp(-since / 0.05) * Math.cos(2 * Math.PI * 11 * since);
    }

    /** What the swing of a thigh about the hip adds at the sensor. */
    private void rotate(double ramp) {
      if (limb != Limb.THIGH || gait.swingDegrees() == 0) {
        return;
      }
      double omega = Math.PI * gait.stepsPerSecond();
      double amplitude = Math.toRadians(gait.swingDegrees()) * ramp;
      double angle = Math.PI * phase;
      double rate = amplitude * omega * Math.cos(angle);
      double change = -amplitude * omega * omega * Math.sin(angle);
      felt[0] += rate * rate * THIGH_METRES / G;
      felt[2] -= change * THIGH_METRES / G;
    }
  }
}
