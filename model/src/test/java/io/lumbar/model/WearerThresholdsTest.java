package io.lumbar.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class WearerThresholdsTest {
  private static final Instant ADDED = Instant.parse("2026-03-02T08:00:00Z");
  private static final Instant LATER = Instant.parse("2026-03-10T08:00:00Z");
  private static final Instant STILL_LATER = Instant.parse("2026-03-20T08:00:00Z");
  private static final Wearer ANNA =
      new Wearer(
              new WearerId("w_anna"),
              "Anna",
              "hash",
              List.of(new Wearer.ZoneFrom(ZoneId.of("Europe/Berlin"), Instant.EPOCH)),
              WearerSettings.defaults())
          .addedAt(ADDED);
  private static final Wearer TWICE =
      ANNA.withSettings(after(40), LATER).withSettings(after(60), STILL_LATER);

  @Test
  void eachInstantHasWhatHeldThen() {
    assertThat(minutesAt(TWICE, Instant.EPOCH)).isEqualTo(30);
    assertThat(minutesAt(TWICE, LATER.minusMillis(1))).isEqualTo(30);
    assertThat(minutesAt(TWICE, LATER)).isEqualTo(40);
    assertThat(minutesAt(TWICE, STILL_LATER)).isEqualTo(60);
    assertThat(Json.read(Json.bytes(TWICE), Wearer.class)).isEqualTo(TWICE);
  }

  @Test
  void otherSettingsAreThoseOfNowAtAnyTime() {
    AlertSettings quiet = AlertSettings.defaults().withBusy(List.of());
    Wearer changed = TWICE.withSettings(after(60).withAlerts(quiet), STILL_LATER.plusSeconds(9));
    assertThat(changed.formerThresholds()).isEqualTo(TWICE.formerThresholds());
    assertThat(changed.settingsAt(LATER).alerts()).isEqualTo(quiet);
  }

  @Test
  void aWordAboutAnInstantReplacesWhatWasToldForLater() {
    Wearer back = TWICE.withSettings(after(50), LATER.minusSeconds(60));
    assertThat(minutesAt(back, LATER.minusSeconds(61))).isEqualTo(30);
    assertThat(minutesAt(back, LATER)).isEqualTo(50);
    assertThat(back.formerThresholds()).hasSize(1);
    assertThat(TWICE.withSettings(after(50), Instant.MIN).formerThresholds()).isEmpty();
  }

  @Test
  void onTheFirstDayTheyHoldForAllTime() {
    assertThat(ANNA.thresholdsFrom(ADDED.plusSeconds(60))).isEqualTo(Instant.MIN);
    assertThat(ANNA.thresholdsFrom(LATER)).isEqualTo(LATER);
  }

  @Test
  void aRecordOfBeforeHasNoFormerOnes() {
    String old =
        """
        {"v":1,"id":"w_anna","name":"Anna","tokenHash":"hash",
         "zones":[{"zone":"Europe/Berlin","validFrom":"1970-01-01T00:00:00Z"}],
         "settings":{"longSittingMinutes":40,"repeatMinutes":15,"awakeFrom":"07:00:00",
                     "awakeTo":"22:00:00"}}
        """;
    Wearer read = Json.read(old.getBytes(StandardCharsets.UTF_8), Wearer.class);
    assertThat(minutesAt(read, Instant.EPOCH)).isEqualTo(40);
    assertThat(read.thresholdsFrom(ADDED)).isEqualTo(ADDED);
  }

  @Test
  void theOldestOfVeryManyChangesIsLetGo() {
    Wearer restless = ANNA;
    for (int i = 0; i < 200; i++) {
      restless = restless.withSettings(after(20 + i % 2), LATER.plusSeconds(i));
    }
    assertThat(restless.formerThresholds()).hasSize(Wearer.MOST_THRESHOLDS);
    assertThat(minutesAt(restless, LATER.plusSeconds(198))).isEqualTo(20);
    assertThat(minutesAt(restless, LATER.plusSeconds(199))).isEqualTo(21);
  }

  private static int minutesAt(Wearer wearer, Instant instant) {
    return wearer.settingsAt(instant).longSittingMinutes();
  }

  private static WearerSettings after(int minutes) {
    return new WearerSettings(minutes, 15, LocalTime.of(7, 0), LocalTime.of(22, 0), null, null);
  }
}
