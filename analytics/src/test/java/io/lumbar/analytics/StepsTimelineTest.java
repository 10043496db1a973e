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
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Posture;
import io.lumbar.model.Stamp;
import io.lumbar.model.StepCounterObservation;
import io.lumbar.model.StepsObservation;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void stepsOfACounterOverMidnightCountOnBothDaysWhicheverReadingComesFirst(boolean inOrder) {
    StepCounterObservation evening = reading(0, at("0:00").minus(Duration.ofMinutes(20)));
    StepCounterObservation night = reading(4_000, at("0:40"));
    Instant start = inOrder ? at("0:00").minus(Duration.ofMinutes(15)) : at("0:41");
    try (Rig rig = new Rig(start, stateDir.resolve("midnight"))) {
      rig.upload(ANNA, inOrder ? evening : night).rest();
      rig.clockTo(at("0:50")).rest().upload(ANNA, inOrder ? night : evening).rest();
      assertThat(rig.days(ANNA).get(DAY.minusDays(1)).steps()).isEqualTo(1_333);
      assertThat(rig.days(ANNA).get(DAY).steps()).isEqualTo(2_667);
      rig.upload(ANNA, reading(4_000, at("0:20"))).rest();
      assertThat(rig.days(ANNA).get(DAY.minusDays(1)).steps()).isEqualTo(2_000);
      assertThat(rig.days(ANNA).get(DAY).steps()).isEqualTo(2_000);
    }
  }

  @Test
  void aReadingHoursLaterTellsOfTheDayBefore() {
    try (Rig rig = new Rig(at("0:00").minus(Duration.ofHours(2)), stateDir.resolve("hours"))) {
      rig.upload(ANNA, reading(0, at("0:00").minus(Duration.ofHours(2)))).rest();
      rig.clockTo("6:00").rest().upload(ANNA, reading(4_000, at("6:00"))).rest();
      assertThat(rig.days(ANNA).get(DAY.minusDays(1)).steps()).isEqualTo(1_000);
      assertThat(rig.days(ANNA).get(DAY).steps()).isEqualTo(3_000);
    }
  }

  @Test
  void anHourThatComesLateLeavesLessForTheOtherDayOfALongSpan() {
    Instant noon = at("12:00");
    rig.upload(ANNA, new StepsObservation(WRIST, 9_000, noon.minus(Duration.ofDays(1)), noon));
    rig.rest();
    assertThat(rig.days(ANNA).get(DAY.minusDays(1)).steps()).isEqualTo(4_500);
    rig.upload(ANNA, steps(WRIST, 4_000, "9:00", "10:00")).rest();
    assertThat(rig.days(ANNA).get(DAY).steps()).isEqualTo(4_000 + 2_391);
    assertThat(rig.days(ANNA).get(DAY.minusDays(1)).steps()).isEqualTo(2_609);
  }

  @Test
  void stepsWithinALongPairOfReadingsLeaveLessForTheDayBefore() {
    rig.upload(ANNA, reading(0, at("0:00").minus(Duration.ofHours(1)))).rest();
    rig.upload(ANNA, reading(1_500, at("1:30"))).rest();
    assertThat(rig.days(ANNA).get(DAY.minusDays(1)).steps()).isEqualTo(600);
    rig.upload(ANNA, steps(POCKET, 800, "0:05", "0:15")).rest();
    assertThat(rig.days(ANNA).get(DAY.minusDays(1)).steps()).isEqualTo(300);
    assertThat(rig.days(ANNA).get(DAY).steps()).isEqualTo(1_200);
  }

  @Test
  void aRecordingUnderAnotherNameJoinsTheCounterOfTheDayBefore() {
    Instant evening = at("0:00").minus(Duration.ofMinutes(20));
    rig.upload(ANNA, reading(1_000, evening), counter("B", 5_000, "0:40")).rest();
    assertThat(rig.days(ANNA).get(DAY.minusDays(1)).steps()).isEqualTo(1_000);
    rig.upload(ANNA, reading(5_000, at("0:40"))).rest();
    assertThat(rig.days(ANNA).get(DAY.minusDays(1)).steps()).isEqualTo(1_000 + 1_333);
    assertThat(rig.days(ANNA).get(DAY).steps()).isEqualTo(2_667);
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
  void aSettingDoesNotShowHowFarTheStepsWereRead() {
    try (Rig live = new Rig(at("8:59"), stateDir.resolve("live"))) {
      live.set(anna());
      for (int i = 0; i < 75; i++) {
        Instant from = at("9:00").plus(Duration.ofMinutes(i));
        Instant to = from.plus(Duration.ofMinutes(1));
        live.clockTo(to).upload(ANNA, new StepsObservation(WRIST, 0, from, to));
      }
      live.rest();
      live.caughtUp(false).clockTo("10:25:30");
      live.set(
          anna()
              .withSettings(
                  new WearerSettings(
                      30,
                      15,
                      LocalTime.of(7, 0),
                      LocalTime.of(22, 0),
                      LocalTime.of(12, 0),
                      LocalTime.of(13, 0))));
      live.clockTo("10:25:50");
      assertThat(live.episodes(ANNA)).extracting(Episode::open).containsExactly(true);
    }
  }

  @Test
  void aCounterThatWasSilentForHoursTakesNoInactivityBackThatAWatchTells() {
    minutes("9:00", 120, 0);
    String told = "inactive 09:00:00-11:00:00 level 90 ended by silence";
    assertThat(rig.episodePicture(ANNA)).isEqualTo(told);
    rig.upload(ANNA, counter("A", 0, "8:00"), counter("A", 20, "14:00"));
    later();
    assertThat(rig.episodePicture(ANNA)).isEqualTo(told);
    rig.upload(ANNA, steps(POCKET, 900, "9:58", "10:08"));
    later();
    assertThat(rig.episodes(ANNA)).as("a phone that tells is believed").isEmpty();
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
  void aWalkLongAfterTheLastStepsWereToldEndsNoInactivityHoweverTheyCame() {
    minutes("9:00", 75, 0);
    minutes("10:55", 5, 90);
    String told = "inactive 09:00:00-10:15:00 level 75 ended by silence";
    assertThat(rig.episodePicture(ANNA)).isEqualTo(told);
    try (Rig later = new Rig(at("18:00"), stateDir.resolve("later"))) {
      for (int minute = 0; minute < 120; minute++) {
        Instant from = at("9:00").plus(Duration.ofMinutes(minute));
        if (minute < 75 || minute >= 115) {
          int steps = minute < 75 ? 0 : 90;
          later.upload(ANNA, new StepsObservation(WRIST, steps, from, from.plusSeconds(60)));
        }
      }
      assertThat(later.rest().episodePicture(ANNA)).isEqualTo(told);
    }
  }

  @Test
  void whereAPostureHeldForLessThanWasToldInactivityIsFoundInTheRest() {
    rig.upload(ANNA, Rig.change(POCKET, Posture.SITTING, "9:00", Duration.ofHours(4)));
    minutes("9:30", 90, 0);
    assertThat(inactive(rig)).isEmpty();
    rig.upload(ANNA, Rig.change(POCKET, Posture.UNKNOWN, "9:30", Duration.ofHours(4)));
    later();
    assertThat(inactive(rig)).singleElement().matches(one -> one.from().equals(at("9:30")));
  }

  @Test
  void hoursAwakeThatHoldFromNowOnJudgeWhatWasReadBeforeThem() {
    Wearer early = anna();
    rig.set(early);
    minutes("17:00", 60, 0);
    assertThat(inactive(rig)).hasSize(1);
    WearerSettings until17 =
        new WearerSettings(30, 15, LocalTime.of(7, 0), LocalTime.of(17, 0), null, null);
    Wearer changed = early.withSettings(until17, at("16:59"));
    rig.setAppended(at("16:59"), changed);
    later();
    later();
    assertThat(inactive(rig)).isEmpty();
    Wearer undone = changed.withSettings(WearerSettings.defaults(), at("16:58"));
    assertThat(undone.formerThresholds()).isEmpty();
    rig.setAppended(at("17:05"), undone);
    later();
    later();
    assertThat(inactive(rig)).as("what is taken back by back-dating").hasSize(1);
  }

  private static Wearer anna() {
    return new Wearer(
        ANNA,
        "Anna",
        "hash",
        List.of(new Wearer.ZoneFrom(Rig.ZONE, Instant.EPOCH)),
        WearerSettings.defaults());
  }

  private static List<Episode> inactive(Rig rig) {
    return rig.episodes(ANNA).stream().filter(one -> one.kind() == EpisodeKind.INACTIVE).toList();
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

  private static StepCounterObservation reading(long value, Instant at) {
    return new StepCounterObservation(POCKET, "A", value, at);
  }

  private static StepCounterObservation counter(String session, long value, String at) {
    Stamp stamp = POCKET;
    return new StepCounterObservation(stamp, session, value, at(at));
  }
}
