package io.lumbar.analytics;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.THIGH;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.evidence.Piece;
import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Mounting;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.DaySummary;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole days of a thigh and a chest sensor, each mounted at random, through the whole topology,
 * second by second against the truth, and in pieces of any size and in any order against the whole;
 * a few of them, or as many as the system property {@code lumbar.days} says.
 */
class SimulatedWearersTest {
  private static final Instant START = Rig.at("6:00");
  private static final Stamp CHEST = Rig.stamp("d_chest", Placement.CHEST);

  @TempDir Path stateDir;

  @Test
  void sittingLyingStandingAndWalkingAreFound() throws IOException {
    Confusion confusion = new Confusion(UnaryOperator.identity());
    double worstSteps = 0;
    for (long seed = 1; seed <= Long.getLong("lumbar.days", 2); seed++) {
      Script day = Script.day(START, seed);
      Confusion.Seconds judged = new Confusion.Seconds(day);
      Instant end = START.plus(day.length());
      try (Rig rig = rig(end, "day" + seed)) {
        for (MotionBatch batch : worn(day, seed, Duration.ofMinutes(10))) {
          rig.upload(ANNA, batch);
        }
        rig.clockTo(end.plus(Duration.ofHours(1)));
        double made = new Simulation(day, seed).steps().size();
        long told = rig.days(ANNA).values().stream().mapToLong(DaySummary::steps).sum();
        worstSteps = Math.max(worstSteps, Math.abs(told / made - 1));
        for (Piece piece : rig.timeline(ANNA, span(day))) {
          judged.set(
              Instant.ofEpochMilli(piece.from()),
              Instant.ofEpochMilli(piece.to()),
              piece.posture());
        }
      }
      confusion.add(day, judged);
    }
    confusion.tellWhoAsked("thigh and chest", worstSteps);
    assertThat(worstSteps).isLessThan(0.05);
    for (Posture posture :
        List.of(Posture.SITTING, Posture.LYING, Posture.STANDING, Posture.WALKING)) {
      assertThat(confusion.f1(posture)).as("%s%n%s", posture, confusion).isGreaterThan(0.98);
    }
  }

  /** Takes minutes: runs where the number of days is given. */
  @Test
  @EnabledIfSystemProperty(named = "lumbar.days", matches = "[1-9]\\d*")
  void aDayInAnyPiecesAndOrderEndsLikeAWholeRecording() throws IOException {
    for (long seed = 1; seed <= Long.getLong("lumbar.days", 1); seed++) {
      Script day = Script.day(START, seed);
      Instant end = START.plus(day.length());
      List<MotionBatch> whole = worn(day, seed, Duration.ofMinutes(30));
      List<String> expected;
      try (Rig rig = rig(end, "day" + seed)) {
        whole.forEach(batch -> rig.upload(ANNA, batch));
        expected = picture(rig, day);
      }
      Random random = new Random(seed);
      List<MotionBatch> pieces = new ArrayList<>();
      whole.forEach(batch -> Batches.split(batch, random, 40_000, pieces));
      pieces.addAll(pieces.subList(0, pieces.size() / 5));
      Collections.shuffle(pieces, random);
      try (Rig rig = rig(end, "pieces" + seed)) {
        pieces.forEach(batch -> rig.upload(ANNA, batch));
        assertThat(picture(rig, day)).as("day %d", seed).isEqualTo(expected);
      }
    }
  }

  @Test
  void aStreamInAnyPiecesAndOrderEndsLikeAWholeRecording() throws IOException {
    Script script =
        Script.of(START, Activity.STANDING, Duration.ofSeconds(70))
            .then(Activity.WALKING, Duration.ofSeconds(400))
            .then(Activity.SITTING, Duration.ofMinutes(25))
            .then(Activity.STANDING, Duration.ofSeconds(50))
            .then(Activity.STAIRS_UP, Duration.ofSeconds(40))
            .then(Activity.LYING_SUPINE, Duration.ofMinutes(31))
            .then(Activity.LYING_LEFT, Duration.ofMinutes(15))
            .then(Activity.SITTING, Duration.ofSeconds(30))
            .then(Activity.CYCLING, Duration.ofMinutes(9))
            .then(Activity.WALKING, Duration.ofSeconds(200))
            .then(Activity.SITTING_RECLINED, Duration.ofMinutes(20));
    Instant end = START.plus(script.length());
    List<MotionBatch> whole = worn(script, 8, Duration.ofMinutes(30));
    List<String> expected;
    try (Rig rig = rig(end, "whole")) {
      whole.forEach(batch -> rig.upload(ANNA, batch));
      expected = picture(rig, script);
    }
    assertThat(expected).hasSizeGreaterThan(12);
    for (int round = 0; round < 3; round++) {
      Random random = new Random(round);
      List<MotionBatch> pieces = new ArrayList<>();
      whole.forEach(batch -> Batches.split(batch, random, 3_000, pieces));
      pieces.addAll(pieces.subList(0, pieces.size() / 5));
      Collections.shuffle(pieces, random);
      try (Rig rig = rig(end, "pieces" + round)) {
        pieces.forEach(batch -> rig.upload(ANNA, batch));
        assertThat(picture(rig, script)).isEqualTo(expected);
      }
    }
    try (Rig rig = rig(START, "live")) {
      List<MotionBatch> live = worn(script, 8, Duration.ofSeconds(7));
      live.sort(Comparator.comparingLong(SimulatedWearersTest::end));
      for (MotionBatch batch : live) {
        rig.clockTo(Instant.ofEpochMilli(end(batch)).plusMillis(400));
        rig.upload(ANNA, batch);
      }
      assertThat(picture(rig, script)).as("as it happens").isEqualTo(expected);
    }
  }

  private static long end(MotionBatch batch) {
    return batch.millisAt(batch.size() - 1);
  }

  /** What stands long after, when every timer has spoken. */
  private static List<String> picture(Rig rig, Script script) {
    Instant end = script.start().plus(script.length());
    rig.clockTo(end.plus(Duration.ofHours(1)));
    rig.clockTo(end.plus(Duration.ofHours(2)));
    List<String> lines = new ArrayList<>();
    Piece last = null;
    long from = 0;
    for (Piece piece : rig.timeline(ANNA, span(script))) {
      if (last == null || last.posture() != piece.posture() || last.to() != piece.from()) {
        if (last != null) {
          lines.add(last.posture() + " " + from + " " + last.to());
        }
        from = piece.from();
      }
      last = piece;
    }
    lines.add(rig.picture(ANNA));
    lines.add(rig.seatedMoves(ANNA, span(script)).toString());
    rig.days(ANNA).values().stream()
        .sorted(Comparator.comparing(DaySummary::date))
        .forEach(day -> lines.add(day.date() + " steps " + day.steps()));
    return lines;
  }

  private Rig rig(Instant now, String name) throws IOException {
    return new Rig(now, Files.createDirectories(stateDir.resolve(name)));
  }

  private static Span span(Script script) {
    return new Span(
        script.start().toEpochMilli(), script.start().plus(script.length()).toEpochMilli());
  }

  private static List<MotionBatch> worn(Script script, long seed, Duration batch) {
    SplittableRandom random = new SplittableRandom(seed);
    List<MotionBatch> batches = new ArrayList<>();
    for (Stamp stamp : List.of(THIGH, CHEST)) {
      Wear wear = Wear.of(stamp, 25).mounted(Mounting.random(random)).batches(batch);
      new Simulation(script, seed).worn(wear).forEach(batches::add);
    }
    return batches;
  }
}
