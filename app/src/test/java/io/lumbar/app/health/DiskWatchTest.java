package io.lumbar.app.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DiskWatchTest {
  private final AtomicLong free = new AtomicLong(2L << 30);

  @Test
  void whereTheSpaceCannotBeReadNothingIsFull() {
    assertThat(DiskSpace.full(Path.of("/no/such/folder"))).isEmpty();
    assertThat(DiskSpace.of(Path.of("/no/such/folder")).grade())
        .isEqualTo(Condition.Grade.DEGRADED);
  }

  @Test
  void ofASmallDiskATenthIsEnough() {
    assertThat(DiskSpace.full(800L << 20, 2_000L << 20)).isEmpty();
    assertThat(DiskSpace.full(300L << 20, 900L << 20)).isEmpty();
    assertThat(DiskSpace.full(255L << 20, 900L << 20)).isPresent();
    assertThat(DiskSpace.full(500L << 20, 6_000L << 20)).isPresent();
  }

  @Test
  void saysWhenTheDiskIsAlmostFullAndWhenRoomWasMade() {
    try (DiskWatch watch = DiskWatch.by(() -> DiskSpace.full(free.get(), 100L << 30))) {
      assertThat(watch.full()).isEmpty();
      free.set(900L << 20);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(watch.full().orElse("")).contains("900 MB left"));
      free.set(2L << 30);
      await().atMost(Duration.ofSeconds(20)).until(() -> watch.full().isEmpty());
    }
  }
}
