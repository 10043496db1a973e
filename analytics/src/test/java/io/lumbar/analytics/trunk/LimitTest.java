package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is compared with a limit is on the side of it on which its angle is. */
class LimitTest {
  @ParameterizedTest
  @ValueSource(doubles = {15, 20, 30, 50, 60, 90})
  void theSideIsThatOfTheAngle(double degrees) {
    Limit limit = Limit.of(degrees);
    for (Tilt tilt : tilts(degrees)) {
      assertThat(limit.isForwardBeyond(tilt)).as("%s", tilt).isEqualTo(tilt.forward() > degrees);
      assertThat(limit.isForwardTo(tilt)).as("%s", tilt).isEqualTo(tilt.forward() >= degrees);
      assertThat(limit.isInclinedBeyond(tilt))
          .as("%s", tilt)
          .isEqualTo(tilt.inclination() > degrees);
      assertThat(limit.isInclinedTo(tilt)).as("%s", tilt).isEqualTo(tilt.inclination() >= degrees);
      assertThat(limit.isSidewaysBeyond(tilt))
          .as("%s", tilt)
          .isEqualTo(Math.abs(tilt.sideways()) > degrees);
    }
  }

  private static List<Tilt> tilts(double degrees) {
    Random random = new Random(1);
    List<Tilt> tilts = new ArrayList<>();
    for (double head : new double[] {-1, -0.0, 0.0, 1}) {
      for (double right : new double[] {-1, -0.0, 0.0, 1}) {
        for (double front : new double[] {-1, -0.0, 0.0, 1}) {
          tilts.add(new Tilt(head, right, front));
        }
      }
    }
    for (int i = 0; i < 3_000; i++) {
      double size = 2 * random.nextDouble();
      tilts.add(
          new Tilt(
              size * random.nextGaussian(),
              size * random.nextGaussian(),
              size * random.nextGaussian()));
      // At the limit, and by any number of bits beside it.
      double off = Math.scalb(random.nextGaussian(), -random.nextInt(60));
      double angle = Math.toRadians(degrees + off);
      double turned = random.nextBoolean() ? 0 : 2 * Math.PI * random.nextDouble();
      tilts.add(
          new Tilt(
              size * Math.cos(angle),
              size * Math.sin(angle) * Math.sin(turned),
              -size * Math.sin(angle) * Math.cos(turned)));
      tilts.add(
          new Tilt(
              size * Math.cos(angle) * Math.cos(turned),
              size * Math.sin(angle),
              size * Math.cos(angle) * Math.sin(turned)));
    }
    return tilts;
  }
}
