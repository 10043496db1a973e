package io.lumbar.analytics.trunk;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.analytics.Rig;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.Correction;
import io.lumbar.model.DaySummary;
import io.lumbar.model.DetectionSettings;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bends from raw motion to episodes and the day, through the whole topology. */
class BendTimelineTest {
  private static final Stamp CHEST = Rig.stamp("d_chest", Placement.CHEST);
  private static final Stamp WAIST = Rig.stamp("d_waist", Placement.WAIST);

  /** Forward by 40 degrees. */
  private static final Direction LEANING = new Direction(0.766, 0, -0.643);

  /** A thigh on a chair. */
  private static final Direction RAISED = new Direction(0.1, 0, -1);

  @TempDir Path stateDir;

  @Test
  void deepAndSustainedBendsAreEpisodesAndTheDayCountsThemAll() throws IOException {
    try (Rig rig = rig("one")) {
      Body body = new Body(at("9:58").toEpochMilli(), 25, 1).hold(Body.UPRIGHT, 60);
      body.bend(50, 3).hold(Body.UPRIGHT, 50).bend(75, 4).hold(Body.UPRIGHT, 20);
      body.bend(100, 4).hold(Body.UPRIGHT, 20).hold(LEANING, 240).hold(Body.UPRIGHT, 60);
      body.batches(CHEST, 300, 1).forEach(batch -> rig.upload(ANNA, batch));
      rig.clockTo("12:30");
      assertThat(rig.episodePicture(ANNA))
          .isEqualTo(
              """
              deep-bend 09:59:53-09:59:56 level 75 ended by upright
              deep-bend 10:00:17-10:00:20 level 98 ended by upright
              sustained-bend 10:00:41-10:04:41 level 4 ended by upright""");
      assertThat(rig.episodes(ANNA)).noneMatch(Episode::open);
      DaySummary.Bending bending = bending(rig);
      assertThat(bending.bends()).isEqualTo(4);
      assertThat(bending.of45()).isEqualTo(3);
      assertThat(bending.of60()).isEqualTo(2);
      assertThat(bending.of90()).isEqualTo(1);
      assertThat(bending.sustained()).isEqualTo(1);
      assertThat(bending.styles()).isEqualTo(Map.of("unknown", 4));
      assertThat(bending.forwardMinutes().of30()).isCloseTo(4.1, within(0.1));
      assertThat(bending.forwardMinutes().of60()).isCloseTo(0.07, within(0.03));
    }
  }

  /** Times that ISO 11226 has, in seconds: 231, 204 and 182. */
  @ParameterizedTest
  @CsvSource({"22, 231", "28, 204", "33, 182"})
  void aTrunkHeldForwardFrom20DegreesOnIsASustainedBendBeyondItsTime(int degrees, int seconds)
      throws IOException {
    Direction leaning = forward(degrees);
    try (Rig rig = rig("held")) {
      Body body = new Body(at("9:58").toEpochMilli(), 25, 1).hold(Body.UPRIGHT, 60);
      body.hold(leaning, seconds - 5).hold(Body.UPRIGHT, 60);
      body.hold(leaning, seconds + 5).hold(Body.UPRIGHT, 60);
      body.batches(CHEST, 300, 1).forEach(batch -> rig.upload(ANNA, batch));
      rig.clockTo("12:30");
      rig.rest();
      assertThat(rig.episodes(ANNA))
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.kind()).isEqualTo(EpisodeKind.SUSTAINED_BEND);
                assertThat(one.evidence().seconds()).isCloseTo(seconds + 5, within(2.0));
              });
      assertThat(bending(rig).sustained()).isEqualTo(1);
      assertThat(bending(rig).bends()).isZero();
      assertThat(bending(rig).styles()).isEmpty();
    }
  }

  /** At the sink, with a reach into the cupboard below. */
  @Test
  void aBendInATimeHeldForwardCountsAndEndsNothing() throws IOException {
    try (Rig rig = rig("reach")) {
      Body body = new Body(at("9:58").toEpochMilli(), 25, 1).hold(Body.UPRIGHT, 60);
      body.hold(forward(25), 150).hold(forward(65), 5).hold(forward(25), 150);
      body.hold(Body.UPRIGHT, 60).hold(forward(18), 400).hold(Body.UPRIGHT, 60);
      body.batches(CHEST, 300, 1).forEach(batch -> rig.upload(ANNA, batch));
      rig.clockTo("12:30");
      assertThat(rig.episodePicture(ANNA))
          .contains("deep-bend 10:01:")
          .contains("sustained-bend 09:59:00-10:04:0");
      assertThat(rig.episodes(ANNA)).hasSize(2);
      assertThat(bending(rig).bends()).isEqualTo(1);
      assertThat(bending(rig).sustained()).isEqualTo(1);
    }
  }

  /** A thigh that is raised for most of it is that of somebody who sits. */
  @Test
  void leaningForwardOnAChairIsNoSustainedBendForWhoWearsAThighSensor() throws IOException {
    try (Rig rig = rig("chair")) {
      long start = at("9:40").toEpochMilli();
      Body chest = new Body(start, 25, 1).hold(Body.UPRIGHT, 20).walk(120).hold(Body.UPRIGHT, 10);
      Body thigh = new Body(start, 25, 2).hold(Body.UPRIGHT, 20).walk(120).hold(Body.UPRIGHT, 10);
      chest.hold(forward(17), 10).hold(forward(25), 400).hold(Body.UPRIGHT, 30).walk(90);
      thigh.hold(RAISED, 440).walk(90);
      chest.hold(forward(25), 400).hold(Body.UPRIGHT, 60);
      thigh.hold(Body.UPRIGHT, 460);
      chest.batches(CHEST, 300, 1).forEach(batch -> rig.upload(ANNA, batch));
      thigh.batches(Rig.THIGH, 300, 1).forEach(batch -> rig.upload(ANNA, batch));
      rig.clockTo("12:30");
      rig.rest();
      assertThat(
              rig.episodes(ANNA).stream()
                  .filter(one -> one.kind() == EpisodeKind.SUSTAINED_BEND)
                  .toList())
          .singleElement()
          .matches(one -> one.from().isAfter(at("9:50")));
    }
  }

  private static Direction forward(double degrees) {
    double angle = Math.toRadians(degrees);
    return new Direction(Math.cos(angle), 0, -Math.sin(angle));
  }

  @Test
  void whatCountsAsDeepOrHeldLongIsTheWearersSetting() throws IOException {
    try (Rig rig = rig("settings")) {
      rig.set(
          new Wearer(
              ANNA,
              "Anna",
              "hash",
              List.of(new Wearer.ZoneFrom(Rig.ZONE, Instant.EPOCH)),
              WearerSettings.defaults()
                  .withDetection(new DetectionSettings(60, 10, 10, 20, 50, 90, 50))));
      Body body = new Body(at("9:58").toEpochMilli(), 25, 1).hold(Body.UPRIGHT, 60);
      body.bend(75, 4).hold(Body.UPRIGHT, 20).bend(100, 4).hold(Body.UPRIGHT, 20);
      body.hold(LEANING, 100).hold(Body.UPRIGHT, 60);
      body.batches(CHEST, 300, 1).forEach(batch -> rig.upload(ANNA, batch));
      rig.clockTo("12:30");
      assertThat(rig.episodePicture(ANNA))
          .isEqualTo(
              """
              deep-bend 09:59:24-09:59:27 level 99 ended by upright
              sustained-bend 09:59:48-10:01:28 level 1 ended by upright""");
      DaySummary.Bending bending = bending(rig);
      assertThat(bending.of60()).isEqualTo(2);
      assertThat(bending.sustained()).isZero();
    }
  }

  @Test
  void limitsJudgeTheBendsSinceThoughTheyAreReadLast() throws IOException {
    try (Rig rig = rig("limits-last")) {
      Wearer before =
          new Wearer(
              ANNA,
              "Anna",
              "hash",
              List.of(new Wearer.ZoneFrom(Rig.ZONE, Instant.EPOCH)),
              WearerSettings.defaults());
      rig.set(before);
      Body body = new Body(at("9:58").toEpochMilli(), 25, 1).hold(Body.UPRIGHT, 60);
      body.bend(75, 4).hold(Body.UPRIGHT, 60).bend(75, 4).hold(Body.UPRIGHT, 60);
      body.batches(CHEST, 300, 1).forEach(batch -> rig.upload(ANNA, batch));
      String told = rig.episodePicture(ANNA);
      assertThat(told).contains("\n");
      WearerSettings deeper =
          WearerSettings.defaults()
              .withDetection(new DetectionSettings(60, 10, 10, 20, 50, 90, 50));
      rig.setAppended(at("9:59:30"), before.withSettings(deeper, at("9:59:30")));
      rig.rest();
      assertThat(rig.episodePicture(ANNA)).isEqualTo(told.lines().findFirst().orElseThrow());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofWhoTravelsTheLastBendsTellTheZoneOfTheDayWhicheverCameFirst(boolean inOrder)
      throws IOException {
    ZoneId there = ZoneId.of("Asia/Tokyo");
    try (Rig rig = new Rig(at("15:00"), Files.createDirectories(stateDir.resolve("travels")))) {
      rig.set(
          new Wearer(
              ANNA,
              "Anna",
              "hash",
              List.of(
                  new Wearer.ZoneFrom(Rig.ZONE, Instant.EPOCH),
                  new Wearer.ZoneFrom(there, at("12:00"))),
              WearerSettings.defaults()));
      for (boolean home : inOrder ? List.of(true, false) : List.of(false, true)) {
        Stamp stamp = new Stamp(CHEST.device(), CHEST.placement(), home ? Rig.ZONE : there);
        Instant start = home ? at("9:00") : at("13:00");
        Body body = new Body(start.toEpochMilli(), 25, 1).hold(Body.UPRIGHT, 60);
        body.bend(80, 4).hold(Body.UPRIGHT, 180);
        body.batches(stamp, 600, 1).forEach(batch -> rig.upload(ANNA, batch));
        rig.rest();
      }
      assertThat(rig.days(ANNA).get(Rig.DAY).zone()).isEqualTo(there);
    }
  }

  @Test
  void aForgottenBendIsTakenBackAndStaysOutWhenItsMotionComesLater() throws IOException {
    Body body = new Body(at("9:58").toEpochMilli(), 25, 1).hold(Body.UPRIGHT, 60);
    body.bend(75, 4).hold(Body.UPRIGHT, 900).bend(80, 4).hold(Body.UPRIGHT, 60);
    List<MotionBatch> batches = body.batches(CHEST, 300, 1);
    byte[] forget =
        Json.bytes(
            new Correction(
                "s_forget", at("12:00"), false, at("10:10"), at("10:20"), Correction.Was.FORGET));
    String after;
    try (Rig rig = rig("motion-first")) {
      batches.forEach(batch -> rig.upload(ANNA, batch));
      rig.clockTo("12:30");
      assertThat(rig.episodes(ANNA)).hasSize(2);
      rig.uploadBytes(Topic.CHECKINS, ANNA.value(), forget);
      rig.clockTo("12:31");
      assertThat(rig.episodes(ANNA)).singleElement();
      assertThat(bending(rig).bends()).isEqualTo(1);
      after = rig.episodePicture(ANNA);
    }
    try (Rig rig = rig("forget-first")) {
      rig.uploadBytes(Topic.CHECKINS, ANNA.value(), forget);
      batches.forEach(batch -> rig.upload(ANNA, batch));
      rig.clockTo("12:30");
      assertThat(rig.episodePicture(ANNA)).isEqualTo(after);
      assertThat(bending(rig).bends()).isEqualTo(1);
    }
  }

  @Test
  void twoSensorsFeelOneBend() throws IOException {
    try (Rig rig = rig("two")) {
      for (Stamp stamp : List.of(WAIST, CHEST)) {
        Body body = new Body(at("10:00").toEpochMilli(), 25, 1).hold(Body.UPRIGHT, 60);
        body.bend(75, 4).hold(Body.UPRIGHT, 120);
        body.batches(stamp, 300, 1).forEach(batch -> rig.upload(ANNA, batch));
      }
      rig.clockTo("12:30");
      assertThat(rig.episodes(ANNA)).singleElement();
      assertThat(rig.episodes(ANNA).get(0).evidence().source()).isEqualTo(Placement.CHEST);
      assertThat(bending(rig).bends()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofWholeWeeksOneAfterTheOtherTheSensorNearerToTheBreastBoneIsBelieved(boolean chestFirst)
      throws IOException {
    try (Rig rig = rig("weeks")) {
      for (Stamp stamp : chestFirst ? List.of(CHEST, WAIST) : List.of(WAIST, CHEST)) {
        for (int day = 5; day > 0; day--) {
          Instant start = at("9:00").minus(Duration.ofDays(day));
          Body body = new Body(start.toEpochMilli(), 25, 1).hold(Body.UPRIGHT, 60);
          body.bend(stamp.equals(CHEST) ? 80 : 0, 4).hold(Body.UPRIGHT, 180);
          body.batches(stamp, 600, 1).forEach(batch -> rig.upload(ANNA, batch));
        }
      }
      rig.clockTo("12:30");
      assertThat(rig.episodes(ANNA)).hasSize(5);
      for (int day = 5; day > 0; day--) {
        assertThat(rig.days(ANNA).get(Rig.DAY.minusDays(day)).bending().of60()).isEqualTo(1);
      }
    }
  }

  @Test
  void lateMotionOfOneSensorLeavesWhatAnotherToldOfTheRestOfTenMinutes() throws IOException {
    try (Rig rig = rig("rest")) {
      long start = at("9:00").minus(Duration.ofDays(5)).toEpochMilli();
      Body chest = new Body(start, 25, 1).hold(Body.UPRIGHT, 60);
      chest.bend(80, 4).hold(Body.UPRIGHT, 150);
      List<MotionBatch> batches = chest.batches(CHEST, 600, 1);
      List<MotionBatch> late = batches.subList(batches.size() - 2, batches.size());
      batches.subList(0, batches.size() - 2).forEach(batch -> rig.upload(ANNA, batch));
      for (int day = 5; day > 0; day--) {
        long morning = at("9:00").minus(Duration.ofDays(day)).toEpochMilli();
        Body waist = new Body(morning, 25, 1).hold(Body.UPRIGHT, 400);
        waist.bend(80, 4).hold(Body.UPRIGHT, 180);
        waist.batches(WAIST, 600, 1).forEach(batch -> rig.upload(ANNA, batch));
      }
      rig.clockTo("12:30");
      assertThat(rig.days(ANNA).get(Rig.DAY.minusDays(5)).bending().of60()).isEqualTo(2);
      late.forEach(batch -> rig.upload(ANNA, batch));
      rig.clockTo("12:40");
      assertThat(rig.days(ANNA).get(Rig.DAY.minusDays(5)).bending().of60()).isEqualTo(2);
      assertThat(rig.episodes(ANNA)).hasSize(6);
    }
  }

  @Test
  void aSensorThatCannotTellYetTakesNothingBackThatAnotherTold() throws IOException {
    Stamp turned = Rig.stamp("d_back", Placement.LOWER_BACK);
    TrunkAxes across = TrunkAxes.of(new Direction(0, 0, 1), new Direction(1, 0, 0));
    try (Rig rig = rig("cannot-tell")) {
      for (int day = 5; day > 0; day--) {
        Instant start = at("9:00").minus(Duration.ofDays(day));
        Body body = new Body(start.toEpochMilli(), 25, 1).hold(Body.UPRIGHT, 60);
        body.bend(80, 4).hold(Body.UPRIGHT, 180);
        body.batches(WAIST, 600, 1).forEach(batch -> rig.upload(ANNA, batch));
      }
      Instant first = at("9:00").minus(Duration.ofDays(5));
      Body walks = new Body(first.toEpochMilli(), 25, 1).mounted(across).walk(240);
      walks.batches(turned, 600, 1).forEach(batch -> rig.upload(ANNA, batch));
      rig.clockTo("12:30");
      assertThat(rig.episodes(ANNA)).hasSize(5);
    }
  }

  /** Stands, walks, stoops, squats, sits down, leans at the desk, and stands up. */
  private static Map<Stamp, Body> movesWithLegs() {
    long start = at("9:55").toEpochMilli();
    Body chest = new Body(start, 25, 1).hold(Body.UPRIGHT, 20).walk(120).hold(Body.UPRIGHT, 10);
    Body thigh = new Body(start, 25, 2).hold(Body.UPRIGHT, 20).walk(120).hold(Body.UPRIGHT, 10);
    chest.bend(80, 4).hold(Body.UPRIGHT, 10);
    thigh.hold(Body.UPRIGHT, 14);
    chest.bend(70, 4).hold(Body.UPRIGHT, 10);
    thigh.hold(Body.UPRIGHT, 1).hold(RAISED, 2).hold(Body.UPRIGHT, 11);
    chest.bend(50, 2).hold(Body.UPRIGHT, 60).bend(45, 4).hold(Body.UPRIGHT, 60);
    thigh.hold(Body.UPRIGHT, 1).hold(RAISED, 125);
    chest.bend(50, 2).hold(Body.UPRIGHT, 60).walk(90);
    thigh.hold(RAISED, 1).hold(Body.UPRIGHT, 61).walk(90);
    return Map.of(CHEST, chest, Rig.THIGH, thigh);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theThighTellsHowAndWhetherOneBendsWhicheverComesFirst(boolean thighFirst)
      throws IOException {
    Map<Stamp, Body> bodies = movesWithLegs();
    List<Stamp> order = thighFirst ? List.of(Rig.THIGH, CHEST) : List.of(CHEST, Rig.THIGH);
    try (Rig rig = rig("legs")) {
      for (Stamp stamp : order) {
        bodies.get(stamp).batches(stamp, 300, 1).forEach(batch -> rig.upload(ANNA, batch));
      }
      rig.clockTo("12:30");
      assertThat(bending(rig).styles()).isEqualTo(Map.of("stoop", 1, "squat", 1));
      assertThat(rig.episodes(ANNA)).hasSize(2);
    }
  }

  @Test
  void chestAndThighInAnyOrderGiveTheSame() throws IOException {
    List<String> results = new ArrayList<>();
    for (long seed = 0; seed < 4; seed++) {
      List<MotionBatch> batches = new ArrayList<>();
      for (Map.Entry<Stamp, Body> one : movesWithLegs().entrySet()) {
        batches.addAll(one.getValue().batches(one.getKey(), 400, seed));
      }
      Collections.shuffle(batches, new Random(seed));
      try (Rig rig = rig("legs" + seed)) {
        batches.forEach(batch -> rig.upload(ANNA, batch));
        results.add(everything(rig));
      }
    }
    assertThat(results).allMatch(one -> one.equals(results.get(0)));
  }

  @Test
  void lyingOnTheFrontIsNoBend() throws IOException {
    try (Rig rig = rig("front")) {
      Body body = new Body(at("10:00").toEpochMilli(), 25, 1).hold(Body.UPRIGHT, 60);
      body.hold(LEANING, 1).hold(Body.PRONE, 900).hold(LEANING, 1).hold(Body.UPRIGHT, 120);
      body.batches(CHEST, 300, 1).forEach(batch -> rig.upload(ANNA, batch));
      rig.clockTo("12:30");
      assertThat(rig.episodes(ANNA)).isEmpty();
      DaySummary.Bending bending = rig.days(ANNA).get(Rig.DAY).bending();
      assertThat(bending == null ? 0 : bending.bends()).isZero();
    }
  }

  @Test
  void aBendOverMidnightCountsWhereItBegins() throws IOException {
    try (Rig rig = rig("midnight")) {
      Body body = new Body(at("23:57").toEpochMilli(), 25, 1).hold(Body.UPRIGHT, 60);
      body.hold(LEANING, 240).hold(Body.UPRIGHT, 60);
      body.batches(CHEST, 300, 1).forEach(batch -> rig.upload(ANNA, batch));
      rig.clockTo(at("23:00").plusSeconds(7200));
      Map<LocalDate, DaySummary> days = rig.days(ANNA);
      assertThat(days.get(Rig.DAY).bending().sustained()).isEqualTo(1);
      assertThat(days.get(Rig.DAY).bending().forwardMinutes().of30()).isCloseTo(2, within(0.05));
      assertThat(days.get(Rig.DAY.plusDays(1)).bending().bends()).isZero();
      assertThat(days.get(Rig.DAY.plusDays(1)).bending().forwardMinutes().of30())
          .isCloseTo(2, within(0.05));
    }
  }

  @Test
  void aDayWithoutABendHasNoneAndOneThatWasHardlyMeasuredIsNotKnown() throws IOException {
    try (Rig rig = rig("quiet")) {
      quiet("5:00", 20).batches(CHEST, 3600, 1).forEach(batch -> rig.upload(ANNA, batch));
      rig.clockTo("12:30");
      assertThat(rig.days(ANNA)).isEmpty();
      quiet("10:00", 6).batches(CHEST, 3600, 1).forEach(batch -> rig.upload(ANNA, batch));
      rig.clockTo("12:40");
      assertThat(bending(rig).bends()).isZero();
      assertThat(bending(rig).measuredMinutes()).isCloseTo(390, within(2.0));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyOrderRepetitionAndSplitGivesTheSame(long seed) throws IOException {
    String inOrder;
    try (Rig rig = rig("ordered")) {
      busy(CHEST, seed).batches(CHEST, 600, 0).forEach(batch -> rig.upload(ANNA, batch));
      busy(WAIST, seed).batches(WAIST, 600, 0).forEach(batch -> rig.upload(ANNA, batch));
      inOrder = everything(rig);
    }
    assertThat(inOrder).contains("deep-bend").contains("sustained-bend");
    List<MotionBatch> shuffled = new ArrayList<>(busy(CHEST, seed).batches(CHEST, 200, seed));
    shuffled.addAll(busy(WAIST, seed).batches(WAIST, 400, seed));
    shuffled.addAll(shuffled.subList(0, shuffled.size() / 3));
    Collections.shuffle(shuffled, new Random(seed));
    try (Rig rig = rig("shuffled")) {
      shuffled.forEach(batch -> rig.upload(ANNA, batch));
      assertThat(everything(rig)).isEqualTo(inOrder);
    }
  }

  /** Quarters of an hour upright, each with a minute of walking. */
  private static Body quiet(String from, int quarters) {
    Body body = new Body(at(from).toEpochMilli(), 10, 1);
    for (int i = 0; i < quarters; i++) {
      body.hold(Body.UPRIGHT, 14 * 60).walk(60);
    }
    return body;
  }

  /** An hour of work with gaps, felt by sensors that stop at different times. */
  private static Body busy(Stamp stamp, long seed) {
    Random random = new Random(seed);
    Body body = new Body(at("9:30").toEpochMilli(), 10, seed).walk(90);
    for (int i = 0; i < 25; i++) {
      switch (random.nextInt(4)) {
        case 0 -> body.hold(LEANING, 100 + random.nextInt(700));
        case 1 -> body.hold(Body.SUPINE, random.nextInt(100));
        case 2 -> body.silence(random.nextInt(stamp == CHEST ? 400 : 40));
        default -> body.bend(40 + random.nextInt(70), 1 + 4 * random.nextDouble());
      }
      body.hold(Body.UPRIGHT, 5 + random.nextInt(60));
    }
    return body.walk(100);
  }

  private static String everything(Rig rig) {
    rig.clockTo("19:00");
    rig.clockTo("19:10");
    return rig.episodePicture(ANNA) + "\n" + rig.days(ANNA).get(Rig.DAY).bending();
  }

  private static DaySummary.Bending bending(Rig rig) {
    DaySummary.Bending bending = rig.days(ANNA).get(Rig.DAY).bending();
    assertThat(bending).isNotNull();
    return bending;
  }

  private Rig rig(String name) throws IOException {
    return new Rig(at("12:00"), Files.createDirectories(stateDir.resolve(name)));
  }
}
