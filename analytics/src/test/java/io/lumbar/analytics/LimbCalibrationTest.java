package io.lumbar.analytics;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.POCKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Mounting;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.model.Bout;
import io.lumbar.model.Calibration;
import io.lumbar.model.CalibrationResult;
import io.lumbar.model.Json;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Posture;
import io.lumbar.model.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A phone in a pocket that has seen no walk, whose wearer says to have stood still. */
class LimbCalibrationTest {
  private static final Instant START = Rig.at("8:00");
  private static final Script SCRIPT =
      Script.of(START, Activity.STANDING, Duration.ofSeconds(30))
          .then(Activity.SITTING, Duration.ofMinutes(25))
          .then(Activity.STANDING, Duration.ofMinutes(3));

  @TempDir Path stateDir;

  @Test
  void standingStillTellsSittingWithoutAnyWalk() throws IOException {
    try (Rig rig = rig("motion first")) {
      batches().forEach(batch -> rig.upload(ANNA, batch));
      assertThat(postures(rig)).noneMatch(line -> line.startsWith("SITTING"));
      rig.uploadBytes(Topic.CHECKINS, ANNA.value(), Json.bytes(pose(false)));

      assertThat(rig.calibrations())
          .singleElement()
          .extracting(CalibrationResult::standing)
          .isEqualTo(START.plusSeconds(10));
      assertThat(rig.bouts(ANNA))
          .filteredOn(bout -> bout.posture() == Posture.SITTING)
          .singleElement()
          .satisfies(
              bout ->
                  assertThat(Duration.between(bout.from(), bout.to()))
                      .isBetween(Duration.ofMinutes(24), Duration.ofMinutes(26)));

      rig.uploadBytes(Topic.CHECKINS, ANNA.value(), Json.bytes(pose(true)));
      assertThat(postures(rig)).noneMatch(line -> line.startsWith("SITTING"));
      assertThat(rig.calibrations())
          .singleElement()
          .extracting(CalibrationResult::standing)
          .isNull();
    }
  }

  @Test
  void aStandingIsNotTakenBackByManyThatAreToldBehindIt() throws IOException {
    try (Rig rig = rig("many")) {
      batches().forEach(batch -> rig.upload(ANNA, batch));
      rig.uploadBytes(Topic.CHECKINS, ANNA.value(), Json.bytes(pose(false)));
      List<String> before = postures(rig);
      for (int i = 1; i <= 30; i++) {
        Calibration later = stood("s_later" + i, START.plus(Duration.ofMinutes(60 + 10 * i)));
        rig.uploadBytes(Topic.CHECKINS, ANNA.value(), Json.bytes(later));
      }
      assertThat(postures(rig)).isEqualTo(before).anyMatch(line -> line.startsWith("SITTING"));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whetherThePoseOrTheMotionComesFirstDoesNotMatter(long seed) throws IOException {
    List<String> inOrder;
    try (Rig rig = rig("in order")) {
      batches().forEach(batch -> rig.upload(ANNA, batch));
      rig.uploadBytes(Topic.CHECKINS, ANNA.value(), Json.bytes(pose(false)));
      inOrder = settled(rig);
    }
    assertThat(inOrder).anyMatch(line -> line.startsWith("SITTING"));
    List<Object> shuffled = new ArrayList<>(batches());
    shuffled.add(pose(false));
    shuffled.addAll(shuffled.subList(0, 20));
    Collections.shuffle(shuffled, new Random(seed));
    try (Rig rig = rig("shuffled " + seed)) {
      for (Object one : shuffled) {
        if (one instanceof MotionBatch batch) {
          rig.upload(ANNA, batch);
        } else {
          rig.uploadBytes(Topic.CHECKINS, ANNA.value(), Json.bytes(one));
        }
      }
      assertThat(settled(rig)).isEqualTo(inOrder);
    }
  }

  /** Long after, when every timer has spoken. */
  private static List<String> settled(Rig rig) {
    rig.clockTo(START.plus(Duration.ofHours(20)));
    rig.clockTo(START.plus(Duration.ofHours(21)));
    return postures(rig);
  }

  private static List<String> postures(Rig rig) {
    return rig.bouts(ANNA).stream()
        .map((Bout bout) -> bout.posture() + " " + bout.from() + " " + bout.to())
        .toList();
  }

  private static Calibration pose(boolean revoked) {
    return new Calibration(
        "s_stood",
        START.plusSeconds(revoked ? 3_600 : 25),
        revoked,
        POCKET.device(),
        POCKET.placement(),
        Calibration.Pose.STANDING,
        START.plusSeconds(10),
        START.plusSeconds(20));
  }

  private static Calibration stood(String id, Instant from) {
    Instant to = from.plusSeconds(10);
    Calibration.Pose standing = Calibration.Pose.STANDING;
    return new Calibration(id, to, false, POCKET.device(), POCKET.placement(), standing, from, to);
  }

  private static List<MotionBatch> batches() {
    List<MotionBatch> batches = new ArrayList<>();
    Wear wear =
        Wear.of(POCKET, 25)
            .mounted(Mounting.random(new SplittableRandom(4)))
            .batches(Duration.ofSeconds(20));
    new Simulation(SCRIPT, 6).worn(wear).forEach(batches::add);
    return batches;
  }

  private Rig rig(String name) throws IOException {
    return new Rig(
        START.plus(Duration.ofHours(19)), Files.createDirectories(stateDir.resolve(name)));
  }
}
