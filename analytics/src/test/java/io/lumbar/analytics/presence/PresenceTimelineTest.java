package io.lumbar.analytics.presence;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.POCKET;
import static io.lumbar.analytics.Rig.THIGH;
import static io.lumbar.analytics.Rig.ZONE;
import static io.lumbar.analytics.Rig.at;
import static io.lumbar.analytics.Rig.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.Rig;
import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Mounting;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.model.BatteryObservation;
import io.lumbar.model.DetectionSettings;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Observation;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerSettings;
import io.lumbar.model.WornObservation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Silence, and what sensors need, as literal days. */
class PresenceTimelineTest {
  @TempDir Path stateDir;

  private Rig rig(String now) {
    return new Rig(at(now), stateDir);
  }

  private static Instant tomorrow(String time) {
    return at(time).plus(Duration.ofDays(1));
  }

  private static BatteryObservation battery(double level, boolean charging, String at) {
    return new BatteryObservation(THIGH, level, charging, at(at));
  }

  @Test
  void anHourWithoutDataIsOneEpisodeUntilDataComes() {
    try (Rig rig = rig("9:31")) {
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "9:30"));
      rig.clockTo("10:29:58");
      assertThat(rig.sensorPicture(ANNA)).isEmpty();
      rig.clockTo("10:30:02");
      assertThat(rig.sensorPicture(ANNA)).isEqualTo("data-silence 09:30:00-10:30:00 level 60 open");
      rig.clockTo("12:12");
      assertThat(rig.sensorEpisodes(ANNA)).extracting(Episode::revision).containsExactly(1);
      rig.upload(ANNA, span(THIGH, Posture.WALKING, "12:10", "12:12"));
      assertThat(rig.sensorPicture(ANNA))
          .isEqualTo("data-silence 09:30:00-12:10:00 level 60 ended by data");
    }
  }

  @Test
  void whatWasOnlyLateTakesTheEpisodeBack() {
    try (Rig rig = rig("9:31")) {
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "9:30"));
      rig.clockTo("11:00");
      assertThat(rig.sensorEpisodes(ANNA)).hasSize(1);
      rig.upload(ANNA, span(THIGH, Posture.STANDING, "9:30", "10:00"));
      rig.clockTo("11:11");
      assertThat(rig.sensorPicture(ANNA)).isEqualTo("data-silence 10:00:00-11:00:00 level 60 open");
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "10:00", "11:00"));
      assertThat(rig.sensorEpisodes(ANNA)).isEmpty();
    }
  }

  @Test
  void anUploadInPiecesIsNotTakenForSilenceInTheMiddle() {
    try (Rig rig = rig("13:00")) {
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "9:30"));
      rig.clockTo("13:09:50");
      rig.upload(ANNA, span(THIGH, Posture.STANDING, "9:30", "11:00"));
      rig.clockTo("13:19:40");
      assertThat(rig.sensorEpisodes(ANNA)).isEmpty();
      rig.clockTo("13:20");
      assertThat(rig.sensorPicture(ANNA)).isEqualTo("data-silence 11:00:00-12:00:00 level 60 open");
    }
  }

  @Test
  void onlyWakingMinutesCount() {
    try (Rig rig = rig("21:31")) {
      rig.set(anna(60));
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "21:00", "21:30"));
      rig.clockTo(tomorrow("7:29:50"));
      assertThat(rig.sensorEpisodes(ANNA)).isEmpty();
      rig.clockTo(tomorrow("7:30:02"));
      assertThat(rig.sensorEpisodes(ANNA))
          .singleElement()
          .matches(one -> one.open() && one.from().equals(at("21:30")));
    }
  }

  @Test
  void whoTookTheSensorOffIsNotMissed() {
    try (Rig rig = rig("9:31")) {
      rig.upload(
          ANNA,
          span(THIGH, Posture.SITTING, "9:00", "9:30"),
          new WornObservation(THIGH, false, at("9:31")));
      rig.clockTo("18:00");
      rig.clockTo("18:01");
      assertThat(rig.sensorEpisodes(ANNA)).isEmpty();
    }
  }

  @Test
  void whoseSleepAloneIsKnownIsNotMissedByDay() {
    try (Rig rig = rig("7:01")) {
      rig.upload(ANNA, span(THIGH, Posture.LYING, "0:30", "7:00"));
      rig.clockTo("12:00");
      rig.clockTo("12:01");
      assertThat(rig.sensorEpisodes(ANNA)).isEmpty();
    }
  }

  @Test
  void aPostureThatHoldsIsNoSilence() {
    try (Rig rig = rig("9:00")) {
      rig.upload(ANNA, Rig.change(THIGH, Posture.SITTING, "9:00", Duration.ofHours(2)));
      rig.clockTo("11:30");
      assertThat(rig.sensorEpisodes(ANNA)).isEmpty();
      rig.clockTo("12:05:02");
      assertThat(rig.sensorPicture(ANNA)).startsWith("data-silence 11:00:00");
    }
  }

  @Test
  void nothingIsSaidBeforeEverythingIsRead() {
    try (Rig rig = rig("9:31")) {
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "9:30"));
      rig.caughtUp(false);
      rig.clockTo("11:00");
      rig.clockTo("11:01");
      assertThat(rig.sensorEpisodes(ANNA)).isEmpty();
      rig.caughtUp(true);
      rig.clockTo("11:02");
      assertThat(rig.sensorEpisodes(ANNA)).hasSize(1);
    }
  }

  @Test
  void whoStoppedForGoodIsNotMissedForEver() {
    try (Rig rig = rig("9:31")) {
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "9:30"));
      rig.clockTo("11:00");
      rig.clockTo(at("9:29").plus(Duration.ofDays(3)));
      assertThat(rig.sensorEpisodes(ANNA)).hasSize(1);
      rig.clockTo(at("9:31").plus(Duration.ofDays(3)));
      assertThat(rig.sensorEpisodes(ANNA)).isEmpty();
    }
  }

  @Test
  void howLongIsTheWearersSettingAlsoWhileItLasts() {
    try (Rig rig = rig("9:31")) {
      rig.set(anna(60));
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "9:30"));
      rig.clockTo("10:00");
      rig.set(anna(20));
      rig.clockTo("10:00:03");
      assertThat(rig.sensorPicture(ANNA)).isEqualTo("data-silence 09:30:00-09:50:00 level 20 open");
    }
  }

  private static Wearer anna(int silenceMinutes) {
    return new Wearer(
        ANNA,
        "Anna",
        "hash",
        List.of(new Wearer.ZoneFrom(ZONE, Instant.EPOCH)),
        WearerSettings.defaults()
            .withDetection(new DetectionSettings(silenceMinutes, 10, 10, 20, 50, 60, 100)));
  }

  @Test
  void aLowBatteryIsOneEpisodeUntilItCharges() {
    try (Rig rig = rig("10:00")) {
      rig.upload(ANNA, battery(0.2, false, "9:50"), battery(0.15, false, "10:00"));
      assertThat(rig.sensorPicture(ANNA)).isEqualTo("device-care 10:00:00-10:05:00 level 1 open");
      rig.clockTo("11:00");
      rig.upload(ANNA, battery(0.08, false, "11:00"));
      assertThat(rig.sensorEpisodes(ANNA))
          .singleElement()
          .matches(
              one ->
                  one.revision() == 1 && one.evidence().source() == Placement.THIGH && one.open());
      rig.clockTo("11:30");
      rig.upload(ANNA, battery(0.07, true, "11:30"));
      assertThat(rig.sensorPicture(ANNA))
          .isEqualTo("device-care 10:00:00-11:30:00 level 1 ended by charged");
    }
  }

  @Test
  void aLowBatteryOfWhichNothingMoreIsHeardIsForgottenAfterADay() {
    try (Rig rig = rig("10:00")) {
      rig.upload(ANNA, battery(0.1, false, "10:00"));
      rig.clockTo(tomorrow("10:00"));
      assertThat(rig.sensorEpisodes(ANNA)).singleElement().matches(Episode::open);
      rig.clockTo(tomorrow("10:06"));
      assertThat(rig.sensorPicture(ANNA))
          .isEqualTo("device-care 10:00:00-10:05:00 level 1 ended by silence");
    }
  }

  @Test
  void aPocketPhoneThatSawNoWalkForAnHourAsksForOne() {
    Script script =
        Script.of(at("9:00"), Activity.SITTING, Duration.ofMinutes(75))
            .then(Activity.WALKING, Duration.ofMinutes(3));
    Wear phone =
        Wear.of(POCKET, 25)
            .batches(Duration.ofSeconds(30))
            .mounted(Mounting.random(new SplittableRandom(4)));
    try (Rig rig = rig("9:00")) {
      List<String> pictures = new ArrayList<>();
      for (MotionBatch batch : new Simulation(script, 4).worn(phone)) {
        rig.clockTo(Instant.ofEpochMilli(batch.millisAt(batch.size() - 1)).plusMillis(500));
        rig.upload(ANNA, batch);
        String picture = rig.sensorPicture(ANNA);
        if (!picture.isEmpty() && !pictures.contains(picture)) {
          pictures.add(picture);
        }
      }
      assertThat(pictures)
          .first()
          .asString()
          .contains("device-care 09:00:00")
          .contains("level 2 open");
      assertThat(pictures.get(pictures.size() - 1)).contains("level 2 ended by known-again");
    }
  }

  @Test
  void anyOrderEndsTheSame() {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      List<Observation> told = someDays(random);
      String ordered = ending(told, seed + "-ordered");
      List<Observation> shuffled = new ArrayList<>(told);
      shuffled.addAll(told.subList(0, told.size() / 3));
      Collections.shuffle(shuffled, random);
      assertThat(ending(shuffled, seed + "-any")).as("seed " + seed).isEqualTo(ordered);
      assertThat(ordered).contains(EpisodeKind.DATA_SILENCE.wireName());
    }
  }

  private String ending(List<Observation> told, String name) {
    try (Rig rig = new Rig(tomorrow("20:00"), stateDir.resolve(name))) {
      told.forEach(one -> rig.upload(ANNA, one));
      rig.clockTo(tomorrow("23:00"));
      rig.clockTo(tomorrow("23:01"));
      return rig.sensorPicture(ANNA);
    }
  }

  private static List<Observation> someDays(Random random) {
    List<Observation> told = new ArrayList<>();
    Instant end = tomorrow("19:00");
    for (Instant from = at("6:00"); from.isBefore(end); ) {
      Instant to = from.plusSeconds(60 + random.nextInt(4_000));
      switch (random.nextInt(8)) {
        case 0 -> told.add(new WornObservation(THIGH, random.nextBoolean(), from));
        case 1 ->
            told.add(
                new BatteryObservation(
                    THIGH, random.nextInt(30) / 100.0, random.nextInt(4) == 0, from));
        case 2 -> told.add(PostureObservation.span(THIGH, Posture.LYING, from, to));
        case 3 ->
            told.add(
                PostureObservation.change(
                    THIGH, Posture.STANDING, from, Duration.ofMinutes(1 + random.nextInt(200))));
        default -> told.add(PostureObservation.span(THIGH, Posture.SITTING, from, to));
      }
      from = to.plusSeconds(random.nextInt(3) == 0 ? random.nextInt(14_000) : 0);
    }
    return told;
  }
}
