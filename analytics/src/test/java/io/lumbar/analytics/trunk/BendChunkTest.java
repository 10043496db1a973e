package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class BendChunkTest {
  private static final long BLOCK = 1_772_445_600_000L;
  private static final Stamp CHEST =
      new Stamp(new DeviceId("d_c"), Placement.CHEST, ZoneId.of("Europe/Berlin"));

  /** d_c, chest, Europe/Berlin. */
  private static final String STAMP =
      "0003645f63" + "00056368657374" + "000d4575726f70652f4265726c696e";

  /** 90 s beyond 20 degrees in the second half; a stoop of 75 degrees from 5:01 to 5:04. */
  private static final String FOUND =
      "00000000000000000000000000000000"
          + "00015f90000003e80000000000000000"
          + "0001"
          + "000497c8"
          + "0004a380"
          + "00049bb0"
          + "02ee"
          + "0258"
          + "00";

  private static final List<Bend> BENDS =
      List.of(
          new Bend(BLOCK + 301_000, BLOCK + 304_000, BLOCK + 302_000, 75, 60, Bend.Style.STOOP));
  private static final List<ForwardTime> FORWARD =
      List.of(
          new ForwardTime(BLOCK, 0, 0, 0, 0),
          new ForwardTime(BLOCK + 300_000, 90_000, 1_000, 0, 0));

  @Test
  void readsTheFirstFormAndTakesAllMinutesForHeard() {
    assertThat(BendChunk.decode(HexFormat.of().parseHex("01" + STAMP + FOUND), BLOCK))
        .isEqualTo(new BendsJudged(BLOCK, CHEST, BENDS, FORWARD, 0x3ff));
  }

  @Test
  void writesWhichMinutesWereHeard() {
    BendsJudged judged = new BendsJudged(BLOCK, CHEST, BENDS, FORWARD, 0x3e0);
    byte[] bytes = BendChunk.encode(judged, CHEST);
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("03" + STAMP + "03e0" + FOUND);
    assertThat(BendChunk.decode(bytes, BLOCK)).isEqualTo(judged);
    assertThat(BendChunk.decode(HexFormat.of().parseHex("02" + STAMP + "03e0" + FOUND), BLOCK))
        .isEqualTo(judged);
  }

  /** A stoop of 240 s at 45 degrees; in the older form what it says of holding is its own. */
  @Test
  void aBendOfBeforeThereWereTimesHeldForwardIsOneOfItsOwn() {
    String found =
        "0003a9800003a9800000000000000000"
            + "00000000000000000000000000000000"
            + "0001"
            + "00000000"
            + "0003a980"
            + "000003e8"
            + "01f4"
            + "01c2"
            + "00";
    Bend bend = new Bend(BLOCK, BLOCK + 240_000, BLOCK + 1_000, 50, 45, Bend.Style.STOOP);
    Bend held = new Bend(BLOCK, BLOCK + 240_000, BLOCK + 1_000, 50, 45, Bend.Style.HELD);
    BendsJudged judged =
        BendChunk.decode(HexFormat.of().parseHex("02" + STAMP + "03ff" + found), BLOCK);
    assertThat(judged.bends()).containsExactly(bend, held);
    assertThat(held.sustained()).isTrue();
    assertThat(bend.sustained()).isFalse();
    byte[] bytes = BendChunk.encode(judged, CHEST);
    assertThat(HexFormat.of().formatHex(bytes))
        .startsWith("03" + STAMP + "03ff")
        .endsWith("000000000003a980000003e801f401c204");
    assertThat(BendChunk.decode(bytes, BLOCK)).isEqualTo(judged);
  }

  @Test
  void tenQuietMinutesAreShort() {
    BendsJudged judged = new BendsJudged(BLOCK, CHEST, List.of(), BendsJudged.atRest(BLOCK), 0x3ff);
    byte[] bytes = BendChunk.encode(judged, CHEST);
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("03" + STAMP + "03ff");
    assertThat(BendChunk.decode(bytes, BLOCK)).isEqualTo(judged);
  }
}
