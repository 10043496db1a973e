package io.lumbar.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import io.lumbar.app.settings.Sources;
import io.lumbar.model.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A wearer takes everything along, is erased, and when Kafka's retention has passed no file of the
 * data folder holds a value of theirs. Somebody else stays.
 */
class ErasureIT {
  private static final String NAME = "PlantedPerson";
  private static final String STEPS = "73519";
  private static final String LIFTED = "417.25";
  private static final List<String> PLANTED = List.of(NAME, STEPS, LIFTED);

  @TempDir Path scratch;
  private final HttpClient http = HttpClient.newHttpClient();
  private Up up;
  private String owner;
  private int lived;

  private record Person(String id, String token, String device) {}

  @AfterEach
  void stop() {
    up.close();
  }

  @Test
  void afterAnErasureAndTheRetentionNoFileHoldsWhatWasPlanted() throws Exception {
    start();
    Person planted = add(NAME);
    Person other = add("Other");
    live(planted, STEPS, LIFTED);
    live(other, "4211", "20.5");
    Path report = scratch.resolve("reports").resolve(planted.id()).resolve("2026-01-01.json");
    Files.createDirectories(report.getParent());
    Files.writeString(report, "{\"name\":\"" + NAME + "\"}");
    await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertKnown(planted, STEPS));
    await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertKnown(other, "4211"));
    assertThat(everything()).contains(NAME, STEPS, LIFTED);

    assertExport(planted);
    assertThat(
            send("GET", "/api/v1/wearers/" + planted.id() + "/export", "", other.token())
                .statusCode())
        .isEqualTo(404);
    assertReadings(planted);

    assertThat(erase(planted, "{\"confirm\":\"Somebody\"}", owner).statusCode()).isEqualTo(400);
    String span = "{\"from\":\"%s\",\"to\":\"%s\"}";
    String within = span.formatted("2020-01-01T00:00:00.0001Z", "2020-01-01T00:00:00.0004Z");
    assertThat(erase(planted, within, owner).body()).contains("from: must be a millisecond before");
    String early = span.formatted("1999-01-01", "1999-01-02");
    assertThat(erase(planted, early, owner).body()).contains("from: before the year 2000");
    assertThat(erase(planted, "{\"confirm\":\"" + NAME + "\"}", other.token()).statusCode())
        .isEqualTo(404);
    HttpResponse<String> erased = erase(planted, "{\"confirm\":\"" + NAME + "\"}", owner);
    assertThat(erased.statusCode()).as(erased.body()).isEqualTo(200);
    JsonNode receipt = Json.mapper().readTree(erased.body());
    assertThat(receipt.path("gone")).allMatch(gone -> gone.path("done").asBoolean());
    assertThat(receipt.path("done").asBoolean()).isTrue();
    assertThat(receipt.path("id").asText()).isEqualTo(planted.id());
    assertThat(receipt.path("expires").findValuesAsText("what"))
        .contains("motion", "posture", "checkins");

    assertThat(upload(planted, STEPS).statusCode()).isEqualTo(401);
    assertThat(
            send("GET", "/api/v1/wearers/" + planted.id() + "/days", "", planted.token())
                .statusCode())
        .isEqualTo(401);
    assertThat(send("GET", "/api/v1/wearers/" + planted.id() + "/days", "", owner).statusCode())
        .isEqualTo(404);
    assertThat(send("GET", "/api/v1/erasures/" + planted.id(), "", owner).statusCode())
        .isEqualTo(200);
    assertThat(report.getParent()).doesNotExist();

    tidyUpAtOnce();
    up.close();
    start();
    tidyUpAtOnce();
    // Kafka closes a segment when the next record comes, and compacts only closed ones.
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofSeconds(3))
        .untilAsserted(
            () -> {
              live(other, "4212", "20.75");
              String all = everything();
              assertThat(PLANTED).noneMatch(all::contains);
            });
    assertThat(send("GET", "/api/v1/wearers/" + other.id() + "/bouts", "", owner).body())
        .contains("sitting");
  }

  private void start() throws IOException {
    Map<Key, String> flags = new EnumMap<>(Key.class);
    flags.put(Key.DATA, scratch.toString());
    flags.put(Key.HTTP_PORT, "0");
    Settings settings = Settings.load(Sources.of(flags, Map.of(), Optional.empty()));
    up = Up.start(settings, EnumSet.allOf(Role.class), InstantSource.system(), new Parts());
    owner = Files.readString(scratch.resolve("owner-token")).trim();
  }

  private Person add(String name) throws Exception {
    JsonNode wearer =
        Json.mapper()
            .readTree(
                send(
                        "POST",
                        "/api/v1/wearers",
                        "{\"name\":\"" + name + "\",\"zone\":\"UTC\"}",
                        owner)
                    .body());
    String id = wearer.path("id").asText();
    JsonNode phone =
        Json.mapper()
            .readTree(
                send(
                        "POST",
                        "/api/v1/wearers/" + id + "/devices",
                        "{\"placement\":\"wrist\"}",
                        owner)
                    .body());
    return new Person(id, wearer.path("token").asText(), phone.path("token").asText());
  }

  private void live(Person person, String steps, String lifted) throws Exception {
    assertThat(upload(person, steps).statusCode()).isEqualTo(200);
    String told =
        "{\"wearer\":\"%s\",\"at\":\"%s\",\"liftedKg\":%s,\"repetitions\":1}"
            .formatted(person.id(), yesterday(12), lifted);
    assertThat(send("POST", "/api/v1/checkins", told, owner).statusCode()).isEqualTo(200);
    String settings = "{\"longSittingMinutes\":" + (30 + steps.hashCode() % 7) + "}";
    send("PATCH", "/api/v1/wearers/" + person.id() + "/settings", settings, owner);
  }

  private HttpResponse<String> upload(Person person, String steps) throws Exception {
    lived++;
    String batch =
        """
        [{"kind":"posture","posture":"sitting","from":"%1$s","to":"%2$s"},
         {"kind":"steps","steps":%4$s,"from":"%2$s","to":"%3$s"}]\
        """
            .formatted(
                yesterday(8), yesterday(8).plusSeconds(60), yesterday(8).plusSeconds(90), steps);
    return send("POST", "/api/v1/observations", batch, person.device());
  }

  /** Each time later, because what is said twice is not written again. */
  private Instant yesterday(int hour) {
    Instant today = InstantSource.system().instant().truncatedTo(ChronoUnit.DAYS);
    return today.minus(Duration.ofHours(24L - hour)).plus(Duration.ofMinutes(2L * lived));
  }

  private void assertKnown(Person person, String steps) throws Exception {
    String days = send("GET", "/api/v1/wearers/" + person.id() + "/days", "", owner).body();
    assertThat(days).contains(steps);
    String bouts = send("GET", "/api/v1/wearers/" + person.id() + "/bouts", "", owner).body();
    assertThat(bouts).contains("sitting");
  }

  private void assertExport(Person person) throws Exception {
    HttpResponse<byte[]> zip =
        http.send(
            request("GET", "/api/v1/wearers/" + person.id() + "/export", "", person.token()),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(zip.statusCode()).isEqualTo(200);
    Map<String, String> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.body()))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), new String(in.readAllBytes(), UTF_8));
      }
    }
    assertThat(files.get("README.txt")).contains(NAME, "bouts", "motion.csv");
    assertThat(files.get("wearer.json")).contains(NAME, "wrist").doesNotContain("tokenHash");
    assertThat(files.get("days.json")).contains(STEPS);
    assertThat(files.get("days.csv")).contains(STEPS, "sitting.minutes");
    assertThat(files.get("steps.json")).contains(STEPS);
    assertThat(files.get("checkins.csv")).contains(LIFTED).startsWith("kind,");
    assertThat(files.get("bouts.csv")).contains("sitting");
    assertThat(files.get("reports/2026-01-01.json")).contains(NAME);
    assertThat(files)
        .containsKeys(
            "nights.json", "alerts.csv", "experiments.json", "readings.json", "motion.csv");
  }

  private void assertReadings(Person person) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              JsonNode readings =
                  Json.mapper()
                      .readTree(
                          send(
                                  "GET",
                                  "/api/v1/wearers/" + person.id() + "/readings",
                                  "",
                                  person.token())
                              .body());
              List<String> told = new ArrayList<>();
              readings
                  .path("items")
                  .forEach(
                      item ->
                          told.add(
                              item.path("reader").asText() + " " + item.path("what").asText()));
              assertThat(told).contains("owner days", "owner bouts", "wearer export");
            });
  }

  private HttpResponse<String> erase(Person person, String body, String token) throws Exception {
    return send("POST", "/api/v1/wearers/" + person.id() + "/erasures", body, token);
  }

  /** Has Kafka let go within moments of what it would keep for minutes, days or a year. */
  private void tidyUpAtOnce() throws Exception {
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    try (Admin admin = Admin.create(up.site().kafka().client())) {
      for (String topic : admin.listTopics().names().get()) {
        boolean changelog = topic.endsWith("-changelog");
        if (!changelog && !topic.startsWith("lumbar.")) {
          continue;
        }
        List<AlterConfigOp> ops = new ArrayList<>();
        Map<String, String> wanted = new HashMap<>();
        wanted.put("segment.ms", "1000");
        wanted.put("max.compaction.lag.ms", "1000");
        wanted.put("min.cleanable.dirty.ratio", "0.001");
        wanted.put("file.delete.delay.ms", "0");
        if (!changelog) {
          wanted.put("retention.ms", "1000");
        }
        wanted.forEach(
            (name, value) ->
                ops.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
        changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic), ops);
      }
      admin.incrementalAlterConfigs(changes).all().get();
    }
  }

  private HttpResponse<String> send(String method, String path, String body, String token)
      throws IOException, InterruptedException {
    return http.send(request(method, path, body, token), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String method, String path, String body, String token) {
    return HttpRequest.newBuilder(URI.create(up.url() + path))
        .header("Authorization", "Bearer " + token)
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /** All files but Kafka's indexes, which hold offsets only; files may vanish meanwhile. */
  private String everything() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(scratch)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().endsWith("index")) {
          try {
            all.append(new String(Files.readAllBytes(file), ISO_8859_1)).append('\n');
          } catch (NoSuchFileException e) {
            assertThat(file).doesNotExist();
          }
        }
      }
    } catch (UncheckedIOException e) {
      return everything();
    }
    return all.toString();
  }
}
