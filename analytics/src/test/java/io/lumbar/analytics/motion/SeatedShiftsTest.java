package io.lumbar.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A thigh on a chair, second by second. */
class SeatedShiftsTest {
  private final double[] x = new double[300];
  private final double[] y = new double[300];
  private final double[] z = new double[300];
  private final boolean[] seated = new boolean[300];

  SeatedShiftsTest() {
    Arrays.fill(seated, true);
    tilt(0, 300, 85);
  }

  @Test
  void aTurnThatStaysIsOneShift() {
    tilt(150, 300, 72);
    assertThat(shifts()).isEqualTo(1);
  }

  @Test
  void asMuchAsAFewDegreesIsNone() {
    tilt(150, 300, 77);
    assertThat(shifts()).isZero();
  }

  @Test
  void whatTurnsBackWithinTwentySecondsIsOneWithItsReturn() {
    tilt(150, 163, 60);
    assertThat(shifts()).isEqualTo(1);
  }

  @Test
  void thereAndBackAfterAMinuteIsTwo() {
    tilt(150, 210, 70);
    assertThat(shifts()).isEqualTo(2);
  }

  @Test
  void aSingleJoltIsNone() {
    tilt(150, 153, 20);
    assertThat(shifts()).isZero();
  }

  @Test
  void whoStandsUpInBetweenDoesNotShift() {
    tilt(150, 300, 60);
    Arrays.fill(seated, 145, 155, false);
    assertThat(shifts()).isZero();
  }

  @Test
  void partsAddUp() {
    tilt(100, 170, 70);
    tilt(170, 300, 90);
    SeatedShifts shifts = new SeatedShifts(x, y, z, seated, SeatedShifts.THIGH_DEGREES);
    int sum = 0;
    for (int from = 40; from < 260; from += 20) {
      sum += shifts.count(from, from + 20);
    }
    assertThat(sum).isEqualTo(shifts()).isEqualTo(2);
  }

  private int shifts() {
    return new SeatedShifts(x, y, z, seated, SeatedShifts.THIGH_DEGREES).count(40, 260);
  }

  private void tilt(int from, int to, double degrees) {
    Arrays.fill(x, from, to, Math.cos(Math.toRadians(degrees)));
    Arrays.fill(z, from, to, -Math.sin(Math.toRadians(degrees)));
  }
}
