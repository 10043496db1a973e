package io.lumbar.alerts;

import static io.lumbar.alerts.Episodes.at;
import static io.lumbar.alerts.Episodes.sitting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.alerts.Advance.Clock;
import io.lumbar.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdvanceTest {
  private static final Instant NINE = at("09:00");

  private static final Advance FULL =
      new Advance(
          NINE.minus(Duration.ofDays(2)),
          List.of(
              new Clock(
                  "e_1",
                  300,
                  45,
                  NINE.plusMillis(2_700_125),
                  NINE.plusSeconds(2_700),
                  NINE.plusSeconds(9_900),
                  2_699.5,
                  0.4,
                  NINE.plusNanos(2_700_000_000_001L),
                  NINE.plusSeconds(9_000),
                  NINE.plusSeconds(2_700),
                  NINE.minus(Duration.ofDays(3))),
              new Clock(
                  "e_2",
                  1,
                  60,
                  NINE,
                  NINE,
                  NINE,
                  3_600,
                  null,
                  NINE.plusSeconds(1),
                  null,
                  null,
                  null)));

  @Test
  void everyFieldComesBack() {
    assertThat(AdvanceBytes.decode(AdvanceBytes.encode(FULL))).isEqualTo(FULL);
    Advance none = new Advance(Instant.EPOCH, List.of());
    assertThat(AdvanceBytes.decode(AdvanceBytes.encode(none))).isEqualTo(none);
  }

  /** The form stands in changelogs: a new one needs a new version byte. */
  @Test
  void theFormStays() {
    String written =
        "010000000069a2a08000000000020003655f31ac022d0f98b615c0b2cd3b98b61500d8a6160040a517000000"
            + "00003fd999999999999a98b61501d098160098b61500ffc50a000003655f32013c00808c1500808c1500"
            + "808c150040ac200000000000828c1500";
    assertThat(HexFormat.of().formatHex(AdvanceBytes.encode(FULL))).isEqualTo(written);
    assertThat(AdvanceBytes.decode(HexFormat.of().parseHex(written))).isEqualTo(FULL);
  }

  @Test
  void anotherVersionIsNamedAndWhatIsCutShortIsSeen() {
    assertThatThrownBy(() -> AdvanceBytes.decode(new byte[] {9}))
        .hasMessageContaining("version 9 is not known");
    assertThatThrownBy(() -> AdvanceBytes.decode(new byte[] {1, 0}))
        .hasMessageContaining("cut short");
  }

  @Test
  void aSittingThatGoesOnIsAnAdvanceAndOneThatEndsIsNot() {
    Timeline time = new Timeline();
    time.see("09:30", sitting("09:00").until("09:30"));
    assertThat(time.advances).as("it was told").isZero();
    for (int minute = 31; minute < 40; minute++) {
      time.see("09:" + minute, sitting("09:00").until("09:" + minute).revision(minute));
    }
    assertThat(time.advances).isEqualTo(9);
    assertThat(time.see("09:45", sitting("09:00").until("09:45").level(45).revision(45)))
        .containsExactly("45 sent");
    assertThat(time.advances).isEqualTo(9);
    time.see("09:46", sitting("09:00").until("09:46").level(45).revision(46));
    time.see("09:47", sitting("09:00").until("09:46").revision(47).closed());
    assertThat(time.advances).isEqualTo(10);
  }

  /** Written by a process that knows no advances, or before the advance was taken away. */
  @Test
  void anAdvanceOfAnEpisodeThatIsKnownByALaterRevisionCountsForNothing() {
    AlertState at31 = stateAt(31);
    AlertState at35 = stateAt(35);
    Advance to35 = Advance.between(at31, at35, Instant.EPOCH).orElseThrow();
    assertThat(to35.on(at31)).isEqualTo(at35);
    assertThat(to35.on(stateAt(36))).isEqualTo(stateAt(36));
    assertThat(to35.on(AlertState.empty())).isEqualTo(AlertState.empty());
    Timeline over = new Timeline();
    over.see("09:30", sitting("09:00").until("09:30"));
    over.see("09:31", sitting("09:00").until("09:31").revision(31).closed());
    assertThat(to35.on(over.state)).isEqualTo(over.state);
  }

  private static AlertState stateAt(int minute) {
    Timeline time = new Timeline();
    time.see("09:30", sitting("09:00").until("09:30"));
    time.see("09:" + minute, sitting("09:00").until("09:" + minute).revision(minute));
    return time.state;
  }

  /** The first states knew neither who answered, nor trials, nor zones, nor words on snoozing. */
  @Test
  void theStateAsTheFirstVersionsWroteItIsRead() {
    String first =
        """
        {"told":[{"alert":"a_1","episode":"e_1","kind":"long-sitting","step":30,
          "from":"2026-03-02T08:00:00Z","to":"2026-03-02T08:31:00Z","at":"2026-03-02T08:30:00.25Z",
          "sent":true,"wrong":false,"snoozes":1}],
         "watched":[{"id":"e_1","revision":2,"decided":["30:sent"],"open":{"id":"e_1",
          "wearer":"w_anna","kind":"long-sitting","from":"2026-03-02T08:00:00Z",
          "to":"2026-03-02T08:31:00Z","zone":"Europe/Berlin","level":30,"open":true,"revision":2,
          "retracted":false,"evidence":{"until":"2026-03-02T08:31:00Z",
          "holdsUntil":"2026-03-02T08:31:00Z","seconds":1860.0,"posture":"sitting",
          "source":"thigh"},"v":1},"seenAt":"2026-03-02T08:31:00.5Z",
          "due":"2026-03-02T08:50:00Z"}],
         "snoozedUntil":"2026-03-02T08:50:00Z"}
        """;
    AlertState read = Json.read(first.getBytes(StandardCharsets.UTF_8), AlertState.class);
    assertThat(read.told()).singleElement().matches(told -> told.snoozes() == 1 && !told.missed());
    assertThat(read.heard()).isEmpty();
    assertThat(read.spoken()).isEmpty();
    assertThat(read.snoozedUntil()).isEqualTo(at("09:50"));
    assertThat(read.nextDue()).contains(at("09:50"));
    assertThat(read.watched("e_1").orElseThrow().hasDecided(30, Reason.SENT)).isTrue();
    assertThat(Json.read(Json.bytes(read), AlertState.class)).isEqualTo(read);
  }
}
