package io.lumbar.analytics.trunk;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.DAY;
import static io.lumbar.analytics.Rig.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.analytics.Rig;
import io.lumbar.analytics.stream.PosturesJudged;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
    news.postures().forEach(one -> told.put(one.stamp().device().value() + one.from(), one));
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

  private static TrunkSensors sensors() {
    return new TrunkSensors(TrunkSensorsTest.store(), TrunkSensorsTest.store(), ANNA);
  }
}
