package io.lumbar.app.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ScaledClockTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

  private final AtomicLong nanos = new AtomicLong(-5_000);
  private final InstantSource real =
      () -> START.plus(Duration.ofMinutes(45)).plusNanos(nanos.get() + 5_000);
  private final ScaledClock clock = new ScaledClock(START, real, nanos::get);

  @Test
  void standsRunsSixtyTimesAsFastAndFollowsTheRealClockFromWhereItCatchesUp() {
    pass(10);
    assertThat(clock.instant()).isEqualTo(START);
    clock.run(60);
    pass(1);
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(60));
    clock.run(600);
    pass(29);
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(1800));
    pass(60);
    assertThat(clock.instant()).isEqualTo(real.instant());
    pass(1);
    assertThat(clock.instant()).isEqualTo(real.instant());
  }

  @Test
  void refusesToRunSlowerThanTheRealClock() {
    assertThatThrownBy(() -> clock.run(0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("speed must be 1 or more");
  }

  private void pass(int seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }
}
