package io.lumbar.alerts.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.alerts.ServedRoutes;
import io.lumbar.alerts.stretches.OneWearer;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.BusyTime;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import io.lumbar.model.WearerSettings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SnoozeRoutesTest {
  private static final WearerId ANNA = new WearerId("w_anna");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant START = Instant.parse("2026-03-02T08:31:00Z");
  private static final String PATH = "/api/v1/wearers/w_anna/snooze";

  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(
          true, new WearerPartitioner(), new StringSerializer(), new ByteArraySerializer());
  private final List<AlertResponse> said = new CopyOnWriteArrayList<>();
  private volatile boolean away;
  private volatile Instant now = START;
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
          new SnoozeRoutes(
              id -> Optional.of(alert(id)),
              (wearer, since) -> said(),
              new ResponseSink(producer),
              registry,
              ServedRoutes.authentication(registry),
              () -> now));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tellsTheSnoozeThatRunsUntilItEndsByItself() throws IOException {
    assertThat(read().toString())
        .isEqualTo(
            "{\"quiet\":false,\"why\":null,\"until\":null,\"snoozedUntil\":null,\"alert\":null,"
                + "\"pausedUntil\":null,\"busyUntil\":null}");
    said.add(snooze("a_1", START, 15));
    JsonNode runs = read();
    assertThat(runs.get("quiet").asBoolean()).isTrue();
    assertThat(runs.get("why").asText()).isEqualTo("snoozed");
    assertThat(runs.get("until").asText()).isEqualTo("2026-03-02T09:46:00+01:00");
    assertThat(runs.get("snoozedUntil")).isEqualTo(runs.get("until"));
    assertThat(runs.get("alert").asText()).isEqualTo("a_1");
    now = START.plusSeconds(900);
    assertThat(read().get("quiet").asBoolean()).isFalse();
  }

  @Test
  void whatWasSaidBeyondTheLimitDoesNotRun() throws IOException {
    for (int minute = 0; minute < 4; minute++) {
      said.add(snooze("a_1", START.plusSeconds(60 * minute), 15 + 5 * minute));
    }
    now = START.plusSeconds(240);
    assertThat(read().get("until").asText()).isEqualTo("2026-03-02T09:58:00+01:00");
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"DONE", "DISMISS", "WRONG"})
  void anAnswerThatComesLaterHidesNoSnoozeThatRuns(Action later) throws IOException {
    said.add(snooze("a_1", START, 60));
    said.add(new AlertResponse("a_1", ANNA, later, null, null, START.plusSeconds(60)));
    said.add(new AlertResponse("a_2", ANNA, later, null, null, START.plusSeconds(90)));
    now = START.plusSeconds(120);
    JsonNode runs = read();
    assertThat(runs.get("why").asText()).isEqualTo("snoozed");
    assertThat(runs.get("until").asText()).isEqualTo("2026-03-02T10:31:00+01:00");
    assertThat(runs.get("alert").asText()).isEqualTo("a_1");
    assertThat(delete().get("quiet").asBoolean()).isFalse();
  }

  @Test
  void endsTheSnoozeAndNoAnswer() throws IOException {
    said.add(snooze("a_1", START, 60));
    now = START.plusSeconds(60);
    assertThat(delete().get("quiet").asBoolean()).isFalse();
    assertThat(said()).hasSize(2);
    assertThat(said().get(1).endsSnooze()).isTrue();
    assertThat(said().get(1).alert()).isEqualTo("a_1");
    now = START.plusSeconds(61);
    assertThat(read().get("quiet").asBoolean()).isFalse();
    assertThat(delete().get("quiet").asBoolean()).as("again").isFalse();
    assertThat(said()).hasSize(2);
  }

  @Test
  void aPauseAndAMeetingGoOnAndWhatLastsLongestSpeaks() throws IOException {
    registry.changeSettings(
        ANNA,
        settings ->
            settings.withAlerts(
                settings
                    .alerts()
                    .pausedUntil(START.plusSeconds(1800))
                    .withBusy(
                        List.of(
                            new BusyTime(START.minusSeconds(60), START.plusSeconds(3600)),
                            new BusyTime(START.plusSeconds(7200), START.plusSeconds(9000))))));
    said.add(snooze("a_1", START, 240));
    assertThat(read().get("why").asText()).isEqualTo("snoozed");
    JsonNode rest = delete();
    assertThat(rest.get("why").asText()).isEqualTo("busy");
    assertThat(rest.get("until").asText()).isEqualTo("2026-03-02T10:31:00+01:00");
    assertThat(rest.get("busyUntil")).isEqualTo(rest.get("until"));
    assertThat(rest.get("pausedUntil").asText()).isEqualTo("2026-03-02T10:01:00+01:00");
    assertThat(rest.get("snoozedUntil").isNull()).isTrue();
    now = START.plusSeconds(3600);
    assertThat(read().get("quiet").asBoolean()).isFalse();
  }

  @Test
  void hoursOfTheSettingsAreToldWithTheTimeAtWhichAlertsMayComeAgain() throws IOException {
    change("{\"workingHours\":[{\"from\":\"11:00\",\"to\":\"17:00\"}]}");
    assertThat(read().get("quiet").asBoolean()).isTrue();
    assertThat(read().get("why").asText()).isEqualTo("outside-working-hours");
    assertThat(read().get("until").asText()).isEqualTo("2026-03-02T11:00:00+01:00");

    // Quiet when work begins, and a meeting when that is over: one after the other is one quiet.
    change(
        """
        {"workingHours":[{"from":"11:00","to":"17:00"}],
         "quietHours":[{"from":"09:00","to":"12:00"}],
         "busy":[{"from":"2026-03-02T11:00:00Z","to":"2026-03-02T11:30:00Z"}]}
        """);
    assertThat(read().get("why").asText()).isEqualTo("quiet-hours");
    assertThat(read().get("until").asText()).isEqualTo("2026-03-02T12:30:00+01:00");
    now = Instant.parse("2026-03-02T11:30:00Z");
    assertThat(read().get("quiet").asBoolean()).isFalse();
  }

  @Test
  void quietWithoutAGapHasNoEnd() throws IOException {
    change(
        """
        {"quietHours":[{"from":"08:00","to":"20:00"},{"from":"20:00","to":"08:00"}]}
        """);
    assertThat(read().get("why").asText()).isEqualTo("quiet-hours");
    assertThat(read().get("until").isNull()).isTrue();
  }

  @Test
  void firstDaysThatListenAreToldToo() throws IOException {
    change("{\"listenUntil\":\"2026-03-05T08:00:00Z\"}");
    assertThat(read().get("why").asText()).isEqualTo("listening");
    assertThat(read().get("until").asText()).isEqualTo("2026-03-05T09:00:00+01:00");
  }

  @Test
  void consentToChanceChangesNothingHere() throws IOException {
    JsonNode without = read();
    change("{\"withholdPercent\":20}");
    assertThat(read()).isEqualTo(without);
  }

  private void change(String alerts) {
    registry.changeSettings(
        ANNA,
        settings -> {
          ObjectNode all = Json.mapper().valueToTree(settings);
          ((ObjectNode) all.get("alerts"))
              .setAll((ObjectNode) Json.read(alerts.getBytes(UTF_8), JsonNode.class));
          return Json.mapper().convertValue(all, WearerSettings.class);
        });
  }

  @Test
  void aStrangerFindsNobodyAndNothingIsCached() {
    assertThat(server.get("nobody", PATH).statusCode()).isEqualTo(401);
    assertThat(server.get("w_anna", "/api/v1/wearers/w_ben/snooze").statusCode()).isEqualTo(404);
    HttpResponse<String> mine = server.get("owner", PATH);
    assertThat(mine.statusCode()).isEqualTo(200);
    assertThat(mine.headers().firstValue("cache-control")).hasValue("no-store");
  }

  @Test
  void saysTryAgainWhileKafkaIsAway() {
    away = true;
    assertThat(server.get("w_anna", PATH).statusCode()).isEqualTo(503);
    assertThat(server.send("w_anna", "DELETE", PATH, "").statusCode()).isEqualTo(503);
    assertThat(producer.history()).isEmpty();
  }

  private JsonNode read() throws IOException {
    return Json.mapper().readTree(server.get("w_anna", PATH).body());
  }

  private JsonNode delete() throws IOException {
    return Json.mapper().readTree(server.send("w_anna", "DELETE", PATH, "").body());
  }

  private List<AlertResponse> said() {
    if (away) {
      throw new TimeoutException("no broker");
    }
    List<AlertResponse> all = new CopyOnWriteArrayList<>(said);
    producer.history().forEach(record -> all.add(Json.read(record.value(), AlertResponse.class)));
    return all;
  }

  private static AlertResponse snooze(String alert, Instant at, int minutes) {
    return new AlertResponse(alert, ANNA, Action.SNOOZE, minutes, null, at);
  }

  private static Alert alert(String id) {
    return new Alert(
        id,
        ANNA,
        "e_1",
        EpisodeKind.LONG_SITTING,
        30,
        START,
        START,
        BERLIN,
        "Time to move",
        "text",
        null,
        "sent");
  }
}
