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
 * The picture of docs/detection.md shows what the limb detector says today. After a change on
 * purpose run with {@code -Dpictures=write}.
 */
class LimbPictureTest {
  private static final Path IMAGE = Path.of("..", "docs", "images", "limb-postures.svg");
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final Stamp THIGH =
      new Stamp(new DeviceId("d_thigh"), Placement.THIGH, ZoneOffset.UTC);

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
    List<MotionBatch> batches = new ArrayList<>();
    new Simulation(script, 2).worn(wear).forEach(batches::add);
    LimbRecording recording = new LimbRecording(Placement.THIGH);
    batches.forEach(recording::add);

    Direction walking = mean(batches, 45, 95);
    List<double[]> swings = new ArrayList<>();
    List<double[]> means = new ArrayList<>();
    for (double at = 0; at + 0.3 < script.length().toSeconds(); at += 0.3) {
      swings.add(new double[] {at, walking.degreesTo(mean(batches, at, at + 0.2))});
    }
    for (double at = 0; at + 2 < script.length().toSeconds(); at++) {
      means.add(new double[] {at + 1, walking.degreesTo(mean(batches, at, at + 2))});
    }
    Picture picture =
        new Picture("Thigh sensor mounted at random", script.length().toSeconds(), 0, 105)
            .line("raised against walking", swings)
            .line("over two seconds", means);
    for (LabelRun run : recording.runs()) {
      picture.said(
          run.from() - START.getEpochSecond(),
          run.to() - START.getEpochSecond(),
          run.posture().wireName());
    }
    check(picture.svg());
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

  private static void check(String svg) throws IOException {
    if ("write".equals(System.getProperty("pictures"))) {
      Files.writeString(IMAGE, svg);
    }
    assertThat(svg).isEqualTo(Files.readString(IMAGE));
  }
}
