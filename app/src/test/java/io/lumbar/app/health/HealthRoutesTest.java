package io.lumbar.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.lumbar.model.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthRoutesTest {
  private static final Optional<String> NONE = Optional.empty();

  private final Vitals vitals = new Vitals();
  private Javalin server;

  @BeforeEach
  void start() {
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  new HealthRoutes(vitals).addTo(config.routes);
                })
            .start("127.0.0.1", 0);
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void isWellWhenEveryPartIs() throws Exception {
    vitals.check("ingest", () -> Condition.failing(NONE));
    vitals.check("history", () -> Condition.degraded(NONE));

    HttpResponse<String> answer = asked();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("status").asText()).isEqualTo("ok");
    assertThat(json(answer).path("parts").toString())
        .isEqualTo("{\"ingest\":\"ok\",\"history\":\"ok\"}");
  }

  @Test
  void whatIsLateOrInPartIsDegradedAndNoReasonToRestart() throws Exception {
    vitals.check("ingest", () -> Condition.failing(NONE));
    vitals.check("history", () -> Condition.degraded(Optional.of("the store is away")));

    HttpResponse<String> answer = asked();
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode health = json(answer);
    assertThat(health.path("status").asText()).isEqualTo("degraded");
    assertThat(health.path("degraded").toString()).isEqualTo("[\"history\"]");
    assertThat(health.path("failing")).isEmpty();
    assertThat(health.at("/parts/history").asText()).isEqualTo("the store is away");
  }

  @Test
  void aPartThatDoesNotWorkFailsTheWhole() throws Exception {
    vitals.check("streams", () -> Condition.failing(Optional.of("the stream has stopped")));
    vitals.check("disk", () -> Condition.degraded(DiskSpace.full(900L << 20, 100L << 30)));

    HttpResponse<String> answer = asked();
    assertThat(answer.statusCode()).isEqualTo(503);
    JsonNode health = json(answer);
    assertThat(health.path("status").asText()).isEqualTo("failing");
    assertThat(health.path("failing").toString()).isEqualTo("[\"streams\"]");
    assertThat(health.path("degraded").toString()).isEqualTo("[\"disk\"]");
    assertThat(health.at("/parts/disk").asText()).contains("900 MB left");
  }

  @Test
  void aDiskWithRoomIsWell() {
    assertThat(DiskSpace.full(1L << 30, 100L << 30)).isEmpty();
  }

  @Test
  void theFirstThatIsWrongIsTold() {
    Condition wrong = Condition.degraded(Optional.of("a"));
    assertThat(Condition.ok().or(() -> wrong)).isEqualTo(wrong);
    assertThat(wrong.or(Condition::ok)).isEqualTo(wrong);
  }

  private HttpResponse<String> asked() throws IOException, InterruptedException {
    URI health = URI.create("http://127.0.0.1:" + server.port() + "/health");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return Json.mapper().readTree(answer.body());
  }
}
