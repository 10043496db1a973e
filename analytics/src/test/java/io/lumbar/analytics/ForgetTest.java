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

import io.lumbar.model.CheckIn;
import io.lumbar.model.Correction;
import io.lumbar.model.Json;
import io.lumbar.model.Posture;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgetTest {
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
