package io.lumbar.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.SittingClock.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SittingClockTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

  @Test
  void startsWithTheFirstSitting() {
    List<Run> runs = SittingClock.runs(List.of(standing(0, 300), sitting(300, 360)));
    assertThat(runs)
        .containsExactly(
            new Run(
                sitting(300, 360),
                sitting(300, 360),
                sitting(300, 360),
                Duration.ofSeconds(60),
                Duration.ZERO,
                null));
  }

  @Test
  void runsOnThroughLessThanAMinuteOnTheFeet() {
    Run run = only(sitting(0, 1200), standing(1200, 1240), sitting(1240, 1860));
    assertThat(run.first()).isEqualTo(sitting(0, 1200));
    assertThat(run.seated()).isEqualTo(Duration.ofSeconds(1820));
    assertThat(run.upright()).isZero();
    assertThat(run.endedBy()).isNull();
  }

  @Test
  void startsAnewAfterAMinuteUprightInAll() {
    List<Run> runs =
        SittingClock.runs(
            List.of(
                sitting(0, 600),
                standing(600, 630),
                bout(Posture.WALKING, 630, 660),
                sitting(660, 700)));
    assertThat(runs).hasSize(2);
    assertThat(runs.get(0).endedBy()).isEqualTo("walking");
    assertThat(runs.get(0).upright()).isEqualTo(Duration.ofSeconds(60));
    assertThat(runs.get(0).newest()).isEqualTo(standing(600, 630));
    assertThat(runs.get(1).first()).isEqualTo(sitting(660, 700));
    assertThat(runs.get(1).seated()).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void startsAnewAfterAMinuteOfLying() {
    assertThat(
            SittingClock.runs(
                List.of(sitting(0, 600), bout(Posture.LYING, 600, 660), sitting(660, 700))))
        .extracting(Run::endedBy)
        .containsExactly("lying", null);
  }

  @Test
  void aBreakThatGoesOnIsTold() {
    Run run = only(sitting(0, 600), standing(600, 659));
    assertThat(run.upright()).isEqualTo(Duration.ofSeconds(59));
    assertThat(run.endedBy()).isNull();
  }

  @Test
  void isSuspendedByHalfAnHourOfSilenceAndResetByMore() {
    Run run = only(sitting(0, 600), sitting(2400, 2460));
    assertThat(run.seated()).isEqualTo(Duration.ofSeconds(660));
    assertThat(SittingClock.runs(List.of(sitting(0, 600), sitting(2401, 2460))))
        .extracting(Run::endedBy)
        .containsExactly("silence", null);
  }

  @Test
  void addsUpSilenceAndTheTimeInWhichItWasNotWorn() {
    Bout off = bout(Posture.NOT_WORN, 1200, 1800);
    Run run = only(sitting(0, 600), off, sitting(2400, 2460));
    assertThat(run.seated()).isEqualTo(Duration.ofSeconds(660));
    assertThat(SittingClock.runs(List.of(sitting(0, 600), off, sitting(2401, 2460))))
        .extracting(Run::endedBy)
        .containsExactly("silence", null);
    assertThat(SittingClock.runs(List.of(sitting(0, 600), bout(Posture.NOT_WORN, 600, 2401))))
        .extracting(Run::endedBy)
        .containsExactly("not-worn");
  }

  @Test
  void runsInAVehicle() {
    Run run = only(sitting(0, 600), bout(Posture.TRAVELLING, 600, 1200), sitting(1200, 1260));
    assertThat(run.seated()).isEqualTo(Duration.ofSeconds(1260));
  }

  @Test
  void sittingForgetsShortStandsAndShortSilences() {
    Run run =
        only(
            sitting(0, 600),
            standing(600, 640),
            sitting(640, 700),
            standing(700, 740),
            sitting(2400, 2500),
            sitting(4200, 4300));
    assertThat(run.seated()).isEqualTo(Duration.ofSeconds(600 + 60 + 100 + 100));
  }

  @Test
  void hasNoRunWithoutSitting() {
    assertThat(SittingClock.runs(List.of())).isEmpty();
    assertThat(SittingClock.runs(List.of(standing(0, 600)))).isEmpty();
  }

  private static Run only(Bout... bouts) {
    List<Run> runs = SittingClock.runs(List.of(bouts));
    assertThat(runs).hasSize(1);
    return runs.get(0);
  }

  private static Bout sitting(int from, int to) {
    return bout(Posture.SITTING, from, to);
  }

  private static Bout standing(int from, int to) {
    return bout(Posture.STANDING, from, to);
  }

  private static Bout bout(Posture posture, int from, int to) {
    WearerId wearer = new WearerId("w_mira");
    Instant start = START.plusSeconds(from);
    Instant end = START.plusSeconds(to);
    return new Bout(
        StableIds.bout(wearer, posture, start),
        wearer,
        posture,
        start,
        end,
        end,
        ZoneId.of("Europe/Berlin"),
        Placement.THIGH,
        false,
        1,
        false,
        Map.of());
  }
}
