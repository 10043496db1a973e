package io.lumbar.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.model.Placement;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What walking and poses showed of a thigh sensor. */
class WalksTest {
  private static final int MINUTE = 60;

  /** One walk of 60 s from second 1000 on, up is x, and one pick-up at second 2000. */
  private static final String WITHOUT_POSES =
      "01" + "00000001" + "00000000000003e8" + "7f0000" + "3c" + "00000001" + "00000000000007d0";

  /** A pose of 10 s from second 1000 on, up is z. */
  private static final String WITH_A_POSE =
      "02" + "00000001" + "00000000000003e8" + "00007f" + "f6" + "00000000";

  @Test
  void bytesFromBeforePosesWereMarkedAreRead() {
    Walks walks = read(WITHOUT_POSES);
    assertThat(walks.at(1_500).up()).isEqualTo(new Direction(1, 0, 0));
    assertThat(HexFormat.of().formatHex(walks.encode()))
        .isEqualTo("02" + WITHOUT_POSES.substring(2));
    assertThatThrownBy(() -> read("03" + WITHOUT_POSES.substring(2)))
        .hasMessageContaining("version 3");
  }

  @Test
  void aPoseStaysOneInItsBytes() {
    Walks walks = read(WITH_A_POSE);
    assertThat(HexFormat.of().formatHex(walks.encode())).isEqualTo(WITH_A_POSE);
    walk(walks, 0, new Walks.Walk((byte) 127, (byte) 0, (byte) 0, 60));
    assertThat(walks.at(1_500).up()).isEqualTo(new Direction(0, 0, 1));
    assertThat(walks.at(999).up()).isEqualTo(new Direction(1, 0, 0));
  }

  @Test
  void oneMinuteThatLookedLikeWalkingDoesNotOutvoteAPoseAndTwoDo() {
    Walks walks = read(WITH_A_POSE);
    Walks.Walk other = new Walks.Walk((byte) 127, (byte) 0, (byte) 0, 60);
    walk(walks, 1_200, other);
    assertThat(walks.at(1_300).up()).isEqualTo(new Direction(0, 0, 1));
    walk(walks, 1_260, other);
    assertThat(walks.at(1_300).up()).isEqualTo(new Direction(1, 0, 0));
  }

  private static void walk(Walks walks, long second, Walks.Walk walk) {
    TreeMap<Long, Walks.Walk> found = new TreeMap<>();
    found.put(second, walk);
    walks.replace(new Range(second, second + MINUTE), found, new TreeSet<>());
  }

  private static Walks read(String hex) {
    Walks walks = LimbMotion.walks(Placement.THIGH);
    walks.decode(HexFormat.of().parseHex(hex));
    return walks;
  }
}
