package io.lumbar.analytics;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.BEN;
import static io.lumbar.analytics.Rig.THIGH;
import static io.lumbar.analytics.Rig.WRIST;
import static io.lumbar.analytics.Rig.at;
import static io.lumbar.analytics.Rig.change;
import static io.lumbar.analytics.Rig.span;
import static io.lumbar.analytics.Rig.steps;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.aging.Horizon;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Correction;
import io.lumbar.model.DaySummary;
import io.lumbar.model.DayTag;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import io.lumbar.model.Statement;
import io.lumbar.model.TimeSpan;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgetTest {
  private static final Stamp CHEST = Rig.stamp("d_chest", Placement.CHEST);

  @TempDir Path stateDir;

  @Test
  void nothingOfAnErasedWearerStaysAndNothingIsTakenAgain() {
    try (Rig rig = new Rig(at("12:00"), stateDir)) {
      for (WearerId wearer : List.of(ANNA, BEN)) {
        live(rig, wearer);
      }
      assertThat(rig.stored(ANNA)).hasSizeGreaterThan(8);
      List<String> others = rig.stored(BEN);

      rig.erase(ANNA);

      assertThat(rig.stored(ANNA)).containsExactly("erased-wearers: w_anna");
      assertThat(rig.stored(BEN)).isEqualTo(others);
      // What memory still knew of a timer or a changed day must not write it again.
      rig.clockTo("12:45");
      live(rig, ANNA);
      rig.clockTo("14:00");
      assertThat(rig.stored(ANNA)).containsExactly("erased-wearers: w_anna");
      assertThat(rig.episodes(BEN)).isNotEmpty();
    }
  }

  @Test
  void aForgottenSpanCountsNowhere() {
    try (Rig rig = new Rig(at("12:00"), stateDir)) {
      rig.upload(
          ANNA,
          span(THIGH, Posture.SITTING, "9:00", "9:30"),
          span(THIGH, Posture.SITTING, "10:00", "10:40"),
          steps(WRIST, 500, "10:10", "10:20"));
      rig.clockTo("12:01");
      assertThat(rig.days(ANNA).get(Rig.DAY).sitting().minutes()).isEqualTo(70);
      assertThat(rig.days(ANNA).get(Rig.DAY).steps()).isEqualTo(500);

      Correction forget =
          new Correction(
              "s_forget", at("12:00"), false, at("9:50"), at("11:00"), Correction.Was.FORGET);
      rig.uploadBytes(Topic.CHECKINS, ANNA.value(), Json.bytes(forget));
      rig.clockTo("12:02");

      assertThat(rig.days(ANNA).get(Rig.DAY).sitting().minutes()).isEqualTo(30);
      assertThat(rig.days(ANNA).get(Rig.DAY).steps()).isZero();
      // Sent again, it stays forgotten.
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "10:00", "10:40"));
      rig.clockTo("12:03");
      assertThat(rig.days(ANNA).get(Rig.DAY).sitting().minutes()).isEqualTo(30);
    }
  }

  @Test
  void aWordAfterAForgottenTimeEndsThatItIsForgottenInEitherOrder() {
    Correction forget =
        new Correction(
            "s_forget", at("12:00"), false, at("9:00"), at("10:00"), Correction.Was.FORGET);
    Correction unknown =
        new Correction(
            "s_unknown", at("12:01"), false, at("9:00"), at("10:00"), Correction.Was.UNKNOWN);
    for (List<Correction> order : List.of(List.of(forget, unknown), List.of(unknown, forget))) {
      try (Rig rig = new Rig(at("23:59"), stateDir.resolve(order.get(0).id()))) {
        rig.upload(ANNA, night("7:00"), span(THIGH, Posture.SITTING, "8:00", "18:00"));
        rig.rest();
        order.forEach(word -> rig.tell(ANNA, word).rest());
        assertThat(rig.days(ANNA).get(Rig.DAY).forgotten()).as("%s", order.get(0)).isEmpty();
      }
    }
  }

  @Test
  void aForgottenHourIsNeitherSeenNorAwake() {
    try (Rig rig = new Rig(at("23:59"), stateDir)) {
      rig.upload(ANNA, night("7:00"), span(THIGH, Posture.SITTING, "8:00", "18:00"));
      rig.rest();
      assertThat(rig.days(ANNA).get(Rig.DAY).wear())
          .isEqualTo(new DaySummary.Wear(1020, 1020, 600 / 1020.0, true));

      rig.tell(ANNA, forget(at("9:00"), at("10:00")), forget(at("9:30"), at("10:30"))).rest();

      DaySummary day = rig.days(ANNA).get(Rig.DAY);
      assertThat(day.wear()).isEqualTo(new DaySummary.Wear(930, 930, 510 / 930.0, false));
      assertThat(day.forgotten()).containsExactly(new TimeSpan(at("9:00"), at("10:30")));
      assertThat(day.forgottenMinutes()).isEqualTo(90);

      // What the wearer says of it afterwards is known.
      rig.tell(
              ANNA,
              new Correction(
                  "s_was", at("12:01"), false, at("10:00"), at("10:30"), Correction.Was.WALKING))
          .rest();
      DaySummary told = rig.days(ANNA).get(Rig.DAY);
      assertThat(told.forgotten()).containsExactly(new TimeSpan(at("9:00"), at("10:00")));
      assertThat(told.wear()).isEqualTo(new DaySummary.Wear(960, 960, 540 / 960.0, false));
    }
  }

  @Test
  void aForgottenNightIsNoNightAndNotAwake() {
    try (Rig rig = new Rig(at("23:59"), stateDir)) {
      rig.upload(ANNA, night("7:00"), span(THIGH, Posture.SITTING, "8:00", "18:00"));
      rig.rest();
      Instant evening = at("0:00").minus(Duration.ofMinutes(90));
      rig.tell(ANNA, forget(evening, at("7:30"))).rest();

      assertThat(rig.nights(ANNA)).isEmpty();
      // From 07:30 to 22:00 of the waking hours.
      assertThat(rig.days(ANNA).get(Rig.DAY).wear())
          .isEqualTo(new DaySummary.Wear(600, 870, 600 / 870.0, true));
    }
  }

  @Test
  void aForgottenHourOfANightIsNotInBed() {
    try (Rig rig = new Rig(at("12:00"), stateDir)) {
      rig.upload(ANNA, night("7:00"));
      rig.rest();
      rig.tell(ANNA, forget(at("3:00"), at("3:50"))).rest();

      NightSummary night = rig.nights(ANNA).get(Rig.DAY);
      assertThat(night.forgottenMinutes()).isEqualTo(50);
      assertThat(night.inBedMinutes()).isEqualTo(430);
      assertThat(night.coverageMinutes()).isEqualTo(430);
    }
  }

  @Test
  void ofADayForgottenWholeNothingIsKnownAndNothingIsAwake() {
    try (Rig rig = new Rig(at("23:59"), stateDir)) {
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "9:20"));
      rig.rest();
      assertThat(rig.days(ANNA).get(Rig.DAY).wear().awakeMinutes()).isEqualTo(900);
      rig.tell(
              ANNA,
              forget(at("0:00"), at("12:00")),
              forget(at("12:00"), at("23:59").plusSeconds(60)))
          .rest();
      DaySummary day = rig.days(ANNA).get(Rig.DAY);
      assertThat(day.holdsOnlyForgotten()).isTrue();
      assertThat(day.wear()).isEqualTo(new DaySummary.Wear(0, 0, 0, false));
    }
  }

  @Test
  void withoutANightTheWakingHoursStandInThatHeldOnThatDay() {
    try (Rig rig = new Rig(at("23:59"), stateDir)) {
      rig.set(
          new Wearer(
              ANNA,
              "Anna",
              "hash",
              List.of(new Wearer.ZoneFrom(Rig.ZONE, Instant.EPOCH)),
              new WearerSettings(30, 15, LocalTime.of(6, 0), LocalTime.of(22, 0), null, null)));
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "17:00"));
      rig.rest();
      assertThat(rig.days(ANNA).get(Rig.DAY).wear())
          .isEqualTo(new DaySummary.Wear(480, 960, 0.5, false));
    }
  }

  @Test
  void whatIsLeftBehindASittingThatFallsApartIsFoundThere() {
    try (Rig rig = new Rig(at("12:00"), stateDir)) {
      rig.upload(
          ANNA,
          span(THIGH, Posture.SITTING, "9:00", "9:05"),
          span(THIGH, Posture.SITTING, "9:25", "9:30"),
          span(THIGH, Posture.SITTING, "9:50", "10:50"));
      rig.clockTo("12:01");
      assertThat(rig.episodePicture(ANNA)).startsWith("long-sitting 09:00:00-10:50:00 level 60");
      rig.uploadBytes(Topic.CHECKINS, ANNA.value(), Json.bytes(forget(at("9:24"), at("9:31"))));
      rig.clockTo("12:02");
      assertThat(rig.episodePicture(ANNA))
          .isEqualTo("long-sitting 09:50:00-10:50:00 level 60 ended by silence");
    }
  }

  private static Correction forget(Instant from, Instant to) {
    return new Correction(
        "s_" + from.toEpochMilli(), at("12:00"), false, from, to, Correction.Was.FORGET);
  }

  private static CheckIn pain(String time, int pain) {
    return new CheckIn(
        "s_p" + time.charAt(0), at("12:00"), false, at(time), pain, 4, 20.0, 3, false, null);
  }

  @Test
  void whatWasToldWithinAForgottenSpanCountsNoMoreWhicheverCameFirst() {
    List<Statement> words =
        List.of(
            pain("7:30", 7),
            pain("9:00", 3),
            new DayTag("s_tag", at("12:00"), false, Rig.DAY, DayTag.Tag.ILL),
            forget(at("6:00"), at("8:00")));
    List<Statement> shuffled = new ArrayList<>(words);
    for (int seed = 0; seed < 6; seed++) {
      Collections.shuffle(shuffled, new Random(seed));
      try (Rig rig = new Rig(at("12:00"), stateDir.resolve("told" + seed))) {
        rig.upload(ANNA, night("7:00"));
        rig.tell(ANNA, shuffled.toArray(Statement[]::new)).rest();
        rig.clockTo("12:02");
        DaySummary day = rig.days(ANNA).get(Rig.DAY);
        assertThat(day.pain()).as("seed %s", seed).isEqualTo(3);
        assertThat(day.tags()).containsExactly("ill");
        assertThat(rig.nights(ANNA).get(Rig.DAY).morningPain()).isEqualTo(3);
      }
    }
  }

  @Test
  void whatWasToldWithinAForgottenSpanStaysOutWhenThatIsTakenBack() {
    Correction gone = forget(at("6:00"), at("8:00"));
    Correction back =
        new Correction(gone.id(), at("12:01"), true, at("6:00"), at("8:00"), Correction.Was.FORGET);
    List<Statement> words = List.of(pain("7:30", 7), pain("9:00", 3), gone, back);
    List<Statement> shuffled = new ArrayList<>(words);
    for (int seed = 0; seed < 6; seed++) {
      Collections.shuffle(shuffled, new Random(seed));
      try (Rig rig = new Rig(at("12:00"), stateDir.resolve("again" + seed))) {
        rig.upload(ANNA, night("7:00"), span(THIGH, Posture.SITTING, "7:10", "7:40"));
        for (Statement one : shuffled) {
          rig.tell(ANNA, one).rest();
        }
        DaySummary day = rig.days(ANNA).get(Rig.DAY);
        assertThat(day.pain()).as("seed %s", seed).isEqualTo(3);
        assertThat(day.morningPain()).isEqualTo(3);
        assertThat(day.lifting().volumeKg()).isEqualTo(60);
        assertThat(day.forgottenMinutes()).isEqualTo(120);
        assertThat(day.sitting().minutes()).isZero();
        assertThat(rig.nights(ANNA).get(Rig.DAY).morningPain()).isEqualTo(3);
        assertThat(rig.nights(ANNA).get(Rig.DAY).inBedTo()).isEqualTo(at("6:00"));
      }
    }
  }

  @Test
  void aDayThatIsForgottenWholeHasNoPainNoLoadAndNoTag() {
    try (Rig rig = new Rig(at("23:59"), stateDir)) {
      // By which the day is one of Berlin.
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "9:20"));
      rig.tell(
              ANNA,
              pain("9:00", 8),
              new DayTag("s_tag", at("12:00"), false, Rig.DAY, DayTag.Tag.HOLIDAY))
          .rest();
      assertThat(rig.days(ANNA).get(Rig.DAY).pain()).isEqualTo(8);
      rig.tell(
              ANNA,
              forget(at("0:00"), at("12:00")),
              forget(at("12:00"), at("23:59").plusSeconds(60)))
          .rest();
      DaySummary day = rig.days(ANNA).get(Rig.DAY);
      assertThat(day.pain()).isNull();
      assertThat(day.stiffness()).isNull();
      assertThat(day.tags()).isEmpty();

      // Forgetting cannot be taken back.
      Correction back =
          new Correction(
              "s_" + at("0:00").toEpochMilli(),
              at("12:01"),
              true,
              at("0:00"),
              at("12:00"),
              Correction.Was.FORGET);
      rig.tell(ANNA, back).rest();
      assertThat(rig.days(ANNA).get(Rig.DAY).holdsOnlyForgotten()).isTrue();
    }
  }

  @Test
  void ofALongClosedSpanTheDaysAndNightsAroundItGoWholeAndNoOthers() {
    try (Rig rig = new Rig(at("23:00"), stateDir, Horizon.DEFAULT)) {
      rig.upload(ANNA, night("7:00"), span(THIGH, Posture.SITTING, "9:00", "9:40"));
      rig.tell(ANNA, pain("8:00", 6)).rest();
      for (int days = 1; days <= 40; days++) {
        Instant noon = at("12:00").plus(Duration.ofDays(days));
        rig.clockTo(noon);
        rig.upload(
            ANNA, PostureObservation.span(THIGH, Posture.SITTING, noon.minusSeconds(1_800), noon));
        rig.rest();
      }
      assertThat(rig.days(ANNA)).containsKey(Rig.DAY).hasSize(42);
      assertThat(rig.nights(ANNA)).containsKey(Rig.DAY);

      rig.tell(ANNA, forget(at("8:30"), at("9:10"))).rest();

      assertThat(rig.deadLetters()).isEmpty();
      assertThat(rig.days(ANNA)).doesNotContainKey(Rig.DAY).hasSize(41);
      // What was told until noon may stand in the night.
      assertThat(rig.nights(ANNA)).isEmpty();
      // A recent day is summed anew.
      Instant late = at("11:40").plus(Duration.ofDays(39));
      rig.tell(ANNA, forget(late, late.plusSeconds(600))).rest();
      assertThat(rig.days(ANNA)).hasSize(41);
      assertThat(rig.days(ANNA).get(Rig.DAY.plusDays(39)).sitting().minutes()).isEqualTo(20);
    }
  }

  private static PostureObservation night(String until) {
    return PostureObservation.span(
        CHEST, Posture.LYING, at("0:00").minus(Duration.ofHours(1)), at(until));
  }

  private static void live(Rig rig, WearerId wearer) {
    rig.set(
        new Wearer(
            wearer,
            "Name of " + wearer,
            "hash" + wearer,
            List.of(new Wearer.ZoneFrom(Rig.ZONE, Instant.EPOCH)),
            WearerSettings.defaults()));
    rig.upload(
        wearer,
        span(THIGH, Posture.SITTING, "9:00", "9:45"),
        steps(WRIST, 900, "10:00", "10:10"),
        change(THIGH, Posture.SITTING, "11:50", Duration.ofHours(2)));
    CheckIn told =
        new CheckIn("s_told", at("12:00"), false, at("8:00"), 3, 4, null, null, false, null);
    rig.uploadBytes(Topic.CHECKINS, wearer.value(), Json.bytes(told));
    rig.bouts(wearer);
  }
}
