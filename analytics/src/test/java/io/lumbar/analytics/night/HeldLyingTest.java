package io.lumbar.analytics.night;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.THIGH;
import static io.lumbar.model.Posture.LYING;
import static io.lumbar.model.Posture.SITTING;
import static io.lumbar.model.Posture.STANDING;
import static io.lumbar.model.SleepPosition.LEFT;
import static io.lumbar.model.SleepPosition.PRONE;
import static io.lumbar.model.SleepPosition.SUPINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.Rig;
import io.lumbar.model.DetectionSettings;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Stamp;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Devices that report only changes: what passes while the last word holds is told in time, as if
 * another word had come. Times as day of March 2026 and local time.
 */
class HeldLyingTest {
  private static final Stamp CHEST = Rig.stamp("d_chest", Placement.CHEST);
  private static final Duration HOLDS = Duration.ofHours(4);
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
  private static final LocalDate TUESDAY = LocalDate.of(2026, 3, 3);

  @TempDir Path stateDir;
  Rig rig;

  @BeforeEach
  void start() {
    rig = new Rig(at("2 9:00"), stateDir);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void lyingIsInBedOnceAnHourOfItHasPassed() {
    says("2 23:10", change(THIGH, "2 23:10", null, null));
    later("3 0:09:50");
    assertThat(knownInBed(MONDAY)).isZero();
    later("3 0:10");
    assertThat(knownInBed(MONDAY)).isEqualTo(50);
  }

  @Test
  void lyingBeforeASpellOnTheFeetCountsInTheHour() {
    says("2 22:00", change(THIGH, "2 22:00", null, null));
    says("2 22:40", PostureObservation.change(THIGH, STANDING, at("2 22:40"), HOLDS));
    says("2 22:50", change(THIGH, "2 22:50", null, null));
    later("2 23:10");
    assertThat(knownInBed(MONDAY)).isEqualTo(70);
  }

  @Test
  void aNightIsOneOnceThreeHoursHavePassedAndMovesToTheDateOfWakingAtMidnight() {
    says("2 20:30", change(THIGH, "2 20:30", null, null));
    later("2 23:28");
    assertThat(rig.nights(ANNA)).isEmpty();
    later("2 23:30");
    assertThat(rig.nights(ANNA)).containsOnlyKeys(MONDAY);
    later("3 0:00");
    assertThat(rig.nights(ANNA)).containsOnlyKeys(TUESDAY);
    assertThat(rig.nights(ANNA).get(TUESDAY)).matches(NightSummary::open);
  }

  /** Records must not wait until all nights of a partition have gone over to another date. */
  @Test
  void atMidnightTheNightsOfManyGoOverInSlices() {
    List<WearerId> many =
        IntStream.range(0, 70).mapToObj(i -> new WearerId("w_many_" + i)).toList();
    rig.clockTo(at("2 20:30"));
    many.forEach(wearer -> rig.upload(wearer, change(THIGH, "2 20:30", null, null)));
    later("2 23:30");
    List<Long> over = new ArrayList<>();
    for (int second = 0; second < 4; second++) {
      rig.clockTo(at("3 0:00").plusSeconds(second));
      over.add(
          rig.nightLog().stream()
              .filter(night -> night.date().equals(TUESDAY) && night.open())
              .map(NightSummary::wearer)
              .distinct()
              .count());
    }
    assertThat(over).containsExactly(0L, 32L, 64L, 70L);
  }

  @Test
  void whoStaysInBedHasNightsCutAtNoonOnceTwentyHoursArePast() {
    for (String time : List.of("2 9:10", "2 12:40", "2 16:10", "2 19:40", "2 23:10", "3 2:40")) {
      says(time, change(THIGH, time, null, null));
    }
    later("3 5:09:50");
    assertThat(rig.nights(ANNA).get(TUESDAY).inBedFrom()).isEqualTo(at("2 9:10"));
    later("3 5:10:01");
    assertThat(rig.nights(ANNA).get(TUESDAY).inBedFrom()).isEqualTo(at("2 12:00"));
  }

  @Test
  void aDayIsToldWholeWhenItIsOver() {
    says("2 21:00", PostureObservation.change(THIGH, SITTING, at("2 21:00"), HOLDS));
    later("2 21:30", "2 21:45", "2 22:00", "2 22:15", "2 22:30", "3 0:00");
    assertThat(rig.days(ANNA).get(MONDAY).postureMinutes()).containsEntry(SITTING, 180.0);
  }

  @Test
  void sleepWithAnArchedBackIsToldInItsTenthMinuteAndWhileItGoesOn() {
    says("2 22:00", change(CHEST, "2 22:00", SUPINE, null));
    later("2 23:00");
    says("2 23:30", change(CHEST, "2 23:30", PRONE, 14.0));
    later("2 23:39:50");
    assertThat(episodes(EpisodeKind.ARCHED_SLEEP)).isEmpty();
    later("2 23:40");
    assertThat(episodes(EpisodeKind.ARCHED_SLEEP))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.open()).isTrue();
              assertThat(one.from()).isEqualTo(at("2 23:30"));
              assertThat(one.to()).isEqualTo(at("2 23:40"));
              assertThat(one.level()).isEqualTo(10);
              assertThat(one.evidence().holdsUntil()).isEqualTo(at("3 3:30"));
            });
    says("2 23:52", change(CHEST, "2 23:52", LEFT, null));
    assertThat(episodes(EpisodeKind.ARCHED_SLEEP))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.to()).isEqualTo(at("2 23:52"));
              assertThat(one.endedBy()).isEqualTo("left");
              assertThat(one.evidence().holdsUntil()).isEqualTo(at("2 23:52"));
            });
  }

  @Test
  void theThighLyingOnBehindTheLastWordOfTheChestIsNoEnd() {
    says("2 22:00", change(THIGH, "2 22:00", null, null));
    says("2 23:31", chest("2 22:00", "2 23:30", SUPINE, null));
    says("2 23:41", chest("2 23:30", "2 23:41", PRONE, 14.0));
    says("2 23:42", PostureObservation.span(THIGH, LYING, at("2 23:41"), at("2 23:42")));
    assertThat(ends(EpisodeKind.ARCHED_SLEEP)).containsExactly("open 2026-03-02T23:41");
    says("2 23:43", chest("2 23:41", "2 23:43", PRONE, 14.0));
    assertThat(ends(EpisodeKind.ARCHED_SLEEP)).containsExactly("open 2026-03-02T23:43");
    says("2 23:45", change(THIGH, "2 23:45", null, null));
    later("2 23:52:50");
    assertThat(ends(EpisodeKind.ARCHED_SLEEP)).containsExactly("open 2026-03-02T23:43");
    later("2 23:53");
    assertThat(ends(EpisodeKind.ARCHED_SLEEP)).containsExactly("silence 2026-03-02T23:43");
    says("2 23:56", chest("2 23:43", "2 23:56", LEFT, null));
    assertThat(ends(EpisodeKind.ARCHED_SLEEP)).containsExactly("left 2026-03-02T23:43");
  }

  @Test
  void anEpisodeThatNothingFollowedForTenMinutesIsOverThoughTheNightGoesOn() {
    says("3 0:30", chest("2 22:00", "3 0:30", SUPINE, null));
    says("3 1:00", chest("3 0:30", "3 1:00", PRONE, null));
    assertThat(ends(EpisodeKind.PRONE_SLEEP)).containsExactly("open 2026-03-03T01:00");
    says("3 1:20", chest("3 1:15", "3 1:20", LEFT, null));
    assertThat(ends(EpisodeKind.PRONE_SLEEP)).containsExactly("silence 2026-03-03T01:00");
  }

  @Test
  void anArchIsStrongOnceAsMuchOfItWasAsMakesAnEpisode() {
    says("2 22:00", change(CHEST, "2 22:00", SUPINE, null));
    later("2 23:00");
    says("2 23:30", change(CHEST, "2 23:30", PRONE, 24.0));
    says("2 23:34", change(CHEST, "2 23:34", PRONE, 14.0));
    says("2 23:38", change(CHEST, "2 23:38", PRONE, 24.0));
    later("2 23:40");
    assertThat(levels(EpisodeKind.ARCHED_SLEEP)).containsExactly(10);
    later("2 23:43:50");
    assertThat(levels(EpisodeKind.ARCHED_SLEEP)).containsExactly(10);
    later("2 23:44");
    assertThat(levels(EpisodeKind.ARCHED_SLEEP)).containsExactly(20);
  }

  @Test
  void sleepOnTheFrontReachesItsLevelsByTheWearersSetting() {
    rig.set(
        new Wearer(
            ANNA,
            "Anna",
            "hash",
            List.of(new Wearer.ZoneFrom(Rig.ZONE, Instant.EPOCH)),
            WearerSettings.defaults()
                .withDetection(new DetectionSettings(60, 20, 10, 20, 50, 60, 100))));
    says("2 22:00", change(CHEST, "2 22:00", PRONE, null));
    later("2 22:59:50");
    assertThat(levels(EpisodeKind.PRONE_SLEEP)).isEmpty();
    later("2 23:00");
    assertThat(levels(EpisodeKind.PRONE_SLEEP)).containsExactly(30);
    later("2 23:15");
    assertThat(levels(EpisodeKind.PRONE_SLEEP)).containsExactly(60);
    says("2 23:30", change(CHEST, "2 23:30", LEFT, null));
    says("3 0:10", change(CHEST, "3 0:10", PRONE, null));
    later("3 0:29:50");
    assertThat(levels(EpisodeKind.PRONE_SLEEP)).containsExactly(60);
    later("3 0:30");
    assertThat(levels(EpisodeKind.PRONE_SLEEP)).containsExactly(60, 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"22:55", "23:00"})
  void aBoutThatAnotherDeviceHoldsGoesOnWhereTheWordOfTheFirstEnds(String end) {
    says("2 22:05", change(THIGH, "2 22:05", null, null));
    says(
        "2 22:10",
        new PostureObservation(
            CHEST,
            LYING,
            at("2 22:10"),
            at("2 " + end),
            true,
            PostureObservation.Origin.REPORTED,
            PostureObservation.Grade.FINAL,
            SUPINE,
            null,
            null,
            Map.of()));
    later("2 " + end, "2 23:05");
    assertThat(knownInBed(MONDAY)).isEqualTo(60);
  }

  @Test
  void whoGetsUpIsSeenBeforeTheNextStepOfAnEpisodeThatHolds() {
    says("2 22:00", change(CHEST, "2 22:00", SUPINE, null));
    later("2 23:00");
    says("2 23:30", change(CHEST, "2 23:30", PRONE, 14.0));
    later("2 23:40");
    says("2 23:40:10", PostureObservation.change(CHEST, STANDING, at("2 23:40:10"), HOLDS));
    assertThat(ends(EpisodeKind.ARCHED_SLEEP)).containsExactly("standing 2026-03-02T23:40:10");
  }

  @Test
  void aLaterRestOfADateIsItsNightOnceItIsLonger() {
    says("3 0:30", change(THIGH, "3 0:30", null, null));
    says("3 4:00", PostureObservation.change(THIGH, STANDING, at("3 4:00"), HOLDS));
    says("3 8:00", change(THIGH, "3 8:00", null, null));
    later("3 11:00");
    later("3 11:29:50");
    assertThat(rig.nights(ANNA).get(TUESDAY).inBedFrom()).isEqualTo(at("3 0:30"));
    later("3 11:30");
    assertThat(rig.nights(ANNA).get(TUESDAY).inBedFrom()).isEqualTo(at("3 8:00"));
  }

  @Test
  void nothingIsLookedAtInBetween() {
    says("2 22:00", change(CHEST, "2 22:00", LEFT, null));
    later("2 23:00");
    int told = rig.boutLog().size();
    later("2 23:30", "2 23:59:50");
    assertThat(rig.boutLog()).hasSize(told);
    later("3 0:00", "3 1:00", "3 1:30", "3 1:59");
    assertThat(rig.boutLog()).hasSize(told + 2);
  }

  private void says(String time, PostureObservation word) {
    rig.clockTo(at(time)).upload(ANNA, word);
    rig.rest();
  }

  private void later(String... times) {
    for (String time : times) {
      rig.clockTo(at(time));
    }
    rig.rest();
  }

  private long knownInBed(LocalDate date) {
    var wear = rig.days(ANNA).get(date).wear();
    return Math.round(wear.wornMinutes() - wear.coverage() * wear.awakeMinutes());
  }

  private List<Episode> episodes(EpisodeKind kind) {
    return rig.episodes(ANNA).stream().filter(one -> one.kind() == kind).toList();
  }

  /** What each ended by, or that it is open, and until when it is known. */
  private List<String> ends(EpisodeKind kind) {
    return episodes(kind).stream()
        .map(
            one ->
                (one.open() ? "open" : one.endedBy())
                    + " "
                    + LocalDateTime.ofInstant(one.to(), Rig.ZONE))
        .toList();
  }

  private List<Integer> levels(EpisodeKind kind) {
    return episodes(kind).stream().map(Episode::level).toList();
  }

  private static PostureObservation chest(
      String from, String to, SleepPosition position, @Nullable Double arch) {
    return new PostureObservation(
        CHEST,
        LYING,
        at(from),
        at(to),
        false,
        PostureObservation.Origin.REPORTED,
        PostureObservation.Grade.FINAL,
        position,
        null,
        arch,
        Map.of());
  }

  private static PostureObservation change(
      Stamp stamp, String time, @Nullable SleepPosition position, @Nullable Double arch) {
    return new PostureObservation(
        stamp,
        LYING,
        at(time),
        at(time).plus(HOLDS),
        true,
        PostureObservation.Origin.REPORTED,
        PostureObservation.Grade.FINAL,
        position,
        null,
        arch,
        Map.of());
  }

  /** For example {@code 3 7:05}. */
  private static Instant at(String dayAndTime) {
    String[] parts = dayAndTime.split(" ", 2);
    String time = parts[1].indexOf(':') == 1 ? "0" + parts[1] : parts[1];
    return LocalDateTime.parse("2026-03-0" + parts[0] + "T" + time).atZone(Rig.ZONE).toInstant();
  }
}
