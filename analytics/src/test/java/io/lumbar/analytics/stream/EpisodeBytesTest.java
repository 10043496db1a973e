package io.lumbar.analytics.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpisodeBytesTest {
  private static final Instant NINE = Instant.parse("2026-03-02T08:00:00.123Z");

  private static final Episode OPEN =
      new Episode(
          "e_1",
          new WearerId("w_anna"),
          EpisodeKind.LONG_SITTING,
          NINE,
          NINE.plusSeconds(1_800),
          ZoneId.of("Europe/Berlin"),
          30,
          true,
          3,
          false,
          new Episode.Evidence(
              NINE.plusSeconds(1_800),
              NINE.plusSeconds(7_200),
              1_799.5,
              Posture.SITTING,
              Placement.THIGH),
          null,
          List.of("flare-up", "ill"));

  private static final Episode CLOSED =
      new Episode(
          "e_2",
          new WearerId("w_anna"),
          EpisodeKind.ARCHED_SLEEP,
          NINE,
          NINE.plusSeconds(900),
          ZoneId.of("UTC"),
          10,
          false,
          1,
          true,
          new Episode.Evidence(
              NINE.plusSeconds(900),
              NINE.plusSeconds(900),
              900,
              Posture.LYING,
              Placement.CHEST,
              0.4),
          "left");

  @Test
  void everyFieldComesBack() {
    assertThat(EpisodeBytes.decode(EpisodeBytes.encode(OPEN))).isEqualTo(OPEN);
    assertThat(EpisodeBytes.decode(EpisodeBytes.encode(CLOSED))).isEqualTo(CLOSED);
    assertThat(EpisodeBytes.encode(OPEN)).hasSizeLessThan(130);
  }

  /** What versions before this form wrote. */
  @Test
  void jsonIsReadToo() {
    assertThat(EpisodeBytes.decode(Json.bytes(OPEN))).isEqualTo(OPEN);
  }

  /** The form stands in changelogs: a new one needs a new version byte. */
  @Test
  void theFormStays() {
    String written =
        "010003655f320006775f616e6e61020000019cad8fac7b0000019cad9d681b00035554430000000a0e00000001"
            + "0000019cad9d681b0000019cad9d681b408c20000000000006013fd999999999999a00046c65667400";
    assertThat(HexFormat.of().formatHex(EpisodeBytes.encode(CLOSED))).isEqualTo(written);
    assertThat(EpisodeBytes.decode(HexFormat.of().parseHex(written))).isEqualTo(CLOSED);
  }

  @Test
  void anotherVersionIsNamed() {
    assertThatThrownBy(() -> EpisodeBytes.decode(new byte[] {9}))
        .hasMessageContaining("version 9 is not known");
  }
}
