package io.lumbar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Json;
import io.lumbar.model.Wearer;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZonePatchTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final Instant NOW = Instant.parse("2026-03-10T08:00:00.123456Z");

  private final MemoryRegistry registry = new MemoryRegistry();
  private final Wearer anna = registry.addWearer("anna", BERLIN).item();

  @Test
  void aZoneHoldsFromNowOnWhereNothingElseIsSaid() {
    for (String body :
        new String[] {
          "{\"zone\":\"Asia/Tokyo\"}", "{\"zone\":\" Asia/Tokyo\",\"zoneFrom\":null}"
        }) {
      Wearer moved = patched(body);
      assertThat(moved.zoneAt(NOW)).isEqualTo(TOKYO);
      assertThat(moved.zoneAt(NOW.minusMillis(1))).isEqualTo(BERLIN);
      assertThat(moved.zones().get(1).validFrom())
          .isEqualTo(Instant.parse("2026-03-10T08:00:00.123Z"));
    }
    assertThat(patched("{\"repeatMinutes\":20}")).isSameAs(anna);
  }

  @Test
  void aFlightIsToldBeforehandByTheClocksOfWhereItEnds() {
    Instant lands = Instant.parse("2026-03-20T05:05:00Z");
    for (String when :
        new String[] {"2026-03-20T14:05", "2026-03-20T14:05:00+09:00", "2026-03-20T05:05:00Z"}) {
      assertThat(patched("{\"zone\":\"Asia/Tokyo\",\"zoneFrom\":\"%s\"}".formatted(when)))
          .isEqualTo(anna.withZone(TOKYO, lands));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"zone":"Mars/Olympus"} | zone: 'Mars/Olympus' is not a time zone; use an IANA name
          {"zone":9} | zone: must be an IANA name such as Europe/London
          {"zone":null} | zone: must be an IANA name such as Europe/London
          {"zoneFrom":"2026-03-10T08:00:00Z"} | zoneFrom: says from when on zone holds; give zone too
          {"zone":"Asia/Tokyo","zoneFrom":"tomorrow"} | zoneFrom: must be an instant like
          {"zone":"Asia/Tokyo","zoneFrom":1773129600} | zoneFrom: must be an instant like
          {"zone":"Asia/Tokyo","zoneFrom":"2026-02-24T07:59:00Z"} | zoneFrom: must be within the last 14 days
          {"zone":"Asia/Tokyo","zoneFrom":"2027-03-11T08:01:00Z"} | the next 366
          {"zone":"Asia/Tokyo","zoneFrom":"+999999999-12-31T23:59"} | the next 366
          """)
  void refusesWhatIsNoZoneOrNoTime(String body, String why) {
    assertThatThrownBy(() -> patched(body))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aZoneAndASettingAreChangedTogetherOrNotAtAll() {
    ObjectNode good = object("{\"zone\":\"Asia/Tokyo\",\"repeatMinutes\":20}");
    Wearer changed =
        registry.change(
            anna.id(),
            newest ->
                ZonePatch.apply(newest, good, NOW)
                    .withSettings(SettingsPatch.apply(newest.settings(), good)));
    assertThat(registry.wearer("anna")).contains(changed);
    assertThat(changed.zoneAt(NOW)).isEqualTo(TOKYO);
    assertThat(changed.settings().repeatMinutes()).isEqualTo(20);

    ObjectNode bad = object("{\"zone\":\"Europe/Berlin\",\"repeatMinutes\":0}");
    assertThatThrownBy(
            () ->
                registry.change(
                    anna.id(),
                    newest ->
                        ZonePatch.apply(newest, bad, NOW)
                            .withSettings(SettingsPatch.apply(newest.settings(), bad))))
        .hasMessageContaining("repeatMinutes is 0");
    assertThat(registry.wearer("anna")).contains(changed);
  }

  private Wearer patched(String body) {
    return ZonePatch.apply(anna, object(body), NOW);
  }

  private static ObjectNode object(String text) {
    try {
      return (ObjectNode) Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
