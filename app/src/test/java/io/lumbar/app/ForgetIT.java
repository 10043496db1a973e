package io.lumbar.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import io.lumbar.app.settings.Sources;
import io.lumbar.model.Json;
import io.lumbar.model.Topic;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Forgets a span of yesterday and one of thirty days ago, the older of data that a file brought,
 * over the real addresses; then nothing of them is anywhere that somebody can read.
 */
class ForgetIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String STEPS = "7351";

  @TempDir Path scratch;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Instant today = InstantSource.system().instant().truncatedTo(ChronoUnit.DAYS);
  private Up up;
  private String owner;
  private String device;

  @BeforeEach
  void start() throws Exception {
    Map<Key, String> flags = new EnumMap<>(Key.class);
    flags.put(Key.DATA, scratch.toString());
    flags.put(Key.HTTP_PORT, "0");
    Settings settings = Settings.load(Sources.of(flags, Map.of(), Optional.empty()));
    up = Up.start(settings, EnumSet.allOf(Role.class), InstantSource.system(), new Parts());
    owner = Files.readString(scratch.resolve("owner-token")).trim();
    send("POST", "/api/v1/wearers", "{\"name\":\"ada\",\"zone\":\"UTC\"}");
    device =
        json(send("POST", "/api/v1/wearers/ada/devices", "{\"placement\":\"thigh\"}"))
            .path("token")
            .asText();
  }

  @AfterEach
  void stop() {
    up.close();
  }

  @Test
  void nothingOfAForgottenSpanIsShownExportedOrKeptInCompactedTopics() throws Exception {
    Instant yesterday = today.minus(Duration.ofDays(1));
    Instant longAgo = today.minus(Duration.ofDays(30));
    upload(yesterday);
    importFile(longAgo);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(read("/days")).contains(STEPS, "\"pain\":7", date(longAgo));
              assertThat(read("/nights")).contains(date(yesterday)).contains("\"morningPain\":7");
              assertThat(starts("/bouts")).contains(hour(yesterday, 10), hour(longAgo, 10));
            });
    assertThat(read("/reports/" + date(today) + "?format=json")).contains(STEPS);

    List<JsonNode> receipts =
        List.of(
            forget("{\"night\":\"" + date(yesterday) + "\"}"),
            forget(span(yesterday, 9, 12)),
            forget(span(longAgo, 9, 12)));
    for (JsonNode receipt : receipts) {
      assertThat(receipt.path("done").asBoolean()).isFalse();
      JsonNode again = receipt(receipt);
      assertThat(again.path("id")).isEqualTo(receipt.path("id"));
      assertThat(again.path("from")).isEqualTo(receipt.path("from"));
    }

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(read("/nights")).doesNotContain(date(yesterday));
              assertThat(read("/days")).doesNotContain(STEPS, "\"pain\"");
              assertThat(starts("/bouts"))
                  .contains(hour(yesterday, 14), hour(longAgo, 14))
                  .doesNotContain(hour(yesterday, 10), hour(longAgo, 10));
              assertThat(sittingMinutes(longAgo)).isEqualTo(20);
              assertThat(sittingMinutes(yesterday)).isEqualTo(20);
            });
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              for (JsonNode each : receipts) {
                JsonNode receipt = receipt(each);
                assertThat(receipt.path("done").asBoolean()).as(receipt.toString()).isTrue();
                assertThat(receipt.path("gone")).allMatch(gone -> gone.path("done").asBoolean());
              }
            });
    for (Instant morning : List.of(today, yesterday, longAgo.plus(Duration.ofDays(1)))) {
      assertThat(read("/reports/" + date(morning) + "?format=json"))
          .doesNotContain(STEPS, "\"pain\":7", "\"error\"");
    }
    Map<String, String> export = export();
    assertThat(export.get("steps.json")).doesNotContain(STEPS);
    assertThat(export.get("checkins.json")).doesNotContain("\"pain\":7");
    for (String table : List.of("bouts", "posture", "days", "nights", "episodes")) {
      assertThat(export.get(table + ".json"))
          .as(table)
          .doesNotContain(hour(yesterday, 10), hour(longAgo, 10), STEPS);
    }
    assertThat(export.get("bouts.json")).contains(hour(longAgo, 14));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              for (Topic topic : List.of(Topic.BOUTS, Topic.DAYS, Topic.NIGHTS)) {
                assertThat(standing(topic))
                    .as(topic.topicName())
                    .doesNotContain(hour(yesterday, 10), hour(longAgo, 10), STEPS)
                    .doesNotContain("\"morningPain\":7", "\"pain\":7");
              }
            });
  }

  @Test
  void aTimeWithoutAnOffsetIsByTheWearersClock() throws Exception {
    send("POST", "/api/v1/wearers", "{\"name\":\"ben\",\"zone\":\"Europe/Berlin\"}");
    JsonNode receipt =
        json(
            send(
                "POST",
                "/api/v1/wearers/ben/erasures",
                "{\"from\":\"2026-03-02T14:00\",\"to\":\"2026-07-02T15:30\"}"));
    assertThat(receipt.path("from").asText()).isEqualTo("2026-03-02T13:00:00Z");
    assertThat(receipt.path("to").asText()).isEqualTo("2026-07-02T13:30:00Z");
    HttpResponse<String> wrong =
        send("POST", "/api/v1/wearers/ben/erasures", "{\"from\":\"2026-03-02T25:00\"}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("from: must be a date", "by the wearer's clock");
  }

  private void upload(Instant day) throws Exception {
    String batch =
        """
        [{"kind":"posture","posture":"lying","from":"%s","to":"%s"},
         {"kind":"posture","posture":"standing","from":"%s","to":"%s"},
         {"kind":"posture","posture":"sitting","from":"%s","to":"%s"},
         {"kind":"steps","steps":%s,"from":"%s","to":"%s"},
         {"kind":"posture","posture":"sitting","from":"%s","to":"%s"}]\
        """
            .formatted(
                hour(day, -2),
                hour(day, 6),
                hour(day, 6),
                hour(day, 10),
                hour(day, 10),
                minute(day, 10, 40),
                STEPS,
                hour(day, 11),
                minute(day, 11, 30),
                hour(day, 14),
                minute(day, 14, 20));
    HttpResponse<String> answer = send("POST", "/api/v1/observations", batch, device);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String told = "{\"wearer\":\"ada\",\"at\":\"%s\",\"pain\":7}".formatted(minute(day, 6, 15));
    assertThat(send("POST", "/api/v1/checkins", told).statusCode()).isEqualTo(200);
  }

  private void importFile(Instant day) throws Exception {
    String file =
        """
        "Time","DataCount (samples)","Interval (s)","ActivityCode (0=sedentary, 1= standing, 2=stepping)","CumulativeStepCount","Activity Score (MET.h)","Abs(sumDiff)"
        %s,0,2400,0,0,0,0
        %s,0,12000,1,0,0,0
        %s,0,1200,0,0,0,0
        %s,0,600,1,0,0,0
        """
            .formatted(
                activPal(day, 600), activPal(day, 640), activPal(day, 840), activPal(day, 860));
    JsonNode begun = json(send("POST", "/api/v1/import?wearer=ada&filename=a.csv", file));
    String id = begun.path("id").asText();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonNode job = json(send("GET", "/api/v1/imports/" + id, ""));
              assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("done");
            });
  }

  /** Days since 1899-12-30, as the maker's software counts. */
  private static String activPal(Instant day, int minutes) {
    long days = LocalDate.of(1899, 12, 30).until(dateOf(day), ChronoUnit.DAYS);
    return days + String.format(Locale.ROOT, "%.10f", minutes / 1440.0).substring(1);
  }

  private JsonNode receipt(JsonNode receipt) throws Exception {
    return json(send("GET", "/api/v1/erasures/" + receipt.path("id").asText(), ""));
  }

  private JsonNode forget(String span) throws Exception {
    HttpResponse<String> answer = send("POST", "/api/v1/wearers/ada/erasures", span);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(answer.body()).contains("cannot be summed anew");
    return json(answer);
  }

  private String span(Instant day, int from, int to) {
    return "{\"from\":\"%s\",\"to\":\"%s\"}".formatted(hour(day, from), hour(day, to));
  }

  private double sittingMinutes(Instant day) throws Exception {
    for (JsonNode each : Json.mapper().readTree(read("/days")).path("items")) {
      if (each.path("date").asText().equals(date(day))) {
        return each.path("sitting").path("minutes").asDouble();
      }
    }
    return -1;
  }

  private List<String> starts(String list) throws Exception {
    return Json.mapper().readTree(read(list)).path("items").findValuesAsText("from").stream()
        .map(text -> OffsetDateTime.parse(text).toInstant().toString())
        .toList();
  }

  private String read(String what) throws Exception {
    return send("GET", "/api/v1/wearers/ada" + what, "").body();
  }

  private Map<String, String> export() throws Exception {
    HttpResponse<byte[]> zip =
        http.send(
            request("GET", "/api/v1/wearers/ada/export", "", owner),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(zip.statusCode()).isEqualTo(200);
    Map<String, String> files = new HashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.body()))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), new String(in.readAllBytes(), UTF_8));
      }
    }
    return files;
  }

  /** What compaction leaves of a topic. */
  private String standing(Topic topic) {
    Map<String, String> last = new HashMap<>();
    Map<String, Object> properties = new HashMap<>(up.site().kafka().consumer());
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                each -> {
                  if (each.value() == null) {
                    last.remove(each.key());
                  } else {
                    last.put(each.key(), each.value());
                  }
                });
      }
    }
    return last.toString();
  }

  private static String hour(Instant day, int hour) {
    return minute(day, hour, 0);
  }

  private static String minute(Instant day, int hour, int minute) {
    return day.plus(Duration.ofMinutes(60L * hour + minute)).toString();
  }

  private static LocalDate dateOf(Instant day) {
    return day.atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static String date(Instant day) {
    return dateOf(day).toString();
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return Json.mapper().readTree(answer.body());
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(method, path, body, owner);
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
}
