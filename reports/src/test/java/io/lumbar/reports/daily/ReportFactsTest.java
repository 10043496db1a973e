package io.lumbar.reports.daily;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.history.HistoryStore.AnsweredAlert;
import io.lumbar.model.Alert;
import io.lumbar.model.DaySummary;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.Posture;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import io.lumbar.reports.trends.DayEntries;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportFactsTest {
  private static final LocalDate MORNING = LocalDate.of(2026, 3, 5);
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final Wearer MIRA =
      new Wearer(
          new WearerId("w_mira"),
          "Mira",
          "00",
          List.of(new Wearer.ZoneFrom(ZoneId.of("Europe/Berlin"), Instant.EPOCH)),
          WearerSettings.defaults());

  @Test
  void theStripOfADayIsCutWhereItsSumsAre() {
    DaySummary summed =
        new DaySummary(
            MIRA.id(),
            MORNING.minusDays(1),
            NEW_YORK,
            1,
            Map.of(Posture.SITTING, 700.0, Posture.STANDING, 200.0),
            new DaySummary.Sitting(5, 700, 90, 3, 2, 1, 4),
            4000,
            900);
    ReportFacts facts =
        new ReportFacts(
            MIRA,
            MORNING,
            DayEntries.of(List.of(summed), List.of(), MIRA.settings()),
            List.of(),
            List.of(),
            List.of());

    Report.Day day =
        new ReportMaker(id -> Optional.empty()).make(facts).day().optional().orElseThrow();
    assertThat(day.from()).isEqualTo(Instant.parse("2026-03-04T05:00:00Z"));
    assertThat(day.to()).isEqualTo(Instant.parse("2026-03-05T05:00:00Z"));
    assertThat(day.zone()).isEqualTo(NEW_YORK);
    // Without sums, the registry's zone.
    assertThat(facts.startOf(MORNING)).isEqualTo(Instant.parse("2026-03-04T23:00:00Z"));
  }

  @Test
  void aReminderTellsTheStepsOfTheHalfHourAfterIt() {
    ObjectNode summed =
        Json.mapper()
            .valueToTree(
                new DaySummary(
                    MIRA.id(),
                    MORNING.minusDays(1),
                    ZoneId.of("Europe/Berlin"),
                    1,
                    Map.of(Posture.SITTING, 700.0, Posture.STANDING, 200.0),
                    new DaySummary.Sitting(5, 700, 90, 3, 2, 1, 4),
                    4000,
                    900));
    summed.putPOJO("stepTrack", List.of(-114, 120, 0, 0, 30, 0, 0, 500));
    Alert alert =
        new Alert(
            "a_1",
            MIRA.id(),
            "e_1",
            EpisodeKind.LONG_SITTING,
            30,
            Instant.parse("2026-03-04T08:30:00Z"),
            Instant.parse("2026-03-04T08:00:00Z"),
            ZoneId.of("Europe/Berlin"),
            "title",
            "text",
            null,
            "sent");
    ReportFacts facts =
        new ReportFacts(
            MIRA,
            MORNING,
            DayEntries.of(
                List.of(Json.read(Json.bytes(summed), DaySummary.class)),
                List.of(),
                MIRA.settings()),
            List.of(),
            List.of(new AnsweredAlert(alert, null)),
            List.of());
    Report.Reminders reminders =
        new ReportMaker(id -> Optional.empty()).make(facts).reminders().optional().orElseThrow();
    assertThat(reminders.told()).extracting(Report.Told::steps).containsExactly(150);
  }

  @Test
  void aDayOfWhichNothingCameSaysWhyAndWhenSomethingCameLast() {
    DaySummary before =
        new DaySummary(
            MIRA.id(),
            MORNING.minusDays(3),
            MIRA.zoneAt(Instant.EPOCH),
            1,
            Map.of(Posture.SITTING, 700.0),
            new DaySummary.Sitting(5, 700, 90, 3, 2, 1, 4),
            4000,
            900);
    ReportFacts facts =
        new ReportFacts(
            MIRA,
            MORNING,
            DayEntries.of(List.of(before), List.of(), MIRA.settings()),
            List.of(),
            List.of(),
            List.of());

    assertThat(new ReportMaker(id -> Optional.empty()).make(facts).notMeasured())
        .anyMatch(
            line ->
                line.contains("battery") && line.endsWith("The last data is from Monday 2 March."));
  }
}
