package io.lumbar.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Mounting;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimbRecordingTest {
  private static final Script MORNING =
      script(Activity.STANDING, 30)
          .then(Activity.WALKING, Duration.ofSeconds(60))
          .then(Activity.STANDING, Duration.ofSeconds(120))
          .then(Activity.SITTING, Duration.ofSeconds(600))
          .then(Activity.STANDING, Duration.ofSeconds(60));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aPhoneInAnyOrientationTellsSittingOnceItHasSeenWalking(long seed) {
    Mounting any = Mounting.random(new SplittableRandom(seed));
    Map<Posture, Double> seconds = seconds(MORNING, seed, pocket(50).mounted(any));
    assertThat(seconds.get(Posture.SITTING)).isCloseTo(600, within(5.0));
    assertThat(seconds.get(Posture.WALKING)).isCloseTo(60, within(5.0));
    assertThat(seconds.get(Posture.UNKNOWN)).as("before the walk").isCloseTo(30, within(3.0));
  }

  @Test
  void withoutAnyWalkingAPhoneIsUnknownNeverSitting() {
    Map<Posture, Double> seconds = seconds(script(Activity.SITTING, 1200), 9, pocket(50));
    assertThat(seconds).containsKey(Posture.UNKNOWN).doesNotContainKey(Posture.SITTING);
  }

  @Test
  void aPhoneThatLiesFlatAndDeadStillIsNotWorn() {
    Script script =
        script(Activity.WALKING, 60).then(Activity.SENSOR_OFF, Duration.ofSeconds(1800));
    Map<Posture, Double> seconds = seconds(script, 10, pocket(50));
    assertThat(seconds.get(Posture.NOT_WORN)).isGreaterThan(1790);
    assertThat(seconds.getOrDefault(Posture.SITTING, 0.0)).isLessThan(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15})
  void aThighSensorInAnyOrientationKnowsTheTimeBeforeTheFirstWalkToo(long seed) {
    Mounting any = Mounting.random(new SplittableRandom(seed));
    Map<Posture, Double> seconds = seconds(MORNING, seed, thigh(50).mounted(any));
    assertThat(seconds.get(Posture.SITTING)).isCloseTo(600, within(5.0));
    assertThat(seconds.get(Posture.STANDING)).isCloseTo(210, within(12.0));
    assertThat(seconds).doesNotContainKey(Posture.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(Turn.class)
  void aThighSensorPutOnAnotherWayAfterHalfAnHourOfWalksKnowsStandingAndSitting(Turn turn) {
    Script morning = script(Activity.WALKING, 1800);
    Script noon =
        Script.of(morning.start().plusSeconds(1800), Activity.WALKING, Duration.ofSeconds(120))
            .then(Activity.STANDING, Duration.ofSeconds(600))
            .then(Activity.SITTING, Duration.ofSeconds(600));
    LimbRecording recording = new LimbRecording(Placement.THIGH);
    new Simulation(morning, 5).worn(thigh(25)).forEach(recording::add);
    new Simulation(noon, 6).worn(thigh(25).mounted(turn.mounting)).forEach(recording::add);
    Map<Posture, Double> seconds = seconds(recording);
    assertThat(seconds.get(Posture.STANDING)).isCloseTo(600, within(10.0));
    assertThat(seconds.get(Posture.SITTING)).isCloseTo(600, within(10.0));
  }

  @Test
  void whatAWearerSaysOfStandingIsNotOutvotedByWalksFromBefore() {
    Script morning = script(Activity.WALKING, 300);
    Instant noon = morning.start().plusSeconds(300);
    Script later = Script.of(noon, Activity.STANDING, Duration.ofSeconds(600));
    LimbRecording recording = new LimbRecording(Placement.THIGH);
    new Simulation(morning, 5).worn(thigh(25)).forEach(recording::add);
    new Simulation(later, 6)
        .worn(thigh(25).mounted(Mounting.tilted(50, new AcrossTheThigh())))
        .forEach(recording::add);
    assertThat(seconds(recording)).as("before the pose").doesNotContainKey(Posture.STANDING);
    recording.stood(noon.getEpochSecond() + 5, noon.getEpochSecond() + 15);
    assertThat(seconds(recording).get(Posture.STANDING)).isCloseTo(600, within(15.0));
  }

  /** Draws the axis from one side of a thigh to the other. */
  private static final class AcrossTheThigh implements RandomGenerator {
    private int drawn;

    @Override
    public double nextGaussian() {
      return drawn++ == 1 ? 1 : 0;
    }

    @Override
    public long nextLong() {
      return 0;
    }
  }

  private enum Turn {
    UPSIDE_DOWN(Mounting.UPSIDE_DOWN),
    ANY(Mounting.random(new SplittableRandom(3)));

    private final Mounting mounting;

    Turn(Mounting mounting) {
      this.mounting = mounting;
    }
  }

  @Test
  void aThighSensorUpsideDownOrInsideOutIsReadByItsAxesBeforeItHasSeenWalking() {
    Script script = script(Activity.STANDING, 100).then(Activity.SITTING, Duration.ofSeconds(300));
    for (Mounting mounting :
        new Mounting[] {Mounting.ALIGNED, Mounting.UPSIDE_DOWN, Mounting.INSIDE_OUT}) {
      Map<Posture, Double> seconds = seconds(script, 16, thigh(50).mounted(mounting));
      assertThat(seconds.get(Posture.SITTING)).isCloseTo(300, within(4.0));
      assertThat(seconds.get(Posture.STANDING)).isCloseTo(100, within(6.0));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RUNNING", "CYCLING", "STAIRS_UP", "SHUFFLING"})
  void aThighSensorTellsWhatElseIsDoneOnTheFeet(Activity activity) {
    Script script =
        script(Activity.WALKING, 120)
            .then(activity, Duration.ofSeconds(90))
            .then(Activity.STANDING, Duration.ofSeconds(60));
    Map<Posture, Double> seconds = seconds(script, 17, thigh(50));
    assertThat(seconds.get(activity.posture())).isCloseTo(90, within(15.0));
  }

  @Test
  void aThighThatFacesSidewaysBelongsToSomebodyWhoLies() {
    Script script =
        script(Activity.WALKING, 60)
            .then(Activity.LYING_LEFT, Duration.ofSeconds(300))
            .then(Activity.LYING_SUPINE, Duration.ofSeconds(300));
    Map<Posture, Double> seconds = seconds(script, 18, thigh(50));
    assertThat(seconds.get(Posture.LYING)).isCloseTo(300, within(10.0));
    assertThat(seconds.get(Posture.SITTING)).as("on the back").isCloseTo(300, within(10.0));
  }

  /** Twice from a walk onto a chair, and at night onto the edge of a bed and onto a side. */
  @ParameterizedTest
  @EnumSource(Around.class)
  void aThighSensorOnTheSideOfTheThighLearnsFromTwoSeatsWhichWayIsTheFront(Around around) {
    Script evening =
        script(Activity.STANDING, 20)
            .then(Activity.WALKING, Duration.ofSeconds(60))
            .then(Activity.STANDING, Duration.ofSeconds(20))
            .then(Activity.SITTING, Duration.ofSeconds(900))
            .then(Activity.WALKING, Duration.ofSeconds(60))
            .then(Activity.STANDING, Duration.ofSeconds(20))
            .then(Activity.SITTING, Duration.ofSeconds(900))
            .then(Activity.WALKING, Duration.ofSeconds(60))
            .then(Activity.SITTING, Duration.ofSeconds(30))
            .then(Activity.LYING_LEFT, Duration.ofSeconds(1200));
    Map<Posture, Double> seconds = seconds(evening, 7, thigh(25).mounted(around.mounting));
    assertThat(seconds.get(Posture.SITTING)).isCloseTo(1830, within(20.0));
    assertThat(seconds.get(Posture.LYING)).isCloseTo(1200, within(20.0));
  }

  @Test
  void whoGoesToBedWithoutHavingSatDownBeforeLiesOnTheSide() {
    Script night = script(Activity.WALKING, 60).then(Activity.LYING_LEFT, Duration.ofSeconds(1200));
    assertThat(seconds(night, 7, thigh(25)).get(Posture.LYING)).isCloseTo(1200, within(20.0));
  }

  private enum Around {
    IN_FRONT(Mounting.ALIGNED),
    ON_THE_SIDE(Mounting.ON_THE_SIDE),
    ANY(Mounting.random(new SplittableRandom(3)));

    private final Mounting mounting;

    Around(Mounting mounting) {
      this.mounting = mounting;
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1, 4})
  void belowFiveReadingsASecondThereIsNoGait(double hertz) {
    Script script =
        script(Activity.STANDING, 200)
            .then(Activity.WALKING, Duration.ofSeconds(200))
            .then(Activity.SITTING, Duration.ofSeconds(200));
    Map<Posture, Double> seconds = seconds(script, 19, thigh(hertz));
    assertThat(seconds.get(Posture.SITTING)).isCloseTo(200, within(10.0));
    assertThat(seconds.get(Posture.UPRIGHT)).isCloseTo(400, within(25.0));
    assertThat(seconds)
        .doesNotContainKeys(Posture.STANDING, Posture.WALKING, Posture.RUNNING, Posture.STAIRS);
  }

  @Test
  void aPoseStandsForAWalk() {
    LimbRecording recording = new LimbRecording(Placement.TROUSER_POCKET);
    Script script = script(Activity.STANDING, 20).then(Activity.SITTING, Duration.ofSeconds(60));
    new Simulation(script, 20).worn(pocket(50)).forEach(recording::add);
    long start = script.start().getEpochSecond();
    recording.stood(start, start + 10);
    Map<Posture, Double> seconds = seconds(recording);
    assertThat(seconds.get(Posture.SITTING)).isCloseTo(60, within(3.0));
    assertThat(seconds.get(Posture.STANDING)).isCloseTo(20, within(3.0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 12.5, 16, 25, 50, 100})
  void countsStepsAndNoTurnsOfPedals(double hertz) {
    Script script =
        script(Activity.WALKING, 300)
            .then(Activity.RUNNING, Duration.ofSeconds(120))
            .then(Activity.STAIRS_DOWN, Duration.ofSeconds(60))
            .then(Activity.SITTING, Duration.ofSeconds(120))
            .then(Activity.CYCLING, Duration.ofSeconds(300));
    Simulation simulation = new Simulation(script, 22);
    LimbRecording recording = new LimbRecording(Placement.THIGH);
    simulation.worn(thigh(hertz)).forEach(recording::add);
    assertThat(recording.steps() / (double) simulation.steps().size()).isCloseTo(1, within(0.05));
  }

  @Test
  void countsWhoStandsUpFromASeatForTenSeconds() {
    Script script = script(Activity.WALKING, 60);
    for (int i = 0; i < 5; i++) {
      script =
          script
              .then(Activity.SITTING, Duration.ofSeconds(90))
              .then(Activity.STANDING, Duration.ofSeconds(i == 2 ? 5 : 40));
    }
    LimbRecording recording = new LimbRecording(Placement.THIGH);
    new Simulation(script, 23).worn(thigh(25)).forEach(recording::add);
    assertThat(recording.sitToStands()).isEqualTo(4);
  }

  @Test
  void refusesWhatIsNotOnALimb() {
    assertThatThrownBy(() -> new LimbRecording(Placement.CHEST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("chest")
        .hasMessageContaining("thigh or trouser-pocket");
  }

  @Test
  void aMinuteSurvivesItsByteForm() {
    Minute minute = new Minute();
    Sums part = new Sums();
    for (int i = 0; i < 20; i++) {
      part.add(i * 20_000, 2048 - 7 * i, -3 * i, 40 * i);
    }
    minute.add(7, part, new Sums());
    minute.setLabel(7, Labels.of(Posture.WALKING));
    Minute read = Minute.decode(minute.encode());
    assertThat(read.encode()).isEqualTo(minute.encode());
    assertThat(read.feature(7)).isEqualTo(minute.feature(7)).isNotZero();
    assertThat(read.label(7)).isEqualTo(Labels.of(Posture.WALKING));
    assertThat(read.add(7, part, new Sums())).isEqualTo(Minute.Added.NOTHING);
  }

  private static Script script(Activity activity, int seconds) {
    return Script.of(Instant.parse("2026-03-02T08:00:00Z"), activity, Duration.ofSeconds(seconds));
  }

  private static Wear pocket(double hertz) {
    return Wear.of(
        new Stamp(new DeviceId("d_phone"), Placement.TROUSER_POCKET, ZoneOffset.UTC), hertz);
  }

  private static Wear thigh(double hertz) {
    return Wear.of(new Stamp(new DeviceId("d_thigh"), Placement.THIGH, ZoneOffset.UTC), hertz);
  }

  private static Map<Posture, Double> seconds(Script script, long seed, Wear wear) {
    LimbRecording recording = new LimbRecording(wear.stamp().placement());
    new Simulation(script, seed).worn(wear).forEach(recording::add);
    return seconds(recording);
  }

  private static Map<Posture, Double> seconds(LimbRecording recording) {
    Map<Posture, Double> seconds = new EnumMap<>(Posture.class);
    for (LabelRun run : recording.runs()) {
      seconds.merge(run.posture(), (double) (run.to() - run.from()), Double::sum);
    }
    return seconds;
  }
}
