package io.lumbar.analytics;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.BEN;
import static io.lumbar.analytics.Rig.THIGH;
import static io.lumbar.analytics.Rig.at;
import static io.lumbar.analytics.Rig.change;
import static io.lumbar.analytics.Rig.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.WornObservation;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds until the next report is not cut short by what comes late, live or read after an
 * outage.
 */
class BacklogTest {
  @TempDir Path stateDir;

  @Test
  void whatStillHoldsGoesOnBehindLateWords() {
    try (Rig rig = new Rig(at("9:01"), stateDir)) {
      rig.upload(
          ANNA, new WornObservation(Rig.stamp("d_chest", Placement.CHEST), false, at("9:00")));
      rig.clockTo("12:00");
      rig.upload(ANNA, span(THIGH, Posture.STANDING, "9:20", "9:25"));
      assertThat(rig.picture(ANNA))
          .isEqualTo(
              """
              not-worn 09:00:00-09:20:00
              standing 09:20:00-09:25:00
              not-worn 09:25:00-12:00:00+""");
    }
  }

  @Test
  void whileSendersComeBackAfterAnOutageAnothersRecordLetsNoTimerSpeak() {
    try (Rig rig = new Rig(at("9:01"), stateDir)) {
      rig.upload(ANNA, change(THIGH, Posture.SITTING, "9:00", Duration.ofHours(2)));
      rig.upload(BEN, change(THIGH, Posture.SITTING, "9:00", Duration.ofHours(2)));
      rig.settling(true).clockTo("9:30:01");
      rig.upload(BEN, change(THIGH, Posture.SITTING, "9:30:01", Duration.ofHours(2)));
      rig.clockTo("9:30:02");
      assertThat(rig.episodePicture(ANNA)).isEmpty();

      rig.upload(ANNA, change(THIGH, Posture.STANDING, "9:29:50", Duration.ofHours(2)));
      rig.settling(false).clockTo("9:30:12").clockTo("9:30:13");
      assertThat(rig.episodePicture(ANNA)).isEmpty();
      assertThat(rig.episodePicture(BEN)).contains("level 30");
    }
  }

  @Test
  void whatHoldsUntilTheNextReportGoesOnOverOlderWordsInBetween() {
    try (Rig rig = new Rig(at("14:00"), stateDir).caughtUp(false)) {
      rig.uploadAppended(
          at("10:00"),
          ANNA,
          new WornObservation(Rig.stamp("d_chest", Placement.CHEST), false, at("9:00")));
      assertThat(rig.picture(ANNA)).isEqualTo("not-worn 09:00:00-10:00:00+");

      rig.uploadAppended(at("10:30"), ANNA, span(THIGH, Posture.STANDING, "9:20", "9:25"));
      assertThat(rig.picture(ANNA)).contains("standing 09:20:00-09:25:00");

      rig.uploadAppended(at("12:05"), ANNA, span(THIGH, Posture.STANDING, "12:00", "12:05"));
      assertThat(rig.picture(ANNA)).contains("not-worn 09:25:00-12:00:00");
    }
  }
}
