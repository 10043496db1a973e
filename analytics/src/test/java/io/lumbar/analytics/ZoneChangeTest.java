package io.lumbar.analytics;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.POCKET;
import static io.lumbar.analytics.Rig.THIGH;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Mounting;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.DaySummary;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A wearer who walks in one zone and sits in the next: the sensor sits as it did. */
class ZoneChangeTest {
  private static final Instant START = Rig.at("8:00");
  private static final Instant LANDED = START.plus(Duration.ofMinutes(6));
  private static final Duration LENGTH = Duration.ofMinutes(60);
  private static final ZoneId NEXT = ZoneId.of("Asia/Tokyo");

  @TempDir Path stateDir;

  static Stream<Stamp> sensors() {
    return Stream.of(POCKET, THIGH);
  }

  @ParameterizedTest
  @MethodSource("sensors")
  void whatWasLearntInOneZoneHoldsInTheNext(Stamp stamp) throws IOException {
    assertThat(told(batches(stamp), "in order"))
        .anyMatch(line -> line.startsWith("SITTING"))
        .anyMatch(line -> line.startsWith("STANDING"));
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void inWhateverOrderTheZonesCome(long seed) throws IOException {
    List<String> inOrder = told(batches(POCKET), "in order");
    List<MotionBatch> shuffled = batches(POCKET);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(told(shuffled, "shuffled " + seed)).isEqualTo(inOrder);
  }

  /** The steps, the standings up and the shifts on the seat too. */
  @ParameterizedTest
  @MethodSource("sensors")
  void aSensorThatSendsTheNextZoneFirstIsJudgedAgain(Stamp stamp) throws IOException {
    List<MotionBatch> batches = batches(stamp);
    List<String> inOrder = told(batches, "in order");
    assertThat(inOrder).anyMatch(line -> line.startsWith("moves Optional[Counts[sitToStands=2"));
    Collections.reverse(batches);
    assertThat(told(batches, "backwards")).isEqualTo(inOrder);
  }

  private List<String> told(List<MotionBatch> batches, String name) throws IOException {
    Path folder = Files.createDirectories(stateDir.resolve(name));
    try (Rig rig = new Rig(START.plus(Duration.ofHours(19)), folder)) {
      batches.forEach(batch -> rig.upload(ANNA, batch));
      rig.clockTo(START.plus(Duration.ofHours(20)));
      rig.clockTo(START.plus(Duration.ofHours(21)));
      List<String> told = new ArrayList<>();
      rig.bouts(ANNA)
          .forEach(bout -> told.add(bout.posture() + " " + bout.from() + " " + bout.to()));
      rig.days(ANNA).values().stream()
          .sorted(Comparator.comparing(DaySummary::date))
          .forEach(day -> told.add(day.date() + " steps " + day.steps()));
      Span whole = new Span(START.toEpochMilli(), START.plus(LENGTH).toEpochMilli());
      told.add("moves " + rig.seatedMoves(ANNA, whole));
      return told;
    }
  }

  private static List<MotionBatch> batches(Stamp stamp) {
    Script script =
        Script.of(START, Activity.WALKING, Duration.ofMinutes(6))
            .then(Activity.SITTING, Duration.ofMinutes(25))
            .then(Activity.STANDING, Duration.ofMinutes(5))
            .then(Activity.SITTING_RECLINED, Duration.ofMinutes(11))
            .then(Activity.SITTING, Duration.ofMinutes(11))
            .then(Activity.STANDING, Duration.ofMinutes(2));
    Wear wear =
        Wear.of(stamp, 25)
            .mounted(Mounting.random(new SplittableRandom(4)))
            .batches(Duration.ofSeconds(20));
    Stamp landed = new Stamp(stamp.device(), stamp.placement(), NEXT);
    List<MotionBatch> batches = new ArrayList<>();
    for (MotionBatch one : new Simulation(script, 6).worn(wear)) {
      boolean before = one.millisAt(0) < LANDED.toEpochMilli();
      batches.add(
          new MotionBatch(
              before ? stamp : landed,
              one.startNanos(),
              one.offsetMicros(),
              one.x(),
              one.y(),
              one.z()));
    }
    return batches;
  }
}
