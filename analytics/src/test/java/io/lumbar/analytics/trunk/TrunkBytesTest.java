package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.SleepPosition;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is kept of trunk sensors, byte by byte, in every form in which it may still be stored. */
class TrunkBytesTest {
  private static final long AT = 1_772_445_600_000L;
  private static final long DAY = 1_772_409_600_000L;

  /** Two samples in the first five seconds and one in the last. */
  private static final String MINUTE =
      "01" + "02" + "13874ef8ec" + "00fa5000d8" + "00".repeat(10) + "01" + "0fa0b0147f";

  /** Up was x, and a minute later askew. */
  private static final String WALKS =
      "01" + "0000019cadfd8900" + "7f0000" + "0000019cadfe7360" + "40e069";

  /** Five days were written in order, of which the first is closed. */
  private static final String DAYS =
      "01"
          + "0000000000000005"
          + "00000004"
          + ("0000019cb0fe9400" + "0000000000000002")
          + ("0000019cb624f000" + "0000000000000003")
          + ("0000019cbb4b4c00" + "0000000000000004")
          + ("0000019cc071a800" + "0000000000000005")
          + "0000019cabd83800";

  /** A sample at 0.25 s, and one at 30.15 s. */
  private static final String BENDS =
      "01"
          + "633066188460fa207413d0490e0706a1bb141e0c42470d5227097c18940e7ba030089d75c061103a8a0100";

  /** Seen upright on two days. */
  private static final String UPRIGHTS = "01" + "0000019cadfd8900" + "0000019cb0fe9400";

  private static final String BED =
      """
      {"version":2,"standings":{},"beds":{"1772445600000":{"axes":\
      {"head":{"x":1.0,"y":0.0,"z":0.0},"right":{"x":0.0,"y":1.0,"z":0.0},\
      "front":{"x":0.0,"y":0.0,"z":1.0}},"flatDegrees":2.5,"proppedDegrees":31.5,\
      "judged":{"BACK":{"supine":12}},"warnings":["left and right look alike"]}},"refusals":{}}""";

  @Test
  void aMinute() {
    TrunkMinute minute = TrunkMinute.decode(AT, bytes(MINUTE));
    assertThat(minute.slot(0))
        .containsExactly(new Direction(0.975, -0.1, -0.25), new Direction(1, 0, -0.5));
    assertThat(minute.slot(11)).containsExactly(new Direction(-1, 0.25, 1.5875));
    assertThat(hex(minute.encode())).isEqualTo(MINUTE);
    assertThatThrownBy(() -> TrunkMinute.decode(AT, bytes("02" + MINUTE.substring(2))))
        .hasMessageContaining("version 2");
  }

  @Test
  void walks() {
    TrunkWalks walks = TrunkWalks.decode(bytes(WALKS));
    assertThat(walks.of(AT)).contains(new Direction(1, 0, 0));
    assertThat(walks.of(AT + 60_000)).contains(new Direction(64 / 127.0, -32 / 127.0, 105 / 127.0));
    assertThat(hex(walks.encode())).isEqualTo(WALKS);
    assertThatThrownBy(() -> TrunkWalks.decode(bytes("02" + WALKS.substring(2))))
        .hasMessageContaining("version 2");
  }

  @Test
  void days() {
    KeptDays days = KeptDays.decode(bytes(DAYS));
    assertThat(days.isClosed(DAY)).isTrue();
    assertThat(days.open()).hasSize(4).contains(DAY + 86_400_000L);
    assertThat(hex(days.encode())).isEqualTo(DAYS);
    assertThatThrownBy(() -> KeptDays.decode(bytes("02" + DAYS.substring(2))))
        .hasMessageContaining("version 2");
  }

  /** Another library may deflate otherwise; what was deflated is read in any case. */
  @Test
  void aMinuteOfBends() {
    BendMinute minute = BendMinute.decode(bytes(BENDS));
    assertThat(minute.millis(1)).isEqualTo(250);
    assertThat(minute.sample(1)).contains(new Direction(1, 0, -0.5));
    assertThat(minute.millis(150)).isEqualTo(30_150);
    assertThat(minute.sample(150)).contains(new Direction(0.5, 0.25, -1));
    assertThat(minute.sample(0)).isEmpty();
    assertThat(BendMinute.decode(minute.encode()).sample(150)).isEqualTo(minute.sample(150));
  }

  @Test
  void uprightMinutes() {
    TrunkUprights uprights = TrunkUprights.decode(bytes(UPRIGHTS));
    assertThat(uprights.knownAt(AT - TrunkWalks.AHEAD_MILLIS)).isTrue();
    assertThat(uprights.knownAt(AT - TrunkWalks.AHEAD_MILLIS - 1)).isFalse();
    assertThat(hex(uprights.encode())).isEqualTo(UPRIGHTS);
    uprights.keepOnly(Set.of());
    assertThat(hex(uprights.encode())).isEqualTo(UPRIGHTS.substring(0, 18));
    assertThatThrownBy(() -> TrunkUprights.decode(bytes("02" + UPRIGHTS.substring(2))))
        .hasMessageContaining("version 2");
  }

  @Test
  void aBed() {
    SensorCalibration read = SensorCalibration.decode(BED.getBytes(StandardCharsets.UTF_8));
    assertThat(read.bed(AT))
        .contains(
            new BedCalibration.Learnt(
                TrunkAxes.STANDARD,
                2.5,
                31.5,
                Map.of(BedPose.BACK, Map.of(SleepPosition.SUPINE, 12)),
                List.of("left and right look alike")));
    assertThat(new String(read.encode(), StandardCharsets.UTF_8)).isEqualTo(BED);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
