package io.lumbar.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import io.lumbar.app.settings.Sources;
import io.lumbar.model.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a wearer tells holds from its answer on, wherever it is read; nothing here waits. */
class ToldAtOnceIT {
  /** As often as it takes to come before the history once. */
  private static final int TIMES = 10;

  @TempDir Path scratch;
  private final HttpClient http = HttpClient.newHttpClient();
  private Up up;
  private String owner;

  @BeforeEach
  void start() throws Exception {
    Map<Key, String> flags = new EnumMap<>(Key.class);
    flags.put(Key.DATA, scratch.toString());
    flags.put(Key.HTTP_PORT, "0");
    Settings settings = Settings.load(Sources.of(flags, Map.of(), Optional.empty()));
    up = Up.start(settings, EnumSet.allOf(Role.class), InstantSource.system(), new Parts());
    owner = Files.readString(scratch.resolve("owner-token")).trim();
    send("POST", "/api/v1/wearers", "{\"name\":\"ada\",\"zone\":\"UTC\"}");
  }

  @AfterEach
  void stop() {
    up.close();
  }

  @Test
  void strongPainHoldsExercisesBackAtOnceAndSoItIsTakenBack() throws Exception {
    for (int time = 0; time < TIMES; time++) {
      String id = checkIn("{\"wearer\":\"ada\",\"pain\":8}").path("id").asText();
      assertThat(get("/routine").path("gate").asText()).isEqualTo("pain");
      assertThat(get("/stretches").path("gate").asText()).isEqualTo("pain");
      assertThat(get("/rules/advice").path("ask").asText()).isEqualTo("pain");
      assertThat(get("/statements").path("items").findValuesAsText("id")).contains(id);

      checkIn("{\"wearer\":\"ada\",\"id\":\"" + id + "\",\"pain\":8,\"revoked\":true}");
      assertThat(get("/routine").has("gate")).isFalse();
      assertThat(get("/stretches").has("gate")).isFalse();
      assertThat(get("/statements").path("items")).isEmpty();
    }
  }

  private JsonNode checkIn(String body) throws IOException, InterruptedException {
    return send("POST", "/api/v1/checkins", body);
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return send("GET", "/api/v1/wearers/ada" + path, "");
  }

  private JsonNode send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(up.url() + path))
                .header("Authorization", "Bearer " + owner)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return Json.mapper().readTree(answer.body());
  }
}
