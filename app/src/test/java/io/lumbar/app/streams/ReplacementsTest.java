package io.lumbar.app.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReplacementsTest {

  @Test
  void allowsSoManyWithinTheWindowAndAgainAfterIt() {
    AtomicLong nanos = new AtomicLong();
    Replacements replacements = new Replacements(2, Duration.ofMinutes(10), nanos::get);
    assertThat(replacements.allowed()).isTrue();
    nanos.addAndGet(Duration.ofMinutes(6).toNanos());
    assertThat(replacements.allowed()).isTrue();
    assertThat(replacements.allowed()).isFalse();
    nanos.addAndGet(Duration.ofMinutes(5).toNanos());
    assertThat(replacements.allowed()).isTrue();
    assertThat(replacements.allowed()).isFalse();
  }
}
