package io.lumbar.analytics.motion;

import io.lumbar.analytics.Picture;
import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Mounting;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The pictures of docs/detection.md show what the limb detectors say today. After a change on
 * purpose run with {@code -Dpictures=write}.
 */
class LimbPictureTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final String RAISED = "raised against walking";

  @Test
  void aThighMountedAtRandom() throws IOException {
    Script script =
        Script.of(START, Activity.STANDING, Duration.ofSeconds(40))
            .then(Activity.WALKING, Duration.ofSeconds(60))
            .then(Activity.SITTING, Duration.ofSeconds(90))
            .then(Activity.STANDING, Duration.ofSeconds(30))
            .then(Activity.STAIRS_UP, Duration.ofSeconds(35))
            .then(Activity.WALKING, Duration.ofSeconds(40))
            .then(Activity.CYCLING, Duration.ofSeconds(70))
            .then(Activity.RUNNING, Duration.ofSeconds(45))
            .then(Activity.SITTING_RECLINED, Duration.ofSeconds(70));
    Worn thigh = new Worn(script, 2, wear(Placement.THIGH, 50, turned(2)));
    Direction walking = thigh.mean(45, 95);
    Picture picture =
        new Picture("Thigh sensor mounted at random", script.length().toSeconds(), 0, 105)
            .line(RAISED, thigh.raised(walking, 0.3, 0.2))
            .line("over two seconds", thigh.raised(walking, 1, 2));
    thigh.say(picture).isThatOf("limb-postures");
  }

  @Test
  void aPhoneInAPocketFromAChairToATable() throws IOException {
    Script script =
        Script.of(START, Activity.SITTING, Duration.ofSeconds(60))
            .then(Activity.WALKING, Duration.ofSeconds(60))
            .then(Activity.SITTING, Duration.ofSeconds(200))
            .then(Activity.STANDING, Duration.ofSeconds(40))
            .then(Activity.SENSOR_OFF, Duration.ofSeconds(240));
    Worn phone = new Worn(script, 5, wear(Placement.TROUSER_POCKET, 50, Mounting.ALIGNED));
    Picture picture =
        new Picture("Phone in a pocket, then on a table", script.length().toSeconds(), 0, 120)
            .line(RAISED, phone.raised(phone.mean(65, 115), 1, 2));
    phone.say(picture).isThatOf("limb-pocket");
  }

  @Test
  void stepsAreSwingsOfTheLength() throws IOException {
    Script script =
        Script.of(START, Activity.STANDING, Duration.ofSeconds(5))
            .then(Activity.WALKING, Duration.ofSeconds(35))
            .then(Activity.STANDING, Duration.ofSeconds(20));
    Worn thigh = new Worn(script, 3, wear(Placement.THIGH, 50, turned(3)));
    int made = new Simulation(script, 3).steps().size();
    int shown = 15;
    Picture picture =
        new Picture(
                "Acceleration of a thigh: of %d steps in this minute %d are counted"
                    .formatted(made, thigh.recording.steps()),
                shown,
                0,
                2.5,
                0.5,
                " g")
            .line("length of each reading", thigh.lengths(shown, 0.02))
            .line("over a quarter of a second", thigh.lengths(shown, 0.25));
    thigh.say(picture).isThatOf("limb-steps");
  }

  @Test
  void shiftsOnASeatAndStandingUp() throws IOException {
    Script script =
        Script.of(START, Activity.WALKING, Duration.ofSeconds(60))
            .then(Activity.SITTING, Duration.ofSeconds(420))
            .then(Activity.SITTING_RECLINED, Duration.ofSeconds(400))
            .then(Activity.STANDING, Duration.ofSeconds(60))
            .then(Activity.SITTING, Duration.ofSeconds(260));
    Worn thigh = new Worn(script, 4, wear(Placement.THIGH, 25, turned(4)));
    Picture picture =
        new Picture(
                "Thigh on a seat; shifts counted: %d, standing up: %d"
                    .formatted(thigh.recording.seatedShifts(), thigh.recording.sitToStands()),
                script.length().toSeconds(),
                0,
                105)
            .line(RAISED, thigh.raised(thigh.mean(5, 55), 5, 5));
    thigh.say(picture).isThatOf("limb-seat");
  }

  private static Mounting turned(long seed) {
    return Mounting.random(new SplittableRandom(seed));
  }

  private static Wear wear(Placement placement, double hertz, Mounting mounting) {
    String device = placement == Placement.THIGH ? "d_thigh" : "d_phone";
    return Wear.of(new Stamp(new DeviceId(device), placement, ZoneOffset.UTC), hertz)
        .mounted(mounting);
  }

  /** A sensor that was worn through a script: what it felt, and what is said of it. */
  private static final class Worn {
    private final Script script;
    private final LimbRecording recording;

    /** Seconds from the start, x, y and z of each reading. */
    private final List<double[]> readings = new ArrayList<>();

    Worn(Script script, long seed, Wear wear) {
      this.script = script;
      recording = new LimbRecording(wear.stamp().placement());
      for (MotionBatch batch : new Simulation(script, seed).worn(wear)) {
        recording.add(batch);
        double start = batch.startNanos() / 1e9 - START.getEpochSecond();
        for (int i = 0; i < batch.size(); i++) {
          double at = start + batch.offsetMicros()[i] / 1e6;
          readings.add(new double[] {at, batch.x()[i], batch.y()[i], batch.z()[i]});
        }
      }
    }

    /** The mean direction over [from, to). */
    Direction mean(double from, double to) {
      double[] sum = new double[3];
      for (double[] one : readings) {
        for (int axis = 0; axis < 3 && one[0] >= from && one[0] < to; axis++) {
          sum[axis] += one[axis + 1];
        }
      }
      return Direction.of(sum[0], sum[1], sum[2]);
    }

    /** Degrees against a direction, every so often, over some seconds each. */
    List<double[]> raised(Direction up, double every, double over) {
      List<double[]> points = new ArrayList<>();
      for (double at = 0; at + Math.max(every, over) < script.length().toSeconds(); at += every) {
        double middle = over < 1 ? at : at + over / 2;
        points.add(new double[] {middle, up.degreesTo(mean(at, at + over))});
      }
      return points;
    }

    /** The mean length of the acceleration around each time up to a second, in g. */
    List<double[]> lengths(double until, double over) {
      List<double[]> points = new ArrayList<>();
      for (double at = 0.2; at < until - 0.2; at += 0.04) {
        double middle = at;
        double length =
            readings.stream()
                .filter(one -> Math.abs(one[0] - middle) <= Math.max(0.02, over / 2))
                .mapToDouble(one -> Math.sqrt(one[1] * one[1] + one[2] * one[2] + one[3] * one[3]))
                .average()
                .orElse(1);
        points.add(new double[] {at, length});
      }
      return points;
    }

    /** Puts what is said under a picture, as far as that goes. */
    Picture say(Picture picture) {
      for (LabelRun run : recording.runs()) {
        long from = run.from() - START.getEpochSecond();
        if (picture.shows(from)) {
          picture.said(from, run.to() - START.getEpochSecond(), run.posture().wireName());
        }
      }
      return picture;
    }
  }
}
