package io.lumbar.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Summaries written by earlier versions are read, and what is written is read back. */
class SummaryJsonTest {
  private static final WearerId WEARER = new WearerId("w1");

  @Test
  void readsADayOfTheFirstVersion() {
    String json =
        """
        {"wearer":"w1","date":"2026-03-02","zone":"Europe/Vienna","revision":3,
         "postureMinutes":{"sitting":60.5},
         "sitting":{"bouts":2,"minutes":60.5,"longestMinutes":40.0,"boutsOf20":2,"boutsOf30":1,
                    "boutsOf60":0,"breaks":1},
         "steps":1200,"coverageMinutes":60.5,"v":1}
        """;
    DaySummary day = Json.read(json.getBytes(StandardCharsets.UTF_8), DaySummary.class);
    assertThat(day)
        .isEqualTo(
            new DaySummary(
                WEARER,
                LocalDate.of(2026, 3, 2),
                ZoneId.of("Europe/Vienna"),
                3,
                Map.of(Posture.SITTING, 60.5),
                new DaySummary.Sitting(2, 60.5, 40, 2, 1, 0, 1),
                1200,
                60.5));
  }

  @Test
  void readsBackADayWithEverything() {
    DaySummary day =
        new DaySummary(
            WEARER,
            LocalDate.of(2026, 3, 2),
            ZoneId.of("Europe/Vienna"),
            3,
            Map.of(Posture.SITTING, 60.5),
            new DaySummary.Sitting(
                2,
                60.5,
                40,
                2,
                1,
                0,
                1,
                new SittingMetrics(1, 0.03, null, null, null, 40, 0.2, 40, 0, 30.25, 30.25)),
            1200,
            60.5,
            new DaySummary.Wear(60.5, 960, 0.063, false),
            List.of(0L, 1200L),
            1,
            null,
            List.of(
                new LoadChange(
                    LoadChange.Measure.ACTIVE_MINUTES, 40, 30, 31, 33.3, 1.33, null, false)),
            List.of("holiday"),
            4,
            null);
    assertThat(Json.read(Json.bytes(day), DaySummary.class)).isEqualTo(day);
    DaySummary told = day.withMorning(3, 5);
    assertThat(Json.read(Json.bytes(told), DaySummary.class)).isEqualTo(told).isNotEqualTo(day);
    assertThat(new String(Json.bytes(day), StandardCharsets.UTF_8)).doesNotContain("morning");
  }

  @Test
  void aDayWithAFlightIsAsLongAsItSaysAndIsForgottenByThat() {
    LocalDate date = LocalDate.of(2026, 3, 2);
    DaySummary home =
        new DaySummary(
            WEARER,
            date,
            ZoneId.of("Europe/Vienna"),
            1,
            Map.of(),
            new DaySummary.Sitting(0, 0, 0, 0, 0, 0, 0),
            0,
            0);
    assertThat(new String(Json.bytes(home), StandardCharsets.UTF_8)).doesNotContain("span");
    assertThat(home.begin()).isEqualTo(Instant.parse("2026-03-01T23:00:00Z"));
    assertThat(home.end()).isEqualTo(Instant.parse("2026-03-02T23:00:00Z"));

    Instant arrival = Instant.parse("2026-03-03T05:00:00Z");
    ObjectNode tree = Json.mapper().valueToTree(home);
    tree.putObject("span").put("from", home.begin().toString()).put("to", arrival.toString());
    DaySummary flies = Json.read(Json.bytes(tree), DaySummary.class);
    assertThat(flies.end()).isEqualTo(arrival);
    assertThat(Json.read(Json.bytes(flies.withRevision(2)), DaySummary.class).span())
        .isEqualTo(new TimeSpan(home.begin(), arrival));

    ForgottenDates gone =
        new ForgottenDates(WEARER, arrival.minusSeconds(60), arrival, List.of(date));
    assertThat(gone.takes(flies)).isTrue();
    assertThat(gone.takes(home)).isFalse();
  }

  @Test
  void readsBackANight() {
    NightSummary night =
        new NightSummary(
            WEARER,
            LocalDate.of(2026, 3, 2),
            ZoneId.of("Europe/Vienna"),
            1,
            false,
            false,
            Instant.parse("2026-03-01T22:00:00Z"),
            Instant.parse("2026-03-02T05:30:00Z"),
            null,
            Map.of(SleepPosition.THREE_QUARTER_PRONE, 31.5),
            31.5,
            7,
            1.1,
            null,
            12.0,
            0.0,
            null,
            14.0,
            0.8,
            20.0,
            3.5,
            1,
            440.0,
            null,
            2,
            3);
    assertThat(Json.read(Json.bytes(night), NightSummary.class)).isEqualTo(night);
    assertThat(night.inBedMinutes()).isEqualTo(450);
  }
}
