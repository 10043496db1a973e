package io.lumbar.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Mounting;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.analytics.trunk.Picture;
import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final Path IMAGES = Path.of("..", "docs", "images");
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final Stamp THIGH =
      new Stamp(new DeviceId("d_thigh"), Placement.THIGH, ZoneOffset.UTC);
  private static final Stamp POCKET =
      new Stamp(new DeviceId("d_phone"), Placement.TROUSER_POCKET, ZoneOffset.UTC);

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
    Wear wear = Wear.of(THIGH, 50).mounted(Mounting.random(new SplittableRandom(2)));
    List<MotionBatch> batches = batches(script, 2, wear);
    Direction walking = mean(batches, 45, 95);
    Picture picture =
        new Picture("Thigh sensor mounted at random", script.length().toSeconds(), 0, 105)
            .line("raised against walking", raised(batches, walking, script, 0.3, 0.2))
            .line("over two seconds", raised(batches, walking, script, 1, 2));
    say(picture, recording(batches));
    check("limb-postures", picture.svg());
  }

  @Test
  void aPhoneInAPocketFromAChairToATable() throws IOException {
    Script script =
        Script.of(START, Activity.SITTING, Duration.ofSeconds(60))
            .then(Activity.WALKING, Duration.ofSeconds(60))
            .then(Activity.SITTING, Duration.ofSeconds(200))
            .then(Activity.STANDING, Duration.ofSeconds(40))
            .then(Activity.SENSOR_OFF, Duration.ofSeconds(240));
    Wear wear = Wear.of(POCKET, 50).mounted(Mounting.ALIGNED);
    List<MotionBatch> batches = batches(script, 5, wear);
    Picture picture =
        new Picture("Phone in a pocket, then on a table", script.length().toSeconds(), 0, 120)
            .line("raised against walking", raised(batches, mean(batches, 65, 115), script, 1, 2));
    say(picture, recording(batches));
    check("limb-pocket", picture.svg());
  }

  @Test
  void stepsAreSwingsOfTheLength() throws IOException {
    Script script =
        Script.of(START, Activity.STANDING, Duration.ofSeconds(5))
            .then(Activity.WALKING, Duration.ofSeconds(35))
            .then(Activity.STANDING, Duration.ofSeconds(20));
    Wear wear = Wear.of(THIGH, 50).mounted(Mounting.random(new SplittableRandom(3)));
    List<MotionBatch> batches = batches(script, 3, wear);
    LimbRecording recording = recording(batches);
    int shown = 15;
    Picture picture =
        new Picture(
                "Length of the acceleration; of %d steps in this minute %d are counted"
                    .formatted(new Simulation(script, 3).steps().size(), recording.steps()),
                shown,
                0,
                2.5,
                0.5,
                " g")
            .line("each reading", lengths(batches, shown, 0.02))
            .line("over a quarter of a second", lengths(batches, shown, 0.25));
    for (LabelRun run : recording.runs()) {
      long from = run.from() - START.getEpochSecond();
      long to = Math.min(shown, run.to() - START.getEpochSecond());
      if (from < to) {
        picture.said(from, to, run.posture().wireName());
      }
    }
    check("limb-steps", picture.svg());
  }

  @Test
  void shiftsOnASeatAndStandingUp() throws IOException {
    Script script =
        Script.of(START, Activity.WALKING, Duration.ofSeconds(60))
            .then(Activity.SITTING, Duration.ofSeconds(420))
            .then(Activity.SITTING_RECLINED, Duration.ofSeconds(400))
            .then(Activity.STANDING, Duration.ofSeconds(60))
            .then(Activity.SITTING, Duration.ofSeconds(260));
    Wear wear = Wear.of(THIGH, 25).mounted(Mounting.random(new SplittableRandom(4)));
    List<MotionBatch> batches = batches(script, 4, wear);
    LimbRecording recording = recording(batches);
    Picture picture =
        new Picture(
                "Thigh on a seat: %d shifts and %d standing up are counted"
                    .formatted(recording.seatedShifts(), recording.sitToStands()),
                script.length().toSeconds(),
                0,
                105)
            .line("raised against walking", raised(batches, mean(batches, 5, 55), script, 5, 5));
    say(picture, recording);
    check("limb-seat", picture.svg());
  }

  private static List<MotionBatch> batches(Script script, long seed, Wear wear) {
    List<MotionBatch> batches = new ArrayList<>();
    new Simulation(script, seed).worn(wear).forEach(batches::add);
    return batches;
  }

  private static LimbRecording recording(List<MotionBatch> batches) {
    LimbRecording recording = new LimbRecording(batches.get(0).stamp().placement());
    batches.forEach(recording::add);
    return recording;
  }

  /** Degrees against a direction, every so often, over some seconds each. */
  private static List<double[]> raised(
      List<MotionBatch> batches, Direction up, Script script, double every, double over) {
    List<double[]> points = new ArrayList<>();
    for (double at = 0; at + Math.max(every, over) < script.length().toSeconds(); at += every) {
      double middle = over < 1 ? at : at + over / 2;
      points.add(new double[] {middle, up.degreesTo(mean(batches, at, at + over))});
    }
    return points;
  }

  /** The mean length of the acceleration around each reading's time, in g. */
  private static List<double[]> lengths(List<MotionBatch> batches, double until, double over) {
    List<double[]> readings = new ArrayList<>();
    for (MotionBatch batch : batches) {
      double start = batch.startNanos() / 1e9 - START.getEpochSecond();
      for (int i = 0; i < batch.size(); i++) {
        double across = Math.hypot(batch.x()[i], batch.y()[i]);
        readings.add(
            new double[] {start + batch.offsetMicros()[i] / 1e6, Math.hypot(across, batch.z()[i])});
      }
    }
    List<double[]> points = new ArrayList<>();
    for (double at = 0.2; at < until - 0.2; at += 0.04) {
      double middle = at;
      double length =
          readings.stream()
              .filter(one -> Math.abs(one[0] - middle) <= Math.max(0.02, over / 2))
              .mapToDouble(one -> one[1])
              .average()
              .orElse(1);
      points.add(new double[] {at, length});
    }
    return points;
  }

  private static void say(Picture picture, LimbRecording recording) {
    for (LabelRun run : recording.runs()) {
      picture.said(
          run.from() - START.getEpochSecond(),
          run.to() - START.getEpochSecond(),
          run.posture().wireName());
    }
  }

  private static Direction mean(List<MotionBatch> batches, double from, double to) {
    double[] sum = new double[3];
    for (MotionBatch batch : batches) {
      double start = batch.startNanos() / 1e9 - START.getEpochSecond();
      for (int i = 0; i < batch.size(); i++) {
        double at = start + batch.offsetMicros()[i] / 1e6;
        if (at >= from && at < to) {
          sum[0] += batch.x()[i];
          sum[1] += batch.y()[i];
          sum[2] += batch.z()[i];
        }
      }
    }
    return Direction.of(sum[0], sum[1], sum[2]);
  }

  private static void check(String name, String svg) throws IOException {
    Path image = IMAGES.resolve(name + ".svg");
    if ("write".equals(System.getProperty("pictures"))) {
      Files.writeString(image, svg);
    }
    assertThat(svg).isEqualTo(Files.readString(image));
  }
}
