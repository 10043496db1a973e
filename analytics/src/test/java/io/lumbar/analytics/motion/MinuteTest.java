package io.lumbar.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MinuteTest {
  /** A minute with two single samples in second 3, as version 1 wrote it. */
  private static final String VERSION_1 =
      "010200000000000000c80000f73f00370000000000003b00010302"
          + "a08d0600000114a01fd704b30600000000000290a400000000003e68f40001b3060000000000000000000000000000"
          + "e0c50800000118a01fd704b1060000000000028d7100000000003e6920000001b10600000000000000000000000000";

  @Test
  void readsSinglesInTheLongFormAndWritesThemShort() {
    Minute old = Minute.decode(HexFormat.of().parseHex(VERSION_1));
    Minute made = new Minute();
    made.add(3, single(100_000, 10), new Sums());
    made.add(3, single(140_000, 12), new Sums());

    assertThat(old.encode()).isEqualTo(made.encode());
    assertThat(made.encode()).hasSizeLessThan(VERSION_1.length() / 4);
    assertThat(Minute.decode(made.encode()).encode()).isEqualTo(made.encode());
    assertThat(Minute.decode(made.encode()).feature(3)).isEqualTo(made.feature(3)).isNotZero();
  }

  @Test
  void ofVeryManyPartsTheFirstCountInAnyOrderAndRoomIsBounded() {
    List<Sums> parts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      parts.add(single(5_000 * i, i % 7));
    }
    Minute inOrder = new Minute();
    parts.forEach(part -> inOrder.add(0, part, new Sums()));
    Collections.shuffle(parts, new Random(1));
    Minute shuffled = new Minute();
    parts.forEach(part -> shuffled.add(0, part, new Sums()));

    assertThat(shuffled.encode()).isEqualTo(inOrder.encode());
    assertThat(inOrder.encode()).hasSizeLessThan(1_000);
  }

  private static Sums single(int micros, int x) {
    Sums sums = new Sums();
    sums.add(micros, x, 2_000, -300);
    return sums;
  }
}
