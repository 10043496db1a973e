package io.lumbar.analytics.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.model.Bout;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoutBytesTest {
  private static final Bout BOUT =
      new Bout(
          "b_1",
          new WearerId("w_anna"),
          Posture.LYING,
          Instant.parse("2026-03-02T22:00:00.001Z"),
          Instant.parse("2026-03-03T05:00:00Z"),
          Instant.parse("2026-03-03T06:00:00Z"),
          ZoneId.of("Europe/Berlin"),
          Placement.CHEST,
          true,
          7,
          false,
          Map.of(SleepPosition.PRONE, 12.5, SleepPosition.LEFT, 3.0),
          true);

  @Test
  void readsWhatItWrote() {
    assertThat(BoutBytes.decode(BoutBytes.encode(BOUT))).isEqualTo(BOUT);
  }

  @Test
  void readsTheJsonOfAnOlderVersion() {
    assertThat(BoutBytes.decode(Json.bytes(BOUT))).isEqualTo(BOUT);
  }

  @Test
  void refusesAVersionThatItDoesNotKnow() {
    byte[] newer = BoutBytes.encode(BOUT);
    newer[0] = 2;
    assertThatThrownBy(() -> BoutBytes.decode(newer)).hasMessageContaining("version 2");
  }
}
