package io.lumbar.analytics;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.THIGH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.model.Bout;
import io.lumbar.model.Episode;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Posture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Raw motion through the whole analytics. */
class MotionTopologyTest {
  private static final Instant START = Rig.at("8:00");
  private static final Script SCRIPT =
      Script.of(START, Activity.STANDING, Duration.ofSeconds(40))
          .then(Activity.WALKING, Duration.ofSeconds(130))
          .then(Activity.SITTING, Duration.ofMinutes(35))
          .then(Activity.WALKING, Duration.ofSeconds(100))
          .then(Activity.SITTING, Duration.ofMinutes(5));

  @TempDir Path stateDir;

  @Test
  void aLiveStreamIsToldOnceAMinuteAndTheTimerSpeaksInTime() throws IOException {
    try (Rig rig = rig(START, "live")) {
      Instant seated = SCRIPT.truth().get(2).from();
      Instant told = null;
      int quietFrom = 0;
      for (MotionBatch batch : batches(Duration.ofSeconds(1))) {
        Instant now = Instant.ofEpochMilli(batch.millisAt(batch.size() - 1)).plusMillis(300);
        rig.clockTo(now);
        rig.upload(ANNA, batch);
        if (quietFrom == 0 && now.isAfter(seated.plusSeconds(120))) {
          quietFrom = rig.boutLog().size();
        }
        if (now.isAfter(seated.plus(Duration.ofMinutes(20))) && quietFrom > 0) {
          assertThat(rig.boutLog().size() - quietFrom).isBetween(15, 25);
          quietFrom = -1;
        }
        if (told == null && !rig.episodes(ANNA).isEmpty()) {
          told = now;
        }
      }
      assertThat(told)
          .isBetween(
              seated.plus(Duration.ofMinutes(30)).minusSeconds(4),
              seated.plus(Duration.ofMinutes(30)).plusSeconds(5));
    }
  }

  @Test
  void aBoutIsProvisionalAtFirstAndFinalOnceThereWasTimeToBeSure() throws IOException {
    try (Rig rig = rig(START, "grades")) {
      for (MotionBatch batch : batches(Duration.ofSeconds(5))) {
        rig.clockTo(Instant.ofEpochMilli(batch.millisAt(batch.size() - 1)).plusMillis(300));
        rig.upload(ANNA, batch);
      }
      Bout sat = rig.bouts(ANNA).stream().filter(one -> !one.provisional()).toList().get(2);
      assertThat(sat.posture()).isEqualTo(Posture.SITTING);
      List<Bout> told = rig.boutLog().stream().filter(one -> one.id().equals(sat.id())).toList();
      List<Bout> closed = told.stream().filter(one -> !one.open()).toList();
      assertThat(told.get(0).provisional()).isTrue();
      assertThat(closed.get(0).provisional()).isTrue();
      assertThat(closed.get(closed.size() - 1).provisional()).isFalse();
      assertThat(closed).hasSizeLessThan(4);
    }
  }

  @Test
  void watchingLiveEndsLikeReadingLaterInAnyOrder() throws IOException {
    List<MotionBatch> batches = batches(Duration.ofSeconds(5));
    List<String> live;
    try (Rig rig = rig(START, "live")) {
      for (MotionBatch batch : batches) {
        rig.clockTo(Instant.ofEpochMilli(batch.millisAt(batch.size() - 1)).plusSeconds(2));
        rig.upload(ANNA, batch);
      }
      live = settled(rig);
    }
    assertThat(live).isNotEmpty();
    List<MotionBatch> shuffled = new ArrayList<>(batches);
    shuffled.addAll(batches.subList(0, 50));
    Collections.shuffle(shuffled, new Random(5));
    try (Rig rig = rig(START.plus(Duration.ofHours(20)), "later")) {
      shuffled.forEach(batch -> rig.upload(ANNA, batch));
      assertThat(settled(rig)).isEqualTo(live);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.1, 1, 200", "0.77, 2, 40"})
  void aTagOfWhichThreeInFourAreLostStillTellsHowLongOneSat(double hertz, long seed, double seconds)
      throws IOException {
    Script script =
        Script.of(START, Activity.STANDING, Duration.ofMinutes(15))
            .then(Activity.SITTING, Duration.ofMinutes(70))
            .then(Activity.STANDING, Duration.ofMinutes(20));
    Random random = new Random(seed);
    Wear tag = Wear.of(THIGH, hertz).batches(Duration.ofSeconds(60));
    try (Rig rig = rig(START.plus(script.length()), "tag")) {
      for (MotionBatch batch : new Simulation(script, seed).worn(tag)) {
        Batches.heard(batch, random, 0.75).ifPresent(heard -> rig.upload(ANNA, heard));
      }
      rig.clockTo(START.plus(Duration.ofHours(4)));
      List<Bout> sat =
          rig.bouts(ANNA).stream().filter(bout -> bout.posture() == Posture.SITTING).toList();
      assertThat(sat).hasSize(1);
      assertThat((double) Duration.between(sat.get(0).from(), sat.get(0).to()).toSeconds())
          .isCloseTo(70 * 60, within(seconds));
    }
  }

  /** Long after, when nothing goes on and every timer has spoken. */
  private static List<String> settled(Rig rig) {
    rig.clockTo(START.plus(Duration.ofHours(24)));
    rig.clockTo(START.plus(Duration.ofHours(25)));
    rig.clockTo(START.plus(Duration.ofHours(26)));
    List<String> lines = new ArrayList<>();
    assertThat(rig.bouts(ANNA)).noneMatch(Bout::provisional);
    for (Bout bout : rig.bouts(ANNA)) {
      lines.add(bout.id() + " " + bout.posture() + bout.from() + bout.to() + bout.open());
    }
    for (Episode episode : rig.episodes(ANNA)) {
      lines.add(episode.id() + episode.from() + episode.to() + episode.level() + episode.open());
    }
    return lines;
  }

  private static List<MotionBatch> batches(Duration each) {
    List<MotionBatch> batches = new ArrayList<>();
    new Simulation(SCRIPT, 3).worn(Wear.of(THIGH, 25).batches(each)).forEach(batches::add);
    return batches;
  }

  private Rig rig(Instant now, String name) throws IOException {
    return new Rig(now, Files.createDirectories(stateDir.resolve(name)));
  }
}
