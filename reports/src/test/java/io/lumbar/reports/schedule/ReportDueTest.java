package io.lumbar.reports.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import io.lumbar.reports.daily.ReportFacts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportDueTest {
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final Instant LANDED = Instant.parse("2026-03-10T05:00:00Z");
  private static final Wearer TRAVELS =
      new Wearer(
              new WearerId("w_mira"),
              "Mira",
              "00",
              List.of(new Wearer.ZoneFrom(ZoneId.of("Europe/Berlin"), Instant.EPOCH)),
              WearerSettings.defaults())
          .withZone(TOKYO, LANDED);

  @Test
  void theMorningOfAFlightIsNotDueBeforeItIsMorningForTheWearer() {
    LocalDate flight = LocalDate.of(2026, 3, 10);
    assertThat(ReportDue.at(TRAVELS, flight.minusDays(1), null, List.of()))
        .isEqualTo(Instant.parse("2026-03-09T08:00:00Z"));
    assertThat(ReportDue.at(TRAVELS, flight, null, List.of())).isEqualTo(LANDED);
    assertThat(ReportDue.at(TRAVELS, flight.plusDays(1), null, List.of()))
        .isEqualTo(Instant.parse("2026-03-11T00:00:00Z"));
  }

  @Test
  void aReportIsInTheZoneOfItsMorning() {
    assertThat(zone("2026-03-09")).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(zone("2026-03-10")).isEqualTo(TOKYO);
  }

  private static ZoneId zone(String date) {
    return new ReportFacts(
            TRAVELS, LocalDate.parse(date), List.of(), List.of(), List.of(), List.of())
        .zone();
  }
}
