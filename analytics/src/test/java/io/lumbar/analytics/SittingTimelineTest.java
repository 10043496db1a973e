package io.lumbar.analytics;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.BEN;
import static io.lumbar.analytics.Rig.POCKET;
import static io.lumbar.analytics.Rig.THIGH;
import static io.lumbar.analytics.Rig.at;
import static io.lumbar.analytics.Rig.change;
import static io.lumbar.analytics.Rig.span;
import static io.lumbar.model.Posture.LYING;
import static io.lumbar.model.Posture.SITTING;
import static io.lumbar.model.Posture.STANDING;
import static io.lumbar.model.Posture.WALKING;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.BatteryObservation;
import io.lumbar.model.Episode;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.WornObservation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SittingTimelineTest {
  @TempDir Path stateDir;
  Rig rig;

  @BeforeEach
  void start() {
    rig = new Rig(at("9:00"), stateDir);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void joinsTouchingSpansOfOnePosture() {
    rig.clockTo("12:00");
    rig.upload(ANNA, span(THIGH, SITTING, "9:00", "9:05"), span(THIGH, SITTING, "9:05", "9:20"));
    assertThat(rig.picture(ANNA)).isEqualTo("sitting 09:00:00-09:20:00");
  }

  @Test
  void takesAShortSilenceBetweenEqualPosturesAsMoreOfTheSame() {
    rig.clockTo("12:00");
    rig.upload(
        ANNA,
        span(THIGH, SITTING, "9:00", "9:05"),
        span(THIGH, SITTING, "9:14:59", "9:20"),
        span(THIGH, SITTING, "9:30", "9:40"));
    assertThat(rig.picture(ANNA)).isEqualTo("sitting 09:00:00-09:20:00\nsitting 09:30:00-09:40:00");
  }

  @Test
  void warnsAtMinute30OfAPostureThatHoldsWithoutAnyNewWord() {
    rig.clockTo("9:29:52");
    rig.upload(ANNA, change(THIGH, SITTING, "9:00", Duration.ofHours(2)));
    assertThat(rig.episodes(ANNA)).isEmpty();
    rig.clockTo("9:29:59");
    assertThat(rig.episodes(ANNA)).isEmpty();
    rig.clockTo("9:30:00");
    assertThat(rig.episodePicture(ANNA)).isEqualTo("long-sitting 09:00:00-09:30:00 level 30 open");
    rig.clockTo("9:44:59").clockTo("9:45:00");
    assertThat(rig.episodePicture(ANNA)).isEqualTo("long-sitting 09:00:00-09:45:00 level 45 open");
    rig.clockTo("10:00").clockTo("10:15").clockTo("10:30").clockTo("11:00");
    assertThat(rig.episodePicture(ANNA)).isEqualTo("long-sitting 09:00:00-11:00:00 level 90 open");
    rig.clockTo("11:10");
    assertThat(rig.picture(ANNA)).isEqualTo("sitting 09:00:00-11:00:00");
    assertThat(rig.episodePicture(ANNA))
        .isEqualTo("long-sitting 09:00:00-11:00:00 level 90 ended by silence");
  }

  @Test
  void saysNothingWhileUploadsAreStillWaitingToBeRead() {
    rig.clockTo("9:29");
    rig.upload(ANNA, change(THIGH, SITTING, "9:00", Duration.ofHours(2)));
    rig.caughtUp(false).clockTo("9:35");
    assertThat(rig.episodes(ANNA)).isEmpty();
    rig.upload(ANNA, change(THIGH, STANDING, "9:29:30", Duration.ofHours(2)));
    rig.caughtUp(true).clockTo("9:36");
    assertThat(rig.episodes(ANNA)).isEmpty();
    assertThat(rig.picture(ANNA))
        .isEqualTo("sitting 09:00:00-09:29:30\nstanding 09:29:30-09:35:00+");
  }

  @Test
  void closesAnEpisodeOnceTheWearerHasBeenUpForAMinute() {
    rig.clockTo("9:31");
    rig.upload(ANNA, change(THIGH, SITTING, "9:00", Duration.ofHours(2)));
    assertThat(rig.episodes(ANNA)).singleElement().matches(Episode::open);
    rig.clockTo("9:40:05");
    rig.upload(ANNA, change(THIGH, WALKING, "9:40", Duration.ofHours(2)));
    assertThat(rig.episodes(ANNA)).singleElement().matches(Episode::open);
    rig.clockTo("9:40:59");
    assertThat(rig.episodes(ANNA)).singleElement().matches(Episode::open);
    rig.clockTo("9:41");
    assertThat(rig.episodePicture(ANNA))
        .isEqualTo("long-sitting 09:00:00-09:40:00 level 30 ended by walking");
  }

  @Test
  void oldDataDoesNotPutOffATimerThatIsRunning() {
    rig.clockTo("9:20");
    rig.upload(ANNA, change(THIGH, SITTING, "9:00", Duration.ofHours(2)));
    rig.clockTo("9:25");
    rig.upload(ANNA, span(THIGH, SITTING, "0:10", "0:25"), span(THIGH, LYING, "1:00", "5:00"));
    rig.clockTo("9:30");
    assertThat(rig.episodePicture(ANNA)).isEqualTo("long-sitting 09:00:00-09:30:00 level 30 open");
  }

  @Test
  void aShortStandDoesNotResetTheClockButSplitsTheBout() {
    rig.clockTo("12:00");
    rig.upload(
        ANNA,
        span(THIGH, SITTING, "9:00", "9:20"),
        span(THIGH, STANDING, "9:20", "9:20:40"),
        span(THIGH, SITTING, "9:20:40", "9:35"));
    assertThat(rig.picture(ANNA))
        .isEqualTo(
            """
            sitting 09:00:00-09:20:00
            standing 09:20:00-09:20:40
            sitting 09:20:40-09:35:00""");
    assertThat(rig.episodePicture(ANNA))
        .isEqualTo("long-sitting 09:00:00-09:35:00 level 30 ended by silence");
    rig.upload(ANNA, span(THIGH, STANDING, "9:25", "9:26"));
    assertThat(rig.episodes(ANNA)).isEmpty();
  }

  @Test
  void silenceSuspendsTheClockAndLongSilenceEndsIt() {
    rig.clockTo("12:00");
    rig.upload(ANNA, span(THIGH, SITTING, "9:00", "9:20"), span(THIGH, SITTING, "9:40", "9:52"));
    assertThat(rig.episodePicture(ANNA))
        .isEqualTo("long-sitting 09:00:00-09:52:00 level 30 ended by silence");
    assertThat(rig.episodes(ANNA).get(0).evidence().seconds()).isEqualTo(32 * 60);
    rig.upload(BEN, span(THIGH, SITTING, "9:00", "9:20"), span(THIGH, SITTING, "9:51", "10:03"));
    assertThat(rig.episodes(BEN)).isEmpty();
  }

  @Test
  void lateDataSplitsABoutAndTakesBackTheEpisode() {
    rig.clockTo("10:00:30");
    rig.upload(ANNA, span(THIGH, SITTING, "9:00", "10:00"));
    assertThat(rig.episodePicture(ANNA)).isEqualTo("long-sitting 09:00:00-10:00:00 level 60 open");
    rig.upload(ANNA, span(THIGH, WALKING, "9:25", "9:35"));
    assertThat(rig.picture(ANNA))
        .isEqualTo(
            """
            sitting 09:00:00-09:25:00
            walking 09:25:00-09:35:00
            sitting 09:35:00-10:00:00+""");
    assertThat(rig.episodes(ANNA)).isEmpty();
    assertThat(rig.episodeLog().get(rig.episodeLog().size() - 1).retracted()).isTrue();
  }

  @Test
  void revisionsOfARecordOnlyGrow() {
    rig.clockTo("10:00");
    rig.upload(ANNA, span(THIGH, SITTING, "9:00", "9:10"));
    rig.upload(ANNA, span(THIGH, WALKING, "8:59", "9:12"));
    rig.upload(ANNA, span(THIGH, SITTING, "9:00", "9:11"));
    rig.upload(ANNA, span(THIGH, WALKING, "9:05", "9:06"));
    rig.boutLog().stream()
        .collect(java.util.stream.Collectors.groupingBy(bout -> bout.id()))
        .values()
        .forEach(
            revisions ->
                assertThat(revisions)
                    .extracting(bout -> bout.revision())
                    .isSorted()
                    .doesNotHaveDuplicates());
  }

  @Test
  void theBetterPlacedSensorIsBelievedAndTheOtherTakesOverBehindIt() {
    rig.clockTo("12:00");
    rig.upload(ANNA, span(POCKET, WALKING, "9:10", "9:30"), span(THIGH, SITTING, "9:00", "9:20"));
    assertThat(rig.picture(ANNA)).isEqualTo("sitting 09:00:00-09:20:00\nwalking 09:20:00-09:30:00");
  }

  @Test
  void aShortSilenceOfTheBetterSensorIsNotFilledByTheOther() {
    rig.clockTo("12:00");
    rig.upload(
        ANNA,
        span(POCKET, WALKING, "9:10", "9:13"),
        span(POCKET, STANDING, "9:13", "9:15"),
        span(POCKET, WALKING, "9:15", "9:18"),
        span(THIGH, SITTING, "9:00", "9:10"));
    assertThat(rig.bouts(ANNA)).hasSize(4);
    rig.upload(ANNA, span(THIGH, SITTING, "9:18", "9:20"));
    assertThat(rig.picture(ANNA)).isEqualTo("sitting 09:00:00-09:20:00");
  }

  @Test
  void aChangeHoldsUntilTheNextReportOfItsDevice() {
    rig.clockTo("12:30");
    rig.upload(
        ANNA,
        change(THIGH, SITTING, "9:00", Duration.ofHours(2)),
        span(THIGH, WALKING, "9:30", "9:31"));
    assertThat(rig.picture(ANNA)).isEqualTo("sitting 09:00:00-09:30:00\nwalking 09:30:00-09:31:00");
  }

  @Test
  void aChargingWatchNeverSits() {
    rig.clockTo("12:00");
    rig.upload(
        ANNA,
        new BatteryObservation(THIGH, 0.4, true, at("9:10")),
        new BatteryObservation(THIGH, 0.9, false, at("11:10")),
        span(THIGH, SITTING, "9:00", "11:20"));
    assertThat(rig.picture(ANNA))
        .isEqualTo(
            """
            sitting 09:00:00-09:10:00
            not-worn 09:10:00-11:10:00
            sitting 11:10:00-11:20:00""");
    assertThat(rig.episodes(ANNA)).isEmpty();
  }

  @Test
  void takenOffLastsUntilTheNextReport() {
    rig.clockTo("12:00");
    rig.upload(
        ANNA,
        span(THIGH, SITTING, "9:00", "9:10"),
        new WornObservation(THIGH, false, at("9:10")),
        new WornObservation(THIGH, true, at("10:00")),
        span(THIGH, STANDING, "10:00:10", "10:05"));
    assertThat(rig.picture(ANNA))
        .isEqualTo(
            """
            sitting 09:00:00-09:10:00
            not-worn 09:10:00-10:00:00
            standing 10:00:10-10:05:00""");
  }

  @Test
  void beingPutOnDoesNotEndAPostureThatHolds() {
    rig.clockTo("9:20");
    rig.upload(
        ANNA,
        change(THIGH, SITTING, "9:00", Duration.ofHours(2)),
        new WornObservation(THIGH, true, at("9:16")));
    rig.clockTo("9:30");
    assertThat(rig.picture(ANNA)).isEqualTo("sitting 09:00:00-09:30:00+");
    assertThat(rig.episodes(ANNA)).singleElement().matches(Episode::open);
  }

  @Test
  void lyingDoesNotRunTheSittingClock() {
    rig.clockTo("12:00");
    rig.upload(ANNA, span(THIGH, SITTING, "9:00", "9:20"), span(THIGH, LYING, "9:20", "11:00"));
    assertThat(rig.episodes(ANNA)).isEmpty();
  }

  @Test
  void aTrunkSensorTellsLyingFromSittingForTheThigh() {
    rig.clockTo("12:00");
    rig.upload(
        ANNA,
        span(THIGH, SITTING, "9:00", "10:00"),
        span(Rig.stamp("d_chest", io.lumbar.model.Placement.CHEST), LYING, "9:20", "10:00"));
    assertThat(rig.picture(ANNA)).isEqualTo("sitting 09:00:00-09:20:00\nlying 09:20:00-10:00:00");
  }

  @Test
  void smoothsOnlyWhatItClassifiesItself() {
    rig.clockTo("12:00");
    rig.upload(
        ANNA,
        classified(SITTING, "9:00", "9:05"),
        classified(STANDING, "9:05", "9:05:08"),
        classified(SITTING, "9:05:08", "9:10"));
    assertThat(rig.picture(ANNA)).isEqualTo("sitting 09:00:00-09:10:00");
    rig.upload(
        BEN,
        span(THIGH, SITTING, "9:00", "9:05"),
        span(THIGH, STANDING, "9:05", "9:05:08"),
        span(THIGH, SITTING, "9:05:08", "9:10"));
    assertThat(rig.bouts(BEN)).hasSize(3);
  }

  @Test
  void whatIsTooShortStaysGivenAwayWhenOnlyTheTimeBeforeItChanges() {
    rig.clockTo("12:00");
    rig.upload(
        ANNA,
        span(THIGH, WALKING, "9:10", "9:20"),
        classified(SITTING, "9:20", "9:20:04"),
        span(THIGH, LYING, "9:20:04", "9:40"));
    String known = "walking 09:10:00-09:20:04\nlying 09:20:04-09:40:00";
    assertThat(rig.picture(ANNA)).isEqualTo(known);
    rig.upload(ANNA, span(THIGH, SITTING, "9:00", "9:05"));
    assertThat(rig.picture(ANNA)).isEqualTo("sitting 09:00:00-09:05:00\n" + known);
  }

  @Test
  void anOpenBoutClosesAfterTenSilentMinutes() {
    rig.clockTo("9:05:10");
    rig.upload(ANNA, span(THIGH, SITTING, "9:00", "9:05"));
    assertThat(rig.picture(ANNA)).isEqualTo("sitting 09:00:00-09:05:00+");
    rig.clockTo("9:14:59");
    assertThat(rig.picture(ANNA)).isEqualTo("sitting 09:00:00-09:05:00+");
    rig.clockTo("9:15:00");
    assertThat(rig.picture(ANNA)).isEqualTo("sitting 09:00:00-09:05:00");
  }

  @Test
  void anOpenBoutClosesEvenWhenTheNextWordComesLongAfter() {
    rig.clockTo("9:05:10");
    rig.upload(ANNA, span(THIGH, SITTING, "9:00", "9:05"));
    rig.caughtUp(false).clockTo("9:40");
    rig.upload(ANNA, span(THIGH, WALKING, "9:38", "9:40"));
    assertThat(rig.picture(ANNA))
        .isEqualTo("sitting 09:00:00-09:05:00\nwalking 09:38:00-09:40:00+");
  }

  @Test
  void twoWearersDoNotDisturbEachOther() {
    rig.clockTo("23:00");
    rig.upload(BEN, span(THIGH, SITTING, "22:00", "22:50"));
    rig.upload(ANNA, span(THIGH, SITTING, "9:00", "9:40"));
    assertThat(rig.episodePicture(ANNA))
        .isEqualTo("long-sitting 09:00:00-09:40:00 level 30 ended by silence");
    assertThat(rig.episodes(BEN)).hasSize(1);
  }

  @Test
  void aDayIsSummedWithTheShareOfABoutThatLiesInIt() {
    rig.clockTo(at("9:00").plus(Duration.ofDays(1)));
    Instant evening = at("23:30");
    rig.upload(
        ANNA,
        PostureObservation.span(THIGH, SITTING, evening, evening.plus(Duration.ofMinutes(90))));
    rig.clockTo(at("9:01").plus(Duration.ofDays(1)));
    assertThat(rig.days(ANNA).get(Rig.DAY).sitting().minutes()).isEqualTo(30);
    assertThat(rig.days(ANNA).get(Rig.DAY.plusDays(1)).sitting().minutes()).isEqualTo(60);
    assertThat(rig.days(ANNA).get(Rig.DAY.plusDays(1)).sitting().boutsOf60()).isEqualTo(1);
    assertThat(rig.bouts(ANNA)).hasSize(1);
  }

  private static PostureObservation classified(
      io.lumbar.model.Posture posture, String from, String to) {
    PostureObservation span = span(THIGH, posture, from, to);
    return new PostureObservation(
        span.stamp(),
        span.posture(),
        span.from(),
        span.to(),
        false,
        PostureObservation.Origin.CLASSIFIED,
        PostureObservation.Grade.FINAL,
        null,
        null,
        null,
        java.util.Map.of());
  }
}
