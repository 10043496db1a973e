package io.lumbar.alerts.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.lumbar.alerts.stretches.StretchRoutes;
import io.lumbar.alerts.stretches.Stretches;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.http.SettingsPatch;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Decision;
import io.lumbar.model.Device;
import io.lumbar.model.DeviceId;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.StableIds;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import io.lumbar.model.WearerSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertRoutesTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:31:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Alert ALERT =
      new Alert(
          "a_1",
          new WearerId("w_anna"),
          "e_1",
          EpisodeKind.LONG_SITTING,
          30,
          NOW.minusSeconds(60),
          NOW.minusSeconds(1860),
          BERLIN,
          "Time to move",
          "text",
          "short-walk",
          "sent");

  private static final AnswerTickets TICKETS =
      new AnswerTickets("sixteen bytes and more".getBytes(StandardCharsets.UTF_8), () -> NOW);

  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(
          true, new WearerPartitioner(), new StringSerializer(), new ByteArraySerializer());
  private final HttpClient client = HttpClient.newHttpClient();
  private Javalin server;

  private @Nullable WearerSettings own;
  private Instant now = NOW;

  /** What another process wrote just before us. */
  private final List<AlertResponse> elsewhere = new ArrayList<>();

  @BeforeEach
  void start() {
    AlertRoutes routes =
        new AlertRoutes(
            id -> Optional.of(ALERT).filter(alert -> alert.id().equals(id)),
            AlertRoutesTest::principal,
            new ResponseSink(producer),
            (wearer, since) ->
                kept().isEmpty()
                    ? List.of()
                    : Stream.concat(elsewhere.stream(), kept().stream()).toList(),
            TICKETS,
            wearer -> Optional.ofNullable(own),
            () -> now);
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.startup.startupWatcherEnabled = false;
                  routes.addTo(config.routes);
                  new StretchRoutes().addTo(config.routes);
                  config.routes.exception(
                      ApiException.class,
                      (fault, context) ->
                          context
                              .status(fault.status())
                              .result(String.valueOf(fault.getMessage())));
                })
            .start("127.0.0.1", 0);
  }

  /** What the topic holds, as a reader of it would see it. */
  private List<AlertResponse> kept() {
    return producer.history().stream()
        .filter(record -> record.topic().equals("lumbar.responses.v1"))
        .map(record -> Json.read(record.value(), AlertResponse.class))
        .toList();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void keepsAnAnswerUnderTheWearersKeyAndSaysWhatItKept() throws Exception {
    HttpResponse<String> answer = respond("w_anna", "a_1", "{\"action\":\"snooze\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    AlertResponse expected =
        new AlertResponse(
            "a_1", new WearerId("w_anna"), AlertResponse.Action.SNOOZE, 15, null, NOW);
    assertThat(Json.read(answer.body().getBytes(), AlertResponse.class)).isEqualTo(expected);
    assertThat(producer.history()).hasSize(1);
    ProducerRecord<String, byte[]> record = producer.history().get(0);
    assertThat(record.topic()).isEqualTo("lumbar.responses.v1");
    assertThat(record.key()).isEqualTo("w_anna");
    assertThat(Json.read(record.value(), AlertResponse.class)).isEqualTo(expected);
  }

  @Test
  void aSnoozeUntilTomorrowEndsWhenTheWearersNextDayBegins() throws Exception {
    HttpResponse<String> answer =
        respond("w_anna", "a_1", "{\"action\":\"snooze\",\"until\":\"tomorrow\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    AlertResponse kept = Json.read(producer.history().get(0).value(), AlertResponse.class);
    assertThat(kept.until()).isEqualTo(Instant.parse("2026-03-03T06:00:00Z"));
    assertThat(kept.minutes()).isNull();
  }

  @Test
  void theLastWordCountsAndTheAnswerSaysUntilWhen() throws Exception {
    assertThat(respond("w_anna", "a_1", "{\"action\":\"resume\"}").statusCode())
        .as("nothing runs")
        .isEqualTo(409);
    assertThat(producer.history()).isEmpty();
    assertThat(until(snooze(60))).isEqualTo(NOW.plusSeconds(3600));
    assertThat(until(snooze(10))).isEqualTo(NOW.plusSeconds(600));
    assertThat(until(respond("w_anna", "a_1", "{\"action\":\"resume\"}"))).isEqualTo(NOW);
    AlertResponse kept = kept().get(2);
    assertThat(kept.action()).isEqualTo(AlertResponse.Action.SNOOZE);
    assertThat(kept.until()).isEqualTo(NOW);
    assertThat(kept.minutes()).isNull();
  }

  private static Instant until(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return OffsetDateTime.parse(Json.mapper().readTree(answer.body()).path("snoozedUntil").asText())
        .toInstant();
  }

  @Test
  void aFourthSnoozeOfASittingIsRefusedAndSaysWhatToDo() throws Exception {
    for (int minutes : List.of(15, 30, 60)) {
      assertThat(snooze(minutes).statusCode()).isEqualTo(200);
    }
    HttpResponse<String> fourth = snooze(90);
    assertThat(fourth.statusCode()).isEqualTo(409);
    assertThat(fourth.body())
        .contains("snoozed 3 times", "One sitting can be put off", "pause all");
    assertThat(kept()).hasSize(3);
    ProducerRecord<String, byte[]> why = producer.history().get(3);
    assertThat(why.topic()).isEqualTo("lumbar.decisions.v1");
    Decision decision = Json.read(why.value(), Decision.class);
    assertThat(decision.reason()).isEqualTo("snooze-limit");
    assertThat(decision.id()).isEqualTo(StableIds.decision("e_1", 30, "snooze-limit"));
    assertThat(respond("w_anna", "a_1", "{\"action\":\"done\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void theSameSnoozeSentTwiceCountsOnce() throws Exception {
    for (int minutes : List.of(15, 15, 15, 30, 60, 60)) {
      assertThat(snooze(minutes).statusCode()).isEqualTo(200);
    }
    assertThat(snooze(90).statusCode()).isEqualTo(409);
  }

  @Test
  void whereItGetsHarderToPutOffTheAnswerSaysForHowLong() throws Exception {
    WearerSettings usual = WearerSettings.defaults();
    own =
        SettingsPatch.apply(
            usual, (ObjectNode) Json.mapper().readTree("{\"alerts\":{\"harderSnoozes\":true}}"));
    assertThat(minutes(snooze(30))).isEqualTo(30);
    assertThat(minutes(snooze(60))).as("30 minutes run already").isEqualTo(30);
    now = NOW.plusSeconds(1860);
    assertThat(minutes(snooze(60))).isEqualTo(15);
    assertThat(kept()).extracting(AlertResponse::minutes).containsExactly(30, 30, 15);
  }

  private static int minutes(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.mapper().readTree(answer.body()).path("minutes").asInt();
  }

  private HttpResponse<String> snooze(int minutes) throws Exception {
    return respond("w_anna", "a_1", "{\"action\":\"snooze\",\"minutes\":" + minutes + "}");
  }

  @Test
  void aTicketAnswersOnceInItsOwnWay() throws Exception {
    String ticket = "Bearer " + TICKETS.issue("a_1", AlertResponse.Action.DONE);
    assertThat(respond(ticket, "a_1", "{\"action\":\"wrong\"}").statusCode()).isEqualTo(403);
    HttpResponse<String> first = respond(ticket, "a_1", "{\"action\":\"done\"}");
    assertThat(first.statusCode()).isEqualTo(200);
    HttpResponse<String> again = respond(ticket, "a_1", "{\"action\":\"done\"}");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("used already");
    assertThat(producer.history()).hasSize(1);
  }

  @Test
  void ofTwoProcessesThatGetATicketAtTheSameMomentOneTakesIt() throws Exception {
    String text = TICKETS.issue("a_1", AlertResponse.Action.DONE);
    elsewhere.add(
        new AlertResponse(
            "a_1",
            new WearerId("w_anna"),
            AlertResponse.Action.DONE,
            null,
            null,
            NOW.minusMillis(3),
            null,
            TICKETS.read(text, "a_1").orElseThrow().id()));
    assertThat(respond("Bearer " + text, "a_1", "{\"action\":\"done\"}").statusCode())
        .isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"action\":\"snooze\",\"minutes\":240}; 403",
        "{\"action\":\"snooze\",\"until\":\"tomorrow\"}; 403",
        "{\"action\":\"snooze\",\"minutes\":15}; 200",
        "{\"action\":\"snooze\"}; 200"
      })
  void aTicketSnoozesForAsLongAsItsButtonSays(String body, int status) throws Exception {
    String ticket = "Bearer " + TICKETS.issue("a_1", AlertResponse.Action.SNOOZE);
    assertThat(respond(ticket, "a_1", body).statusCode()).isEqualTo(status);
  }

  /** Who presses the button of a test wants to know that it works. */
  @Test
  void theButtonsOfATestWorkAndNothingIsKept() throws Exception {
    String ticket = "Bearer " + TICKETS.issue("test_1", AlertResponse.Action.DONE);
    HttpResponse<String> pressed = respond(ticket, "test_1", "{\"action\":\"done\"}");
    assertThat(pressed.statusCode()).isEqualTo(200);
    assertThat(pressed.body()).contains("\"test\":true");
    assertThat(respond(ticket, "test_1", "{\"action\":\"wrong\"}").statusCode()).isEqualTo(403);
    assertThat(respond(ticket, "test_2", "{\"action\":\"done\"}").statusCode()).isNotEqualTo(200);
    assertThat(respond("w_anna", "test_1", "{\"action\":\"done\"}").statusCode())
        .as("without a ticket it is an alert that does not exist")
        .isEqualTo(404);
  }

  @Test
  void aTicketIsForOneAlertOnlyAndEnds() throws Exception {
    String other = TICKETS.issue("a_2", AlertResponse.Action.DONE);
    AnswerTickets before =
        new AnswerTickets(
            "sixteen bytes and more".getBytes(StandardCharsets.UTF_8),
            () -> NOW.minus(Duration.ofHours(3)));
    AnswerTickets foreign =
        new AnswerTickets("another key, long enough".getBytes(StandardCharsets.UTF_8), () -> NOW);
    String old = before.issue("a_1", AlertResponse.Action.DONE);
    String forged = foreign.issue("a_1", AlertResponse.Action.DONE);
    for (String text : List.of(other, old, forged, "la_", "la_x.y", "la_.", other + "x")) {
      assertThat(TICKETS.read(text, "a_1")).as(text).isEmpty();
    }
    String good = TICKETS.issue("a_1", AlertResponse.Action.SNOOZE);
    assertThat(TICKETS.read(good, "a_1")).isPresent();
    assertThat(TICKETS.issue("a_1", AlertResponse.Action.SNOOZE)).isNotEqualTo(good);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"action\":\"done\"}",
        "{\"action\":\"dismiss\",\"minutes\":null}",
        "{\"action\":\"snooze\",\"minutes\":5}",
        "{\"action\":\"snooze\",\"minutes\":240}",
        "{\"action\":\"wrong\"}",
        "{\"action\":\"wrong\",\"was\":\"standing\"}",
        "{\"action\":\"wrong\",\"was\":\"phone-on-desk\"}"
      })
  void acceptsEveryAnswerThatAnAlertOffers(String body) throws Exception {
    assertThat(respond("owner", "a_1", body).statusCode()).isEqualTo(200);
    assertThat(producer.history()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; not a JSON object",
        "[]; not a JSON object",
        "{; not a JSON object",
        "{}; action must be one of",
        "{\"action\":\"later\"}; action must be one of",
        "{\"action\":\"done\",\"minuts\":5,\"x\":1}; unknown field minuts, x",
        "{\"action\":\"done\",\"minutes\":5}; minutes belongs to action snooze",
        "{\"action\":\"snooze\",\"minutes\":4}; from 5 to 240",
        "{\"action\":\"snooze\",\"minutes\":241}; from 5 to 240",
        "{\"action\":\"snooze\",\"minutes\":15.5}; from 5 to 240",
        "{\"action\":\"snooze\",\"minutes\":\"15\"}; from 5 to 240",
        "{\"action\":\"snooze\",\"minutes\":4294967311}; from 5 to 240",
        "{\"action\":\"resume\",\"minutes\":5}; leave out all else",
        "{\"action\":\"snooze\",\"was\":\"standing\"}; was belongs to action wrong",
        "{\"action\":\"wrong\",\"was\":\"flying\"}; was must be one of sitting",
        "{\"action\":\"wrong\",\"was\":7}; was must be one of sitting"
      })
  void refusesWhatBreaksARuleAndNamesIt(String body, String expected) throws Exception {
    HttpResponse<String> answer = respond("w_anna", "a_1", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(expected);
    assertThat(producer.history()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "nobody, a_1, 401",
    "device, a_1, 403",
    "admin, a_1, 403",
    "w_ben, a_1, 404",
    "w_anna, a_2, 404",
    "owner, a_2, 404"
  })
  void onlyTheWearerAndTheOwnerAnswer(String who, String alert, int status) throws Exception {
    assertThat(respond(who, alert, "{\"action\":\"done\"}").statusCode()).isEqualTo(status);
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void sayTryAgainWhenKafkaIsAway() throws Exception {
    producer.sendException = new TimeoutException("no broker");
    HttpResponse<String> answer = respond("w_anna", "a_1", "{\"action\":\"done\"}");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("send it again");
  }

  @Test
  void anybodyReadsTheStretches() throws Exception {
    HttpResponse<String> all = get("/api/v1/stretches");
    assertThat(all.statusCode()).isEqualTo(200);
    assertThat(all.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(Json.mapper().readTree(all.body()).path("items"))
        .hasSize(Stretches.catalogue().all().size());
    HttpResponse<String> one = get("/api/v1/stretches/short-walk");
    assertThat(Json.mapper().readTree(one.body()).path("place").asText()).isEqualTo("standing");
    assertThat(get("/api/v1/stretches/handstand").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> respond(String who, String alert, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri("/api/v1/alerts/" + alert + "/response"))
            .header("Authorization", who)
            .POST(HttpRequest.BodyPublishers.ofString(body == null ? "" : body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static Principal principal(Context context) {
    String who = String.valueOf(context.header("Authorization"));
    return switch (who) {
      case "owner" -> new Principal.Owner();
      case "admin" -> new Principal.Admin();
      case "device" ->
          new Principal.DevicePrincipal(
              new Device(
                  new DeviceId("d_1"), "phone", new WearerId("w_anna"), Placement.THIGH, "hash"));
      case "nobody" -> throw ApiException.unauthorized("send a token");
      default ->
          new Principal.WearerPrincipal(
              new Wearer(
                  new WearerId(who),
                  who,
                  "hash",
                  List.of(new Wearer.ZoneFrom(BERLIN, Instant.EPOCH)),
                  WearerSettings.defaults()));
    };
  }
}
