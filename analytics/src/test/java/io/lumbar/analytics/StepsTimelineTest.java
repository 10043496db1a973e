package io.lumbar.analytics;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.BEN;
import static io.lumbar.analytics.Rig.DAY;
import static io.lumbar.analytics.Rig.POCKET;
import static io.lumbar.analytics.Rig.THIGH;
import static io.lumbar.analytics.Rig.WRIST;
import static io.lumbar.analytics.Rig.at;
import static io.lumbar.analytics.Rig.span;
import static io.lumbar.analytics.Rig.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Episode;
import io.lumbar.model.Posture;
import io.lumbar.model.Stamp;
import io.lumbar.model.StepCounterObservation;
import io.lumbar.model.StepsObservation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepsTimelineTest {
  @TempDir Path stateDir;
  Rig rig;
  int seconds;

  @BeforeEach
  void start() {
    rig = new Rig(at("18:00"), stateDir);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void countersAreDifferencedInEventTimeWhateverTheirOrder() {
    rig.upload(
        ANNA,
        counter("A", 30, "9:02"),
        counter("A", 0, "9:00"),
        counter("B", 5, "9:11"),
        counter("A", 12, "9:01"),
        counter("B", 0, "9:10"));
    assertThat(stepsOfTheDay()).isEqualTo(35);
  }

  @Test
  void aSmallerReadingOfTheSameSessionIsAReset() {
    rig.upload(ANNA, counter("A", 0, "9:00"), counter("A", 100, "9:05"), counter("A", 20, "9:10"));
    assertThat(stepsOfTheDay()).isEqualTo(120);
  }

  @Test
  void theSameMinuteSentAgainWithMoreStepsReplacesTheFewer() {
    rig.upload(
        ANNA,
        steps(WRIST, 40, "9:00", "9:01"),
        steps(WRIST, 60, "9:00", "9:01"),
        steps(WRIST, 50, "9:00", "9:01"));
    assertThat(stepsOfTheDay()).isEqualTo(60);
  }

  @Test
  void sourcesAreNeverAddedUp() {
    rig.upload(
        ANNA,
        steps(WRIST, 100, "9:00", "9:02"),
        steps(POCKET, 60, "9:00", "9:01"),
        steps(POCKET, 0, "9:01", "9:02"));
    assertThat(stepsOfTheDay()).isEqualTo(60);
  }

  @Test
  void stepsSeenInRawMotionCountInTheMinutesThatTheyTellOf() {
    rig.upload(ANNA, steps(WRIST, 2_000, "8:50", "9:00"));
    rig.upload(ANNA, steps(WRIST, 2_000, "9:00", "9:10"));
    Script script =
        Script.of(at("9:00"), Activity.WALKING, Duration.ofMinutes(5))
            .then(Activity.SITTING, Duration.ofMinutes(5));
    Simulation simulation = new Simulation(script, 4);
    for (int twice = 0; twice < 2; twice++) {
      simulation.worn(Wear.of(THIGH, 25)).forEach(batch -> rig.upload(ANNA, batch));
    }
    assertThat(stepsLater() - 2_000.0).isCloseTo(simulation.steps().size(), withinPercentage(3));
  }

  @Test
  void aPhoneThatCannotTellLeavesTheStepsToTheWatch() {
    Script script = Script.of(at("9:00"), Activity.SENSOR_OFF, Duration.ofMinutes(10));
    new Simulation(script, 5).worn(Wear.of(POCKET, 25)).forEach(batch -> rig.upload(ANNA, batch));
    rig.upload(ANNA, steps(WRIST, 500, "9:00", "9:10"));
    assertThat(stepsLater()).isEqualTo(500);
  }

  @Test
  void cadenceIsThatOfTheMinutesThatAreWalked() {
    minutes("9:00", 3, 96);
    minutes("9:10", 4, 112);
    minutes("9:20", 30, 12);
    stepsLater();
    assertThat(rig.days(ANNA).get(DAY).walking()).isEqualTo(new DaySummary.Walking(112, 4));
  }

  @Test
  void stepsAboutTheHouseHaveNoCadence() {
    minutes("9:00", 60, 30);
    stepsLater();
    assertThat(rig.days(ANNA).get(DAY).walking()).isNull();
  }

  @Test
  void rawMotionTellsTheCadenceOfAWalk() {
    Script script =
        Script.of(at("9:00"), Activity.STANDING, Duration.ofSeconds(60))
            .then(Activity.WALKING, Duration.ofMinutes(12))
            .then(Activity.STANDING, Duration.ofSeconds(60));
    Simulation simulation = new Simulation(script, 9);
    simulation.worn(Wear.of(THIGH, 25)).forEach(batch -> rig.upload(ANNA, batch));
    stepsLater();
    assertThat(rig.days(ANNA).get(DAY).walking().cadence())
        .isCloseTo(simulation.steps().size() / 12.0, withinPercentage(4));
  }

  @Test
  void theTrackOfADayHasTheStepsOfEachFiveMinutesThatAreToldAsFinely() {
    minutes("9:00", 12, 10);
    rig.upload(ANNA, steps(WRIST, 600, "11:00", "12:00"));
    later();
    assertThat(track()).containsExactly(-108, 50, 50);
    minutes("9:12", 3, 20);
    assertThat(track()).as("late steps amend it").containsExactly(-108, 50, 50, 80);
    rig.upload(ANNA, counter("A", 7, "13:00"), counter("A", 7, "13:30"));
    later();
    assertThat(track())
        .as("half an hour without a step is known, whenever the counter spoke")
        .containsExactly(-108, 50, 50, 80, -45, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void aDayOfWhichOnlyHoursAreToldHasNoTrack() {
    rig.upload(ANNA, steps(WRIST, 600, "11:00", "12:00"));
    later();
    assertThat(rig.days(ANNA).get(DAY).stepTrack()).isNull();
  }

  @Test
  void hardlyAnyStepsForAnHourIsInactiveButNeverSitting() {
    minutes("9:00", 59, 0);
    assertThat(rig.episodes(ANNA)).isEmpty();
    minutes("9:59", 16, 0);
    assertThat(rig.episodePicture(ANNA))
        .isEqualTo("inactive 09:00:00-10:15:00 level 75 ended by silence");
    assertThat(rig.bouts(ANNA)).isEmpty();
  }

  @Test
  void whereNothingMoreComesInactivityEndsBySilenceAsInALateImport() {
    try (Rig live = new Rig(at("8:59"), stateDir.resolve("live"))) {
      for (int i = 0; i < 75; i++) {
        Instant from = at("9:00").plus(Duration.ofMinutes(i));
        Instant to = from.plus(Duration.ofMinutes(1));
        live.clockTo(to).upload(ANNA, new StepsObservation(WRIST, 0, from, to));
      }
      live.rest();
      assertThat(live.episodes(ANNA)).extracting(Episode::open).containsExactly(true);
      live.caughtUp(false).clockTo("10:25:30");
      assertThat(live.episodes(ANNA)).extracting(Episode::open).containsExactly(true);
      live.caughtUp(true).clockTo("10:26");
      assertThat(live.episodePicture(ANNA))
          .isEqualTo("inactive 09:00:00-10:15:00 level 75 ended by silence");
      assertThat(live.episodes(ANNA)).extracting(Episode::open).containsExactly(false);
    }
  }

  @Test
  void aTimerThatFailsCostsNobodyElseAnythingAndIsTriedAgainAMinuteLater() {
    try (Rig live = new Rig(at("8:59"), stateDir.resolve("live"))) {
      for (int i = 0; i < 75; i++) {
        Instant from = at("9:00").plus(Duration.ofMinutes(i));
        Instant to = from.plus(Duration.ofMinutes(1));
        StepsObservation none = new StepsObservation(WRIST, 0, from, to);
        live.clockTo(to).upload(ANNA, none).upload(BEN, none);
      }
      live.rest();
      Runnable whole = live.spoil(Stores.STEPS, ANNA);
      live.clockTo("10:25:30");
      assertThat(live.failedTimers()).isEqualTo(1);
      assertThat(live.episodes(ANNA)).extracting(Episode::open).containsExactly(true);
      assertThat(live.episodes(BEN)).extracting(Episode::open).containsExactly(false);
      whole.run();
      live.clockTo("10:26:20");
      assertThat(live.episodes(ANNA)).extracting(Episode::open).containsExactly(true);
      live.clockTo("10:26:45");
      assertThat(live.episodePicture(ANNA))
          .isEqualTo("inactive 09:00:00-10:15:00 level 75 ended by silence");
      assertThat(live.failedTimers()).isEqualTo(1);
    }
  }

  @Test
  void aWalkEndsInactivity() {
    minutes("9:00", 70, 0);
    minutes("10:10", 5, 90);
    minutes("10:15", 30, 0);
    assertThat(rig.episodePicture(ANNA))
        .isEqualTo("inactive 09:00:00-10:10:00 level 60 ended by steps");
  }

  @Test
  void nightAndUntoldTimeAreNotInactivity() {
    minutes("1:00", 120, 0);
    minutes("8:00", 30, 0);
    minutes("8:40", 30, 0);
    assertThat(rig.episodes(ANNA)).isEmpty();
  }

  @Test
  void whereThePostureIsKnownStepsSayNothingAboutIt() {
    minutes("9:00", 90, 0);
    assertThat(rig.episodes(ANNA)).hasSize(1);
    rig.upload(ANNA, span(THIGH, Posture.STANDING, "9:30", "9:50"));
    later();
    assertThat(rig.episodes(ANNA)).isEmpty();
  }

  private List<Integer> track() {
    return rig.days(ANNA).get(DAY).stepTrack().cells();
  }

  private void minutes(String from, int count, int stepsEach) {
    Instant start = at(from);
    for (int i = 0; i < count; i++) {
      Instant minute = start.plus(Duration.ofMinutes(i));
      rig.upload(
          ANNA,
          new io.lumbar.model.StepsObservation(WRIST, stepsEach, minute, minute.plusSeconds(60)));
    }
    later();
  }

  /** Steps are looked at once a second. */
  private void later() {
    seconds += 1;
    rig.clockTo(at("18:00").plusSeconds(seconds));
  }

  private long stepsLater() {
    rig.clockTo("18:05");
    return rig.days(ANNA).get(DAY).steps();
  }

  private long stepsOfTheDay() {
    rig.clockTo("18:00:02");
    return rig.days(ANNA).get(DAY).steps();
  }

  private static StepCounterObservation counter(String session, long value, String at) {
    Stamp stamp = POCKET;
    return new StepCounterObservation(stamp, session, value, at(at));
  }
}
