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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer that stays open ends with the right to read it. */
class LiveEndIT {
  /** A second, and some for a busy machine. */
  private static final Duration SOON = Duration.ofSeconds(2);

  @TempDir private static Path scratch;
  private static Up up;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private record Open(BlockingQueue<String> lines, CompletableFuture<Void> ended) {}

  @BeforeAll
  static void start() {
    Map<Key, String> flags = new EnumMap<>(Key.class);
    flags.put(Key.DATA, scratch.resolve("data").toString());
    flags.put(Key.HTTP_PORT, "0");
    Settings settings = Settings.load(Sources.of(flags, Map.of(), Optional.empty()));
    up = Up.start(settings, EnumSet.allOf(Role.class), InstantSource.system(), new Parts()::start);
  }

  @AfterAll
  static void stop() {
    up.close();
  }

  @Test
  void aStreamEndsWithItsToken() throws Exception {
    String token = wearer("ann");
    Open stream = listen("ann", token);
    Open owners = listen("ann", owner());

    send("POST", "/api/v1/wearers/ann/token", token, "{\"overlapMinutes\":0}");

    stream.ended().get(SOON.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(goesOn(owners)).isTrue();
  }

  @Test
  void theOwnersStreamEndsWhenTheWearerPausesSharingAndTheWearersGoesOn() throws Exception {
    String token = wearer("bea");
    Open stream = listen("bea", token);
    Open owners = listen("bea", owner());

    send(
        "PATCH",
        "/api/v1/wearers/bea/settings",
        token,
        "{\"sharingPausedUntil\":\"%s\"}".formatted(Instant.now().plusSeconds(600)));

    owners.ended().get(SOON.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(goesOn(stream)).isTrue();
  }

  private static boolean goesOn(Open stream) throws InterruptedException, ExecutionException {
    try {
      stream.ended().get(SOON.toMillis(), TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException e) {
      return true;
    }
  }

  private static String owner() {
    return up.data().ownerToken();
  }

  private static String wearer(String name) throws Exception {
    return send(
            "POST",
            "/api/v1/wearers",
            owner(),
            "{\"name\":\"%s\",\"zone\":\"Europe/London\"}".formatted(name))
        .path("token")
        .asText();
  }

  private static JsonNode send(String method, String path, String token, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(up.url() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return Json.mapper().readTree(answer.body());
  }

  /** Returns once the stream has told the present. */
  private static Open listen(String wearer, String token) throws Exception {
    HttpResponse<Stream<String>> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(up.url() + "/api/v1/wearers/" + wearer + "/live"))
                .header("Authorization", "Bearer " + token)
                .build(),
            HttpResponse.BodyHandlers.ofLines());
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    CompletableFuture<Void> ended =
        CompletableFuture.runAsync(() -> answer.body().forEach(lines::add));
    while (!String.valueOf(lines.poll(10, TimeUnit.SECONDS)).startsWith("event: now")) {
      assertThat(ended).isNotDone();
    }
    return new Open(lines, ended);
  }
}
