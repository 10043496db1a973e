package io.lumbar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import io.lumbar.app.settings.Sources;
import io.lumbar.app.streams.Unread;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.RandomIds;
import io.lumbar.model.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads to an embedded broker whose data nobody analyses, in topics of little room. */
class UnreadIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String OWNER = RandomIds.secret("lo_");
  private static final int BATCH = 500;
  private static final TopicPartition POSTURE = new TopicPartition(Topic.POSTURE.topicName(), 0);

  @TempDir private Path scratch;
  private final HttpClient http = HttpClient.newHttpClient();
  private Up up;
  private Admin admin;
  private String token;
  private int sent;

  @BeforeEach
  void start() throws Exception {
    Map<Key, String> flags = new EnumMap<>(Key.class);
    flags.put(Key.DATA, scratch.resolve("data").toString());
    flags.put(Key.HTTP_PORT, "0");
    flags.put(Key.OWNER_TOKEN, OWNER);
    Settings settings = Settings.load(Sources.of(flags, Map.of(), Optional.empty()));
    up = Up.start(settings, EnumSet.of(Role.INGEST), InstantSource.system(), new Parts());
    KafkaConnection kafka = up.site().kafka();
    admin = Admin.create(kafka.client());
    post("/api/v1/wearers", OWNER, "{\"name\":\"ann\",\"zone\":\"Europe/London\"}");
    token =
        Json.mapper()
            .readTree(
                post("/api/v1/wearers/ann/devices", OWNER, "{\"placement\":\"thigh\"}").body())
            .path("token")
            .asText();
  }

  @AfterEach
  void stop() {
    admin.close();
    up.close();
  }

  @Test
  void whatIsNotAnalysedYetIsNotDeletedForWhatComes() throws Exception {
    keep("retention.bytes", 1 << 20);

    await().atMost(SOON).until(() -> upload().statusCode() == 503);

    HttpResponse<String> refused = upload();
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).contains("30");
    assertThat(refused.body()).contains("the analysis is too far behind");
    assertThat(part("unread")).contains("uploads are refused");
    long unread = offset(OffsetSpec.latest());
    assertThat(unread).isPositive();
    assertThat(offset(OffsetSpec.earliest())).isZero();

    admin
        .alterConsumerGroupOffsets(
            "lumbar-analytics", Map.of(POSTURE, new OffsetAndMetadata(unread)))
        .all()
        .get();
    await().atMost(SOON).until(() -> upload().statusCode() == 200);
    await().atMost(SOON).until(() -> part("unread").equals("ok"));
  }

  @Test
  void healthFailsBeforeWhatIsNotAnalysedIsTooOldToBeKept() throws Exception {
    assertThat(upload().statusCode()).isEqualTo(200);
    assertThat(part("unread")).isEqualTo("ok");
    // The broker itself deletes nothing before its second look, after five minutes.
    keep("retention.ms", 40_000);
    await().atMost(SOON).until(() -> part("unread").contains("not analysed yet"));
    assertThat(get("/health").statusCode()).isEqualTo(503);
  }

  /** From a quarter of the cap on what can wait does, from half of it on everything. */
  @Test
  void whatCanWaitDoesSoFirst() throws Exception {
    assertThat(upload().statusCode()).isEqualTo(200);
    long size = size();
    try (Unread unread =
        Unread.watch(up.site().kafka(), "lumbar-analytics", List.of(Topic.POSTURE), 1)) {
      keep("retention.bytes", size * 3);
      await().atMost(SOON).until(() -> unread.crowded().isPresent());
      assertThat(unread.full()).isEmpty();

      keep("retention.bytes", size * 3 / 2);
      await().atMost(SOON).until(() -> unread.full().isPresent());
      assertThat(unread.crowded()).isPresent();

      keep("retention.bytes", size * 5);
      await().atMost(SOON).until(() -> unread.crowded().isEmpty());
      assertThat(unread.full()).isEmpty();
    }
  }

  private long size() throws Exception {
    return admin.describeLogDirs(List.of(1)).allDescriptions().get().values().stream()
        .flatMap(folders -> folders.values().stream())
        .mapToLong(folder -> folder.replicaInfos().get(POSTURE).size())
        .sum();
  }

  private void keep(String setting, long value) throws Exception {
    ConfigResource posture = new ConfigResource(ConfigResource.Type.TOPIC, POSTURE.topic());
    Collection<AlterConfigOp> change =
        List.of(
            new AlterConfigOp(
                new ConfigEntry(setting, Long.toString(value)), AlterConfigOp.OpType.SET));
    admin.incrementalAlterConfigs(Map.of(posture, change)).all().get();
  }

  private long offset(OffsetSpec which) throws Exception {
    return admin.listOffsets(Map.of(POSTURE, which)).partitionResult(POSTURE).get().offset();
  }

  private String part(String name) throws IOException, InterruptedException {
    JsonNode health = Json.mapper().readTree(get("/health").body());
    return health.path("parts").path(name).asText();
  }

  /** Each time other observations. */
  private HttpResponse<String> upload() throws IOException, InterruptedException {
    Instant from = Instant.now().minus(Duration.ofDays(10)).plusSeconds(sent);
    sent += BATCH;
    String body =
        IntStream.range(0, BATCH)
            .mapToObj(
                i ->
                    "{\"kind\":\"posture\",\"posture\":\"sitting\",\"from\":\"%s\",\"to\":\"%s\"}"
                        .formatted(from.plusSeconds(i), from.plusSeconds(i + 1)))
            .collect(Collectors.joining(",", "[", "]"));
    return post("/api/v1/observations", token, body);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(up.url() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String by, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(up.url() + path))
            .header("Authorization", "Bearer " + by)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
