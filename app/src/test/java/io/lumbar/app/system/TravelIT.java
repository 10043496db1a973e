package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody flies while everything runs: days and quiet hours go along. */
class TravelIT {
  private static final String ANNA = "/api/v1/wearers/anna";
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @TempDir Path scratch;

  @Test
  void whatIsMeasuredAfterTheFlightHasTheNewZoneAndQuietHoursAreThoseThere() {
    Path data = scratch.resolve("data");
    try (LumbarProcess lumbar = LumbarProcess.up(data)) {
      Api owner = lumbar.owner();
      Api.Added anna = owner.addWearer("anna", "Europe/Berlin");
      Api sensor = lumbar.with(anna.token());
      Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
      Instant before = now.minus(Duration.ofHours(30));
      Instant landed = now.minus(Duration.ofHours(5));
      Instant after = now.minus(Duration.ofHours(3));
      sensor.upload(List.of(Sending.span("sitting", before, before.plusSeconds(1200)))).json();

      LumbarProcess.Ended told =
          LumbarProcess.run(
              Map.of(),
              "wearer",
              "settings",
              "anna",
              "--zone",
              "Asia/Tokyo",
              "--zone-from",
              landed.atZone(TOKYO).toLocalDateTime().toString(),
              "--data",
              data.toString());
      assertThat(told.code()).as(told.err()).isZero();
      assertThat(told.out()).contains("Asia/Tokyo from " + landed.atZone(TOKYO).toLocalDate());
      JsonNode wearer = owner.items("/api/v1/wearers").get(0);
      assertThat(wearer.path("zone").asText()).isEqualTo("Asia/Tokyo");
      assertThat(Instant.parse(wearer.path("zones").path(1).path("validFrom").asText()))
          .isEqualTo(landed);

      sensor.upload(List.of(Sending.span("sitting", after, after.plusSeconds(1200)))).json();
      LocalDate there = after.atZone(TOKYO).toLocalDate();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                assertThat(owner.bouts("anna"))
                    .extracting(bout -> OffsetDateTime.parse(bout.path("from").asText()))
                    .containsExactly(offset(before, BERLIN), offset(after, TOKYO));
                assertThat(zone(owner, there)).isEqualTo("Asia/Tokyo");
                assertThat(zone(owner, before.atZone(BERLIN).toLocalDate()))
                    .isEqualTo("Europe/Berlin");
              });

      LocalTime present = now.atZone(TOKYO).toLocalTime();
      Map<String, String> quiet =
          Map.of(
              "quietFrom", present.minusHours(1).toString(),
              "quietTo", present.plusHours(2).toString());
      lumbar.with(anna.wearerToken()).patch(ANNA + "/settings", quiet).json();
      Instant since = Instant.now().minus(Duration.ofMinutes(30).plusSeconds(1));
      sensor.upload(List.of(Sending.change("sitting", since, "PT2H"))).json();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(owner.alerts("anna"))
                      .extracting(alert -> alert.path("decision").asText())
                      .containsExactly("quiet-hours"));

      Api.Answer refused =
          owner.patch(ANNA + "/settings", Map.of("zone", "Asia/Tokio", "repeatMinutes", 20));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body()).contains("'Asia/Tokio' is not a time zone");
    }
  }

  private static String zone(Api owner, LocalDate date) {
    Api.Answer day = owner.get(ANNA + "/days/" + date);
    return day.is(200) ? day.json().path("zone").asText() : day.body();
  }

  private static OffsetDateTime offset(Instant instant, ZoneId zone) {
    return instant.atZone(zone).toOffsetDateTime();
  }
}
