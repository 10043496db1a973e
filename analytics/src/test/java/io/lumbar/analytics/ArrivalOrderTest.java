package io.lumbar.analytics;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.BEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.BatteryObservation;
import io.lumbar.model.Bout;
import io.lumbar.model.Observation;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import io.lumbar.model.StepCounterObservation;
import io.lumbar.model.StepsObservation;
import io.lumbar.model.WearerId;
import io.lumbar.model.WornObservation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeded simulation: shuffled, repeated and late uploads end in the same records. */
class ArrivalOrderTest {
  private static final Instant START = Rig.at("6:00");
  private static final Posture[] POSTURES = {
    Posture.SITTING,
    Posture.STANDING,
    Posture.WALKING,
    Posture.LYING,
    Posture.UNKNOWN,
    Posture.SITTING,
    Posture.TRAVELLING
  };

  @TempDir Path stateDir;

  @ParameterizedTest
  @ValueSource(
      longs = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 101, 102, 103, 104,
        105, 106, 107, 108, 109, 110
      })
  void theOrderOfUploadsDoesNotMatter(long seed) throws IOException {
    Random random = new Random(seed);
    List<Observation> observations = day(random, seed);
    Result inOrder = run(observations, "a");
    List<Observation> shuffled = new ArrayList<>(observations);
    for (int i = 0; i < observations.size() / 3; i++) {
      shuffled.add(observations.get(random.nextInt(observations.size())));
    }
    Collections.shuffle(shuffled, random);
    Result late = run(shuffled, "b");
    assertThat(late).as("seed %d", seed).isEqualTo(inOrder);
    assertThat(inOrder.bouts).isNotEmpty();
  }

  /** Uploads that arrive as they happen, with ticks between, end like one upload long after. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void watchingLiveEndsLikeReadingLater(long seed) throws IOException {
    List<Observation> observations = day(new Random(seed), seed);
    observations.sort(java.util.Comparator.comparing(ArrivalOrderTest::end));
    Result live;
    try (Rig rig = rig(START, "live")) {
      for (Observation observation : observations) {
        Instant arrival = end(observation).plusSeconds(2);
        rig.clockTo(arrival);
        rig.upload(ANNA, observation);
      }
      rig.clockTo(START.plus(Duration.ofHours(40)));
      rig.clockTo(START.plus(Duration.ofHours(41)));
      live = Result.of(rig, ANNA);
    }
    assertThat(live).as("seed %d", seed).isEqualTo(run(observations, "later"));
  }

  private Result run(List<Observation> observations, String name) throws IOException {
    try (Rig rig = rig(START.plus(Duration.ofHours(40)), name)) {
      for (Observation observation : observations) {
        rig.upload(ANNA, observation);
      }
      rig.upload(BEN, observations.get(0));
      rig.clockTo(START.plus(Duration.ofHours(41)));
      return Result.of(rig, ANNA);
    }
  }

  private Rig rig(Instant now, String name) throws IOException {
    return new Rig(now, Files.createDirectories(stateDir.resolve(name)));
  }

  private static Instant end(Observation observation) {
    if (observation instanceof PostureObservation posture) {
      return posture.change() ? posture.from() : posture.to();
    }
    if (observation instanceof StepsObservation steps) {
      return steps.to();
    }
    if (observation instanceof StepCounterObservation counter) {
      return counter.at();
    }
    return observation instanceof WornObservation worn
        ? worn.at()
        : ((BatteryObservation) observation).at();
  }

  /** Three devices that overlap, contradict each other, fall silent, charge and are taken off. */
  private static List<Observation> day(Random random, long seed) {
    List<Observation> all = new ArrayList<>();
    Placement[] placements = {Placement.THIGH, Placement.TROUSER_POCKET, Placement.CHEST};
    for (Placement placement : placements) {
      Stamp stamp = Rig.stamp("d_" + placement.wireName(), placement);
      Instant at = START.plusSeconds(random.nextInt(7200));
      for (int i = 0; i < 25; i++) {
        Posture posture = POSTURES[random.nextInt(POSTURES.length)];
        Duration length =
            Duration.ofSeconds(
                3 + random.nextInt(random.nextInt(5) == 0 ? 4000 : seed % 2 == 0 ? 120 : 500));
        int form = random.nextInt(10);
        if (form < 6) {
          all.add(PostureObservation.span(stamp, posture, at, at.plus(length)));
        } else if (form < 8) {
          all.add(PostureObservation.change(stamp, posture, at, length.multipliedBy(2)));
        } else if (form == 8) {
          all.add(new WornObservation(stamp, random.nextBoolean(), at));
        } else {
          all.add(new BatteryObservation(stamp, 0.5, random.nextBoolean(), at));
        }
        if (random.nextInt(3) == 0) {
          all.add(
              classified(
                  stamp, posture, at.plusSeconds(1), at.plusSeconds(2 + random.nextInt(30))));
        }
        all.add(new StepsObservation(stamp, random.nextInt(80), at, at.plusSeconds(60)));
        all.add(new StepCounterObservation(stamp, "s" + i / 5, random.nextInt(5000), at));
        at =
            at.plus(length)
                .plusSeconds(random.nextInt(4) == 0 ? random.nextInt(2400) : -random.nextInt(20));
      }
    }
    return all;
  }

  private static PostureObservation classified(
      Stamp stamp, Posture posture, Instant from, Instant to) {
    return new PostureObservation(
        stamp,
        posture,
        from,
        to,
        false,
        PostureObservation.Origin.CLASSIFIED,
        PostureObservation.Grade.PROVISIONAL,
        null,
        null,
        null,
        Map.of());
  }

  /** What stands in the end, without revisions, which count the way there. */
  private record Result(List<String> bouts, List<String> episodes, List<String> days) {
    static Result of(Rig rig, WearerId wearer) {
      return new Result(
          rig.bouts(wearer).stream().map(Result::text).toList(),
          rig.episodes(wearer).stream()
              .map(
                  e ->
                      e.id()
                          + e.kind()
                          + e.from()
                          + e.to()
                          + e.level()
                          + e.open()
                          + e.evidence()
                          + e.endedBy())
              .toList(),
          rig.days(wearer).values().stream()
              .map(
                  d ->
                      d.date()
                          + " "
                          + new java.util.TreeMap<>(d.postureMinutes())
                          + d.sitting()
                          + d.steps())
              .sorted()
              .toList());
    }

    private static String text(Bout b) {
      return b.id() + " " + b.posture() + b.from() + b.to() + b.open() + b.placement() + b.zone();
    }
  }
}
