package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who sits still sends nothing, and is told in time all the same. */
class TimerAlertIT {
  private static final Duration STEP = Duration.ofMinutes(30);

  @TempDir Path scratch;

  @Test
  void thirtyMinutesOfSittingAreToldOnceAndAnswered() throws Exception {
    try (LumbarProcess lumbar = LumbarProcess.up(scratch.resolve("data"))) {
      Api.Added sensor = lumbar.owner().addWearer("anna", "Europe/London");
      try (Live live = Live.of(lumbar.owner(), "anna")) {
        Instant since = Instant.now().minus(Duration.ofMinutes(29).plusSeconds(52));
        lumbar
            .with(sensor.token())
            .upload(List.of(Sending.change("sitting", since, "PT2H")))
            .json();

        Live.Event told =
            Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> live.events("alert"), events -> !events.isEmpty())
                .get(0);
        Duration late = Duration.between(since.plus(STEP), told.cameAt());
        System.out.println("The alert came " + late.toMillis() + " ms after minute 30.");
        // Within a second where nothing else is being built.
        assertThat(late).isBetween(Duration.ZERO, Duration.ofSeconds(10));
        assertThat(told.data().path("decision").asText()).isEqualTo("sent");
        assertThat(told.data().path("kind").asText()).isEqualTo("long-sitting");
        assertThat(told.data().path("step").asInt()).isEqualTo(30);
        assertThat(Instant.parse(instant(told.data(), "since")))
            .isEqualTo(Instant.ofEpochMilli(since.toEpochMilli()));

        String id = told.data().path("id").asText();
        lumbar.owner().post("/api/v1/alerts/" + id + "/response", Map.of("action", "done")).json();
        Awaitility.await()
            .atMost(Duration.ofSeconds(10))
            .untilAsserted(
                () ->
                    assertThat(lumbar.owner().alerts("anna"))
                        .singleElement()
                        .satisfies(
                            alert -> {
                              assertThat(alert.path("id").asText()).isEqualTo(id);
                              assertThat(alert.path("status").asText()).isEqualTo("done");
                            }));
        assertThat(live.events("alert")).hasSize(1);
        assertThat(Committed.idsSent(lumbar.kafka())).containsExactly(id);
        assertThat(live.events("response")).hasSize(1);
        // With a page still listening.
        assertThat(lumbar.interrupt()).isEqualTo(130);
      }
    }
  }

  @Test
  void aKillBeforeTheStepLosesNeitherTheAlertNorDoublesIt() {
    Path data = scratch.resolve("data");
    Instant since;
    try (LumbarProcess lumbar = LumbarProcess.up(data)) {
      Api.Added sensor = lumbar.owner().addWearer("ben", "Europe/London");
      since = Instant.now().minus(Duration.ofMinutes(29).plusSeconds(50));
      lumbar.with(sensor.token()).upload(List.of(Sending.change("sitting", since, "PT2H"))).json();
      lumbar.killHard();
    }
    try (LumbarProcess lumbar = LumbarProcess.up(data)) {
      Instant up = Instant.now();
      JsonNode alert = awaitAlert(lumbar.owner(), "ben");
      Instant due = since.plus(STEP).isAfter(up) ? since.plus(STEP) : up;
      Duration late = Duration.between(due, Instant.parse(instant(alert, "at")));
      System.out.printf(
          "Ready %d ms after kill -9, the alert decided %d ms after it could be.%n",
          lumbar.readyAfter().toMillis(), late.toMillis());
      assertThat(Instant.parse(instant(alert, "at"))).isAfterOrEqualTo(since.plus(STEP));
      assertThat(late).isLessThan(Duration.ofSeconds(15));
      lumbar.killHard();
    }
    try (LumbarProcess lumbar = LumbarProcess.up(data)) {
      Awaitility.await()
          .during(Duration.ofSeconds(2))
          .atMost(Duration.ofSeconds(10))
          .until(() -> lumbar.owner().alerts("ben").size() == 1);
      // The list shows an alert that was decided twice but once.
      assertThat(Committed.idsSent(lumbar.kafka())).hasSize(1);
    }
  }

  private static JsonNode awaitAlert(Api owner, String wearer) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> owner.alerts(wearer), alerts -> alerts.size() == 1)
        .get(0);
  }

  private static String instant(JsonNode object, String field) {
    return OffsetDateTime.parse(object.path(field).asText()).toInstant().toString();
  }
}
