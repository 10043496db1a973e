package io.lumbar.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.app.clock.ScaledClock;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import io.lumbar.app.settings.Sources;
import io.lumbar.model.Json;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole process as a client sees it, with a clock as in the demo. */
class ApiIT {
  @TempDir private static Path scratch;
  private static final AtomicReference<Wiring.Running> PARTS = new AtomicReference<>();
  private static Up up;
  private static ScaledClock clock;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    InstantSource real = InstantSource.system();
    clock = ScaledClock.standingAt(real.instant().minus(Duration.ofHours(1)), real);
    up = start("data", clock);
  }

  private static Up start(String folder, InstantSource time) {
    Map<Key, String> flags = new EnumMap<>(Key.class);
    flags.put(Key.DATA, scratch.resolve(folder).toString());
    flags.put(Key.HTTP_PORT, "0");
    Settings settings = Settings.load(Sources.of(flags, Map.of(), Optional.empty()));
    Wiring wiring =
        (site, fault) -> {
          Wiring.Running parts = new Parts().start(site, fault);
          PARTS.compareAndSet(null, parts);
          return parts;
        };
    return Up.start(settings, EnumSet.allOf(Role.class), time, wiring);
  }

  @AfterAll
  static void stop() {
    up.close();
  }

  @Test
  void describesEachPathThatItHasAndNoOther() throws Exception {
    HttpResponse<String> answer = get("/openapi.json");
    JsonNode document = Json.mapper().readTree(answer.body());

    Set<String> described = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    Set<String> served =
        PARTS.get().endpoints().stream()
            .filter(endpoint -> !ofThePage(endpoint))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(served).contains("GET /health", "POST /api/v1/observations");
    assertThat(described).isEqualTo(served);
    assertThat(document.path("openapi").asText()).startsWith("3.1");
  }

  @Test
  void saysOfEachPartHowItIs() throws Exception {
    HttpResponse<String> answer = get("/health");
    JsonNode health = Json.mapper().readTree(answer.body());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(health.path("failing")).isEmpty();
    for (String part :
        List.of("history", "streams", "analytics", "history-writer", "ingest", "live")) {
      assertThat(health.path("parts").path(part).asText()).as(part).isEqualTo("ok");
    }
    assertThat(health.path("parts").has("disk")).isTrue();
  }

  @Test
  void describesPathParametersAndRefersToNothingThatIsMissing() throws Exception {
    JsonNode document = Json.mapper().readTree(get("/openapi.json").body());

    assertThat(references(document))
        .hasSizeGreaterThan(50)
        .allSatisfy(
            reference ->
                assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
    Set<String> operations = new HashSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .forEach(
                        operation -> {
                          assertThat(operations.add(operation.path("operationId").asText()))
                              .isTrue();
                          Set<String> named = new TreeSet<>();
                          operation
                              .path("parameters")
                              .forEach(parameter -> named.addAll(inPath(document, parameter)));
                          assertThat(named).as(path.getKey()).isEqualTo(braces(path.getKey()));
                        }));
  }

  @Test
  void keepsTheSignInLinkGoodWhileADemosDayRunsFaster() throws Exception {
    String link = PARTS.get().signInPath();
    clock.run(3600);

    while (clock.instant().isBefore(InstantSource.system().instant().minusSeconds(1800))) {
      Thread.onSpinWait();
    }
    HttpResponse<String> answer = get(link);
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).hasValue("/");
  }

  @Test
  @Timeout(60)
  void stopsWhileAPageListens() throws Exception {
    Up other = start("other", InstantSource.system());
    try {
      String owner = "Bearer " + other.data().ownerToken();
      HttpRequest.Builder add = HttpRequest.newBuilder(URI.create(other.url() + "/api/v1/wearers"));
      http.send(
          add.header("Authorization", owner)
              .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Ida\",\"zone\":\"UTC\"}"))
              .build(),
          HttpResponse.BodyHandlers.discarding());
      HttpResponse<InputStream> live =
          http.send(
              HttpRequest.newBuilder(URI.create(other.url() + "/api/v1/wearers/Ida/live"))
                  .header("Authorization", owner)
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      assertThat(live.statusCode()).isEqualTo(200);
      assertThat(live.body().read()).isPositive();
    } finally {
      long begin = System.nanoTime();
      other.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(up.url() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static boolean ofThePage(String endpoint) {
    String path = endpoint.substring(endpoint.indexOf(' ') + 1);
    return path.equals("/")
        || path.equals("/favicon.ico")
        || path.startsWith("/assets/")
        || path.equals("/your-data")
        || path.equals("/settings")
        || path.equals("/tell")
        || path.startsWith("/reports/")
        || path.equals("/stretches")
        || path.startsWith("/stretches/")
        || path.startsWith("/signin")
        || path.startsWith("/connect")
        || path.equals("/push-worker.js")
        || path.equals("/calibrate");
  }

  private static List<String> references(JsonNode node) {
    List<String> found = new ArrayList<>();
    node.findValues("$ref").forEach(reference -> found.add(reference.asText()));
    return found;
  }

  private static Set<String> inPath(JsonNode document, JsonNode parameter) {
    JsonNode told =
        parameter.has("$ref")
            ? document.at(parameter.path("$ref").asText().substring(1))
            : parameter;
    return told.path("in").asText().equals("path") ? Set.of(told.path("name").asText()) : Set.of();
  }

  private static Set<String> braces(String path) {
    return Pattern.compile("\\{([^}]+)}")
        .matcher(path)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
