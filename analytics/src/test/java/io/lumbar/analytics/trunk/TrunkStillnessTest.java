package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.analytics.trunk.TrunkStillness.Worn;
import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrunkStillnessTest {
  private static final WearerId ANNA = new WearerId("w_anna");
  private static final Instant START = Instant.parse("2026-03-02T21:00:00Z");
  private static final long MINUTE = 60_000;

  @ParameterizedTest
  @CsvSource({"chest, 25, 50", "chest, 1, 50", "chest, 0.2, 110", "lower-back, 25, 110"})
  void aSensorFlatOnATableIsNotWorn(String placement, double hertz, int minutes) {
    Script script =
        Script.of(START, Activity.WALKING, Duration.ofMinutes(10))
            .then(Activity.SENSOR_OFF, Duration.ofMinutes(minutes))
            .then(Activity.WALKING, Duration.ofMinutes(10))
            .then(Activity.LYING_SUPINE, Duration.ofHours(3));
    Stamp stamp = stamp(Placement.of(placement));
    Duration batch = Duration.ofSeconds(hertz < 1 ? 60 : 10);
    Map<Instant, List<PostureObservation>> told = new TreeMap<>();
    tell(new Simulation(script, 3).worn(Wear.of(stamp, hertz).batches(batch)), told);
    assertThat(spans(told)).filteredOn(one -> one.startsWith("not-worn")).singleElement();
    assertThat(spans(told))
        .anyMatch(
            one ->
                one.startsWith("not-worn 21:1") && one.contains(minutes == 50 ? "-22:0" : "-23:0"))
        .noneMatch(one -> one.startsWith("lying") && one.matches(".* 2[12]:[1-4].*-2[12]:[2-5].*"));
    String night = stamp.placement() == Placement.LOWER_BACK ? "lying " : "lying supine ";
    assertThat(spans(told)).anyMatch(one -> one.startsWith(night));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aDayInPiecesAndAnyOrderIsToldAsTheWhole(long seed) {
    Script script =
        Script.of(START, Activity.SENSOR_OFF, Duration.ofMinutes(40))
            .then(Activity.STANDING, Duration.ofMinutes(2))
            .then(Activity.LYING_PRONE, Duration.ofMinutes(50))
            .then(Activity.SENSOR_OFF, Duration.ofMinutes(95));
    Wear wear = Wear.of(stamp(Placement.CHEST), 1);
    Map<Instant, List<PostureObservation>> whole = new TreeMap<>();
    tell(new Simulation(script, seed).worn(wear.batches(Duration.ofMinutes(30))), whole);
    List<MotionBatch> pieces = new ArrayList<>();
    new Simulation(script, seed).worn(wear.batches(Duration.ofSeconds(50))).forEach(pieces::add);
    Map<Instant, List<PostureObservation>> inOrder = new TreeMap<>();
    tell(pieces, inOrder);
    assertThat(inOrder).isEqualTo(whole);
    Collections.shuffle(pieces, new Random(seed));
    Map<Instant, List<PostureObservation>> shuffled = new TreeMap<>();
    tell(pieces, shuffled);
    assertThat(shuffled).isEqualTo(whole);
    assertThat(spans(whole)).filteredOn(one -> one.startsWith("not-worn")).hasSize(2);
  }

  /**
   * As the stillest sleepers among the recordings breathe whose chest lay level: 7 mg of deviation,
   * with the deep breath that people take every some minutes.
   */
  @ParameterizedTest
  @EnumSource(
      value = Placement.class,
      names = {"CHEST", "LOWER_BACK"})
  void whoSleepsDeeplyWithASensorThatLiesLevelWearsIt(Placement placement) {
    LongToDoubleFunction breath =
        at -> {
          boolean deep = at % 420_000 < 5_000;
          return (deep ? 0.035 : 0.01) * Math.sin(2 * Math.PI * at / 4_300.0);
        };
    TrunkStillness stillness = new TrunkStillness(placement, kept(240, breath, 0.003, 100));
    assertThat(stillness.still(0, 240 * MINUTE)).isEmpty();
  }

  @Test
  void aTableThatIsKnockedAgainstStaysATable() {
    LongToDoubleFunction knock = at -> at / MINUTE == 45 && at % MINUTE < 400 ? 0.4 : 0;
    TrunkStillness stillness = new TrunkStillness(Placement.CHEST, kept(90, knock, 0.004, 100));
    assertThat(stillness.still(0, 90 * MINUTE)).hasSize(90);
    assertThat(stillness.isDoubtful(45 * MINUTE)).isTrue();
  }

  @Test
  void aRestOfLessThanHalfAnHourIsNoTable() {
    LongToDoubleFunction still = at -> 0;
    TrunkStillness stillness = new TrunkStillness(Placement.CHEST, kept(29, still, 0.004, 100));
    assertThat(stillness.still(0, 29 * MINUTE)).isEmpty();
    TrunkStillness longer = new TrunkStillness(Placement.CHEST, kept(30, still, 0.004, 100));
    assertThat(longer.still(0, 30 * MINUTE)).hasSize(30);
  }

  /** Breathes, and sighs every seven minutes; does not turn for eight hours, as few people do. */
  private static final LongToDoubleFunction SLEEPER =
      at -> (at % 420_000 < 5_000 ? 0.035 : 0.007) * Math.sin(2 * Math.PI * at / 4_300.0);

  /** Heard every 1.3 to 10 s, when it is not lost. */
  @ParameterizedTest
  @CsvSource({"1300, 0", "1300, 0.75", "2500, 0.75", "5000, 0.75", "10000, 0", "10000, 0.75"})
  void whoSleepsWithATagThatIsHeardSeldomIsNeverSaidNotToWearIt(int stepMillis, double lost) {
    for (Placement placement : List.of(Placement.CHEST, Placement.LOWER_BACK)) {
      TrunkMinutes night = kept(480, SLEEPER, 0.003, stepMillis, lost, at -> true);
      Map<Long, Worn> still = new TrunkStillness(placement, night).still(0, 480 * MINUTE);
      assertThat(still.values()).doesNotContain(Worn.NO);
    }
  }

  @ParameterizedTest
  @CsvSource({"1300, 0.75, NO", "2500, 0.75, UNSURE", "5000, 0.75, UNSURE", "10000, 0.75, UNSURE"})
  void aTableIsToldByATagThatIsHeardOftenEnoughAndElseNobodyKnows(
      int stepMillis, double lost, Worn told) {
    TrunkMinutes table = kept(480, at -> 0, 0.003, stepMillis, lost, at -> true);
    Map<Long, Worn> still = new TrunkStillness(Placement.CHEST, table).still(0, 480 * MINUTE);
    assertThat(still).hasSizeGreaterThan(300);
    assertThat(still.values()).containsOnly(told);
  }

  @Test
  void aTableStaysATableOverHolesInWhatWasHeard() {
    LongPredicate heard = at -> at / MINUTE % 70 < 50;
    TrunkMinutes table = kept(280, at -> 0, 0.004, 100, 0, heard);
    Map<Long, Worn> still = new TrunkStillness(Placement.LOWER_BACK, table).still(0, 280 * MINUTE);
    assertThat(still).hasSize(200);
    assertThat(still.values()).containsOnly(Worn.NO);
  }

  @Test
  void whoLiesOtherwiseBehindAHoleWoreIt() {
    LongPredicate heard = at -> at / MINUTE % 70 < 50;
    LongToDoubleFunction moved = at -> at / MINUTE / 70 % 2 * 0.1;
    TrunkMinutes minutes = kept(280, moved, 0.004, 100, 0, heard);
    assertThat(new TrunkStillness(Placement.LOWER_BACK, minutes).still(0, 280 * MINUTE)).isEmpty();
  }

  @Test
  void tenMinutesOfSilenceAreNoPartOfHalfAnHourOfStillness() {
    LongPredicate heard = at -> at / MINUTE < 15 || at / MINUTE >= 25;
    TrunkMinutes minutes = kept(45, at -> 0, 0.004, 100, 0, heard);
    assertThat(new TrunkStillness(Placement.CHEST, minutes).still(0, 45 * MINUTE)).isEmpty();
  }

  /** Minutes of a sensor with its face up, which something turns by as many radians. */
  private static TrunkMinutes kept(
      int length, LongToDoubleFunction turned, double noise, int stepMillis) {
    return kept(length, turned, noise, stepMillis, 0, at -> true);
  }

  private static TrunkMinutes kept(
      int length,
      LongToDoubleFunction turned,
      double noise,
      int stepMillis,
      double lost,
      LongPredicate heard) {
    Random random = new Random(4);
    Map<Long, TrunkMinute> minutes = new HashMap<>();
    for (long at = 0; at < length * MINUTE; at += stepMillis) {
      if (random.nextDouble() < lost || !heard.test(at)) {
        continue;
      }
      double angle = 0.03 + turned.applyAsDouble(at);
      minutes
          .computeIfAbsent(TrunkMinute.startOf(at), TrunkMinute::new)
          .add(
              at,
              Math.sin(angle) + noise * random.nextGaussian(),
              0.02 + noise * random.nextGaussian(),
              Math.cos(angle) + noise * random.nextGaussian());
    }
    return new TrunkMinutes() {
      @Override
      public @Nullable TrunkMinute find(long start) {
        return minutes.get(start);
      }

      @Override
      public long newestSlot() {
        return (length - 1) * MINUTE;
      }
    };
  }

  private static Stamp stamp(Placement placement) {
    return new Stamp(new DeviceId("d_tag"), placement, ZoneOffset.UTC);
  }

  private static void tell(
      Iterable<MotionBatch> batches, Map<Instant, List<PostureObservation>> told) {
    TrunkSensors sensors =
        new TrunkSensors(TrunkSensorsTest.store(), TrunkSensorsTest.store(), ANNA);
    for (MotionBatch batch : batches) {
      sensors
          .add(batch, Long.MIN_VALUE)
          .postures()
          .forEach(judged -> told.put(judged.from(), judged.postures()));
    }
  }

  /** What follows each other and is the same as one, but moments. */
  private static List<String> spans(Map<Instant, List<PostureObservation>> told) {
    List<String> spans = new ArrayList<>();
    String open = "";
    Instant from = Instant.EPOCH;
    Instant to = Instant.EPOCH;
    for (PostureObservation one : told.values().stream().flatMap(List::stream).toList()) {
      String what =
          one.posture().wireName()
              + (one.position() == null ? "" : " " + one.position().wireName());
      if (!what.equals(open) || !one.from().equals(to)) {
        add(spans, open, from, to);
        open = what;
        from = one.from();
      }
      to = one.to();
    }
    add(spans, open, from, to);
    return spans;
  }

  private static void add(List<String> spans, String what, Instant from, Instant to) {
    if (Duration.between(from, to).toSeconds() >= 60 && !what.isEmpty()) {
      spans.add(
          what + " " + from.toString().substring(11, 19) + "-" + to.toString().substring(11, 19));
    }
  }
}
