package io.lumbar.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Json;
import io.lumbar.model.Posture;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an organisation learns of a group, and what it cannot learn of one in it. */
class GroupRoutesTest {
  private static final Instant NOW = Instant.parse("2026-03-06T12:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2026-03-05");
  private static final String SITTING = "/api/v1/group/sitting?days=3";

  private final ReportsServer server = new ReportsServer(InstantSource.fixed(NOW));
  private final List<DaySummary> days = new ArrayList<>();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void nineAreNoGroupAndTheTenthMakesOne() {
    for (int i = 1; i <= 9; i++) {
      member(i, 100.0 * i, DAY);
    }
    assertThat(day(DAY)).isEqualTo(nothing(DAY));

    member(10, 1_000, DAY);
    JsonNode ten = day(DAY);
    assertThat(ten.path("atLeast").asInt()).isEqualTo(10);
    // 200 to 400, 400 to 700 and 700 to 900; the quarters lie beside 325, 550 and 775.
    assertThat(ten.path("lowerQuarter").asDouble()).isEqualTo(300);
    assertThat(ten.path("median").asDouble()).isEqualTo(550);
    assertThat(ten.path("upperQuarter").asDouble()).isEqualTo(800);
  }

  @Test
  void aDateOnWhichFewerHaveAValueTellsNothing() {
    for (int i = 1; i <= 12; i++) {
      member(i, 300 + i, DAY);
      if (i <= 9) {
        member(i, 300 + i, DAY.minusDays(1));
      }
    }
    assertThat(day(DAY).has("median")).isTrue();
    assertThat(day(DAY.minusDays(1))).isEqualTo(nothing(DAY.minusDays(1)));
    assertThat(day(DAY.minusDays(2))).isEqualTo(nothing(DAY.minusDays(2)));
  }

  @Test
  void whoPausesSharingCountsInNoGroupUntilItIsOver() {
    for (int i = 1; i <= 10; i++) {
      member(i, 300 + i, DAY);
    }
    assertThat(day(DAY).has("median")).isTrue();

    pause(4, NOW.plusSeconds(1));
    assertThat(day(DAY)).isEqualTo(nothing(DAY));

    pause(4, NOW);
    assertThat(day(DAY).has("median")).isTrue();
  }

  @Test
  void whoIsErasedMakesTenNine() {
    for (int i = 1; i <= 10; i++) {
      member(i, 300 + i, DAY);
    }
    assertThat(day(DAY).has("median")).isTrue();
    server.registry.erase(server.registry.wearer("w_7").orElseThrow());
    assertThat(day(DAY)).isEqualTo(nothing(DAY));
  }

  /** Exact quartiles before and after give the value of who went; these give the same for many. */
  @Test
  void whatOneWhoGoesHadCannotBeWorkedOutFromBeforeAndAfter() {
    double[] others = {301, 304, 309, 312, 318, 321, 327, 333, 336, 342};
    JsonNode without = null;
    List<String> with = new ArrayList<>();
    for (double last : new double[] {302, 311, 319, 324, 331, 340}) {
      days.clear();
      for (int i = 0; i < others.length; i++) {
        member(i, others[i], DAY);
      }
      without = day(DAY);
      member(10, last, DAY);
      with.add(figures(day(DAY)));
    }
    assertThat(with.stream().distinct()).hasSizeLessThanOrEqualTo(2);
    assertThat(figures(without)).isEqualTo("310.0 320.0 330.0");
  }

  @Test
  void noFigureIsWhatOneOfThemHas() {
    double[] values = {11, 13, 29, 31, 53, 59, 73, 79, 97, 99, 101};
    for (int i = 0; i < values.length; i++) {
      member(i, values[i], DAY);
    }
    // The sixth of eleven has 59, and the median is that of the three in the middle.
    assertThat(figures(day(DAY))).isEqualTo("32.0 62.0 87.0");
  }

  @Test
  void onlyWhoManagesAsksAndForAFigureAndRangeThatThereAre() {
    assertThat(server.get("w_mira", SITTING).statusCode()).isEqualTo(403);
    assertThat(server.get("d_phone", SITTING).statusCode()).isEqualTo(403);
    assertThat(server.get("owner", SITTING).statusCode()).isEqualTo(200);
    assertThat(server.get("admin", SITTING).statusCode()).isEqualTo(200);
    assertThat(server.get("admin", "/api/v1/group/nonsense").statusCode()).isEqualTo(404);
    assertThat(server.get("admin", "/api/v1/group/sitting?days=93").statusCode()).isEqualTo(400);
  }

  private static String figures(JsonNode day) {
    return day.path("lowerQuarter").asDouble()
        + " "
        + day.path("median").asDouble()
        + " "
        + day.path("upperQuarter").asDouble();
  }

  private static JsonNode nothing(LocalDate date) {
    return Json.mapper().createObjectNode().put("date", date.toString()).put("atLeast", 0);
  }

  private JsonNode day(LocalDate date) {
    server.history.days(days.toArray(DaySummary[]::new));
    String body = server.get("admin", SITTING).body();
    for (JsonNode each :
        Json.read(body.getBytes(StandardCharsets.UTF_8), JsonNode.class).path("items")) {
      if (each.path("date").asText().equals(date.toString())) {
        return each;
      }
    }
    throw new AssertionError(body);
  }

  private void member(int number, double sittingMinutes, LocalDate date) {
    WearerId id = new WearerId("w_" + number);
    if (server.registry.wearer(id.value()).isEmpty()) {
      server.registry.update(
          new Wearer(
              id,
              "Member " + number,
              "00",
              List.of(new Wearer.ZoneFrom(ReportsServer.ZONE, Instant.EPOCH)),
              WearerSettings.defaults()));
    }
    days.add(
        new DaySummary(
            id,
            date,
            ReportsServer.ZONE,
            1,
            Map.of(Posture.SITTING, sittingMinutes),
            new DaySummary.Sitting(5, sittingMinutes, 40, 5, 5, 0, 5),
            5_000,
            1_200));
  }

  private void pause(int number, Instant until) {
    server.registry.change(
        new WearerId("w_" + number),
        wearer -> wearer.withSettings(wearer.settings().withSharingPausedUntil(until)));
  }
}
