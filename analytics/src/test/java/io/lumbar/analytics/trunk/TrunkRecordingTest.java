package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.analytics.stream.PosturesJudged;
import io.lumbar.analytics.trunk.TrunkRecording.Moment;
import io.lumbar.model.Calibration;
import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrunkRecordingTest {
  private static final Stamp CHEST =
      new Stamp(new DeviceId("d_chest"), Placement.CHEST, ZoneOffset.UTC);
  private static final long START = Instant.parse("2026-03-02T21:55:00Z").toEpochMilli();

  @Test
  void tellsWhatTheStreamTellsWhateverTheOrder() {
    List<MotionBatch> batches = new ArrayList<>(evening().batches(CHEST, 200, 1));
    TrunkSensors stream =
        new TrunkSensors(
            TrunkSensorsTest.store(), TrunkSensorsTest.store(), new WearerId("w_anna"));
    Map<Instant, List<PostureObservation>> told = new TreeMap<>();
    Map<Long, BendsJudged> bends = new TreeMap<>();
    for (MotionBatch batch : batches) {
      TrunkSensors.Told news = stream.add(batch, Long.MAX_VALUE);
      for (PosturesJudged judged : news.postures()) {
        told.put(judged.from(), judged.postures());
      }
      news.bends().forEach(judged -> bends.put(judged.block(), judged));
    }
    Collections.shuffle(batches, new Random(1));
    batches.addAll(batches.subList(0, 5));
    TrunkRecording recording = new TrunkRecording();
    batches.forEach(recording::add);
    assertThat(recording.postures(CHEST))
        .isEqualTo(told.values().stream().flatMap(List::stream).toList());
    assertThat(recording.bends())
        .hasSize(2)
        .isEqualTo(bends.values().stream().flatMap(one -> one.bends().stream()).toList());
  }

  @Test
  void tellsEachFiveSecondsByThemselvesToo() {
    Body body = new Body(START, 10, 2).hold(Body.UPRIGHT, 60).hold(Body.SUPINE, 60);
    TrunkRecording recording = new TrunkRecording();
    body.hold(Body.LEFT, 20).hold(Body.SUPINE, 60).batches(CHEST, 200, 2).forEach(recording::add);
    assertThat(recording.moments(CHEST)).hasSize(40);
    assertThat(recording.moments(CHEST).subList(0, 12))
        .extracting(Moment::posture)
        .containsOnly(Posture.UNKNOWN);
    assertThat(recording.moments(CHEST).subList(24, 28))
        .extracting(Moment::posture, one -> String.valueOf(one.lie()))
        .containsOnly(
            org.assertj.core.groups.Tuple.tuple(
                Posture.LYING, "Lie[side=LEFT, threeQuarter=false]"));
  }

  @Test
  void learnsFromAPoseThatIsToldBehindTheMotion() {
    TrunkAxes turned =
        TrunkAxes.of(new TrunkAxes.Direction(0, 1, 0), new TrunkAxes.Direction(0, 0, 1));
    Body body = new Body(START, 10, 3).mounted(turned).hold(Body.UPRIGHT, 60);
    TrunkRecording recording = new TrunkRecording();
    body.hold(Body.LEFT, 600).batches(CHEST, 200, 3).forEach(recording::add);
    assertThat(recording.postures(CHEST))
        .extracting(PostureObservation::posture)
        .containsOnly(Posture.UNKNOWN);
    recording.add(
        new Calibration(
            "s_1",
            Instant.ofEpochMilli(START + 30_000),
            false,
            CHEST.device(),
            CHEST.placement(),
            Calibration.Pose.STANDING,
            Instant.ofEpochMilli(START),
            Instant.ofEpochMilli(START + 20_000)));
    assertThat(recording.postures(CHEST))
        .extracting(PostureObservation::posture)
        .contains(Posture.LYING);
  }

  @Test
  void aWristIsRefused() {
    Stamp wrist = new Stamp(new DeviceId("d_w"), Placement.WRIST, ZoneOffset.UTC);
    MotionBatch batch = new Body(START, 10, 4).walk(10).batches(wrist, 100, 4).get(0);
    assertThatThrownBy(() -> new TrunkRecording().add(batch))
        .hasMessageContaining("use chest, waist, lower-back");
  }

  private static Body evening() {
    Body body = new Body(START, 10, 1).walk(300).bend(70, 3).hold(Body.UPRIGHT, 60);
    body.bend(50, 4).hold(Body.UPRIGHT, 120).hold(Body.SUPINE, 900).hold(Body.RIGHT, 600);
    return body.hold(Body.UPRIGHT, 300);
  }
}
