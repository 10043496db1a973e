package io.lumbar.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What phones tell of places, sounds and neighbours is in no file of ours, and no log tells health.
 */
class PrivacyIT {
  private static final String PLACE = "\"latitude\":51.4779283,\"longitude\":-0.0014567";
  private static final List<String> PLANTED =
      List.of(
          "51.4779283",
          "-0.0014567",
          "PlantedAttic",
          "planted-voice",
          "PlantedHeadphones",
          "C4:5A:00:12:34:56");
  private static final String STEPS = "73519";
  private static final String UNUSABLE_STEPS = "-73521";

  @TempDir Path scratch;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> secrets = new ArrayList<>();
  private Up up;
  private String device;

  @Test
  void noFileHoldsWhatIsPrivateAndNoLogHoldsHealthOrTokens() throws Exception {
    Map<Key, String> flags = new EnumMap<>(Key.class);
    flags.put(Key.DATA, scratch.toString());
    flags.put(Key.HTTP_PORT, "0");
    flags.put(Key.LOG_LEVEL, "debug");
    Settings settings = Settings.load(Sources.of(flags, Map.of(), Optional.empty()));
    up = Up.start(settings, EnumSet.allOf(Role.class), InstantSource.system(), new Parts());
    String metrics;
    try {
      addDevice();
      uploadThings();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(files("kafka")).contains(UNUSABLE_STEPS));
      metrics = send("GET", "/metrics", "", "").body();
    } finally {
      up.close();
    }

    assertThat(files("kafka")).contains(STEPS, "kept-session");
    String everything = files("");
    assertThat(PLANTED).noneMatch(everything::contains);
    String logs = files("logs");
    assertThat(logs).contains("started");
    for (String text : List.of(logs, metrics)) {
      assertThat(List.of(STEPS, UNUSABLE_STEPS)).noneMatch(text::contains);
      assertThat(secrets).hasSize(2).noneMatch(text::contains);
    }
    assertThat(secrets).noneMatch(everything::contains);
  }

  private void uploadThings() throws Exception {
    upload(
        "sensor-logger",
        "{\"sessionId\":\"kept-session\",\"payload\":["
            + "{\"name\":\"pedometer\",\"time\":1746345600000000000,\"values\":{\"steps\":"
            + STEPS
            + "}},{\"name\":\"location\",\"time\":1746345600000000000,\"values\":{"
            + PLACE
            + "}},{\"name\":\"microphone\",\"time\":1,\"values\":{\"speech\":\"planted-voice\"}},"
            + "{\"name\":\"network\",\"time\":1,\"values\":{\"ssid\":\"PlantedAttic\"}},"
            + "{\"name\":\"bluetooth-C4:5A:00:12:34:56\",\"time\":1,\"values\":{\"name\":\"PlantedHeadphones\"}}]}");
    upload(
        "health-connect",
        "{\"steps\":[{\"count\":"
            + UNUSABLE_STEPS
            + ",\"start_time\":\"2025-05-04T08:00:00Z\",\"end_time\":\"2025-05-04T08:01:00Z\",\"place\":\"PlantedAttic\","
            + PLACE
            + "}]}");
    upload(
        "owntracks",
        "{\"_type\":\"location\",\"tst\":\"soon\",\"SSID\":\"PlantedAttic\"," + PLACE + "}");
    upload(
        "traccar-client",
        "{\"location\":{\"timestamp\":\"never\",\"coords\":{"
            + PLACE
            + "},\"_\":\"&lat=51.4779283\"}}");
    upload("sensor-logger", "{\"payload\":[{\"name\":\"location\",\"values\":{" + PLACE);
    send("POST", "/api/v1/observations", "[{\"kind\":\"worn\"," + PLACE + "}]", device);
  }

  private void addDevice() throws Exception {
    String owner = Files.readString(scratch.resolve("owner-token")).trim();
    JsonNode wearer =
        Json.mapper()
            .readTree(
                send("POST", "/api/v1/wearers", "{\"name\":\"ada\",\"zone\":\"UTC\"}", owner)
                    .body());
    JsonNode phone =
        Json.mapper()
            .readTree(
                send(
                        "POST",
                        "/api/v1/wearers/ada/devices",
                        "{\"placement\":\"trouser-pocket\"}",
                        owner)
                    .body());
    device = phone.path("token").asText();
    secrets.add(device);
    secrets.add(wearer.path("token").asText());
  }

  private void upload(String format, String body) throws Exception {
    int status = send("POST", "/api/v1/ingest/" + format, body, device).statusCode();
    assertThat(status).isIn(200, 400);
  }

  private HttpResponse<String> send(String method, String path, String body, String token)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(up.url() + path))
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private String files(String folder) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(scratch.resolve(folder))) {
      for (Path file : files.filter(PrivacyIT::holdsRecords).toList()) {
        all.append(new String(Files.readAllBytes(file), ISO_8859_1)).append('\n');
      }
    }
    return all.toString();
  }

  /** Kafka's indexes hold offsets only, and are set up at ten megabytes each. */
  private static boolean holdsRecords(Path file) {
    return Files.isRegularFile(file) && !file.getFileName().toString().endsWith("index");
  }
}
