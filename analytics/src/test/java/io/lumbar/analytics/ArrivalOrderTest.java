package io.lumbar.analytics;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.BEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.BatteryObservation;
import io.lumbar.model.Bout;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Correction;
import io.lumbar.model.DaySummary;
import io.lumbar.model.DayTag;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Observation;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Stamp;
import io.lumbar.model.Statement;
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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shuffled, repeated and late uploads of three contradicting devices end in the same records, with
 * the stores of production. Thousands of seeds run in the simulation of {@code app}.
 */
class ArrivalOrderTest {
  private static final Instant START = Rig.at("6:00");
  private static final Instant LATER = START.plus(Duration.ofHours(5));
  private static final SleepPosition[] POSITIONS = SleepPosition.values();
  private static final Correction.Was[] WORDS = Correction.Was.values();
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
  @ValueSource(longs = {1, 2, 3, 101, 102, 103})
  void theOrderOfUploadsDoesNotMatter(long seed) throws IOException {
    Random random = new Random(seed);
    List<Object> observations = life(random, seed);
    Result inOrder = run(observations, "a");
    List<Object> shuffled = new ArrayList<>(observations);
    for (int i = 0; i < observations.size() / 3; i++) {
      shuffled.add(observations.get(random.nextInt(observations.size())));
    }
    Collections.shuffle(shuffled, random);
    Result late = run(shuffled, "b");
    assertThat(late).as("seed %d", seed).isEqualTo(inOrder);
    assertThat(inOrder.bouts).isNotEmpty();
    assertThat(inOrder.days).isNotEmpty();
  }

  /** Uploads that arrive as they happen, with ticks between, end like one upload long after. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void watchingLiveEndsLikeReadingLater(long seed) throws IOException {
    List<Object> observations = life(new Random(seed), seed);
    observations.sort(Comparator.comparing(ArrivalOrderTest::end));
    Result live;
    try (Rig rig = rig(START, "live")) {
      for (Object observation : observations) {
        Instant arrival = end(observation).plusSeconds(2);
        rig.clockTo(arrival);
        upload(rig, observation);
      }
      rig.clockTo(START.plus(Duration.ofHours(40)));
      rig.clockTo(START.plus(Duration.ofHours(41)));
      rig.rest();
      live = Result.of(rig, ANNA);
    }
    assertThat(live).as("seed %d", seed).isEqualTo(run(observations, "later"));
  }

  /** Two days of one phone's pedometer and a watch, over a midnight, each word with its delay. */
  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34})
  void stepsAloneThatComeLateEndLikeThoseReadLater(long seed) throws IOException {
    Random random = new Random(seed);
    Map<Object, Instant> arrivals = new LinkedHashMap<>();
    for (Observation one : steps(random)) {
      Instant end = end(one);
      int delay = random.nextInt(4) == 0 ? random.nextInt(30_000) : 2;
      arrivals.put(one, end.plusSeconds(delay));
    }
    Result live;
    try (Rig rig = rig(START, "live")) {
      for (Map.Entry<Object, Instant> one :
          arrivals.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList()) {
        rig.clockTo(one.getValue());
        upload(rig, one.getKey());
      }
      rig.rest();
      rig.clockTo(START.plus(Duration.ofHours(50)));
      rig.clockTo(START.plus(Duration.ofHours(51)));
      rig.rest();
      live = Result.of(rig, ANNA);
    }
    try (Rig rig = rig(START.plus(Duration.ofHours(50)), "later")) {
      arrivals.keySet().forEach(one -> upload(rig, one));
      rig.clockTo(START.plus(Duration.ofHours(51)));
      rig.rest();
      assertThat(live).as("seed %d", seed).isEqualTo(Result.of(rig, ANNA));
    }
    assertThat(live.days).hasSizeGreaterThan(1);
  }

  private static List<Observation> steps(Random random) {
    List<Observation> all = new ArrayList<>();
    Stamp phone = Rig.POCKET;
    long walked = 0;
    int session = 0;
    Instant end = START.plus(Duration.ofHours(36));
    for (Instant at = START; at.isBefore(end); ) {
      all.add(new StepCounterObservation(phone, "s" + session, walked, at));
      if (random.nextInt(12) == 0) {
        session++;
        walked = 0;
      }
      if (random.nextInt(6) == 0) {
        all.add(new StepsObservation(phone, random.nextInt(300), at, at.plusSeconds(900)));
      }
      at = at.plusSeconds(60 + random.nextInt(random.nextInt(4) == 0 ? 14_000 : 1_500));
      walked += random.nextInt(1_000);
    }
    boolean still = false;
    for (Instant at = START; at.isBefore(end); at = at.plusSeconds(300)) {
      still = random.nextInt(15) == 0 ? !still : still;
      if (random.nextInt(8) > 0) {
        int steps = still ? random.nextInt(3) : random.nextInt(400);
        all.add(new StepsObservation(Rig.WRIST, steps, at, at.plusSeconds(300)));
      }
    }
    return all;
  }

  private Result run(List<Object> observations, String name) throws IOException {
    try (Rig rig = rig(START.plus(Duration.ofHours(40)), name)) {
      for (Object observation : observations) {
        upload(rig, observation);
      }
      rig.upload(BEN, PostureObservation.span(Rig.THIGH, Posture.LYING, START, LATER));
      rig.clockTo(START.plus(Duration.ofHours(41)));
      rig.rest();
      return Result.of(rig, ANNA);
    }
  }

  private Rig rig(Instant now, String name) throws IOException {
    return new Rig(now, Files.createDirectories(stateDir.resolve(name)));
  }

  private static void upload(Rig rig, Object event) {
    if (event instanceof Statement statement) {
      rig.tell(ANNA, statement);
    } else {
      rig.upload(ANNA, (Observation) event);
    }
  }

  private static Instant end(Object observation) {
    if (observation instanceof Statement statement) {
      return statement.statedAt();
    }
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

  private static List<Object> life(Random random, long seed) {
    List<Object> all = new ArrayList<>(day(random, seed));
    all.addAll(night(random));
    all.addAll(words(random));
    return all;
  }

  /** A restless night, told by two devices, of which one knows positions. */
  private static List<Observation> night(Random random) {
    List<Observation> all = new ArrayList<>();
    Stamp chest = Rig.stamp("d_chest", Placement.CHEST);
    Stamp thigh = Rig.stamp("d_thigh", Placement.THIGH);
    Instant at = START.plus(Duration.ofHours(16)).plusSeconds(random.nextInt(7200));
    for (int i = 0; i < 40; i++) {
      Instant to = at.plusSeconds(20 + random.nextInt(random.nextInt(3) == 0 ? 60 : 2400));
      boolean up = random.nextInt(8) == 0;
      SleepPosition position = POSITIONS[random.nextInt(POSITIONS.length)];
      all.add(
          new PostureObservation(
              chest,
              up ? Posture.UNKNOWN : Posture.LYING,
              at,
              to,
              false,
              PostureObservation.Origin.CLASSIFIED,
              PostureObservation.Grade.FINAL,
              up ? null : position,
              up ? null : random.nextInt(200) / 10.0,
              up ? null : random.nextInt(300) / 10.0,
              up ? Map.of() : Map.of(position, (to.toEpochMilli() - at.toEpochMilli()) / 1000.0),
              random.nextBoolean() ? 0.8 : 0.4,
              random.nextInt(6) == 0));
      if (random.nextInt(3) == 0) {
        all.add(
            PostureObservation.span(
                thigh, up ? Posture.STANDING : Posture.SITTING, at, to.plusSeconds(60)));
      }
      at = random.nextInt(5) == 0 ? to.plusSeconds(random.nextInt(1800)) : to;
    }
    return all;
  }

  /** Corrections that overlap and are amended and taken back, tags, and how the wearer feels. */
  private static List<Statement> words(Random random) {
    List<Statement> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Instant from = START.plusSeconds(random.nextInt(26 * 3600));
      all.add(
          new Correction(
              "s_" + random.nextInt(5),
              START.plus(Duration.ofHours(36)).plusSeconds(i),
              random.nextInt(4) == 0,
              from,
              from.plusSeconds(30 + random.nextInt(7200)),
              WORDS[random.nextInt(WORDS.length)]));
      all.add(
          new CheckIn(
              "c_" + random.nextInt(6),
              START.plus(Duration.ofHours(36)).plusSeconds(i),
              random.nextInt(4) == 0,
              from,
              random.nextInt(11),
              null,
              null,
              null,
              false,
              null));
      all.add(
          new DayTag(
              "t_" + random.nextInt(2),
              START.plus(Duration.ofHours(36)).plusSeconds(i),
              random.nextInt(3) == 0,
              Rig.DAY.plusDays(random.nextInt(2)),
              DayTag.Tag.values()[random.nextInt(4)]));
    }
    return all;
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
                  stamp,
                  posture,
                  at.plusSeconds(1),
                  at.plusSeconds(2 + random.nextInt(30)),
                  random.nextBoolean()
                      ? PostureObservation.Grade.FINAL
                      : PostureObservation.Grade.PROVISIONAL));
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
      Stamp stamp, Posture posture, Instant from, Instant to, PostureObservation.Grade grade) {
    return new PostureObservation(
        stamp,
        posture,
        from,
        to,
        false,
        PostureObservation.Origin.CLASSIFIED,
        grade,
        null,
        null,
        null,
        Map.of());
  }

  /** What stands in the end, without revisions, which count the way there. */
  private record Result(
      List<String> bouts, List<String> episodes, List<DaySummary> days, List<NightSummary> nights) {
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
              .map(day -> day.withRevision(0))
              .sorted(Comparator.comparing(DaySummary::date))
              .toList(),
          rig.nights(wearer).values().stream()
              .map(night -> night.with(0, false, night.usualShiftsPerHour()))
              .toList());
    }

    private static String text(Bout b) {
      return b.id() + " " + b.posture() + b.from() + b.to() + b.open() + b.placement() + b.zone();
    }
  }
}
