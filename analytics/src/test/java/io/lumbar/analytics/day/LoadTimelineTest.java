package io.lumbar.analytics.day;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.DAY;
import static io.lumbar.analytics.Rig.WRIST;
import static io.lumbar.analytics.Rig.at;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.analytics.Rig;
import io.lumbar.analytics.aging.Horizon;
import io.lumbar.analytics.stream.PublishedDay;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.CheckIn;
import io.lumbar.model.DaySummary;
import io.lumbar.model.DayTag;
import io.lumbar.model.Episode;
import io.lumbar.model.LoadChange;
import io.lumbar.model.StepsObservation;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads of days that go on, end and were hardly seen, through the whole topology. */
class LoadTimelineTest {
  private static final Instant SAID = at("12:00");

  @TempDir Path stateDir;

  @Test
  void aDayThatGoesOnNeitherEndsAJumpNorMakesOne() throws IOException {
    try (Rig rig = rig("goes-on")) {
      walkFiveWeeks(rig);
      rig.rest();
      assertThat(rig.episodes(ANNA)).singleElement().matches(Episode::open);
      rig.upload(ANNA, Rig.steps(WRIST, 40, "0:00", "0:30"));
      rig.rest();
      assertThat(load(rig, 0).perDay()).isEqualTo(8_000);
      assertThat(rig.episodes(ANNA)).singleElement().matches(Episode::open);
      rig.clockTo("20:00");
      rig.upload(ANNA, Rig.steps(WRIST, 4_960, "14:00", "20:00"));
      rig.clockTo("23:59:50").rest();
      assertThat(load(rig, 0).perDay()).isEqualTo(8_000);
      assertThat(rig.episodeLog()).noneMatch(one -> !one.open() || one.retracted());
    }
  }

  @Test
  void aDayCountsOnceItIsOverAlthoughNothingNewComes() throws IOException {
    try (Rig rig = rig("over")) {
      walkFiveWeeks(rig);
      rig.upload(ANNA, Rig.steps(WRIST, 5_000, "6:00", "12:00"));
      rig.rest();
      assertThat(rig.episodes(ANNA)).singleElement().matches(Episode::open);
      rig.clockTo(midnight()).rest();
      assertThat(load(rig, 0).perDay()).isEqualTo(53_000 / 7.0, within(0.5));
      assertThat(load(rig, 0).jump()).isFalse();
      assertThat(rig.episodePicture(ANNA)).contains("ended by usual-load");
    }
  }

  @Test
  void aTagOnADayToComeDoesNotEndAJump() throws IOException {
    try (Rig rig = rig("to-come")) {
      walkFiveWeeks(rig);
      rig.tell(ANNA, new DayTag("t1", SAID, false, DAY.plusDays(3), DayTag.Tag.HOLIDAY));
      rig.rest();
      assertThat(rig.days(ANNA).get(DAY.plusDays(3)).load()).isEmpty();
      assertThat(rig.episodes(ANNA)).singleElement().matches(Episode::open);
      rig.clockTo(midnight().plus(Duration.ofDays(2))).rest();
      assertThat(rig.episodePicture(ANNA)).contains("ended by silence");
    }
  }

  @Test
  void daysOnWhichThePhoneLayAtHomeCountNothing() throws IOException {
    try (Rig rig = rig("at-home")) {
      for (int day = 35; day > 0; day--) {
        boolean home = day < 28 && day % 3 == 0;
        walk(rig, day, home ? 40 : 6_000, 7);
      }
      rig.rest();
      assertThat(load(rig, 1).usualPerDay()).isEqualTo(6_000);
      assertThat(load(rig, 1).perDay()).isEqualTo(6_000);
    }
  }

  /** Who was ill for two weeks is back since ten days, with twice the steps of before. */
  @ParameterizedTest
  @ValueSource(ints = {3, 7, 14, 21, 35})
  void aReturnIsComparedWithTheDaysBeforeTheTaggedOnes(int ill) throws IOException {
    try (Rig rig = rig("ill" + ill)) {
      for (int day = ill + 50; day > 0; day--) {
        walk(rig, day, day > 10 + ill ? 6_000 : day > 10 ? 1_600 : 12_000, 7);
      }
      for (int day = 10 + ill; day > 10; day--) {
        rig.tell(ANNA, new DayTag("t" + day, SAID, false, DAY.minusDays(day), DayTag.Tag.ILL));
      }
      rig.rest();
      for (int day = 8; day > 3; day--) {
        LoadChange change = load(rig, day);
        assertThat(change.usualPerDay()).as("%s days ago", day).isEqualTo(6_000);
        assertThat(change.afterBreak()).as("%s days ago", day).isTrue();
      }
      assertThat(load(rig, 6).jump()).isTrue();
      assertThat(load(rig, 3).jump()).isTrue();
      assertThat(load(rig, 2).afterBreak()).isFalse();
      assertThat(load(rig, 2).jump()).isTrue();
      assertThat(rig.episodes(ANNA)).singleElement().matches(Episode::open);
    }
  }

  /** Further back than eight weeks nothing is kept, so nothing can be compared. */
  @Test
  void aBreakOfTwoMonthsLeavesNothingToCompareWith() throws IOException {
    try (Rig rig = rig("long-break")) {
      for (int day = 110; day > 0; day--) {
        walk(rig, day, day > 70 ? 6_000 : day > 10 ? 1_600 : 12_000, 7);
      }
      for (int day = 70; day > 10; day--) {
        rig.tell(ANNA, new DayTag("t" + day, SAID, false, DAY.minusDays(day), DayTag.Tag.ILL));
      }
      rig.rest();
      assertThat(rig.days(ANNA).get(DAY.minusDays(3)).load()).isEmpty();
      assertThat(rig.episodes(ANNA)).isEmpty();
    }
  }

  @Test
  void aJumpOfWhichNothingMoreIsKnownEndsBySilence() throws IOException {
    try (Rig rig = rig("stays-home")) {
      for (int day = 60; day > 0; day--) {
        walk(rig, day, day > 14 ? 6_000 : day > 6 ? 14_000 : 100, 7);
      }
      rig.rest();
      assertThat(rig.episodePicture(ANNA)).contains("ended by silence");
      for (int day = 6; day > 0; day--) {
        walk(rig, day, 3_000, 12);
      }
      rig.rest();
      assertThat(rig.episodePicture(ANNA)).contains("ended by usual-load");
    }
  }

  /** Bends are known as ever, and say nothing of the steps that had jumped. */
  @Test
  void anotherMeasureThatIsUsualEndsNoJumpOfSteps() {
    LoadJumps.Day jump = day(1, 80, 0b101, 0b001);
    assertThat(LoadJumps.of(ANNA, List.of(jump, day(2, 0, 0b100, 0)), false))
        .extracting(Episode::endedBy)
        .containsExactly("silence");
    assertThat(LoadJumps.of(ANNA, List.of(jump, day(2, 0, 0b001, 0)), false))
        .extracting(Episode::endedBy)
        .containsExactly("usual-load");
  }

  private static LoadJumps.Day day(int day, int rise, int measured, int jumped) {
    long from = DAY.plusDays(day).atStartOfDay(Rig.ZONE).toInstant().toEpochMilli();
    return new LoadJumps.Day(
        DAY.plusDays(day),
        Rig.ZONE,
        new Span(from, from + Duration.ofDays(1).toMillis()),
        rise,
        measured,
        jumped);
  }

  @Test
  void liftsAreComparedWithoutAnySensor() throws IOException {
    try (Rig rig = rig("lifts")) {
      for (int week = 4; week > 0; week--) {
        lift(rig, 7 * week, 50, 40);
      }
      lift(rig, 2, 50, 40);
      lift(rig, 1, 60, 40);
      rig.rest();
      DaySummary day = rig.days(ANNA).get(DAY.minusDays(1));
      assertThat(day.lifting()).isEqualTo(new DaySummary.Lifting(2_400, 60, false));
      LoadChange change = day.load().get(0);
      assertThat(change.measure()).isEqualTo(LoadChange.Measure.LIFT_VOLUME);
      assertThat(change.perDay()).isEqualTo(6_400 / 7.0, within(0.5));
      assertThat(change.jump()).isTrue();
      assertThat(change.heavier()).isTrue();
      assertThat(rig.episodes(ANNA)).singleElement().matches(Episode::open);
    }
  }

  @Test
  void theWordHeavierStandsOnADayOfWhichNothingElseIsKnown() throws IOException {
    try (Rig rig = rig("heavier")) {
      CheckIn word = new CheckIn("c1", SAID, false, SAID, null, null, null, null, true, null);
      rig.tell(ANNA, word).rest();
      assertThat(rig.days(ANNA).get(DAY).lifting()).isEqualTo(new DaySummary.Lifting(0, 0, true));
      assertThat(rig.days(ANNA).get(DAY).load()).isEmpty();
    }
  }

  @Test
  void loadsFollowATagOnAnEarlierDayThoughAnOlderVersionMadeTheDays() throws IOException {
    LoadChange before;
    try (Rig rig = rig("older")) {
      walkFiveWeeks(rig);
      walk(rig, 5, 14_000, 10);
      rig.rest();
      before = load(rig, 1);
      rig.remake(
          ANNA,
          day ->
              new PublishedDay(
                  day.zone(),
                  day.revision(),
                  day.rise(),
                  day.measured(),
                  day.jumped(),
                  day.retracted(),
                  day.load(),
                  day.rest() + 1));
      rig.tell(ANNA, new DayTag("t1", SAID, false, DAY.minusDays(5), DayTag.Tag.ILL)).rest();
      assertThat(load(rig, 1).perDay()).isLessThan(before.perDay()).isEqualTo(8_000);
    }
  }

  /** Days of a recording of long ago, of which everything is kept. */
  @Test
  void loadsFollowThoughAVersionMadeTheDaysThatReckonedTimeAwakeOtherwise() throws IOException {
    try (Rig rig =
        new Rig(
            at("12:00").plus(Duration.ofDays(40)),
            Files.createDirectories(stateDir.resolve("awake")),
            Horizon.DEFAULT)) {
      rig.set(anna());
      walkFiveWeeks(rig);
      walk(rig, 5, 14_000, 10);
      rig.rest();
      LoadChange before = load(rig, 1);
      Map<PublishedDay, PublishedDay> former = new HashMap<>();
      for (DaySummary day : rig.days(ANNA).values()) {
        DaySummary.Wear allDay = new DaySummary.Wear(0, 24 * 60, 0, false);
        former.put(PublishedDay.of(day), PublishedDay.of(day.withWear(allDay)));
      }
      rig.remake(ANNA, day -> requireNonNull(former.get(day)));
      rig.tell(ANNA, new DayTag("t1", SAID, false, DAY.minusDays(5), DayTag.Tag.ILL)).rest();
      assertThat(load(rig, 1).perDay()).isLessThan(before.perDay()).isEqualTo(8_000);
      assertThat(rig.days(ANNA).get(DAY.minusDays(1)).wear().awakeMinutes()).isEqualTo(900);
    }
  }

  /** Whatever goes on when a report comes, in the end the same stands. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void lateStepsAndLiftsInAnyOrderGiveTheSameLoads(long seed) throws IOException {
    Random random = new Random(seed);
    List<Told> all = new ArrayList<>();
    for (int day = 0; day < 40; day++) {
      for (int hour = 8; hour < 20; hour += 4) {
        all.add(new Told(day, hour, 300 + random.nextInt(day < 30 ? 3_000 : 6_000), random));
      }
    }
    Instant end = DAY.plusDays(60).atStartOfDay(Rig.ZONE).toInstant();
    String ordered;
    try (Rig rig = rig(end, "ordered")) {
      all.forEach(one -> one.tell(rig));
      rig.rest();
      ordered = loads(rig);
    }
    assertThat(ordered).contains("load-jump").contains("lift-volume");
    all.sort(Comparator.comparing(Told::comes));
    try (Rig rig = rig(at("0:00"), "as-it-comes")) {
      for (Told one : all) {
        rig.clockTo(one.comes());
        one.tell(rig);
      }
      rig.clockTo(end).rest();
      assertThat(loads(rig)).isEqualTo(ordered);
    }
  }

  /** Steps of four hours, and now and then a lift in them, with when they come. */
  private record Told(int day, int hour, int steps, boolean lifts, Duration delay) {
    Told(int day, int hour, int steps, Random random) {
      this(
          day,
          hour,
          steps,
          random.nextInt(8) == 0,
          Duration.ofMinutes(random.nextInt(4) == 0 ? random.nextInt(8_000) : 1));
    }

    Instant from() {
      return DAY.plusDays(day).atTime(hour, 0).atZone(Rig.ZONE).toInstant();
    }

    Instant comes() {
      return from().plus(Duration.ofHours(4)).plus(delay);
    }

    void tell(Rig rig) {
      rig.upload(ANNA, new StepsObservation(WRIST, steps, from(), from().plusSeconds(4 * 3600)));
      if (lifts) {
        String id = "c" + day + "_" + hour;
        rig.tell(
            ANNA,
            new CheckIn(id, from(), false, from(), null, null, 40.0, steps / 50, false, null));
      }
    }
  }

  private static String loads(Rig rig) {
    StringBuilder lines = new StringBuilder(rig.episodePicture(ANNA));
    rig.days(ANNA).values().stream()
        .sorted(Comparator.comparing(DaySummary::date))
        .forEach(day -> lines.append("\n").append(day.withRevision(0)));
    return lines.toString().replace("LIFT_VOLUME", "lift-volume");
  }

  /** Four weeks of 5,000 steps a day and one of 8,000, up to yesterday. */
  private static void walkFiveWeeks(Rig rig) {
    for (int day = 35; day > 0; day--) {
      walk(rig, day, day <= 7 ? 8_000 : 5_000, 7);
    }
  }

  private static void walk(Rig rig, int daysAgo, int steps, int hour) {
    Instant from = DAY.minusDays(daysAgo).atTime(hour, 0).atZone(Rig.ZONE).toInstant();
    rig.upload(ANNA, new StepsObservation(WRIST, steps, from, from.plusSeconds(7200)));
  }

  private static void lift(Rig rig, int daysAgo, double kg, int repetitions) {
    Instant at = DAY.minusDays(daysAgo).atTime(18, 0).atZone(Rig.ZONE).toInstant();
    rig.tell(
        ANNA,
        new CheckIn("l" + daysAgo, SAID, false, at, null, null, kg, repetitions, false, null));
  }

  private static LoadChange load(Rig rig, int daysAgo) {
    return rig.days(ANNA).get(DAY.minusDays(daysAgo)).load().get(0);
  }

  private static Instant midnight() {
    return DAY.plusDays(1).atStartOfDay(Rig.ZONE).toInstant();
  }

  private Rig rig(String name) throws IOException {
    return rig(at("12:00"), name);
  }

  /** Of a registered wearer, whose own words have a zone. */
  private Rig rig(Instant now, String name) throws IOException {
    Rig rig = new Rig(now, Files.createDirectories(stateDir.resolve(name)));
    rig.set(anna());
    return rig;
  }

  private static Wearer anna() {
    return new Wearer(
        ANNA,
        "Anna",
        "",
        List.of(new Wearer.ZoneFrom(Rig.ZONE, Instant.EPOCH)),
        WearerSettings.defaults());
  }
}
