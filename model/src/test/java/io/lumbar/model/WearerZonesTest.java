package io.lumbar.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class WearerZonesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final Instant LANDED = Instant.parse("2026-03-10T05:00:00Z");
  private static final Instant BACK = Instant.parse("2026-03-24T05:00:00Z");
  private static final Wearer AT_HOME =
      new Wearer(
          new WearerId("w_anna"),
          "Anna",
          "hash",
          List.of(new Wearer.ZoneFrom(BERLIN, Instant.EPOCH)),
          WearerSettings.defaults());
  private static final Wearer TRAVELS = AT_HOME.withZone(TOKYO, LANDED).withZone(BERLIN, BACK);

  @Test
  void aZoneHoldsFromItsInstantOn() {
    assertThat(TRAVELS.zoneAt(LANDED.minusMillis(1))).isEqualTo(BERLIN);
    assertThat(TRAVELS.zoneAt(LANDED)).isEqualTo(TOKYO);
    assertThat(TRAVELS.zoneAt(BACK)).isEqualTo(BERLIN);
    assertThat(Json.read(Json.bytes(TRAVELS), Wearer.class)).isEqualTo(TRAVELS);
  }

  @Test
  void aWordAboutAnInstantReplacesWhatWasToldForLater() {
    assertThat(TRAVELS.withZone(BERLIN, LANDED.minusSeconds(60))).isEqualTo(AT_HOME);
    assertThat(TRAVELS.withZone(TOKYO, LANDED)).isEqualTo(AT_HOME.withZone(TOKYO, LANDED));
    Instant later = LANDED.plusSeconds(3600);
    assertThat(AT_HOME.withZone(TOKYO, LANDED).withZone(TOKYO, later))
        .isEqualTo(AT_HOME.withZone(TOKYO, LANDED));
  }

  @Test
  void theOldestOfVeryManyChangesIsLetGo() {
    Wearer pilot = AT_HOME;
    for (int i = 0; i < 500; i++) {
      pilot = pilot.withZone(i % 2 == 0 ? TOKYO : BERLIN, LANDED.plusSeconds(i));
    }
    assertThat(pilot.zones()).hasSize(Wearer.MOST_ZONES);
    assertThat(pilot.zoneAt(LANDED.plusSeconds(498))).isEqualTo(TOKYO);
    assertThat(pilot.zoneAt(LANDED.plusSeconds(600))).isEqualTo(BERLIN);
  }

  @Test
  void nineInTheMorningIsWhereTheWearerIsThen() {
    assertThat(nine(TRAVELS, 9)).isEqualTo(Instant.parse("2026-03-09T08:00:00Z"));
    // It is 14:00 there on arrival, and was 6:00 before.
    assertThat(nine(TRAVELS, 10)).isEqualTo(LANDED);
    assertThat(nine(TRAVELS, 11)).isEqualTo(Instant.parse("2026-03-11T00:00:00Z"));
    // 14:00 there on leaving, 6:00 after: the first nine o'clock counts.
    assertThat(nine(TRAVELS, 24)).isEqualTo(Instant.parse("2026-03-24T00:00:00Z"));
    assertThat(nine(TRAVELS, 25)).isEqualTo(Instant.parse("2026-03-25T08:00:00Z"));
  }

  private static Instant nine(Wearer wearer, int day) {
    return wearer.instantOf(LocalDateTime.of(2026, 3, day, 9, 0));
  }

  @Test
  void aRecordOfOneZoneIsReadAsBefore() {
    byte[] old =
        """
        {"id":"w_anna","name":"Anna","tokenHash":"hash",
         "zones":[{"zone":"Europe/Berlin","validFrom":"1970-01-01T00:00:00Z"}],
         "settings":{"longSittingMinutes":30,"repeatMinutes":15,"awakeFrom":"07:00",
         "awakeTo":"22:00","quietFrom":null,"quietTo":null},"v":1}\
        """
            .getBytes(StandardCharsets.UTF_8);
    assertThat(Json.read(old, Wearer.class)).isEqualTo(AT_HOME);
  }
}
