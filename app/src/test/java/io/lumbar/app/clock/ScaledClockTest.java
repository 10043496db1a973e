package io.lumbar.app.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ScaledClockTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

  @Test
  void runsSixtyTimesAsFastFromItsStart() {
    AtomicLong nanos = new AtomicLong(-5_000);
    ScaledClock clock = new ScaledClock(START, 60, nanos::get);
    assertThat(clock.instant()).isEqualTo(START);
    nanos.addAndGet(1_000_000_000L);
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(60));
    nanos.addAndGet(500_000_000L);
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(90));
  }

  @Test
  void refusesToStandStill() {
    assertThatThrownBy(() -> ScaledClock.from(START, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("speed must be more than 0");
  }
}
