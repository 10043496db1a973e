package io.lumbar.analytics.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.model.Bout;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.WearerId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
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

  private static final Bout PRONE_BOUT =
      new Bout(
          BOUT.id(),
          BOUT.wearer(),
          BOUT.posture(),
          BOUT.from(),
          BOUT.to(),
          BOUT.holdsUntil(),
          BOUT.zone(),
          BOUT.placement(),
          true,
          7,
          false,
          Map.of(SleepPosition.PRONE, 12.5),
          true);

  /** b_1 of w_anna, lying, its three times, Europe/Berlin, chest. */
  private static final String VERSION_1 =
      "01"
          + "0003625f31"
          + "0006775f616e6e61"
          + "06"
          + "0000019cb090b701"
          + "0000019cb2113c80"
          + "0000019cb2482b00"
          + "000d4575726f70652f4265726c696e"
          + "01";

  /** Revision 7, and twelve and a half seconds on the front. */
  private static final String PRONE = "00000007" + "01" + "01" + "4029000000000000";

  private static final String JSON =
      """
      {"id":"b_1","wearer":"w_anna","posture":"lying","from":"2026-03-02T22:00:00.001Z",\
      "to":"2026-03-03T05:00:00Z","holdsUntil":"2026-03-03T06:00:00Z","zone":"Europe/Berlin",\
      "placement":"chest","open":true,"revision":7,"retracted":false,\
      "positionSeconds":{"prone":12.5},"provisional":true,"v":1}""";

  @Test
  void readsWhatItWrote() {
    assertThat(BoutBytes.decode(BoutBytes.encode(BOUT))).isEqualTo(BOUT);
  }

  @Test
  void itsBytesStayAsTheyAre() {
    assertThat(BoutBytes.decode(HexFormat.of().parseHex(VERSION_1 + "05" + PRONE)))
        .isEqualTo(PRONE_BOUT);
    assertThat(HexFormat.of().formatHex(BoutBytes.encode(PRONE_BOUT)))
        .isEqualTo(VERSION_1 + "05" + PRONE);
  }

  @Test
  void bytesFromBeforeThereWereProvisionalLabelsAreRead() {
    assertThat(BoutBytes.decode(HexFormat.of().parseHex(VERSION_1 + "01" + PRONE)))
        .isEqualTo(
            new Bout(
                PRONE_BOUT.id(),
                PRONE_BOUT.wearer(),
                PRONE_BOUT.posture(),
                PRONE_BOUT.from(),
                PRONE_BOUT.to(),
                PRONE_BOUT.holdsUntil(),
                PRONE_BOUT.zone(),
                PRONE_BOUT.placement(),
                true,
                7,
                false,
                PRONE_BOUT.positionSeconds()));
  }

  @Test
  void readsTheJsonOfAnOlderVersion() {
    assertThat(BoutBytes.decode(JSON.getBytes(StandardCharsets.UTF_8))).isEqualTo(PRONE_BOUT);
  }

  @Test
  void refusesAVersionThatItDoesNotKnow() {
    byte[] newer = BoutBytes.encode(BOUT);
    newer[0] = 2;
    assertThatThrownBy(() -> BoutBytes.decode(newer)).hasMessageContaining("version 2");
  }
}
