package io.lumbar.analytics.night;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.model.Posture.LYING;
import static io.lumbar.model.Posture.SITTING;
import static io.lumbar.model.Posture.STANDING;
import static io.lumbar.model.SleepPosition.LEFT;
import static io.lumbar.model.SleepPosition.PRONE;
import static io.lumbar.model.SleepPosition.RIGHT;
import static io.lumbar.model.SleepPosition.SUPINE;
import static io.lumbar.model.SleepPosition.THREE_QUARTER_PRONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.analytics.Rig;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Correction;
import io.lumbar.model.DayTag;
import io.lumbar.model.DetectionSettings;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Stamp;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole nights through the topology; times as day of March 2026 and local time. */
class NightTimelineTest {
  private static final Stamp CHEST = Rig.stamp("d_chest", Placement.CHEST);
  private static final LocalDate TUESDAY = LocalDate.of(2026, 3, 3);

  @TempDir Path stateDir;
  Rig rig;

  @BeforeEach
  void start() {
    rig = new Rig(at("5 9:00"), stateDir);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void aNightStandsUnderTheDateOfWakingWithItsPositions() {
    rig.upload(
        ANNA,
        lie("2 23:00", "3 1:00", SUPINE),
        lie("3 1:00", "3 2:30", LEFT),
        lie("3 2:30", "3 2:30:40", SUPINE),
        lie("3 2:30:40", "3 4:00", LEFT),
        lie("3 4:00", "3 4:45", PRONE),
        lie("3 4:45", "3 5:00", THREE_QUARTER_PRONE),
        stand("3 5:00", "3 5:10"),
        lie("3 5:10", "3 7:00", RIGHT),
        stand("3 7:00", "3 7:30"));
    NightSummary night = only();
    assertThat(night.date()).isEqualTo(TUESDAY);
    assertThat(night.inBedFrom()).isEqualTo(at("2 23:00"));
    assertThat(night.inBedTo()).isEqualTo(at("3 7:00"));
    assertThat(night.inBedMinutes()).isEqualTo(480);
    assertThat(night.open()).isFalse();
    assertThat(night.outOfBed()).isEqualTo(1);
    assertThat(night.positionMinutes().get(SUPINE)).isEqualTo(120 + 40 / 60.0, within(1e-9));
    assertThat(night.positionMinutes().get(PRONE)).isEqualTo(45);
    assertThat(night.positionMinutes().get(THREE_QUARTER_PRONE)).isEqualTo(15);
    assertThat(night.longestProneMinutes()).isEqualTo(45);
    assertThat(night.shifts()).isEqualTo(4);
    assertThat(night.shiftsPerHour()).isEqualTo(4 / (470 / 60.0), within(1e-9));
    assertThat(night.coverageMinutes()).isEqualTo(480);
    assertThat(night.estimatedFrom()).isNull();
    assertThat(night.archedMinutes()).isNull();
    assertThat(night.asleepFrom()).isNull();
  }

  /** Seconds of standing again and again, as sensors tell while somebody gets up. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void flickerAtGettingUpIsOneTimeOutOfBedAndAMomentIsNone(int order) {
    List<PostureObservation> night =
        Arrays.asList(
            lie("2 23:00", "3 1:00", SUPINE),
            stand("3 1:00", "3 1:00:02"),
            lie("3 1:00:02", "3 1:00:04", LEFT),
            stand("3 1:00:04", "3 1:00:15"),
            lie("3 1:00:15", "3 3:00", LEFT),
            stand("3 3:00", "3 3:00:10"),
            lie("3 3:00:10", "3 3:01:09", PRONE),
            stand("3 3:01:09", "3 3:01:28"),
            lie("3 3:01:28", "3 3:01:30", PRONE),
            stand("3 3:01:30", "3 3:01:31"),
            lie("3 3:01:31", "3 5:00", LEFT),
            stand("3 5:00", "3 5:00:29"),
            lie("3 5:00:29", "3 5:01:29", LEFT),
            stand("3 5:01:29", "3 5:01:58"),
            lie("3 5:01:58", "3 7:00", LEFT),
            stand("3 7:00", "3 7:30"));
    if (order > 0) {
      Collections.shuffle(night, new Random(order));
    }
    night.forEach(one -> rig.upload(ANNA, one));
    assertThat(only().outOfBed()).isEqualTo(1);
  }

  @Test
  void whoSitsDownWhileUpWasOutOfBedOnce() {
    rig.upload(
        ANNA,
        lie("2 23:00", "3 2:00", LEFT),
        stand("3 2:00", "3 2:00:40"),
        sit("3 2:00:40", "3 2:05"),
        stand("3 2:05", "3 2:06"),
        lie("3 2:06", "3 4:00", LEFT),
        stand("3 4:00", "3 4:00:30"),
        lie("3 4:00:30", "3 7:00", LEFT),
        stand("3 7:00", "3 7:30"));
    assertThat(only().outOfBed()).isEqualTo(2);
  }

  @Test
  void itsTrackKeepsTheOrderWithoutTurnsOfLessThanAMinute() {
    rig.upload(
        ANNA,
        lie("2 23:00", "3 1:00", SUPINE),
        lie("3 1:00", "3 2:30", LEFT),
        lie("3 2:30", "3 2:30:40", SUPINE),
        lie("3 2:30:40", "3 4:00", LEFT),
        stand("3 4:00", "3 4:10"),
        lie("3 4:10", "3 7:00", PRONE),
        stand("3 7:00", "3 7:30"));
    assertThat(only().track())
        .containsExactly(
            new NightSummary.Lie(at("2 23:00"), at("3 1:00"), SUPINE),
            new NightSummary.Lie(at("3 1:00"), at("3 4:00"), LEFT),
            new NightSummary.Lie(at("3 4:00"), at("3 4:10"), null),
            new NightSummary.Lie(at("3 4:10"), at("3 7:00"), PRONE));
  }

  @Test
  void theDayIsAwakeOutsideOfBed() {
    rig.upload(ANNA, lie("2 23:00", "3 7:00", LEFT), sit("3 8:00", "3 19:00"));
    rig.rest();
    // Its night is not known, so that the wearer's waking hours stand in.
    assertThat(rig.days(ANNA).get(LocalDate.of(2026, 3, 2)).wear().awakeMinutes())
        .isEqualTo(15 * 60);
    var tuesday = rig.days(ANNA).get(TUESDAY).wear();
    assertThat(tuesday.awakeMinutes()).isEqualTo(17 * 60);
    assertThat(tuesday.coverage()).isEqualTo(11 / 17.0, within(1e-9));
    assertThat(tuesday.valid()).isTrue();
  }

  @Test
  void sittingUpInBedIsNoSittingOfTheDay() {
    rig.upload(
        ANNA,
        lie("2 23:00", "3 2:00", LEFT),
        sit("3 2:00", "3 2:12"),
        stand("3 2:12", "3 2:15"),
        lie("3 2:15", "3 6:30", LEFT),
        sit("3 6:30", "3 6:35"),
        stand("3 6:35", "3 7:00"),
        sit("3 7:00", "3 7:45"),
        stand("3 7:45", "3 8:00"));
    rig.rest();
    var day = rig.days(ANNA).get(TUESDAY);
    assertThat(day.sitting().bouts()).isEqualTo(2);
    assertThat(day.sitting().minutes()).isEqualTo(50);
    assertThat(day.sitting().breaks()).isEqualTo(2);
    assertThat(day.sitToStands()).isEqualTo(3);
    assertThat(day.postureMinutes()).containsEntry(SITTING, 62.0);
  }

  @Test
  void theOtherPartOfABrokenNightAndALongNapAreInBedToo() {
    rig.upload(
        ANNA,
        lie("2 22:00", "3 2:00", LEFT),
        stand("3 2:00", "3 2:25"),
        lie("3 2:25", "3 6:30", LEFT),
        sit("3 8:00", "3 19:00"),
        lie("3 19:00", "3 20:30", SUPINE));
    assertThat(only().inBedFrom()).isEqualTo(at("3 2:25"));
    assertThat(rig.days(ANNA).get(LocalDate.of(2026, 3, 2)).wear().awakeMinutes())
        .isEqualTo(15 * 60);
    var tuesday = rig.days(ANNA).get(TUESDAY).wear();
    assertThat(tuesday.awakeMinutes()).isEqualTo(24 * 60 - 2 * 60 - 245 - 90);
    assertThat(tuesday.coverage()).isEqualTo((25 + 11 * 60) / tuesday.awakeMinutes(), within(1e-9));
  }

  @Test
  void aRestThatGrowsLongEnoughIsInBedOnTheDayBeforeToo() {
    rig.upload(ANNA, lie("2 23:10", "3 0:00", LEFT));
    rig.rest();
    LocalDate monday = LocalDate.of(2026, 3, 2);
    assertThat(knownInBed(monday)).isZero();
    rig.upload(ANNA, lie("3 0:00", "3 0:30", LEFT));
    rig.rest();
    assertThat(knownInBed(monday)).isEqualTo(50);
  }

  private long knownInBed(LocalDate date) {
    var wear = rig.days(ANNA).get(date).wear();
    return Math.round(wear.wornMinutes() - wear.coverage() * wear.awakeMinutes());
  }

  @Test
  void theLongestLyingOfADateIsItsNightAndShortRestsAreNone() {
    rig.upload(
        ANNA,
        lie("3 0:30", "3 5:00", LEFT),
        stand("3 5:00", "3 6:00"),
        lie("3 14:00", "3 19:30", SUPINE),
        stand("3 19:30", "3 20:00"),
        lie("4 13:00", "4 15:00", SUPINE));
    assertThat(only().inBedFrom()).isEqualTo(at("3 14:00"));
  }

  @Test
  void aNightShiftSleepsByDay() {
    rig.upload(ANNA, stand("3 6:00", "3 8:00"), lie("3 8:30", "3 15:00", RIGHT));
    assertThat(only().date()).isEqualTo(TUESDAY);
    assertThat(only().positionMinutes()).containsEntry(RIGHT, 390.0);
  }

  @Test
  void aNightThatIsTakenApartByLateDataIsRetracted() {
    rig.upload(ANNA, lie("2 23:00", "3 3:00", LEFT));
    assertThat(only().revision()).isEqualTo(1);
    rig.upload(ANNA, stand("3 0:30", "3 1:30"));
    rig.rest();
    assertThat(rig.nights(ANNA)).isEmpty();
    NightSummary last = rig.nightLog().get(rig.nightLog().size() - 1);
    assertThat(last.retracted()).isTrue();
    assertThat(last.revision()).isEqualTo(2);
    rig.upload(ANNA, lie("3 3:00", "3 8:00", LEFT));
    assertThat(only().revision()).isEqualTo(3);
  }

  @Test
  void aNightGrowsOverMidnightAndLeavesTheDateItHadBefore() {
    rig.clockTo(at("5 23:55"));
    rig.upload(ANNA, lie("5 20:00", "5 23:50", LEFT));
    rig.rest();
    assertThat(rig.nights(ANNA)).containsOnlyKeys(LocalDate.of(2026, 3, 5));
    rig.clockTo(at("6 6:10"));
    rig.upload(ANNA, lie("5 23:50", "6 6:00", LEFT), stand("6 6:00", "6 6:05"));
    rig.rest();
    assertThat(rig.nights(ANNA)).containsOnlyKeys(LocalDate.of(2026, 3, 6));
  }

  @Test
  void theNightOfChangingClocksHasTheHoursThatWereSlept() {
    rig.clockTo(at("30 9:00"));
    rig.upload(ANNA, lie("28 23:00", "29 7:00", LEFT));
    NightSummary night = only();
    assertThat(night.date()).isEqualTo(LocalDate.of(2026, 3, 29));
    assertThat(night.inBedMinutes()).isEqualTo(7 * 60);
    assertThat(rig.days(ANNA).get(LocalDate.of(2026, 3, 29)).wear().awakeMinutes())
        .isEqualTo((23 - 6) * 60);
  }

  @Test
  void afterAFlightTheNightStandsUnderTheDateWhereTheWearerWoke() {
    ZoneId tokyo = ZoneId.of("Asia/Tokyo");
    Stamp there = new Stamp(new DeviceId("d_chest"), Placement.CHEST, tokyo);
    rig.upload(
        ANNA,
        lie("2 12:00", "2 13:00", SUPINE),
        new PostureObservation(
            there,
            LYING,
            at("2 13:15"),
            at("2 20:00"),
            false,
            PostureObservation.Origin.REPORTED,
            PostureObservation.Grade.FINAL,
            LEFT,
            null,
            null,
            Map.of()));
    assertThat(only().date()).isEqualTo(LocalDate.of(2026, 3, 3));
    assertThat(only().zone()).isEqualTo(tokyo);
  }

  @Test
  void sumsWithoutAnOrderCountForTheirShareAndSayNothingOfTurns() {
    Stamp thigh = Rig.THIGH;
    rig.upload(
        ANNA,
        new PostureObservation(
            thigh,
            LYING,
            at("2 23:00"),
            at("3 6:00"),
            false,
            PostureObservation.Origin.REPORTED,
            PostureObservation.Grade.FINAL,
            null,
            null,
            null,
            Map.of(SUPINE, 14_000.0, PRONE, 3_589.4)));
    NightSummary night = only();
    assertThat(night.positionMinutes().get(PRONE) * 60).isEqualTo(3_589.4, within(1e-6));
    assertThat(night.longestProneMinutes()).isNull();
    assertThat(night.shifts()).isNull();
    assertThat(night.estimatedFrom()).isEqualTo(Placement.THIGH);
    assertThat(rig.episodes(ANNA)).isEmpty();
  }

  @Test
  void archedSleepIsOneEpisodeHoweverOftenTheWearerTurnsForAMoment() {
    rig.upload(
        ANNA,
        arched("2 23:00", "2 23:12", 14, 0.8, true),
        lie("2 23:12", "2 23:30", SUPINE, null, null, false),
        arched("2 23:30", "2 23:45", 14, 0.8, false),
        lie("2 23:45", "2 23:45:50", LEFT, null, null, false),
        arched("2 23:45:50", "3 0:00", 22, 0.8, false),
        lie("3 0:00", "3 1:00", RIGHT, null, null, false),
        arched("3 1:00", "3 1:09", 30, 0.8, false),
        lie("3 1:09", "3 2:00", SUPINE, null, null, false),
        arched("3 2:00", "3 2:20", 12, 0.4, false),
        lie("3 2:20", "3 6:00", SUPINE, null, null, false),
        stand("3 6:00", "3 6:30"));
    NightSummary night = only();
    double first = 15 + 14 + 10 / 60.0;
    assertThat(night.asleepFrom()).isEqualTo(at("2 23:12"));
    assertThat(night.archedMinutes()).isEqualTo(first, within(1e-9));
    assertThat(night.possiblyArchedMinutes()).isEqualTo(20);
    assertThat(night.stronglyArchedMinutes()).isEqualTo(14 + 10 / 60.0, within(1e-9));
    assertThat(night.proppedAwakeMinutes()).isEqualTo(12);
    List<Episode> arched =
        rig.episodes(ANNA).stream().filter(one -> one.kind() == EpisodeKind.ARCHED_SLEEP).toList();
    assertThat(arched).hasSize(2);
    assertThat(arched.get(0).from()).isEqualTo(at("2 23:30"));
    assertThat(arched.get(0).to()).isEqualTo(at("3 0:00"));
    assertThat(arched.get(0).level()).isEqualTo(20);
    assertThat(arched.get(0).endedBy()).isEqualTo("right");
    assertThat(arched.get(0).evidence().seconds()).isEqualTo(first * 60, within(1e-6));
    assertThat(arched.get(1).level()).isEqualTo(10);
    assertThat(arched.get(1).evidence().confidence()).isEqualTo(0.4);
    assertThat(arched.get(1).endedBy()).isEqualTo("supine");
  }

  @Test
  void whatCountsAsArchedIsTheWearersSetting() {
    rig.set(
        new Wearer(
            ANNA,
            "Anna",
            "hash",
            List.of(new Wearer.ZoneFrom(Rig.ZONE, Instant.EPOCH)),
            WearerSettings.defaults()
                .withDetection(new DetectionSettings(60, 8, 15, 25, 50, 60, 100))));
    rig.upload(
        ANNA,
        lie("2 23:00", "3 1:00", SUPINE, null, null, false),
        arched("3 1:00", "3 1:09", 30, 0.8, false),
        lie("3 1:09", "3 2:00", SUPINE, null, null, false),
        arched("3 2:00", "3 2:20", 14, 0.8, false),
        lie("3 2:20", "3 6:00", SUPINE, null, null, false),
        stand("3 6:00", "3 6:30"));
    assertThat(only().archedMinutes()).isEqualTo(9);
    assertThat(rig.episodes(ANNA))
        .filteredOn(one -> one.kind() == EpisodeKind.ARCHED_SLEEP)
        .singleElement()
        .matches(one -> one.from().equals(at("3 1:00")) && one.level() == 25);
  }

  @Test
  void onTheFrontOnlyInBedAndAsleep() {
    rig.upload(
        ANNA,
        lie("2 14:00", "2 14:40", PRONE),
        sit("2 14:40", "2 16:00"),
        lie("2 23:00", "2 23:20", PRONE),
        lie("2 23:20", "3 1:00", SUPINE),
        lie("3 1:00", "3 1:35", PRONE),
        stand("3 1:35", "3 1:40"),
        lie("3 1:40", "3 7:00", LEFT));
    rig.rest();
    assertThat(rig.episodes(ANNA))
        .filteredOn(one -> one.kind() == EpisodeKind.PRONE_SLEEP)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.from()).isEqualTo(at("3 1:00"));
              assertThat(one.to()).isEqualTo(at("3 1:35"));
              assertThat(one.level()).isEqualTo(30);
              assertThat(one.endedBy()).isEqualTo("standing");
            });
  }

  @Test
  void theMorningsWordsBelongToTheNight() {
    rig.upload(ANNA, lie("2 23:00", "3 7:00", LEFT));
    rig.tell(
        ANNA,
        checkIn("s1", "3 7:20", 3, 5),
        checkIn("s2", "3 12:00", 1, null),
        checkIn("s3", "3 22:00", 6, null));
    rig.rest();
    assertThat(only().morningPain()).isEqualTo(3);
    assertThat(only().morningStiffness()).isEqualTo(5);
    assertThat(rig.days(ANNA).get(TUESDAY).pain()).isEqualTo(6);
    rig.tell(
        ANNA, new CheckIn("s1", at("4 9:00"), true, at("3 7:20"), 3, 5, null, null, false, null));
    rig.rest();
    assertThat(only().morningPain()).isEqualTo(1);
    assertThat(only().morningStiffness()).isNull();
  }

  @Test
  void usualShiftsAreTheMedianOfTheNightsBefore() {
    rig.clockTo(at("12 12:00"));
    for (int day = 3; day < 9; day++) {
      String wake = Integer.toString(day);
      rig.upload(ANNA, lie(wake + " 0:00", wake + " 3:00", LEFT));
      for (int turn = 0; turn < day - 3; turn++) {
        rig.upload(
            ANNA,
            lie(
                wake + " 3:" + (10 + turn),
                wake + " 3:" + (11 + turn),
                turn % 2 == 0 ? LEFT : RIGHT));
      }
      rig.upload(ANNA, lie(wake + " 4:00", wake + " 6:00", LEFT));
      rig.rest();
    }
    Map<LocalDate, NightSummary> nights = rig.nights(ANNA);
    assertThat(nights.get(LocalDate.of(2026, 3, 5)).usualShiftsPerHour()).isNull();
    assertThat(nights.get(LocalDate.of(2026, 3, 8)).usualShiftsPerHour())
        .isEqualTo(nights.get(LocalDate.of(2026, 3, 6)).shiftsPerHour());
  }

  @Test
  void aTaggedNightIsNotAmongTheUsualOnes() {
    rig.clockTo(at("12 12:00"));
    for (int day = 3; day < 8; day++) {
      String wake = Integer.toString(day);
      rig.upload(ANNA, lie(wake + " 0:00", wake + " 3:00", LEFT));
      for (int turn = 0; turn < 2 * (day - 3); turn++) {
        String from = wake + " 3:%02d".formatted(2 * turn);
        String to = wake + " 3:%02d".formatted(2 * turn + 2);
        rig.upload(ANNA, lie(from, to, turn % 2 == 0 ? RIGHT : LEFT));
      }
      rig.upload(ANNA, lie(wake + " 4:00", wake + " 6:00", LEFT));
      rig.rest();
    }
    LocalDate last = LocalDate.of(2026, 3, 7);
    List<Double> shifts =
        rig.nights(ANNA).values().stream().map(NightSummary::shiftsPerHour).toList();
    assertThat(rig.nights(ANNA).get(last).usualShiftsPerHour())
        .isEqualTo((shifts.get(1) + shifts.get(2)) / 2);
    rig.tell(ANNA, ill("t1", "12 9:00", false));
    rig.rest();
    assertThat(rig.nights(ANNA).get(last).usualShiftsPerHour()).isEqualTo(shifts.get(2));
    rig.tell(ANNA, ill("t1", "12 10:00", true));
    rig.rest();
    assertThat(rig.nights(ANNA).get(last).usualShiftsPerHour())
        .isEqualTo((shifts.get(1) + shifts.get(2)) / 2);
  }

  private static DayTag ill(String id, String told, boolean revoked) {
    return new DayTag(id, at(told), revoked, LocalDate.of(2026, 3, 4), DayTag.Tag.ILL);
  }

  private NightSummary only() {
    rig.rest();
    assertThat(rig.nights(ANNA)).hasSize(1);
    return rig.nights(ANNA).values().iterator().next();
  }

  private static CheckIn checkIn(
      String id, String time, @Nullable Integer pain, @Nullable Integer stiffness) {
    return new CheckIn(id, at(time), false, at(time), pain, stiffness, null, null, false, null);
  }

  @Test
  void aChestThatIsRaisedOnTheFrontIsToldWithItsAngleAndNeverAsAnArch() {
    rig.upload(
        ANNA,
        pitched(CHEST, "2 23:00", "2 23:15", PRONE, 40, true),
        pitched(CHEST, "2 23:15", "3 1:00", SUPINE, 30, false),
        pitched(CHEST, "3 1:00", "3 1:20", PRONE, 26, false),
        pitched(CHEST, "3 1:20", "3 1:30", THREE_QUARTER_PRONE, 30, false),
        pitched(CHEST, "3 1:30", "3 3:00", PRONE, 4, false),
        pitched(CHEST, "3 3:00", "3 3:09", PRONE, 33, false),
        pitched(CHEST, "3 3:09", "3 7:00", LEFT, 2, false),
        stand("3 7:00", "3 7:30"));
    NightSummary night = only();
    assertThat(night.raisedChest()).isEqualTo(new NightSummary.RaisedChest(30, 26.0, 15));
    assertThat(night.archedMinutes()).isNull();
    assertThat(night.possiblyArchedMinutes()).isNull();
  }

  /** Null is what a device says that names nothing but the angle. */
  @ParameterizedTest
  @CsvSource({"0.7, 60, ", "0.3, , 60", ", , 60"})
  void anArchOfOneSensorIsOnlyPossible(
      @Nullable Double confidence, @Nullable Double measured, @Nullable Double possible) {
    rig.upload(
        ANNA,
        lie("2 23:00", "3 1:00", SUPINE, null, null, false),
        lie("3 1:00", "3 2:00", PRONE, 14.0, confidence, false),
        lie("3 2:00", "3 7:00", SUPINE, null, null, false));
    assertThat(only().archedMinutes()).isEqualTo(measured);
    assertThat(only().possiblyArchedMinutes()).isEqualTo(possible);
    assertThat(only().archDegrees()).isEqualTo(14);
  }

  @Test
  void aLowerBackSaysNothingOfTheChest() {
    Stamp lowerBack = Rig.stamp("d_back", Placement.LOWER_BACK);
    rig.upload(ANNA, pitched(lowerBack, "2 23:00", "3 7:00", PRONE, 20, false));
    assertThat(only().raisedChest()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"chest", "back", "mixed"})
  void aChestStaysRaisedWhateverALowerBackTells(String first) {
    Stamp lowerBack = Rig.stamp("d_back", Placement.LOWER_BACK);
    List<PostureObservation> chest =
        List.of(
            pitched(CHEST, "2 23:00", "3 1:00", SUPINE, 4, false),
            pitched(CHEST, "3 1:00", "3 1:42", PRONE, 20, false),
            pitched(CHEST, "3 1:42", "3 7:00", LEFT, 6, false));
    List<PostureObservation> back =
        List.of(
            pitched(lowerBack, "2 22:50", "3 1:10", SUPINE, 2, false),
            pitched(lowerBack, "3 1:10", "3 1:40", PRONE, 1, true),
            pitched(lowerBack, "3 1:40", "3 7:00", SUPINE, 2, false));
    for (int i = 0; i < chest.size(); i++) {
      if (first.equals("mixed")) {
        rig.upload(ANNA, chest.get(i), back.get(back.size() - 1 - i));
      }
    }
    for (List<PostureObservation> one :
        first.equals("back") ? List.of(back, chest) : List.of(chest, back)) {
      rig.upload(ANNA, one.toArray(PostureObservation[]::new));
      rig.rest();
    }
    NightSummary night = only();
    assertThat(night.raisedChest()).isEqualTo(new NightSummary.RaisedChest(42, 20.0, 0));
    assertThat(night.headUpDegrees()).isEqualTo(6);
    assertThat(night.archedMinutes()).isNull();
    assertThat(night.inBedFrom()).isEqualTo(at("2 22:50"));
  }

  @Test
  void aChestThatTheWearerTookBackIsNotRaised() {
    Stamp lowerBack = Rig.stamp("d_back", Placement.LOWER_BACK);
    rig.upload(
        ANNA,
        pitched(CHEST, "3 1:00", "3 3:00", PRONE, 20, false),
        pitched(lowerBack, "2 23:00", "3 7:00", PRONE, 1, false));
    rig.tell(
        ANNA,
        new Correction(
            "s_forget", at("4 10:00"), false, at("3 1:00"), at("3 2:00"), Correction.Was.FORGET));
    rig.rest();
    NightSummary night = rig.nights(ANNA).get(TUESDAY);
    assertThat(night.raisedChest()).isEqualTo(new NightSummary.RaisedChest(60, 20.0, 0));
  }

  private static PostureObservation pitched(
      Stamp stamp, String from, String to, SleepPosition position, double headUp, boolean awake) {
    return new PostureObservation(
        stamp,
        Posture.LYING,
        at(from),
        at(to),
        false,
        PostureObservation.Origin.CLASSIFIED,
        PostureObservation.Grade.FINAL,
        position,
        headUp,
        null,
        Map.of(),
        null,
        awake);
  }

  private static PostureObservation stand(String from, String to) {
    return PostureObservation.span(CHEST, STANDING, at(from), at(to));
  }

  private static PostureObservation sit(String from, String to) {
    return PostureObservation.span(CHEST, SITTING, at(from), at(to));
  }

  private static PostureObservation arched(
      String from, String to, double degrees, double confidence, boolean awake) {
    return lie(from, to, PRONE, degrees, confidence, awake);
  }

  private static PostureObservation lie(String from, String to, SleepPosition position) {
    return lie(from, to, position, null, null, null);
  }

  private static PostureObservation lie(
      String from,
      String to,
      SleepPosition position,
      @Nullable Double arch,
      @Nullable Double confidence,
      @Nullable Boolean awake) {
    return new PostureObservation(
        CHEST,
        Posture.LYING,
        at(from),
        at(to),
        false,
        PostureObservation.Origin.REPORTED,
        PostureObservation.Grade.FINAL,
        position,
        null,
        arch,
        Map.of(),
        confidence,
        awake);
  }

  /** For example {@code 3 7:05}. */
  private static Instant at(String dayAndTime) {
    String[] parts = dayAndTime.split(" ", 2);
    String[] time = parts[1].split(":", 3);
    return LocalDateTime.of(
            2026,
            3,
            Integer.parseInt(parts[0]),
            Integer.parseInt(time[0]),
            Integer.parseInt(time[1]),
            time.length > 2 ? Integer.parseInt(time[2]) : 0)
        .atZone(Rig.ZONE)
        .toInstant();
  }
}
