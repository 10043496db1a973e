package io.lumbar.reports;

import static io.lumbar.reports.ReportsServer.MIRA;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Bout;
import io.lumbar.model.Posture;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SittingClockTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

  @Test
  void startsWithTheBoutWhenNothingWasBefore() {
    assertThat(SittingClock.start(List.of(), sitting(0, 60))).isEqualTo(START);
  }

  @Test
  void runsOnThroughAShortBreak() {
    Bout up = bout(Posture.STANDING, 600, 659);

    assertThat(SittingClock.start(List.of(sitting(0, 600), up), sitting(659, 700)))
        .isEqualTo(START);
  }

  @Test
  void startsAnewAfterSixtySecondsUprightInAll() {
    List<Bout> before =
        List.of(sitting(0, 600), bout(Posture.STANDING, 600, 630), bout(Posture.WALKING, 630, 660));

    assertThat(SittingClock.start(before, sitting(660, 700))).isEqualTo(START.plusSeconds(660));
  }

  @Test
  void startsAnewAfterTenMinutesOfSilence() {
    assertThat(SittingClock.start(List.of(sitting(0, 600)), sitting(1200, 1300)))
        .isEqualTo(START.plusSeconds(1200));
    assertThat(SittingClock.start(List.of(sitting(0, 600)), sitting(1199, 1300))).isEqualTo(START);
  }

  @Test
  void startsAnewAfterLyingDown() {
    assertThat(
            SittingClock.start(
                List.of(sitting(0, 600), bout(Posture.LYING, 600, 620)), sitting(620, 700)))
        .isEqualTo(START.plusSeconds(620));
  }

  private static Bout sitting(int from, int to) {
    return bout(Posture.SITTING, from, to);
  }

  private static Bout bout(Posture posture, int from, int to) {
    return Records.bout(MIRA, posture, START.plusSeconds(from), START.plusSeconds(to));
  }
}
