package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.analytics.stream.PosturesJudged;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrunkSensorsTest {
  private static final Stamp CHEST =
      new Stamp(new DeviceId("d_chest"), Placement.CHEST, ZoneOffset.UTC);
  private static final Stamp IN_BERLIN =
      new Stamp(new DeviceId("d_chest"), Placement.CHEST, ZoneId.of("Europe/Berlin"));
  private static final Stamp LOWER_BACK =
      new Stamp(new DeviceId("d_back"), Placement.LOWER_BACK, ZoneOffset.UTC);
  private static final WearerId ANNA = new WearerId("w_anna");
  private static final long START = Instant.parse("2026-03-02T21:55:00Z").toEpochMilli();

  private final KeyValueStore<String, byte[]> store = store();
  private final Map<Instant, List<PostureObservation>> told = new TreeMap<>();
  private final Map<Instant, List<PostureObservation>> toldOfLowerBack = new TreeMap<>();
  private TrunkSensors sensors = new TrunkSensors(store, store(), ANNA);
  private long now = Long.MIN_VALUE;

  @Test
  void aNightIsToldAsSpansWithTheirPositionsAndPitch() {
    Body body = new Body(START, 10, 1).walk(180).hold(Body.SUPINE, 900);
    body.hold(Body.LEFT, 1200).hold(new Direction(0.5, 0, -0.87), 1200).hold(Body.UPRIGHT, 300);
    take(body.batches(CHEST, 100, 1));
    assertThat(picture())
        .isEqualTo(
            """
            unknown 21:55:00-21:58:00
            lying supine 21:58:00-22:13:00
            lying left 22:13:00-22:33:00
            lying prone 22:33:00-22:53:00
            unknown 22:53:00-22:57:00\
            """);
    PostureObservation prone = last(SleepPosition.PRONE);
    assertThat(prone.headUpDegrees()).isCloseTo(30, within(1.0));
    assertThat(prone.positionSeconds()).containsOnlyKeys(SleepPosition.PRONE);
  }

  @Test
  void aTurnOfSecondsStaysInTheSumsOfItsSpan() {
    Body body = new Body(START + 300_000, 10, 2).hold(Body.SUPINE, 200);
    body.hold(Body.RIGHT, 20).hold(Body.SUPINE, 500).hold(Body.UPRIGHT, 60);
    take(body.batches(CHEST, 50, 1));
    assertThat(picture()).isEqualTo("lying supine 22:00:00-22:12:00\nunknown 22:12:00-22:12:55");
    assertThat(told.values().iterator().next())
        .singleElement()
        .extracting(PostureObservation::positionSeconds)
        .isEqualTo(Map.of(SleepPosition.SUPINE, 580.0, SleepPosition.RIGHT, 20.0));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void anyOrderRepetitionAndSplitGivesTheSame(long seed) {
    Body body = restless(seed);
    take(body.batches(CHEST, 600, 0));
    String inOrder = everything();
    told.clear();
    sensors = new TrunkSensors(store(), store(), ANNA);
    List<MotionBatch> shuffled = new ArrayList<>(body.batches(CHEST, 150, seed));
    shuffled.addAll(shuffled.subList(0, shuffled.size() / 3));
    Collections.shuffle(shuffled, new Random(seed));
    take(shuffled);
    assertThat(everything()).isEqualTo(inOrder);
  }

  @Test
  void aRestartGoesOnWhereItWas() {
    Body body = restless(7);
    List<MotionBatch> batches = body.batches(CHEST, 300, 7);
    take(batches);
    String whole = everything();
    told.clear();
    KeyValueStore<String, byte[]> other = store();
    for (MotionBatch batch : batches) {
      sensors = new TrunkSensors(other, store(), ANNA);
      take(List.of(batch));
    }
    assertThat(everything()).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void lyingIsToldHoweverTheSensorIsTurnedOnceItHasSeenWalking(long seed) {
    Body body = new Body(START, 10, seed).mounted(Body.turned(new Random(seed)));
    body.hold(Body.UPRIGHT, 300).walk(300).hold(Body.SUPINE, 1200).hold(Body.UPRIGHT, 300);
    take(body.batches(CHEST, 100, seed));
    assertThat(picture().replaceAll(" (supine|prone|left|right|three-quarter-prone)", ""))
        .isEqualTo(
            """
            unknown 21:55:00-22:05:00
            lying 22:05:00-22:25:00
            unknown 22:25:00-22:29:00\
            """);
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, 1", "0, -1", "0.7, 0.7", "-0.9, 0.4"})
  void aSensorPutOnUpsideDownOrAcrossTellsThePositionsOnceItHasSeenWalking(double x, double y) {
    TrunkAxes turned =
        TrunkAxes.of(new Direction(x, y, 0.1).unit(), new Direction(-0.1 * x, -0.1 * y, 1).unit());
    Body body = new Body(START, 10, 6).mounted(turned);
    body.hold(Body.SUPINE, 300).hold(Body.LEFT, 600).walk(300);
    body.hold(Body.SUPINE, 600).hold(Body.RIGHT, 600).hold(Body.PRONE, 600);
    take(body.batches(CHEST, 100, 6));
    assertThat(picture())
        .isEqualTo(
            """
            lying supine 21:55:00-22:00:00
            lying left 22:00:00-22:10:00
            unknown 22:10:00-22:15:00
            lying supine 22:15:00-22:25:00
            lying right 22:25:00-22:35:00
            lying prone 22:35:00-22:44:00\
            """);
  }

  @Test
  void aSensorPutOnUpsideDownAfterHalfAnHourOfWalksTellsTheNightAsItIs() {
    TrunkAxes upsideDown = TrunkAxes.of(new Direction(-1, 0, 0), new Direction(0, 0, 1));
    Body body = new Body(START, 10, 6).walk(1800).hold(Body.UPRIGHT, 60).mounted(upsideDown);
    body.walk(240).hold(Body.UPRIGHT, 600).hold(Body.LEFT, 1200).hold(Body.RIGHT, 1200);
    take(body.batches(CHEST, 100, 6));
    assertThat(picture())
        .endsWith(
            """
            unknown 22:30:00-22:40:00
            lying left 22:40:00-23:00:00
            lying right 23:00:00-23:19:00\
            """);
  }

  @ParameterizedTest
  @ValueSource(doubles = {5, 10, 25})
  void aRideOfAnHourIsNoUprightToTellLyingBy(double hertz) {
    Direction leaning = new Direction(Math.cos(0.65), 0, -Math.sin(0.65));
    Body body = new Body(START, hertz, 6).walk(360).ride(leaning, 3600);
    body.hold(Body.UPRIGHT, 240).hold(Body.PRONE, 600);
    take(body.batches(CHEST, 500, 6));
    assertThat(picture())
        .isEqualTo(
            """
            unknown 21:55:00-23:05:00
            lying prone 23:05:00-23:14:00\
            """);
  }

  @Test
  void whereItsFaceIsNobodyKnowsOfASensorThatFacesUpWhileItsWearerWalks() {
    TrunkAxes turned = TrunkAxes.of(new Direction(0, 0, 1), new Direction(1, 0, 0));
    Body body = new Body(START, 10, 6).mounted(turned).walk(300).hold(Body.LEFT, 600);
    take(body.batches(CHEST, 100, 6));
    assertThat(picture())
        .isEqualTo(
            """
            unknown 21:55:00-22:00:00
            lying 22:00:00-22:09:00\
            """);
  }

  /** Worn on its side or upside down, it reads upright as asked when its wearer lies, or never. */
  @ParameterizedTest
  @CsvSource({"0, 1", "0, -1", "-1, 0"})
  void aSensorTurnedOtherwiseThanAskedIsNotTakenForLyingBeforeItHasShownHow(double x, double y) {
    TrunkAxes turned = TrunkAxes.of(new Direction(x, y, 0), new Direction(0, 0, 1));
    Body body = new Body(START, 10, 6).mounted(turned).hold(Body.UPRIGHT, 600);
    take(body.hold(Body.SUPINE, 600).batches(CHEST, 100, 6));
    assertThat(picture()).isEqualTo("unknown 21:55:00-22:05:00\nlying supine 22:05:00-22:14:00");
  }

  @Test
  void aSensorNeverSeenUprightIsBelievedOnASideOnceItWas() {
    Body night = new Body(START, 5, 6).hold(Body.LEFT, 1200);
    List<MotionBatch> batches = new ArrayList<>(night.batches(CHEST, 100, 6));
    take(batches);
    assertThat(picture()).isEqualTo("unknown 21:55:00-22:14:00");
    Body morning = new Body(START + 3_600_000, 5, 6).hold(Body.UPRIGHT, 120);
    List<MotionBatch> up = morning.batches(CHEST, 100, 6);
    take(up);
    assertThat(picture()).startsWith("lying left 21:55:00-22:15:00\nunknown 22:55:00");
    String inOrder = everything();
    batches.addAll(up);
    Collections.shuffle(batches, new Random(1));
    told.clear();
    sensors = new TrunkSensors(store(), store(), ANNA);
    take(batches);
    assertThat(everything()).isEqualTo(inOrder);
  }

  @Test
  void aLowerBackLiesWithoutAPositionUntilItsWearerWasInBedForIt() {
    TrunkAxes faceOut = TrunkAxes.of(new Direction(1, 0, 0), new Direction(0, 0, -1));
    Body body = new Body(START, 10, 6).mounted(faceOut).walk(300);
    take(body.hold(Body.PRONE, 600).hold(Body.LEFT, 600).batches(LOWER_BACK, 100, 6));
    assertThat(toldOfLowerBack.values().stream().flatMap(List::stream))
        .filteredOn(one -> one.posture() == Posture.LYING)
        .isNotEmpty()
        .allMatch(one -> one.position() == null && one.positionSeconds().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aZoneThatChangesIsNoOtherMounting(long seed) {
    TrunkAxes turned = TrunkAxes.of(new Direction(0, 1, 0), new Direction(0, 0, 1));
    Body evening = new Body(START, 10, 6).mounted(turned).walk(300).hold(Body.LEFT, 300);
    Body night = new Body(START + 900_000, 10, 7).mounted(turned).hold(Body.UPRIGHT, 300);
    night.hold(Body.LEFT, 600).hold(Body.SUPINE, 600);
    List<MotionBatch> batches = new ArrayList<>(evening.batches(CHEST, 100, seed));
    batches.addAll(night.batches(IN_BERLIN, 100, seed));
    take(batches);
    assertThat(picture())
        .contains("unknown 22:10:00-22:15:00\nlying left 22:15:00-22:25:00\nlying supine 22:25:00");
    String inOrder = everything();
    told.clear();
    sensors = new TrunkSensors(store(), store(), ANNA);
    Collections.shuffle(batches, new Random(seed));
    take(batches);
    assertThat(everything()).isEqualTo(inOrder);
  }

  @Test
  void whoComesUpSteeplyWhileTurningOntoAProppedFrontLiesOn() {
    Direction propped = new Direction(Math.sin(0.9), 0, -Math.cos(0.9));
    Direction onAnElbow = new Direction(0.98, 0.1, 0.1);
    Body body = new Body(START, 5, 3).hold(Body.UPRIGHT, 300).hold(Body.SUPINE, 300);
    body.hold(onAnElbow, 10).hold(propped, 1800).hold(Body.UPRIGHT, 60).hold(propped, 240);
    take(body.batches(CHEST, 400, 3));
    assertThat(picture())
        .isEqualTo(
            """
            unknown 21:55:00-22:00:00
            lying supine 22:00:00-22:05:00
            unknown 22:05:00-22:05:10
            lying prone 22:05:10-22:35:10
            unknown 22:35:10-22:40:05\
            """);
  }

  @Test
  void whoIsProppedOnTheFrontForHoursLies() {
    Direction propped = new Direction(Math.sin(0.7), 0, -Math.cos(0.7));
    Body body = new Body(START, 5, 3).hold(Body.UPRIGHT, 300).hold(Body.PRONE, 60);
    body.hold(propped, 2 * 3600).hold(Body.UPRIGHT, 600);
    take(body.batches(CHEST, 400, 3));
    assertThat(picture())
        .isEqualTo(
            """
            unknown 21:55:00-22:00:00
            lying prone 22:00:00-00:01:00
            unknown 00:01:00-00:10:55\
            """);
    assertThat(last(SleepPosition.PRONE).headUpDegrees()).isCloseTo(40, within(1.0));
    String inOrder = everything();
    told.clear();
    sensors = new TrunkSensors(store(), store(), ANNA);
    List<MotionBatch> shuffled = new ArrayList<>(body.batches(CHEST, 400, 4));
    Collections.shuffle(shuffled, new Random(5));
    take(shuffled);
    assertThat(everything()).isEqualTo(inOrder);
  }

  @Test
  void aTagThatIsHeardOnceInTenSecondsIsEnough() {
    Body body = new Body(START, 0.1, 3).hold(Body.SUPINE, 3600).silence(240);
    body.hold(Body.RIGHT, 3600).silence(900).hold(Body.RIGHT, 600).hold(Body.UPRIGHT, 60);
    take(body.batches(CHEST, 5, 3));
    assertThat(picture())
        .startsWith("lying supine 21:55:00-22:59:00")
        .contains("lying right 22:59:00-23:58:55")
        .contains("lying right 00:14:00");
  }

  @Test
  void aDayThatIsClosedStaysAsItWasTold() {
    Body old = new Body(START - Duration.ofDays(30).toMillis(), 1, 4).hold(Body.PRONE, 1800);
    List<MotionBatch> batches = old.batches(CHEST, 200, 4);
    take(batches);
    String before = everything();
    for (int day = 6; day > 0; day--) {
      Body next = new Body(START - Duration.ofDays(day).toMillis(), 1, 4).hold(Body.LEFT, 60);
      sensors.add(next.batches(CHEST, 100, 4).get(0), now);
    }
    take(List.of(batches.get(0)));
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void aMinuteIsSmallAndItsBytesAreRead() {
    TrunkMinute minute = new TrunkMinute(START);
    Random random = new Random(1);
    for (int i = 0; i < 6000; i++) {
      minute.add(START + random.nextInt(60_000), random.nextGaussian(), 0.5, -3);
    }
    byte[] bytes = minute.encode();
    assertThat(bytes.length).isLessThanOrEqualTo(253);
    assertThat(TrunkMinute.decode(START, bytes).encode()).isEqualTo(bytes);
  }

  @Test
  void theEndIsToldOnceNothingMoreIsAwaited() {
    Body body = new Body(START, 10, 8).hold(Body.SUPINE, 150);
    take(body.batches(CHEST, 100, 8));
    assertThat(picture()).isEqualTo("lying supine 21:55:00-21:57:00");
    String key = "w_anna|d_chest|chest|Z";
    long ended = sensors.sensor(key).ended().orElseThrow();
    assertThat(sensors.ended(key, ended - 1)).isEmpty();
    sensors.ended(key, ended).forEach(last -> told.put(last.from(), last.postures()));
    assertThat(picture()).isEqualTo("lying supine 21:55:00-21:57:30");
  }

  @Test
  void whatTheNextMinuteMayChangeIsProvisionalUntilThen() {
    Body body = new Body(START, 10, 8).hold(Body.SUPINE, 400).hold(Body.LEFT, 230);
    long newest = 0;
    for (MotionBatch batch : body.batches(CHEST, 100, 8)) {
      take(List.of(batch));
      newest = batch.millisAt(batch.size() - 1);
      for (PostureObservation one : told.values().stream().flatMap(List::stream).toList()) {
        long newestSlot = newest - Math.floorMod(newest, TrunkMinute.SLOT_MILLIS);
        boolean mayChange = one.to().toEpochMilli() > newestSlot - 60_000;
        assertThat(one.grade() == PostureObservation.Grade.PROVISIONAL)
            .as("%s at %s", one, Instant.ofEpochMilli(newest))
            .isEqualTo(mayChange);
      }
    }
    assertThat(told).hasSize(2);
    sensors
        .ended("w_anna|d_chest|chest|Z", newest + 120_000)
        .forEach(last -> told.put(last.from(), last.postures()));
    assertThat(told.values())
        .allSatisfy(
            block ->
                assertThat(block)
                    .extracting(PostureObservation::grade)
                    .containsOnly(PostureObservation.Grade.FINAL));
  }

  @Test
  void nobodySleepsInTheFirstTwentyMinutesAndWhoMovesIsAwake() {
    Body body = new Body(START, 5, 9).hold(Body.SUPINE, 3000);
    for (int i = 0; i < 20; i++) {
      body.hold(Body.LEFT, 10).hold(Body.SUPINE, 10);
    }
    take(body.hold(Body.SUPINE, 600).hold(Body.UPRIGHT, 60).batches(CHEST, 300, 9));
    List<PostureObservation> all =
        told.values().stream()
            .flatMap(List::stream)
            .filter(one -> one.posture() == Posture.LYING)
            .toList();
    Instant asleep =
        all.stream()
            .filter(one -> Boolean.FALSE.equals(one.awake()))
            .findFirst()
            .orElseThrow()
            .from();
    assertThat(asleep).isBetween(Instant.ofEpochMilli(START + 1_200_000), at(1_300));
    assertThat(all.get(all.size() - 1).awake()).isTrue();
    assertThat(picture()).containsOnlyOnce("unknown");
  }

  @Test
  void anArchIsMeasuredByTwoSensorsAndNeverByOne() {
    take(archedNight(CHEST, 0.5).batches(CHEST, 300, 10));
    assertThat(last(SleepPosition.PRONE).archDegrees()).isNull();
    assertThat(last(SleepPosition.PRONE).headUpDegrees()).isCloseTo(30, within(1.0));
    take(archedNight(LOWER_BACK, 0.18).batches(LOWER_BACK, 300, 11));
    PostureObservation prone = last(SleepPosition.PRONE);
    assertThat(prone.archDegrees()).isCloseTo(20, within(1.0));
    assertThat(prone.archConfidence()).isEqualTo(0.7);
    assertThat(last(SleepPosition.SUPINE).archDegrees()).isNull();
    assertThat(toldOfLowerBack.values().stream().flatMap(List::stream))
        .filteredOn(one -> one.posture() == Posture.LYING)
        .isNotEmpty()
        .allMatch(one -> one.position() == null && one.archDegrees() == null);
  }

  /** Of the other one a pitch may be the wrong way round: a back that is flat would look arched. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noArchIsMeasuredWithASensorThatHasNotShownWhichWayTheHeadIs(boolean chestHasShown) {
    List<MotionBatch> batches = new ArrayList<>();
    batches.addAll(archedNight(CHEST, 0.5, chestHasShown).batches(CHEST, 300, 10));
    batches.addAll(archedNight(LOWER_BACK, 0.18, !chestHasShown).batches(LOWER_BACK, 300, 11));
    take(batches);
    assertThat(last(SleepPosition.PRONE).archDegrees()).isNull();
    Stamp late = chestHasShown ? LOWER_BACK : CHEST;
    Body morning = new Body(START + 3 * 3_600_000, 5, 6).hold(Body.UPRIGHT, 120);
    List<MotionBatch> up = morning.batches(late, 100, 6);
    take(up);
    assertThat(last(SleepPosition.PRONE).archDegrees()).isCloseTo(20, within(1.0));
    String inOrder = everything();
    batches.addAll(up);
    Collections.shuffle(batches, new Random(1));
    told.clear();
    toldOfLowerBack.clear();
    sensors = new TrunkSensors(store(), store(), ANNA);
    take(batches);
    assertThat(everything()).isEqualTo(inOrder);
  }

  @Test
  void twoTagsThatAreNeverHeardInTheSameFiveSecondsMeasureAnArch() {
    Body chest = new Body(START, 0.1, 1).hold(Body.UPRIGHT, 120).hold(Body.SUPINE, 1800);
    take(chest.hold(new Direction(0.5, 0, -0.87), 3600).batches(CHEST, 10, 1));
    Body back = new Body(START + 5_000, 0.1, 2).hold(Body.UPRIGHT, 120).hold(Body.SUPINE, 1800);
    take(back.hold(new Direction(0.18, 0, -0.98), 3600).batches(LOWER_BACK, 10, 1));
    assertThat(last(SleepPosition.PRONE).archDegrees()).isCloseTo(20, within(1.0));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void twoSensorsInAnyOrderGiveTheSame(long seed) {
    List<MotionBatch> batches = new ArrayList<>();
    batches.addAll(restless(seed).batches(CHEST, 600, seed));
    batches.addAll(restless(seed + 100).batches(LOWER_BACK, 600, seed));
    take(batches);
    String inOrder = everything();
    told.clear();
    toldOfLowerBack.clear();
    sensors = new TrunkSensors(store(), store(), ANNA);
    batches.addAll(batches.subList(0, batches.size() / 3));
    Collections.shuffle(batches, new Random(seed));
    take(batches);
    assertThat(everything()).isEqualTo(inOrder);
  }

  /** Half an hour on the back, then one on the front with the sensor's head end raised. */
  private static Body archedNight(Stamp stamp, double head) {
    return archedNight(stamp, head, true);
  }

  /** The same after two minutes upright, or of nothing heard. */
  private static Body archedNight(Stamp stamp, double head, boolean upright) {
    Body body = new Body(START, 5, stamp.placement().ordinal());
    body = upright ? body.hold(Body.UPRIGHT, 120) : body.silence(120);
    body.hold(Body.SUPINE, 1800);
    return body.hold(new Direction(head, 0, -Math.sqrt(1 - head * head)), 3600);
  }

  private static Instant at(int seconds) {
    return Instant.ofEpochMilli(START).plusSeconds(seconds);
  }

  private static Body restless(long seed) {
    Random random = new Random(seed);
    Direction[] poses = {Body.SUPINE, Body.PRONE, Body.LEFT, Body.RIGHT, Body.UPRIGHT};
    Body body = new Body(START, 5, seed).walk(90);
    for (int i = 0; i < 12; i++) {
      body.hold(poses[random.nextInt(poses.length)], 10 + random.nextInt(900));
      body.silence(random.nextInt(4) == 0 ? random.nextInt(900) : 0);
    }
    return body.walk(120).hold(Body.SUPINE, 600);
  }

  private void take(List<MotionBatch> batches) {
    for (MotionBatch batch : batches) {
      for (PosturesJudged judged : sensors.add(batch, now).postures()) {
        told(judged.stamp()).put(judged.from(), judged.postures());
      }
    }
  }

  private Map<Instant, List<PostureObservation>> told(Stamp stamp) {
    return stamp.equals(LOWER_BACK) ? toldOfLowerBack : told;
  }

  private PostureObservation last(SleepPosition position) {
    return told.values().stream()
        .flatMap(List::stream)
        .filter(one -> one.position() == position)
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  private String everything() {
    return Stream.of(told, toldOfLowerBack)
        .flatMap(one -> one.values().stream())
        .flatMap(List::stream)
        .map(Object::toString)
        .collect(Collectors.joining("\n"));
  }

  /** Spans that go on across blocks as one. */
  private String picture() {
    List<String> lines = new ArrayList<>();
    String open = "";
    Instant from = Instant.EPOCH;
    Instant to = Instant.EPOCH;
    for (List<PostureObservation> block : told.values()) {
      for (PostureObservation one : block) {
        String what =
            one.posture().wireName()
                + (one.position() == null ? "" : " " + one.position().wireName());
        if (!what.equals(open) || !one.from().equals(to)) {
          add(lines, open, from, to);
          open = what;
          from = one.from();
        }
        to = one.to();
        assertThat(one.posture()).isIn(Posture.LYING, Posture.UNKNOWN, Posture.NOT_WORN);
      }
    }
    add(lines, open, from, to);
    return String.join("\n", lines);
  }

  private static void add(List<String> lines, String what, Instant from, Instant to) {
    if (!what.isEmpty()) {
      lines.add(
          "%s %s-%s"
              .formatted(what, from.toString().substring(11, 19), to.toString().substring(11, 19)));
    }
  }

  static KeyValueStore<String, byte[]> store() {
    KeyValueStore<String, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("trunk"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .withCachingDisabled()
            .build();
    MockProcessorContext<String, Object> context = new MockProcessorContext<>();
    store.init(context.getStateStoreContext(), store);
    return store;
  }
}
