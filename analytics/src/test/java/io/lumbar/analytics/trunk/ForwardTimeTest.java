package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForwardTimeTest {

  @Test
  void eachAngleHoldsTheTimeOfThoseBeyondIt() {
    ForwardTime time = ForwardTime.START;
    double[] degrees = {0, 25, 45, 70, 95, -40};
    for (int second = 0; second < 60; second++) {
      time = time.advance(second * 1000L, leaning(degrees[second / 10]), false);
    }
    assertThat(time).isEqualTo(new ForwardTime(59_000, 40_000, 30_000, 20_000, 10_000));
    assertThat(time.plus(time).beyond60()).isEqualTo(40_000);
  }

  @Test
  void lyingOnTheFrontIsNoBendingAndAGapIsNoTime() {
    ForwardTime time = ForwardTime.START.advance(0, leaning(90), true);
    time = time.advance(1000, leaning(90), true).advance(60_000, leaning(90), false);
    assertThat(time).isEqualTo(new ForwardTime(60_000, 0, 0, 0, 0));
  }

  private static Tilt leaning(double degrees) {
    double forward = Math.toRadians(degrees);
    return new Tilt(Math.cos(forward), 0, -Math.sin(forward));
  }
}
