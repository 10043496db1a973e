package io.lumbar.analytics;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.THIGH;
import static io.lumbar.analytics.Rig.at;
import static io.lumbar.analytics.Rig.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.stream.InputLag;
import io.lumbar.model.Barrier;
import io.lumbar.model.Posture;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyticsTopologyTest {
  @TempDir Path stateDir;

  /** Node and store names stand in changelogs: changing them loses state on an upgrade. */
  @Test
  void looksAsWritten() throws IOException {
    String described =
        new AnalyticsTopology(Instant::now, InputLag.NONE).alone().describe().toString();
    try (InputStream golden = getClass().getResourceAsStream("analytics-topology.txt")) {
      assertThat(described.strip())
          .isEqualToNormalizingNewlines(
              new String(golden.readAllBytes(), StandardCharsets.UTF_8).strip());
    }
  }

  @Test
  void whatCannotBeReadIsDeadLetteredAndTheStreamGoesOn() {
    try (Rig rig = new Rig(at("12:00"), stateDir)) {
      rig.uploadBytes(Topic.POSTURE, ANNA.value(), "{broken".getBytes(StandardCharsets.UTF_8));
      rig.uploadBytes(Topic.MOTION, ANNA.value(), new byte[] {9, 9});
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "9:10"));
      assertThat(rig.deadLetters())
          .hasSize(2)
          .anyMatch(letter -> letter.contains("lumbar.posture.v1-0@0"))
          .anyMatch(letter -> letter.contains("motion version 9"))
          .allMatch(letter -> letter.contains("\"sha256\":\""));
      assertThat(rig.picture(ANNA)).isEqualTo("sitting 09:00:00-09:10:00");
    }
  }

  @Test
  void aBarrierPassesOnceItWasSeenInAllInputsAndBehindTheDays() {
    try (Rig rig = new Rig(at("12:00"), stateDir)) {
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "9:10"));
      rig.uploadTo(Topic.POSTURE, ANNA, new Barrier("i1"));
      rig.uploadTo(Topic.POSTURE, ANNA, new Barrier("i1"));
      assertThat(rig.barrierTopics()).isEmpty();
      rig.uploadTo(Topic.STEPS, ANNA, new Barrier("i1"));
      rig.uploadTo(Topic.MOTION, ANNA, new Barrier("i1"));
      assertThat(rig.barrierTopics())
          .containsExactlyInAnyOrder(
              Topic.BOUTS.topicName(),
              Topic.EPISODES.topicName(),
              Topic.DAYS.topicName(),
              Topic.NIGHTS.topicName());
      assertThat(rig.days(ANNA).get(Rig.DAY).sitting().minutes()).isEqualTo(10);
    }
  }

  @Test
  void thresholdsFollowTheWearersSettings() {
    try (Rig rig = new Rig(at("12:00"), stateDir)) {
      rig.set(
          new Wearer(
              ANNA,
              "Anna",
              "hash",
              List.of(new Wearer.ZoneFrom(Rig.ZONE, Instant.EPOCH)),
              new WearerSettings(20, 10, LocalTime.of(7, 0), LocalTime.of(22, 0), null, null)));
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "9:31"));
      assertThat(rig.episodePicture(ANNA))
          .isEqualTo("long-sitting 09:00:00-09:31:00 level 30 ended by silence");
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "10:05", "10:25"));
      assertThat(rig.episodePicture(ANNA)).contains("10:05:00-10:25:00 level 20");
    }
  }

  @Test
  void aLowerThresholdHoldsForTheSittingThatGoesOn() {
    try (Rig rig = new Rig(at("9:00"), stateDir)) {
      rig.set(longSittingAfter(60));
      rig.upload(ANNA, Rig.change(THIGH, Posture.SITTING, "9:00", Duration.ofHours(2)));
      rig.clockTo("9:40");
      assertThat(rig.episodePicture(ANNA)).isEmpty();
      rig.set(longSittingAfter(30));
      rig.clockTo("9:40:02");
      assertThat(rig.episodePicture(ANNA))
          .matches("long-sitting 09:00:00-09:40:0\\d level 30 open");
      rig.clockTo("9:45:02");
      assertThat(rig.episodePicture(ANNA)).contains("level 45 open");
    }
  }

  @Test
  void whatComesLateIsJudgedByTheThresholdsOfItsTime() {
    try (Rig rig = new Rig(at("11:00"), stateDir)) {
      Wearer before = longSittingAfter(30);
      rig.set(before);
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "9:40"));
      String told = rig.episodePicture(ANNA);
      assertThat(told).startsWith("long-sitting 09:00:00-09:40:00 level 30");
      rig.set(before.withSettings(longSittingAfter(60).settings(), at("10:00")));
      rig.upload(ANNA, span(THIGH, Posture.STANDING, "9:40", "10:10"));
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "10:10", "10:50"));
      assertThat(rig.episodePicture(ANNA))
          .isEqualTo("long-sitting 09:00:00-09:40:00 level 30 ended by standing");
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "8:20", "8:58"));
      assertThat(rig.episodePicture(ANNA)).contains("08:20:00-09:40:00");
    }
  }

  /** After an outage what was measured may be read before the settings that judge it. */
  @Test
  void thresholdsJudgeWhatWasMeasuredSinceThoughTheyAreReadLast() {
    try (Rig rig = new Rig(at("15:00"), stateDir)) {
      Wearer before = longSittingAfter(30);
      rig.set(before);
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "12:00", "12:45"));
      rig.upload(ANNA, span(THIGH, Posture.STANDING, "12:45", "13:10"));
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "13:10", "13:50"));
      rig.upload(ANNA, span(THIGH, Posture.STANDING, "13:50", "14:00"));
      assertThat(rig.episodes(ANNA)).hasSize(2);
      rig.setAppended(
          at("13:00").plusMillis(40),
          before.withSettings(longSittingAfter(60).settings(), at("13:00")));
      rig.rest();
      assertThat(rig.episodePicture(ANNA))
          .isEqualTo("long-sitting 12:00:00-12:45:00 level 45 ended by standing");
    }
  }

  @Test
  void thresholdsThatAreBackDatedLeaveWhatWasTold() {
    try (Rig rig = new Rig(at("15:00"), stateDir)) {
      Wearer before = longSittingAfter(30);
      rig.set(before);
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "9:45"));
      rig.upload(ANNA, span(THIGH, Posture.STANDING, "9:45", "10:45"));
      rig.upload(ANNA, span(THIGH, Posture.STANDING, "14:00", "14:40"));
      String told = rig.episodePicture(ANNA);
      assertThat(told).startsWith("long-sitting 09:00:00-09:45:00 level 45");
      rig.set(before.withSettings(longSittingAfter(60).settings(), at("8:00")));
      rig.rest();
      assertThat(rig.episodePicture(ANNA)).isEqualTo(told);
    }
  }

  private static Wearer longSittingAfter(int minutes) {
    return new Wearer(
        ANNA,
        "Anna",
        "hash",
        List.of(new Wearer.ZoneFrom(Rig.ZONE, Instant.EPOCH)),
        new WearerSettings(minutes, 15, LocalTime.of(7, 0), LocalTime.of(22, 0), null, null));
  }
}
