package io.lumbar.analytics.trunk;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.Rig;
import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Mounting;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.model.DaySummary;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The steps of a run are no bends, and those right before and behind it are found. */
class RunningTest {
  private static final long START = at("10:00").toEpochMilli();
  private static final long RUN_FROM = START + 64_000;
  private static final long RUN_TO = RUN_FROM + 420_000;
  private static final Stamp CHEST = Rig.stamp("d_chest", Placement.CHEST);

  @TempDir Path stateDir;

  @ParameterizedTest
  @CsvSource({
    "12.5, CHEST", "25, CHEST", "50, CHEST", "100, CHEST",
    "12.5, LOWER_BACK", "25, LOWER_BACK", "50, WAIST", "100, WAIST"
  })
  void onlyTheBendsBesideARunCount(double hertz, Placement placement) {
    for (long seed = 0; seed < 12; seed++) {
      Script script =
          Script.of(at("10:00"), Activity.STANDING, Duration.ofSeconds(60))
              .then(Activity.STOOPING, Duration.ofSeconds(4))
              .then(Activity.RUNNING, Duration.ofMillis(RUN_TO - RUN_FROM))
              .then(Activity.STOOPING, Duration.ofSeconds(4))
              .then(Activity.STANDING, Duration.ofSeconds(60));
      BendMotion.Judged judged = judged(new Simulation(script, seed), placement, hertz);
      assertThat(judged.bends()).as("seed %s: %s", seed, judged.bends()).hasSize(2);
      assertThat(judged.bends().get(0).peakAt()).isLessThan(RUN_FROM + 1_500);
      assertThat(judged.bends().get(1).peakAt()).isGreaterThan(RUN_TO - 1_500);
      for (int minute = 2; minute < 7; minute++) {
        ForwardTime forward = judged.minutes().get(minute);
        assertThat(forward).isNotNull();
        assertThat(forward.beyond30()).as("seed %s", seed).isZero();
      }
    }
  }

  /** At half the kept rate all readings may be as long as gravity and point to and fro. */
  @Test
  void aRunAtHalfTheKeptRateIsEvenedOut() {
    Felt felt = new Felt(1);
    for (int i = 0; i < 100; i++) {
      double along = i % 2 == 0 ? 0.5 : -0.5;
      felt.add(200L * i, 0.87, 0, along);
    }
    Felt evened = Running.evened(felt);
    assertThat(evened.size()).isEqualTo(100);
    for (int i = 10; i < 90; i++) {
      assertThat(evened.at(i)).isEqualTo(felt.at(i));
      assertThat(Math.abs(evened.tilt(i).forward())).isLessThan(5);
    }
  }

  @Test
  void aQuickBendAndAWalkStayAsTheyAre() {
    Felt felt = new Felt(1);
    for (int i = 0; i < 200; i++) {
      double angle = i < 100 ? Math.PI / 4 * (1 - Math.cos(2 * Math.PI * 0.2 * i / 1.2)) : 0;
      double g = i < 100 ? 1 : 1 + 0.2 * Math.sin(2 * Math.PI * 1.9 * 0.2 * i);
      felt.add(200L * i, g * Math.cos(angle), 0, -g * Math.sin(angle));
    }
    assertThat(readings(Running.evened(felt))).isEqualTo(readings(felt));
  }

  @Test
  void readingsThatAreTooFarApartStayAsTheyAre() {
    Felt felt = new Felt(1);
    for (int i = 0; i < 100; i++) {
      felt.add(400L * i, i % 2, 0, 1 - i % 2);
    }
    assertThat(readings(Running.evened(felt))).isEqualTo(readings(felt));
    assertThat(Running.evened(new Felt(0)).size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "12.5, 0, true", "25, 10, true", "50, 20, true", "100, 25, true",
    "12.5, 15, false", "25, 20, false", "50, 0, false", "100, 10, false"
  })
  void aDayOfWhoRunsHasItsBendsOnly(double hertz, double turned, boolean withThigh)
      throws IOException {
    Script script =
        Script.of(at("9:00"), Activity.STANDING, Duration.ofSeconds(60))
            .then(Activity.WALKING, Duration.ofSeconds(240))
            .then(Activity.STANDING, Duration.ofSeconds(30))
            .then(Activity.STOOPING, Duration.ofSeconds(4))
            .then(Activity.RUNNING, Duration.ofSeconds(600))
            .then(Activity.STOOPING, Duration.ofSeconds(4))
            .then(Activity.STANDING, Duration.ofSeconds(60));
    Simulation simulation = new Simulation(script, 7);
    Random random = new Random(5);
    try (Rig rig = new Rig(at("12:00"), stateDir)) {
      List<Wear> worn = new ArrayList<>();
      worn.add(Wear.of(CHEST, hertz).mounted(Mounting.tilted(turned, random)));
      if (withThigh) {
        worn.add(Wear.of(Rig.THIGH, hertz).mounted(Mounting.random(random)));
      }
      for (Wear wear : worn) {
        simulation.worn(wear).forEach(batch -> rig.upload(ANNA, batch));
      }
      rig.clockTo("12:30");
      DaySummary.Bending bending = rig.days(ANNA).get(Rig.DAY).bending();
      assertThat(bending).isNotNull();
      assertThat(bending.bends()).as(rig.episodePicture(ANNA)).isEqualTo(2);
    }
  }

  private static List<String> readings(Felt felt) {
    List<String> readings = new ArrayList<>();
    for (int i = 0; i < felt.size(); i++) {
      readings.add(felt.at(i) + " " + felt.tilt(i));
    }
    return readings;
  }

  private static BendMotion.Judged judged(
      Simulation simulation, Placement placement, double hertz) {
    Map<Long, BendMinute> minutes = new HashMap<>();
    for (MotionBatch batch : simulation.worn(Wear.of(Rig.stamp("d_trunk", placement), hertz))) {
      for (int i = 0; i < batch.size(); i++) {
        long at = batch.millisAt(i);
        long start = TrunkMinute.startOf(at);
        minutes
            .computeIfAbsent(start, key -> new BendMinute())
            .add(at - start, batch.x()[i], batch.y()[i], batch.z()[i]);
      }
    }
    return BendMotion.judge(
        START,
        start -> Optional.ofNullable(minutes.get(start)),
        TrunkAxes.STANDARD,
        at -> Double.NaN);
  }
}
