package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiltTest {
  /** Worked by hand from the formulas of Acti4. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 0, 0",
    "0.7071, 0, -0.7071, 45, 45",
    "0.65, 0.10, -0.75, 49.3, 49.1",
    "-0.5, 0, -0.866, 120, 120",
    "0, 0, 1, 90, -90"
  })
  void anglesFollowTheFormulas(double head, double right, double front, double inc, double fwd) {
    Tilt tilt = new Tilt(head, right, front);
    assertThat(tilt.inclination()).isCloseTo(inc, within(0.1));
    assertThat(tilt.forward()).isCloseTo(fwd, within(0.1));
  }

  @Test
  void aSensorThatIsTurnedReadsTheSameOnceItsAxesAreKnown() {
    Random random = new Random(5);
    for (int i = 0; i < 100; i++) {
      TrunkAxes axes = Body.turned(random);
      Tilt tilt = axes.tilt(axes.head().x(), axes.head().y(), axes.head().z());
      assertThat(tilt.inclination()).isCloseTo(0, within(1e-4));
      assertThat(axes.tilt(axes.right().x(), axes.right().y(), axes.right().z()).roll())
          .isCloseTo(90, within(1e-4));
    }
  }

  @Test
  void levellingMakesUprightZeroAndKeepsTheFront() {
    TrunkAxes axes = TrunkAxes.STANDARD.levelled(new Direction(0.9, 0.1, 0.4));
    assertThat(axes.tilt(0.9, 0.1, 0.4).inclination()).isCloseTo(0, within(1e-4));
    assertThat(axes.tilt(0, 0, -1).forward()).isCloseTo(113, within(2.0));
  }

  @Test
  void axesThatAreNotSquareAreRefused() {
    Direction x = new Direction(1, 0, 0);
    assertThatThrownBy(() -> new TrunkAxes(x, x, new Direction(0, 0, 1)))
        .hasMessageContaining("right angles");
  }
}
