package io.lumbar.alerts.effect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.alerts.ServedRoutes;
import io.lumbar.alerts.rules.StoredHistory;
import io.lumbar.alerts.stretches.OneWearer;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NightFeedbackRoutesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final WearerId ANNA = new WearerId("w_anna");
  private static final String PATH = "/api/v1/wearers/w_anna/night-feedback";

  private final List<Episode> episodes = new ArrayList<>();
  private final List<Alert> alerts = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-02T20:00:00Z");
  private final OneWearer registry =
      new OneWearer(
          new Wearer(
              ANNA,
              "Anna",
              "00",
              List.of(new Wearer.ZoneFrom(BERLIN, Instant.EPOCH)),
              WearerSettings.defaults()));
  private final ServedRoutes server =
      ServedRoutes.of(
          new NightFeedbackRoutes(
              registry, ServedRoutes.authentication(registry), new Memory(), () -> now));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void isOffUntilItIsSwitchedOnAndThenBeginsAfterAWeek() throws IOException {
    assertThat(json(server.get("w_anna", PATH)).path("from").isNull()).isTrue();
    assertThat(json(send("POST")).path("from").asText()).isEqualTo("2026-03-09T21:00:00+01:00");
    now = now.plusSeconds(86_400);
    assertThat(json(send("POST")).path("from").asText())
        .as("switched on twice it goes on as it was")
        .isEqualTo("2026-03-09T21:00:00+01:00");
    assertThat(json(send("DELETE")).path("from").isNull()).isTrue();
    assertThat(json(send("POST")).path("from").asText()).isEqualTo("2026-03-10T21:00:00+01:00");
    assertThat(server.get("nobody", PATH).statusCode()).isEqualTo(401);
    HttpResponse<String> unknown = server.send("w_anna", "POST", PATH, "{\"degrees\":20}");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.body()).contains("degrees: unknown field");
  }

  @Test
  void tellsHowSoonThePositionWasLeftBeforeAndSince() throws IOException {
    send("POST");
    arched("e1", "2026-03-04T01:00:00Z", 25, "right");
    arched("e2", "2026-03-05T01:00:00Z", 40, "left");
    arched("e3", "2026-03-06T01:00:00Z", 40, "silence");
    arched("e4", "2026-03-10T01:00:00Z", 12, "right");
    arched("e5", "2026-03-11T01:00:00Z", 30, null);
    signal("a1", "e4", "2026-03-10T01:10:00Z");
    now = Instant.parse("2026-03-11T01:30:00Z");

    JsonNode standing = json(server.get("w_anna", PATH));
    assertThat(standing.path("baseline").path("times").asInt()).isEqualTo(2);
    assertThat(standing.path("baseline").path("medianSeconds").asInt()).isEqualTo(900);
    assertThat(standing.path("since").path("times").asInt()).isEqualTo(1);
    assertThat(standing.path("since").path("medianSeconds").asInt()).isEqualTo(120);
    assertThat(standing.path("items")).as("what still lasts is not told").hasSize(4);
    assertThat(standing.at("/items/2/secondsToLeave").isMissingNode()).isTrue();
    assertThat(standing.at("/items/3/signals").asInt()).isEqualTo(1);
    assertThat(standing.at("/items/3/from").asText()).isEqualTo("2026-03-10T02:00:00+01:00");
  }

  private HttpResponse<String> send(String method) {
    return server.send("w_anna", method, PATH, "{}");
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.mapper().readTree(answer.body());
  }

  private void arched(String id, String from, int minutes, @Nullable String endedBy) {
    Instant start = Instant.parse(from);
    Instant to = start.plusSeconds(60L * minutes);
    episodes.add(
        new Episode(
            id,
            ANNA,
            EpisodeKind.ARCHED_SLEEP,
            start,
            to,
            BERLIN,
            10,
            endedBy == null,
            1,
            false,
            new Episode.Evidence(to, to, 60.0 * minutes, Posture.LYING, Placement.LOWER_BACK),
            endedBy));
  }

  private void signal(String id, String episode, String at) {
    Instant when = Instant.parse(at);
    alerts.add(
        new Alert(
            id,
            ANNA,
            episode,
            EpisodeKind.ARCHED_SLEEP,
            10,
            when,
            when.minusSeconds(600),
            BERLIN,
            "title",
            "text",
            null,
            "sent"));
  }

  private final class Memory implements StoredHistory {
    @Override
    public List<DaySummary> days(WearerId wearer, LocalDate from, LocalDate to) {
      return List.of();
    }

    @Override
    public List<Bout> bouts(WearerId wearer, Instant from, Instant to) {
      return List.of();
    }

    @Override
    public List<Episode> episodes(WearerId wearer, Instant from, Instant to) {
      return List.copyOf(episodes);
    }

    @Override
    public List<Decision> decisions(WearerId wearer, Instant from, Instant to) {
      return List.of();
    }

    @Override
    public List<AlertResponse> answers(WearerId wearer, Instant from, Instant to) {
      return List.of();
    }

    @Override
    public List<Alert> alerts(WearerId wearer, Instant from, Instant to) {
      return List.copyOf(alerts);
    }
  }
}
