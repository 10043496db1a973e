package io.lumbar.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Mounting;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.analytics.stream.MovementJudged;
import io.lumbar.analytics.stream.PosturesJudged;
import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LimbSensorTest {
  private static final Stamp THIGH =
      new Stamp(new DeviceId("d_thigh"), Placement.THIGH, ZoneOffset.UTC);
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final Script MORNING =
      Script.of(START, Activity.WALKING, Duration.ofMinutes(2))
          .then(Activity.SITTING, Duration.ofMinutes(12));

  private final KeyValueStore<String, byte[]> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("motion"), Serdes.String(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();

  @BeforeEach
  void open() {
    store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
  }

  @Test
  void whatComesAgainAfterDaysDoesNotReplaceWhatWasTold() {
    LimbSensor sensor = sensor();
    List<MotionBatch> morning = batches(MORNING);
    morning.forEach(sensor::add);
    Script daysLater =
        Script.of(START.plus(Duration.ofDays(3)), Activity.WALKING, Duration.ofMinutes(3));
    List<PosturesJudged> later = new ArrayList<>();
    batches(daysLater).forEach(batch -> later.addAll(sensor.add(batch)));
    assertThat(later).isNotEmpty();

    assertThat(sensor.add(morning.get(morning.size() / 2))).isEmpty();
    assertThat(sensor().add(morning.get(3))).as("nor after a restart").isEmpty();
  }

  @Test
  void aRestartGoesOnFromTheStore() {
    List<MotionBatch> batches = batches(MORNING);
    LimbSensor without = sensor();
    List<PosturesJudged> expected = new ArrayList<>();
    batches.forEach(batch -> expected.addAll(without.add(batch)));
    open();
    store.all().forEachRemaining(entry -> store.delete(entry.key));
    List<PosturesJudged> told = new ArrayList<>();
    batches.forEach(batch -> told.addAll(sensor().add(batch)));
    assertThat(told).isEqualTo(expected);
  }

  @Test
  void aLabelIsProvisionalAtOnceAndFinalSoonAndStaysSo() {
    LimbSensor sensor = sensor();
    Map<Instant, List<PostureObservation>> told = new TreeMap<>();
    Map<Long, Posture> settled = new TreeMap<>();
    for (MotionBatch batch : batches(MORNING)) {
      sensor.add(batch).forEach(judged -> told.put(judged.from(), judged.postures()));
      long newest = batch.millisAt(batch.size() - 1) / 1_000;
      for (PostureObservation one : told.values().stream().flatMap(List::stream).toList()) {
        long age = newest - one.to().getEpochSecond();
        if (one.grade() == PostureObservation.Grade.PROVISIONAL) {
          assertThat(age).as("%s", one).isLessThan(110);
          continue;
        }
        assertThat(age).as("%s", one).isGreaterThanOrEqualTo(20);
        for (long at = one.from().getEpochSecond(); at < one.to().getEpochSecond(); at++) {
          Posture before = settled.put(at, one.posture());
          assertThat(before).isIn(null, one.posture());
        }
      }
    }
    // The ten minutes that go on are not over.
    assertThat(settled.keySet())
        .hasSize(600)
        .allMatch(at -> at < START.plus(Duration.ofMinutes(10)).getEpochSecond());
    assertThat(settled.values()).contains(Posture.WALKING, Posture.SITTING);
  }

  @Test
  void whenNothingFollowsAllIsFinalOnBothSidesOfABlock() {
    LimbSensor sensor = sensor();
    Script shortMorning =
        Script.of(START, Activity.WALKING, Duration.ofMinutes(2))
            .then(Activity.SITTING, Duration.ofSeconds(485));
    List<MotionBatch> batches = batches(shortMorning);
    batches.forEach(sensor::add);
    List<PosturesJudged> ended = sensor.ended(THIGH);
    assertThat(ended)
        .extracting(PosturesJudged::from)
        .containsExactly(START, START.plus(Duration.ofMinutes(10)));
    assertThat(ended)
        .flatExtracting(PosturesJudged::postures)
        .extracting(PostureObservation::grade)
        .containsOnly(PostureObservation.Grade.FINAL);
    assertThat(sensor.ended(THIGH)).isEmpty();
  }

  @Test
  void readsWhatWasToldBeforeThereWereGrades() {
    List<MotionBatch> batches = batches(MORNING);
    batches.subList(0, 30).forEach(sensor()::add);
    String told = "w_anna|d_thigh|thigh|Z|t";
    byte[] now = store.get(told);
    now[0] = 1;
    store.put(told, Arrays.copyOf(now, 18));
    LimbSensor sensor = sensor();
    List<PosturesJudged> later = new ArrayList<>();
    batches.subList(30, 45).forEach(batch -> later.addAll(sensor.add(batch)));
    assertThat(later.get(later.size() - 1).postures())
        .extracting(PostureObservation::posture)
        .containsExactly(Posture.WALKING, Posture.SITTING);
    assertThat(later.stream().flatMap(each -> each.postures().stream()))
        .anySatisfy(
            again -> {
              assertThat(again.from()).isBefore(Instant.ofEpochMilli(batches.get(1).millisAt(0)));
              assertThat(again.grade()).isEqualTo(PostureObservation.Grade.FINAL);
            });
  }

  @Test
  void theOrderDoesNotMatterAcrossTheCleanUp() {
    Instant hour = Instant.parse("2026-03-02T10:00:00Z");
    Script script =
        Script.of(hour.minus(Duration.ofMinutes(210)), Activity.WALKING, Duration.ofMinutes(8))
            .then(Activity.SITTING, Duration.ofMinutes(202).minusSeconds(5))
            .then(Activity.STANDING, Duration.ofSeconds(40))
            .then(Activity.CYCLING, Duration.ofMinutes(9))
            .then(Activity.WALKING, Duration.ofMinutes(10))
            .then(Activity.SITTING, Duration.ofMinutes(25));
    List<MotionBatch> all = batches(script);
    List<MotionBatch> later =
        batches(
            Script.of(
                hour.plus(Duration.ofHours(48).minusMinutes(3)),
                Activity.WALKING,
                Duration.ofMinutes(2)));
    List<MotionBatch> inOrder = new ArrayList<>(all);
    inOrder.addAll(later);
    Map<Instant, Object> expected = toldFrom(hour, inOrder);

    List<MotionBatch> late = new ArrayList<>();
    List<MotionBatch> early = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      boolean kept = all.get(i).millisAt(0) >= hour.toEpochMilli();
      (kept && i % 3 != 0 ? late : early).add(all.get(i));
    }
    Collections.shuffle(late, new Random(6));
    List<MotionBatch> across = new ArrayList<>(early);
    across.addAll(later);
    across.addAll(late);
    store.all().forEachRemaining(entry -> store.delete(entry.key));
    assertThat(toldFrom(hour, across)).isEqualTo(expected).hasSize(6);
  }

  @Test
  void twoWeeksEndTheSameWhicheverFileComesFirst() {
    List<MotionBatch> first = new ArrayList<>();
    List<MotionBatch> second = new ArrayList<>();
    for (int day = 0; day < 14; day++) {
      // Up to midnight and over it, and walks that the day after is judged by.
      Instant noon = START.plus(Duration.ofDays(day)).minus(Duration.ofHours(9));
      Script script =
          Script.of(noon, Activity.SITTING, Duration.ofMinutes(6))
              .then(Activity.WALKING, Duration.ofMinutes(2));
      Script evening =
          Script.of(noon.plus(Duration.ofMinutes(1_428)), Activity.STANDING, Duration.ofMinutes(3))
              .then(Activity.WALKING, Duration.ofMinutes(2))
              .then(Activity.SITTING, Duration.ofMinutes(7));
      (day < 7 ? first : second).addAll(batches(script, Mounting.random(new Random(5))));
      (day < 7 ? first : second).addAll(batches(evening, Mounting.random(new Random(5))));
    }
    List<MotionBatch> forward = new ArrayList<>(first);
    forward.addAll(second);
    List<MotionBatch> backward = new ArrayList<>(second);
    backward.addAll(first);

    Map<Instant, Object> expected = toldFrom(Instant.EPOCH, forward);
    assertThat(expected).hasSizeGreaterThanOrEqualTo(14 * 3);
    store.all().forEachRemaining(entry -> store.delete(entry.key));
    assertThat(toldFrom(Instant.EPOCH, backward)).isEqualTo(expected);
    assertThat(stored()).as("bytes of eight days at most").isLessThan(8 * 16_000);
  }

  @Test
  void aGapOfLastWeekIsFilledAndWhatWasToldAroundItStays() {
    LimbSensor sensor = sensor();
    List<MotionBatch> gap = new ArrayList<>();
    for (int day = 0; day < 9; day++) {
      List<MotionBatch> all =
          batches(
              Script.of(START.plus(Duration.ofDays(day)), Activity.WALKING, Duration.ofMinutes(2))
                  .then(Activity.SITTING, Duration.ofMinutes(58)));
      if (day == 3) {
        // From a quarter past, 22 minutes.
        gap.addAll(all.subList(90, 222));
        all.removeAll(gap);
      }
      all.forEach(sensor::add);
    }
    List<PosturesJudged> told = new ArrayList<>();
    LimbSensor again = sensor();
    int leftOut = 0;
    for (MotionBatch batch : gap) {
      told.addAll(again.add(batch));
      leftOut += again.leftOut();
    }
    Instant gapDay = START.plus(Duration.ofDays(3));
    Map<Instant, PosturesJudged> last = new TreeMap<>();
    told.stream()
        .filter(judged -> judged.from().isBefore(gapDay.plus(Duration.ofDays(1))))
        .forEach(judged -> last.put(judged.from(), judged));
    assertThat(last).containsOnlyKeys(gapDay.plus(Duration.ofMinutes(20)));
    assertThat(last.values().iterator().next().postures())
        .extracting(PostureObservation::posture)
        .containsOnly(Posture.SITTING);
    assertThat(leftOut).as("samples of the ten minutes on both sides").isEqualTo(12 * 60 * 25);

    assertThat(again.add(gap.get(40))).as("the same again changes nothing").isEmpty();
  }

  @Test
  void readsMinutesThatWereKeptForTwoDaysWhateverTheDate() {
    LimbSensor sensor = sensor();
    List<MotionBatch> old = batches(MORNING);
    old.forEach(sensor::add);
    // What was written before: the first minute, and behind the last. Here the newest is 49 hours
    // after the first.
    long first = START.getEpochSecond() / 60;
    long last = first + 49 * 60;
    store.put(
        "w_anna|d_thigh|thigh|Z|k", ByteBuffer.allocate(16).putLong(first).putLong(last).array());
    assertThat(HexFormat.of().formatHex(store.get("w_anna|d_thigh|thigh|Z|k")))
        .isEqualTo("0000000001c2c15c0000000001c2ccd8");
    LimbSensor upgraded = sensor();
    assertThat(upgraded.add(old.get(5))).isEmpty();
    assertThat(upgraded.leftOut()).as("judged and let go").isEqualTo(250);
    List<MotionBatch> next =
        batches(
            Script.of(START.plus(Duration.ofHours(49)), Activity.WALKING, Duration.ofSeconds(30)));
    next.forEach(upgraded::add);
    assertThat(upgraded.leftOut()).isZero();
    LimbSensor restarted = sensor();
    restarted.add(old.get(5));
    assertThat(restarted.leftOut()).as("nor later").isEqualTo(250);
  }

  private long stored() {
    long bytes = 0;
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        bytes += all.next().value.length;
      }
    }
    return bytes;
  }

  /** What was told last of each ten minutes from an instant on. */
  private Map<Instant, Object> toldFrom(Instant from, List<MotionBatch> batches) {
    Map<Instant, PosturesJudged> postures = new TreeMap<>();
    Map<Instant, MovementJudged> movements = new TreeMap<>();
    LimbSensor sensor = sensor();
    for (MotionBatch batch : batches) {
      sensor.add(batch).forEach(judged -> postures.put(judged.from(), judged));
      sensor.counted().forEach(judged -> movements.put(judged.from(), judged));
    }
    sensor.ended(THIGH).forEach(judged -> postures.put(judged.from(), judged));
    sensor.counted().forEach(judged -> movements.put(judged.from(), judged));
    Map<Instant, Object> told = new TreeMap<>();
    postures.forEach((at, judged) -> told.put(at, judged.postures()));
    movements.forEach((at, judged) -> told.merge(at, judged, List::of));
    told.keySet().removeIf(at -> at.isBefore(from));
    // That there is nothing need not be told.
    told.values().removeIf(List.of()::equals);
    return told;
  }

  @Test
  void anHourAtFiftyHertzTakesLittleRoom() {
    LimbSensor sensor = sensor();
    Script hours = Script.day(START, 5);
    Script two = new Script(START, hours.scenes().subList(0, 12));
    Wear wear = Wear.of(THIGH, 50).batches(Duration.ofSeconds(10));
    new Simulation(two, 5).worn(wear).forEach(sensor::add);
    double perHour = stored() / (two.length().toSeconds() / 3600.0);
    assertThat(perHour).isBetween(10_000.0, 31_000.0);
  }

  private LimbSensor sensor() {
    return new LimbSensor(store, "w_anna|d_thigh|thigh|Z", THIGH, List.of(), List.of());
  }

  private static List<MotionBatch> batches(Script script) {
    return batches(script, Mounting.ALIGNED);
  }

  private static List<MotionBatch> batches(Script script, Mounting mounting) {
    List<MotionBatch> batches = new ArrayList<>();
    Wear wear = Wear.of(THIGH, 25).mounted(mounting).batches(Duration.ofSeconds(10));
    new Simulation(script, 3).worn(wear).forEach(batches::add);
    return batches;
  }
}
