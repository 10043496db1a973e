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

  private static final String NO_SEATS = "00000000";

  /** Nothing but two seats, at seconds 1000 and 2000, on which y is up. */
  private static final String WITH_SEATS =
      "03"
          + "00000000"
          + "00000000"
          + "00000002"
          + "00000000000003e8007f00"
          + "00000000000007d0007f00";

  @Test
  void twoSeatsThatAgreeShowTheFront() {
    Walks walks = read(WITH_SEATS);
    assertThat(HexFormat.of().formatHex(walks.encode())).isEqualTo(WITH_SEATS);
    Direction front = new Direction(0, 1, 0);
    assertThat(front(walks, 2_500)).isEqualTo(front);
    assertThat(front(walks, 1_500)).as("one before and one to come").isEqualTo(front);
    assertThat(front(walks, 500)).as("both to come").isEqualTo(front);
    seat(walks, 2_000, new Direction(0, 0, 1));
    assertThat(front(walks, 2_500)).as("two that differ").isNull();
    seat(walks, 3_000, new Direction(0, 0, 1));
    assertThat(front(walks, 3_500)).isEqualTo(new Direction(0, 0, 1));
    assertThat(front(walks, 3_000 + 2 * 86_400)).as("long after").isNull();
    assertThat(walks.facing(3_500, new Direction(0, 0, 1)).front())
        .as("seats of a sensor that hangs another way now")
        .isNull();
  }

  @Test
  void aSeatTellsUntilWhenNothingElseIsKnown() {
    Walks walks = read(WITH_SEATS);
    assertThat(facing(walks, 1_500).validUntil()).isEqualTo(2_000);
    assertThat(facing(walks, 2_500).validUntil()).isEqualTo(1_000 + 86_400);
  }

  private static Direction front(Walks walks, long second) {
    return facing(walks, second).front();
  }

  private static Seats.Facing facing(Walks walks, long second) {
    return walks.facing(second, new Direction(1, 0, 0));
  }

  private static void seat(Walks walks, long second, Direction seat) {
    TreeMap<Long, Direction> found = new TreeMap<>();
    found.put(second, seat);
    walks.replaceSeats(new Range(second, second + MINUTE), found);
  }

  @Test
  void bytesFromBeforePosesWereMarkedAreRead() {
    Walks walks = read(WITHOUT_POSES);
    assertThat(walks.at(1_500).up()).isEqualTo(new Direction(1, 0, 0));
    assertThat(HexFormat.of().formatHex(walks.encode()))
        .isEqualTo("03" + WITHOUT_POSES.substring(2) + NO_SEATS);
    assertThatThrownBy(() -> read("04" + WITHOUT_POSES.substring(2)))
        .hasMessageContaining("version 4");
  }

  @Test
  void aPoseStaysOneInItsBytes() {
    Walks walks = read(WITH_A_POSE);
    assertThat(HexFormat.of().formatHex(walks.encode()))
        .isEqualTo("03" + WITH_A_POSE.substring(2) + NO_SEATS);
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
