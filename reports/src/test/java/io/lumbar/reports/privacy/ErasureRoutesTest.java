package io.lumbar.reports.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.model.Correction;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import io.lumbar.reports.InMemoryRegistry;
import io.lumbar.reports.testing.InMemoryHistory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens are ids; {@code owner} and {@code admin} are what they say. */
class ErasureRoutesTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final LocalDate DATE = LocalDate.of(2026, 3, 4);
  private static final Instant NOW = Instant.parse("2026-03-05T09:00:00Z");
  private static final String SPAN =
      "{\"from\":\"2026-03-04T14:00:00Z\",\"to\":\"2026-03-04T15:00:00Z\"}";
  private static final WearerId ANNA = new WearerId("w_anna");

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final InMemoryHistory history = new InMemoryHistory();
  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
  private final Folder folder = new Folder();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Javalin server;

  private static final class Folder implements ErasureRoutes.Reports {
    volatile boolean tells;

    @Override
    public void erase(WearerId wearer) {
      tells = false;
    }

    @Override
    public boolean tellOf(WearerId wearer, LocalDate first, LocalDate last, Instant before) {
      return tells && first.equals(DATE) && last.equals(DATE);
    }
  }

  ErasureRoutesTest() {
    registry.wearers.add(wearer("w_anna", "Anna"));
    registry.wearers.add(wearer("w_ben", "Ben"));
    ErasureRoutes routes =
        new ErasureRoutes(
            registry,
            history,
            new ForgetSink(producer),
            Optional.of(folder),
            Map.of(),
            () -> NOW,
            this::principal);
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.routes.exception(
                      ApiException.class,
                      (problem, context) ->
                          context.status(problem.status()).result(problem.getMessage()));
                  routes.addTo(config.routes);
                })
            .start("127.0.0.1", 0);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  /** The word is kept; then the history notes it; then the day is summed anew; then reports go. */
  @Test
  void theReceiptOfASpanIsReadAgainUntilItIsDone() throws Exception {
    folder.tells = true;
    history.days(day());
    JsonNode first = json(202, post("w_anna", SPAN));
    String id = first.path("id").asText();
    assertThat(dones(first)).containsExactly(false, false, false, false, false);
    assertThat(first.path("done").asBoolean()).isFalse();

    JsonNode asked = json(200, get("w_anna", id));
    assertThat(asked).isEqualTo(first);

    note(NOW.plusMillis(20));
    JsonNode noted = json(200, get("w_anna", id));
    assertThat(dones(noted)).containsExactly(true, false, false, false, false);
    assertThat(noted.path("askedAt").asText()).isEqualTo("2026-03-05T09:00:00.020Z");

    history.days(without(day(), "2026-03-04T14:00:00Z", "2026-03-04T14:59:59Z"));
    assertThat(dones(json(200, get("w_anna", id))))
        .as("a second of it counts still")
        .containsExactly(true, false, false, false, false);

    history.days(without(day(), "2026-03-04T13:00:00Z", "2026-03-04T15:00:00Z"));
    JsonNode summed = json(200, get("w_anna", id));
    assertThat(dones(summed)).containsExactly(true, true, true, true, false);
    assertThat(summed.path("done").asBoolean()).isFalse();

    folder.tells = false;
    JsonNode done = json(200, get("w_anna", id));
    assertThat(dones(done)).containsExactly(true, true, true, true, true);
    assertThat(done.path("done").asBoolean()).isTrue();
    assertThat(done.path("from").asText()).isEqualTo("2026-03-04T14:00:00Z");
    assertThat(done.path("yours")).isNotEmpty();
  }

  @Test
  void theReceiptOfASpanIsReadByTheOwnerAndThatWearerAlone() throws Exception {
    String id = json(202, post("owner", SPAN)).path("id").asText();
    note(NOW);
    assertThat(get("owner", id).statusCode()).isEqualTo(200);
    assertThat(get("w_anna", id).statusCode()).isEqualTo(200);
    HttpResponse<String> other = get("w_ben", id);
    assertThat(other.statusCode()).isEqualTo(404);
    assertThat(other.body().replace("w_anna", "ID"))
        .as("no more than of somebody who is not there")
        .isEqualTo(get("w_ben", id.replace("w_anna", "w_nobody")).body().replace("w_nobody", "ID"));
    assertThat(get("admin", id).statusCode()).isEqualTo(403);
    assertThat(get("", id).statusCode()).isEqualTo(401);

    registry.wearers.clear();
    registry.wearers.add(wearer("w_eve", "w_anna"));
    assertThat(get("w_eve", id).statusCode()).as("a name like another's id").isEqualTo(404);
  }

  /** By another process, or after a restart, only once the history knows of it. */
  @Test
  void aSpanThatNobodyAskedForHasNoReceipt() throws Exception {
    String id = "w_anna.%s.%s".formatted(base36("14:00"), base36("15:00"));
    assertThat(get("w_anna", id).statusCode()).isEqualTo(404);
    note(NOW);
    assertThat(json(200, get("w_anna", id)).path("id").asText()).isEqualTo(id);
    String shorter = "w_anna.%s.%s".formatted(base36("14:00"), base36("14:30"));
    assertThat(get("w_anna", shorter).statusCode()).isEqualTo(404);
    history.away = true;
    assertThat(get("w_anna", id).statusCode()).isEqualTo(503);
  }

  /** Said twice it is one word, and one receipt. */
  @Test
  void theSameSpanAskedForAgainHasTheSameReceipt() throws Exception {
    String id = json(202, post("w_anna", SPAN)).path("id").asText();
    assertThat(json(202, post("owner", SPAN)).path("id").asText()).isEqualTo(id);
    assertThat(
            json(202, post("w_anna", SPAN.replace("15:00:00Z", "15:01:00Z"))).path("id").asText())
        .isNotEqualTo(id);
  }

  /** Longer ones are kept as several words, and are noted when all of them are. */
  @Test
  void aSpanOfDaysIsNotedWhenAllItsPartsAre() throws Exception {
    String id =
        json(202, post("w_anna", "{\"from\":\"2026-02-20\",\"to\":\"2026-02-22\"}"))
            .path("id")
            .asText();
    List<Correction> words =
        producer.history().stream()
            .map(record -> Json.read(record.value(), Correction.class))
            .toList();
    assertThat(words).hasSize(3);
    for (Correction word : words) {
      assertThat(dones(json(200, get("w_anna", id)))).doesNotContain(true);
      history.erase(new Erasure(ANNA, word.from(), word.to(), NOW));
    }
    assertThat(dones(json(200, get("w_anna", id)))).startsWith(true, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"w_anna.1", "w_anna.2.1", "w_anna.zzzzzzzzzz.1", "w_anna.1.A", "a.b.c.d"})
  void whatIsNoIdIsRefused(String id) throws Exception {
    assertThat(get("owner", id).statusCode()).as(id).isEqualTo(400);
  }

  @Test
  void aNightIsOutOfTheSumsOnceItKnowsOfTheTime() {
    SpanReceipt receipt =
        SpanReceipt.of(
            new Erasure(
                ANNA,
                Instant.parse("2026-03-04T01:00:00Z"),
                Instant.parse("2026-03-04T02:00:00Z"),
                NOW));
    assertThat(SpanReceipt.read(receipt.id())).contains(receipt);
    assertThat(receipt.isOutOfSums(history)).as("nothing is there").isTrue();
    history.nights(night(0));
    assertThat(receipt.isOutOfSums(history)).isFalse();
    history.nights(night(60));
    assertThat(receipt.isOutOfSums(history)).isTrue();
  }

  private void note(Instant at) {
    history.erase(new Erasure(ANNA, instant("14:00"), instant("15:00"), at));
  }

  private static Instant instant(String time) {
    return Instant.parse("2026-03-04T" + time + ":00Z");
  }

  private static String base36(String time) {
    return Long.toString(instant(time).toEpochMilli(), 36);
  }

  private static List<Boolean> dones(JsonNode receipt) {
    return receipt.path("gone").findValues("done").stream().map(JsonNode::asBoolean).toList();
  }

  private static DaySummary day() {
    return new DaySummary(
        ANNA,
        DATE,
        ZONE,
        1,
        Map.of(Posture.SITTING, 300.0),
        new DaySummary.Sitting(5, 300, 60, 3, 2, 1, 4),
        4000,
        900,
        new DaySummary.Wear(900, 960, 0.9, true),
        List.of(),
        5,
        null,
        List.of(),
        List.of(),
        null,
        null);
  }

  private static DaySummary without(DaySummary day, String from, String to) {
    ObjectNode tree = Json.mapper().valueToTree(day);
    tree.putArray("forgotten").addObject().put("from", from).put("to", to);
    return Json.read(Json.bytes(tree), DaySummary.class);
  }

  private static NightSummary night(double forgotten) {
    ObjectNode tree = Json.mapper().createObjectNode();
    tree.put("wearer", ANNA.value()).put("date", DATE.toString()).put("zone", ZONE.getId());
    tree.put("revision", 1).put("retracted", false).put("open", false);
    tree.put("inBedFrom", "2026-03-03T22:00:00Z").put("inBedTo", "2026-03-04T05:00:00Z");
    tree.set(
        "positionMinutes", Json.mapper().valueToTree(Map.of(SleepPosition.LEFT.wireName(), 360.0)));
    tree.put("outOfBed", 0).put("coverageMinutes", 360).put("forgottenMinutes", forgotten);
    tree.putArray("track");
    return Json.read(Json.bytes(tree), NightSummary.class);
  }

  private static Wearer wearer(String id, String name) {
    return new Wearer(
        new WearerId(id),
        name,
        "00",
        List.of(new Wearer.ZoneFrom(ZONE, Instant.EPOCH)),
        WearerSettings.defaults());
  }

  private Principal principal(Context context) {
    String token = String.valueOf(context.header("Authorization"));
    return switch (token) {
      case "owner" -> new Principal.Owner();
      case "admin" -> new Principal.Admin();
      default ->
          registry
              .wearerByToken(token)
              .<Principal>map(Principal.WearerPrincipal::new)
              .orElseThrow(() -> ApiException.unauthorized("This token is not known."));
    };
  }

  private HttpResponse<String> post(String token, String body) throws Exception {
    return send(
        token, "/api/v1/wearers/Anna/erasures", "POST", HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpResponse<String> get(String token, String id) throws Exception {
    return send(token, "/api/v1/erasures/" + id, "GET", HttpRequest.BodyPublishers.noBody());
  }

  private HttpResponse<String> send(
      String token, String path, String method, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Authorization", token)
            .header("Content-Type", "application/json")
            .method(method, body)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(int status, HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return Json.mapper().readTree(answer.body());
  }
}
