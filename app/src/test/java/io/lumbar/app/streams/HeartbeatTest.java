package io.lumbar.app.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {
  @TempDir Path folder;
  private long seconds = 1_000;

  /** Stops while the machine sleeps. */
  private long awake = 1_000;

  @Test
  void aFirstStartAndAQuickRestartKeepNobodyWaiting() {
    try (Heartbeat first = heartbeat()) {
      assertThat(first.isJustBack()).isFalse();
    }
    pass(18);
    try (Heartbeat second = heartbeat()) {
      assertThat(second.isJustBack()).isFalse();
    }
  }

  @Test
  void afterMinutesPhonesGetTenSecondsToComeBack() {
    heartbeat().close();
    pass(360);
    try (Heartbeat later = heartbeat()) {
      assertThat(later.isJustBack()).isTrue();
      pass(9);
      later.beat();
      assertThat(later.isJustBack()).isTrue();
      pass(2);
      assertThat(later.isJustBack()).isFalse();
    }
  }

  @Test
  void aKilledProcessIsMissedFromItsLastBeatOn() throws Exception {
    heartbeat();
    Files.setLastModifiedTime(folder.resolve("state/alive"), FileTime.from(970, TimeUnit.SECONDS));
    assertThat(heartbeat().isJustBack()).isTrue();
  }

  @Test
  void aMachineThatSleptWasAwayToo() {
    try (Heartbeat heartbeat = heartbeat()) {
      seconds += 3_600;
      assertThat(heartbeat.isJustBack()).isTrue();
      pass(11);
      assertThat(heartbeat.isJustBack()).isFalse();
    }
  }

  @Test
  void phonesCannotComeBackBeforeTheyCanBeReached() {
    heartbeat().close();
    pass(360);
    try (Heartbeat later = starting()) {
      pass(60);
      later.beat();
      assertThat(later.isJustBack()).isTrue();
      later.reachable();
      pass(9);
      assertThat(later.isJustBack()).isTrue();
      pass(2);
      assertThat(later.isJustBack()).isFalse();
    }
  }

  private void pass(long time) {
    seconds += time;
    awake += time;
  }

  private Heartbeat heartbeat() {
    Heartbeat heartbeat = starting();
    heartbeat.reachable();
    return heartbeat;
  }

  private Heartbeat starting() {
    return new Heartbeat(
        folder.resolve("state/alive"), () -> seconds * 1_000, () -> awake * 1_000_000_000L);
  }
}
