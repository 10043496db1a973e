package io.lumbar.analytics.trunk;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.DAY;
import static io.lumbar.analytics.Rig.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.analytics.Rig;
import io.lumbar.analytics.stream.PosturesJudged;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.Calibration;
import io.lumbar.model.CalibrationResult;
import io.lumbar.model.Json;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Stamp;
import io.lumbar.model.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a wearer says about poses, with what the sensor felt during them. */
class CalibrationTest {
  private static final Stamp CHEST = Rig.stamp("d_chest", Placement.CHEST);
  private static final Stamp BACK = Rig.stamp("d_back", Placement.LOWER_BACK);
  private static final Instant BED = at("21:00");

  /** A sensor fixed to the body head down and inside out. */
  private static final TrunkAxes TURNED =
      TrunkAxes.of(new Direction(-0.9, 0.3, 0.3).unit(), new Direction(0.3, 0, -1).unit());

  @TempDir Path stateDir;

  private final Map<String, PosturesJudged> told = new TreeMap<>();
  private KeyValueStore<String, byte[]> store;
  private TrunkSensors sensors = sensors();

  @Test
  void fivePosesInBedTellHowASensorIsTurnedAndWhatIsFlat() {
    take(night(CHEST, 8));
    assertThat(last(CHEST).position()).isNotEqualTo(SleepPosition.PRONE);
    CalibrationResult result = say(bed(CHEST));
    assertThat(result.bed().accepted()).isTrue();
    assertThat(result.bed().flatDegrees()).isCloseTo(8, within(1.0));
    assertThat(result.bed().judged().get(Calibration.Pose.FRONT_PROPPED))
        .containsOnlyKeys(SleepPosition.PRONE);
    assertThat(positions()).contains(SleepPosition.PRONE, SleepPosition.LEFT, SleepPosition.SUPINE);
    PostureObservation last = last(CHEST);
    assertThat(last.position()).isEqualTo(SleepPosition.PRONE);
    assertThat(last.headUpDegrees()).isCloseTo(20, within(1.0));
  }

  @Test
  void whatIsRevokedCountsNoMore() {
    take(night(CHEST, 8));
    String before = everything();
    List<Calibration> poses = bed(CHEST);
    say(poses);
    assertThat(everything()).isNotEqualTo(before);
    for (Calibration pose : poses) {
      say(List.of(revoked(pose)));
    }
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void posesThatAreMissingOrLookTheSameAreRefusedInASentence() {
    take(night(CHEST, 8));
    List<Calibration> poses = bed(CHEST);
    assertThat(say(poses.subList(0, 2)).bed().refused())
        .isEqualTo("still to come: right, front-flat, front-propped");
    List<Calibration> never = new ArrayList<>();
    for (Calibration pose : poses) {
      never.add(pose(CHEST, pose.pose(), pose.from().plusSeconds(600), pose.to().plusSeconds(600)));
    }
    assertThat(say(never).bed().refused()).contains("look the same");
    say(never.stream().map(CalibrationTest::revoked).toList());
    assertThat(say(poses).bedLearned()).isEqualTo(BED.plusSeconds(1));
    Instant later = BED.plusSeconds(5_400);
    CalibrationResult again =
        say(List.of(pose(CHEST, Calibration.Pose.BACK, later, later.plusSeconds(20))));
    assertThat(again.bed().refused()).startsWith("still to come");
    assertThat(again.bedLearned()).as("still in use").isEqualTo(BED.plusSeconds(1));
  }

  @Test
  void walksWithASensorPutOnAnotherWayCountMoreThanAnOlderPose() {
    TrunkAxes upsideDown = TrunkAxes.of(new Direction(-1, 0, 0), new Direction(0, 0, 1));
    Body body = new Body(BED.toEpochMilli(), 10, 1).hold(Body.UPRIGHT, 60).walk(540);
    body.mounted(upsideDown).walk(300).hold(Body.UPRIGHT, 300).hold(Body.LEFT, 900);
    take(body.batches(CHEST, 500, 1));
    Calibration pose =
        pose(CHEST, Calibration.Pose.STANDING, BED.plusSeconds(5), BED.plusSeconds(15));
    sensors.add(pose, 0);
    assertThat(last(CHEST).position()).isEqualTo(SleepPosition.LEFT);
  }

  @Test
  void walksFromBeforeAPoseSayNothingAgainstIt() {
    TrunkAxes upsideDown = TrunkAxes.of(new Direction(-1, 0, 0), new Direction(0, 0, 1));
    Body body = new Body(BED.toEpochMilli(), 10, 1).walk(600).mounted(upsideDown);
    body.hold(Body.UPRIGHT, 60).walk(60).hold(Body.UPRIGHT, 480).hold(Body.LEFT, 900);
    take(body.batches(CHEST, 500, 1));
    say(List.of(standing(CHEST, BED.plusSeconds(620))));
    assertThat(last(CHEST).position()).isEqualTo(SleepPosition.LEFT);
  }

  @Test
  void aDayAfterAPoseTheWalksSinceThenAreBelieved() {
    TrunkAxes tilted = tilted(30);
    Body first = new Body(BED.toEpochMilli(), 10, 1).hold(Body.UPRIGHT, 60);
    takeAll(first.batches(CHEST, 500, 1));
    sensors.add(standing(CHEST, BED.plusSeconds(5)), 0);
    Body next = new Body(BED.plusSeconds(26 * 3600).toEpochMilli(), 10, 2).mounted(tilted);
    next.walk(1200).hold(Body.UPRIGHT, 600).bend(45, 4).hold(Body.UPRIGHT, 60);
    Map<Instant, List<Bend>> all = new TreeMap<>();
    for (MotionBatch batch : next.batches(CHEST, 500, 1)) {
      sensors
          .add(batch, Long.MIN_VALUE)
          .bends()
          .forEach(one -> all.put(Instant.ofEpochMilli(one.block()), one.bends()));
    }
    assertThat(all.values().stream().flatMap(List::stream))
        .singleElement()
        .satisfies(bend -> assertThat(bend.peakDegrees()).isCloseTo(45, within(3.0)));
  }

  @Test
  void aBedCountsAgainstWalksFromBeforeIt() {
    Body day = new Body(BED.minusSeconds(4 * 3600).toEpochMilli(), 10, 4);
    take(day.walk(300).hold(Body.UPRIGHT, 60).batches(CHEST, 500, 4));
    take(night(CHEST, 8));
    CalibrationResult result = say(bed(CHEST));
    assertThat(result.bed().warnings()).noneMatch(one -> one.startsWith("not used"));
    assertThat(last(CHEST).position()).isEqualTo(SleepPosition.PRONE);
    assertThat(last(CHEST).headUpDegrees()).isCloseTo(20, within(1.0));
  }

  @Test
  void walksSinceABedShowThatTheSensorWasPutOnAnewAndTheResultSaysSo() {
    take(night(CHEST, 8));
    say(bed(CHEST));
    Body day = new Body(BED.plusSeconds(10 * 3600).toEpochMilli(), 10, 4);
    CalibrationResult told = null;
    for (MotionBatch batch : day.walk(300).hold(Body.LEFT, 900).batches(CHEST, 500, 4)) {
      TrunkSensors.Told news = sensors.add(batch, Long.MIN_VALUE);
      note(news);
      told = news.calibrations().stream().reduce(told, (a, b) -> b);
    }
    assertThat(last(CHEST).position()).isEqualTo(SleepPosition.LEFT);
    assertThat(told.bed().accepted()).isTrue();
    assertThat(told.bed().warnings()).anyMatch(one -> one.startsWith("not used now"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  void aStandingToldInTheMorningCountsAgainstABedOfDaysBefore(long seed) {
    List<Object> all = new ArrayList<>(night(CHEST, 8));
    all.addAll(bed(CHEST));
    Instant night = BED.plusSeconds(2 * 86_400L);
    Instant morning = night.plusSeconds(7 * 3_600);
    Body asleep = new Body(night.toEpochMilli(), 10, 1).hold(Body.LEFT, 900);
    all.addAll(asleep.batches(CHEST, 400, 1));
    Body awake = new Body(morning.toEpochMilli(), 10, 2).hold(Body.UPRIGHT, 60);
    all.addAll(awake.batches(CHEST, 400, 1));
    all.add(standing(CHEST, morning.plusSeconds(20)));
    if (seed > 0) {
      Collections.shuffle(all, new Random(seed));
    }
    takeEach(all);
    assertThat(all().stream().filter(one -> !one.from().isBefore(night)))
        .extracting(PostureObservation::position)
        .contains(SleepPosition.LEFT)
        .containsOnly(SleepPosition.LEFT, null);
    assertThat(positions()).contains(SleepPosition.PRONE);
  }

  @Test
  void manyPosesOfAPhoneDoNotUndoABed() {
    take(night(CHEST, 8));
    say(bed(CHEST));
    String before = everything();
    Stamp phone = Rig.stamp("d_phone", Placement.TROUSER_POCKET);
    for (int i = 0; i < 70; i++) {
      say(List.of(standing(phone, BED.plusSeconds(86_400L + 600 * i))));
      say(List.of(standing(BACK, BED.plusSeconds(86_400L + 600 * i))));
    }
    assertThat(everything()).isEqualTo(before);
    sensors = new TrunkSensors(store, TrunkSensorsTest.store(), ANNA);
    told.clear();
    // Learns from all poses once more.
    say(List.of(standing(CHEST, BED.plusSeconds(7 * 3600))));
    Body night = new Body(BED.plusSeconds(8 * 3600).toEpochMilli(), 10, 2).mounted(TURNED);
    take(night.hold(front(28), 900).batches(CHEST, 500, 1));
    assertThat(last(CHEST).position()).isEqualTo(SleepPosition.PRONE);
    assertThat(last(CHEST).headUpDegrees()).isCloseTo(20, within(1.0));
  }

  @Test
  void aBedThatLostItsFirstPoseToNewerTriesKeepsWhatItTaught() {
    take(night(CHEST, 8));
    say(bed(CHEST));
    for (int day = 1; day < 8; day++) {
      take(
          new Body(BED.plusSeconds(86_400L * day).toEpochMilli(), 1, day)
              .hold(Body.LEFT, 90)
              .batches(CHEST, 100, 1));
    }
    CalibrationResult last = null;
    for (int i = 0; i < 30; i++) {
      Instant from = BED.plusSeconds(86_400L * 9 + 7_200L * i);
      Calibration.Pose back = Calibration.Pose.BACK;
      last = say(List.of(pose(CHEST, back, from, from.plusSeconds(20))));
    }
    assertThat(last).as("nothing was felt, and nothing changes").isNull();
    Body night = new Body(BED.plusSeconds(86_400L * 8).toEpochMilli(), 10, 2).mounted(TURNED);
    take(night.hold(front(28), 900).batches(CHEST, 500, 1));
    assertThat(last(CHEST).position()).isEqualTo(SleepPosition.PRONE);
    assertThat(last(CHEST).headUpDegrees()).isCloseTo(20, within(1.0));
  }

  @Test
  void aPoseOfABedThatIsTakenBackAfterItsDayWasClosedTakesTheBedWithIt() {
    take(night(CHEST, 8));
    List<Calibration> poses = bed(CHEST);
    say(poses);
    for (int day = 1; day < 8; day++) {
      take(
          new Body(BED.plusSeconds(86_400L * day).toEpochMilli(), 1, day)
              .hold(Body.LEFT, 90)
              .batches(CHEST, 100, 1));
    }
    CalibrationResult result = say(List.of(revoked(poses.get(0))));
    assertThat(result.bed()).isNull();
  }

  @Test
  void aPoseOfDropOutsIsNotLearntAndStopsNothing() {
    Body body = new Body(BED.toEpochMilli(), 10, 1).hold(Body.UPRIGHT, 600);
    List<Reading> readings = body.readings();
    for (int i = 100; i < 300; i++) {
      readings.set(i, new Reading(readings.get(i).at(), 0, 0, 0));
    }
    sensors.add(standing(CHEST, BED.plusSeconds(10)), 0);
    take(body.batches(CHEST, 500, 1));
    assertThat(sensors.add(standing(CHEST, BED.plusSeconds(11)), 0).calibrations()).isEmpty();
    assertThat(positions()).containsOnlyNulls();
  }

  @Test
  void aStandingOfDropOutsThatWasLearntOnceIsTakenBackInTheOpen() {
    TrunkAxes across = TrunkAxes.of(new Direction(0, 1, 0), new Direction(0, 0, 1));
    Body body = new Body(BED.toEpochMilli(), 10, 1).mounted(across).hold(Body.UPRIGHT, 60);
    List<MotionBatch> batches = body.hold(Body.LEFT, 900).batches(CHEST, 500, 1);
    take(batches);
    String withoutAny = everything();
    say(List.of(standing(CHEST, BED.plusSeconds(20))));
    assertThat(everything()).isNotEqualTo(withoutAny);
    String key = StoreKeys.sensor(ANNA, CHEST) + "|c";
    String stood = new String(store.get(key), StandardCharsets.UTF_8);
    String zeros = stood.replaceAll("\\{\"x\":[^}]*}", "{\"x\":0.0,\"y\":0.0,\"z\":0.0}");
    store.put(key, zeros.getBytes(StandardCharsets.UTF_8));
    sensors = new TrunkSensors(store, TrunkSensorsTest.store(), ANNA);

    TrunkSensors.Told news = sensors.add(batches.get(0), Long.MIN_VALUE);
    note(news);
    assertThat(news.calibrations())
        .singleElement()
        .extracting(CalibrationResult::standing)
        .isNull();
    assertThat(everything()).isEqualTo(withoutAny);
    assertThat(new String(store.get(key), StandardCharsets.UTF_8)).contains("\"standings\":{}");
    sensors = new TrunkSensors(store, TrunkSensorsTest.store(), ANNA);
    assertThat(sensors.add(batches.get(0), Long.MIN_VALUE).calibrations()).isEmpty();
  }

  @Test
  void anotherZoneKnowsTheBedAndDoesNotRefuseIt() {
    take(night(CHEST, 8));
    say(bed(CHEST));
    Stamp abroad = new Stamp(CHEST.device(), CHEST.placement(), ZoneId.of("Asia/Tokyo"));
    Body night = new Body(BED.plusSeconds(86_400).toEpochMilli(), 10, 5).mounted(TURNED);
    List<CalibrationResult> results = new ArrayList<>();
    for (MotionBatch batch : night.hold(front(28), 900).batches(abroad, 500, 1)) {
      TrunkSensors.Told news = sensors.add(batch, Long.MIN_VALUE);
      results.addAll(news.calibrations());
      note(news);
    }
    assertThat(results).isEmpty();
    assertThat(last(abroad).position()).isEqualTo(SleepPosition.PRONE);
    assertThat(last(abroad).headUpDegrees()).isCloseTo(20, within(1.0));
    assertThat(say(List.of(standing(CHEST, BED.plusSeconds(90_000))))).isNull();
  }

  @Test
  void aPoseThatIsFeltLateAbroadIsKnownAtHome() {
    Stamp abroad = new Stamp(CHEST.device(), CHEST.placement(), ZoneId.of("Asia/Tokyo"));
    Body home = new Body(BED.plusSeconds(9_000).toEpochMilli(), 10, 3).mounted(TURNED);
    List<Object> all = new ArrayList<>(home.hold(front(28), 900).batches(CHEST, 500, 1));
    night(abroad, 8).forEach(all::add);
    all.addAll(bed(CHEST));
    takeEach(all);
    String inOrder = everything();
    assertThat(last(CHEST).position()).isEqualTo(SleepPosition.PRONE);
    told.clear();
    sensors = sensors();
    Collections.shuffle(all, new Random(3));
    takeEach(all);
    assertThat(everything()).isEqualTo(inOrder);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 1, 4})
  void aTagTurnedAcrossIsCalibratedByStandingAndStaysSo(double hertz) {
    TrunkAxes across = TrunkAxes.of(new Direction(0, 1, 0), new Direction(0, 0, 1));
    Body first = new Body(BED.toEpochMilli(), hertz, 1).mounted(across).hold(Body.UPRIGHT, 60);
    take(first.batches(CHEST, 50, 1));
    Body later = new Body(BED.plusSeconds(40 * 3600).toEpochMilli(), hertz, 2).mounted(across);
    take(later.hold(Body.UPRIGHT, 600).hold(Body.LEFT, 1200).batches(CHEST, 50, 1));
    sensors
        .add(pose(CHEST, Calibration.Pose.STANDING, BED.plusSeconds(5), BED.plusSeconds(15)), 0)
        .postures()
        .forEach(judged -> told.put(judged.stamp() + " " + judged.from(), judged));
    assertThat(positions()).containsOnly(null, SleepPosition.LEFT);
  }

  @Test
  void aCalibratedLowerBackAloneMakesAnArchPossible() {
    take(night(BACK, 3));
    say(bed(BACK));
    PostureObservation prone = last(BACK);
    assertThat(prone.archDegrees()).isCloseTo(20, within(1.0));
    assertThat(prone.archConfidence()).isEqualTo(ArchMeter.LOWER_BACK_ALONE);
  }

  @Test
  void aChestSensorThatIsSilentDoesNotTakeTheWordFromALowerBack() {
    Body day = new Body(BED.minusSeconds(3 * 3600).toEpochMilli(), 10, 4);
    take(day.hold(Body.UPRIGHT, 600).batches(CHEST, 500, 4));
    take(night(BACK, 3));
    say(bed(BACK));
    assertThat(last(BACK).archDegrees()).isCloseTo(20, within(1.0));
    assertThat(last(BACK).archConfidence()).isEqualTo(ArchMeter.LOWER_BACK_ALONE);
  }

  @Test
  void theFlatOfTheOneSensorThatIsCalibratedIsNoArch() {
    take(night(CHEST, 12));
    Body back = new Body(BED.toEpochMilli(), 10, 4).hold(Body.UPRIGHT, 120);
    back.hold(Body.SUPINE, 3600).hold(front(18), 1800);
    take(back.batches(BACK, 400, 5));
    say(bed(CHEST));
    assertThat(last(CHEST).archDegrees()).isCloseTo(20 - 18, within(1.0));
    assertThat(last(CHEST).archConfidence()).isEqualTo(ArchMeter.ONE_CALIBRATED);
  }

  @Test
  void standingStillIsTheUprightThatBendsAreMeasuredFrom() {
    TrunkAxes leaning = TrunkAxes.of(new Direction(0.94, 0, 0.34).unit(), new Direction(0, 0, 1));
    Body body = new Body(BED.toEpochMilli(), 25, 1).mounted(leaning).hold(Body.UPRIGHT, 30);
    body.bend(45, 4).hold(Body.UPRIGHT, 60);
    TrunkSensors.Told first = takeAll(body.batches(CHEST, 5000, 1));
    assertThat(bends(first)).isEmpty();
    Calibration pose =
        pose(CHEST, Calibration.Pose.STANDING, BED.plusSeconds(5), BED.plusSeconds(15));
    assertThat(bends(sensors.add(pose, 0)))
        .singleElement()
        .satisfies(bend -> assertThat(bend.peakDegrees()).isCloseTo(45, within(3.0)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void posesAndMotionInAnyOrderGiveTheSame(long seed) {
    List<Object> all = new ArrayList<>();
    all.addAll(night(CHEST, 8));
    all.addAll(night(BACK, 3));
    all.addAll(bed(CHEST));
    all.addAll(bed(BACK));
    takeEach(all);
    String inOrder = everything();
    told.clear();
    sensors = sensors();
    all.addAll(all.subList(0, all.size() / 4));
    Collections.shuffle(all, new Random(seed));
    takeEach(all);
    assertThat(everything()).isEqualTo(inOrder);
    assertThat(last(CHEST).archConfidence()).isEqualTo(ArchMeter.BOTH_CALIBRATED);
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6, 7})
  void walksPosesAndASensorPutOnAnewInAnyOrderGiveTheSame(long seed) {
    Instant noon = BED.minusSeconds(9 * 3600);
    Body before = new Body(noon.toEpochMilli(), 10, 4).mounted(tilted(50)).walk(240);
    before.mounted(TrunkAxes.STANDARD).hold(Body.UPRIGHT, 60).walk(60).hold(Body.LEFT, 900);
    Body after = new Body(noon.plusSeconds(86_400).toEpochMilli(), 10, 5).mounted(tilted(30));
    after.walk(240).hold(Body.UPRIGHT, 300).hold(Body.RIGHT, 900);
    List<Object> all = new ArrayList<>(before.batches(CHEST, 400, 1));
    all.addAll(night(CHEST, 8));
    all.addAll(after.batches(CHEST, 400, 2));
    all.add(standing(CHEST, noon.plusSeconds(250)));
    all.addAll(bed(CHEST));
    takeEach(all);
    String inOrder = everything();
    assertThat(positions()).contains(SleepPosition.LEFT, SleepPosition.PRONE, SleepPosition.RIGHT);
    told.clear();
    sensors = sensors();
    Collections.shuffle(all, new Random(seed));
    takeEach(all);
    assertThat(everything()).isEqualTo(inOrder);
  }

  @Test
  void theResultIsToldOnATopicOfItsOwn() {
    try (Rig rig = new Rig(at("23:50"), stateDir)) {
      for (Calibration pose : bed(CHEST)) {
        rig.uploadBytes(Topic.CHECKINS, ANNA.value(), Json.bytes(pose));
      }
      assertThat(rig.calibrations()).isEmpty();
      night(CHEST, 8).forEach(batch -> rig.upload(ANNA, batch));
      List<CalibrationResult> results = rig.calibrations();
      CalibrationResult last = results.get(results.size() - 1);
      assertThat(last.wearer()).isEqualTo(ANNA);
      assertThat(last.bed().accepted()).isTrue();
      assertThat(last.bed().from().atZone(Rig.ZONE).toLocalDate()).isEqualTo(DAY);
    }
  }

  /** Two minutes of poses with a flat of so many degrees, and then a night. */
  private static List<MotionBatch> night(Stamp stamp, double flat) {
    Body body = new Body(BED.toEpochMilli(), 10, 3).mounted(TURNED);
    body.hold(Body.SUPINE, 24).hold(Body.LEFT, 24).hold(Body.RIGHT, 24);
    body.hold(front(flat), 24).hold(front(flat + 25), 24);
    body.hold(Body.SUPINE, 1800).hold(Body.LEFT, 1800).hold(front(flat + 20), 1800);
    return body.batches(stamp, 400, 5);
  }

  private static Direction front(double headUp) {
    double radians = Math.toRadians(headUp);
    return new Direction(Math.sin(radians), 0, -Math.cos(radians));
  }

  private static List<Calibration> bed(Stamp stamp) {
    List<Calibration> poses = new ArrayList<>();
    for (Calibration.Pose pose : Calibration.Pose.values()) {
      if (pose != Calibration.Pose.STANDING) {
        Instant from = BED.plusSeconds(24L * poses.size());
        poses.add(pose(stamp, pose, from.plusSeconds(1), from.plusSeconds(23)));
      }
    }
    return poses;
  }

  private static Calibration pose(Stamp stamp, Calibration.Pose pose, Instant from, Instant to) {
    String id = "s_" + stamp.device().value() + pose + from.getEpochSecond();
    return new Calibration(id, to, false, stamp.device(), stamp.placement(), pose, from, to);
  }

  private static Calibration standing(Stamp stamp, Instant from) {
    return pose(stamp, Calibration.Pose.STANDING, from, from.plusSeconds(10));
  }

  /** A sensor whose wearer, upright, seems to bend forward by so many degrees. */
  private static TrunkAxes tilted(double degrees) {
    double radians = Math.toRadians(degrees);
    Direction head = new Direction(Math.cos(radians), 0, -Math.sin(radians));
    return TrunkAxes.of(head, new Direction(0, 0, 1));
  }

  private static Calibration revoked(Calibration pose) {
    return new Calibration(
        pose.id(),
        pose.statedAt().plus(Duration.ofHours(1)),
        true,
        pose.device(),
        pose.placement(),
        pose.pose(),
        pose.from(),
        pose.to());
  }

  private void takeEach(List<Object> all) {
    for (Object one : all) {
      note(
          one instanceof MotionBatch batch
              ? sensors.add(batch, Long.MIN_VALUE)
              : sensors.add((Calibration) one, Long.MIN_VALUE));
    }
  }

  private void take(List<MotionBatch> batches) {
    takeEach(new ArrayList<>(batches));
  }

  private TrunkSensors.Told takeAll(List<MotionBatch> batches) {
    TrunkSensors.Told last = new TrunkSensors.Told(List.of(), List.of(), List.of(), List.of());
    for (MotionBatch batch : batches) {
      last = sensors.add(batch, Long.MIN_VALUE);
    }
    return last;
  }

  private CalibrationResult say(List<Calibration> poses) {
    CalibrationResult last = null;
    for (Calibration pose : poses) {
      TrunkSensors.Told news = sensors.add(pose, Long.MIN_VALUE);
      note(news);
      for (CalibrationResult result : news.calibrations()) {
        last = result;
      }
    }
    return last;
  }

  private void note(TrunkSensors.Told news) {
    news.postures().forEach(one -> told.put(one.stamp() + " " + one.from(), one));
  }

  private static List<Bend> bends(TrunkSensors.Told news) {
    return news.bends().stream().flatMap(one -> one.bends().stream()).toList();
  }

  private List<PostureObservation> all() {
    return told.values().stream().flatMap(one -> one.postures().stream()).toList();
  }

  private List<SleepPosition> positions() {
    return all().stream().map(PostureObservation::position).distinct().toList();
  }

  private PostureObservation last(Stamp stamp) {
    return all().stream()
        .filter(one -> one.stamp().equals(stamp))
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  private String everything() {
    return all().stream().map(Object::toString).collect(Collectors.joining("\n"));
  }

  private TrunkSensors sensors() {
    store = TrunkSensorsTest.store();
    return new TrunkSensors(store, TrunkSensorsTest.store(), ANNA);
  }
}
