package io.lumbar.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.http.Authentication;
import io.lumbar.http.HttpConfig;
import io.lumbar.http.HttpServer;
import io.lumbar.http.KafkaRegistry;
import io.lumbar.http.Registry;
import io.lumbar.http.RegistryRoutes;
import io.lumbar.http.Routes;
import io.lumbar.http.testing.TestBroker;
import io.lumbar.http.testing.TestClient;
import io.lumbar.ingest.recording.CwaWriter;
import io.lumbar.ingest.statements.KnownDays;
import io.lumbar.model.DeadLetter;
import io.lumbar.model.Device;
import io.lumbar.model.Json;
import io.lumbar.model.MotionCodec;
import io.lumbar.model.Observation;
import io.lumbar.model.Placement;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestIT {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-02T12:00:00Z"));
  private static final String SITTING =
      "{\"kind\":\"posture\",\"posture\":\"sitting\",\"from\":\"2026-03-02T09:%02d:00Z\",\"to\":\"2026-03-02T09:%02d:30Z\"}";
  private static final String ACTIVPAL =
      """
      sep=;
      Time;Time(approx);Data Count;Event Type;Duration (s);Waking Day;Cumulative Step Count
      44129.5;x;0;0;600.0;1;0;
      44129.5069444444;x;0;2;1.5;1;1;
      44129.5069618056;x;0;1;60.0;1;1;
      """;
  private static final int QUEUED = 3;
  private static final int MOST_KEPT = 1 << 20;
  private static final AtomicBoolean HISTORY_ANSWERS = new AtomicBoolean(true);
  private static final AtomicReference<Duration> LAG = new AtomicReference<>(Duration.ZERO);
  private static final Set<String> ASKED = ConcurrentHashMap.newKeySet();
  private static TestBroker broker;
  private static KafkaRegistry registry;
  private static Ingest ingest;
  private static HttpServer server;
  private static TestClient client;
  private static int wearers;
  @TempDir static Path folder;

  private Wearer wearer;
  private String wearerToken;
  private String[] device;
  private Device registered;

  @BeforeAll
  static void start() {
    broker = TestBroker.start(folder.resolve("kafka"));
    registry = KafkaRegistry.start(broker.connection());
    HttpConfig config = HttpConfig.loopback(0);
    Authentication authentication =
        new Authentication(registry, "owner-secret", "admin-secret", new byte[32], config, CLOCK);
    ingest =
        Ingest.start(
            broker.connection(),
            registry,
            authentication,
            CLOCK,
            folder.resolve("ingest"),
            (who, barrier) -> {
              ASKED.add(barrier);
              return HISTORY_ANSWERS.get();
            },
            who -> List.of(),
            KnownDays.NONE,
            wearer -> LAG.get(),
            IngestLimits.of(8 << 20, 200_000, 2L << 30, QUEUED, 64 << 20),
            UploadGate.OPEN);
    List<Routes> routes = new ArrayList<>(ingest.routes());
    routes.add(new RegistryRoutes(registry, authentication, config, CLOCK));
    server = HttpServer.start(config, authentication, routes);
    client = new TestClient(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
    ingest.close();
    registry.close();
    broker.close();
  }

  @BeforeEach
  void addWearer() {
    wearers++;
    Registry.Added<Wearer> added =
        registry.addWearer("wearer" + wearers, ZoneId.of("Europe/London"));
    wearer = added.item();
    wearerToken = added.token();
    Registry.Added<Device> sensor = registry.addDevice(wearer.id(), "leg", Placement.THIGH);
    registered = sensor.item();
    device = new String[] {"Authorization", "Bearer " + sensor.token()};
  }

  @Test
  void keepsWhatItAcknowledgesUnderTheWearersKey() {
    var answer =
        client.post("/api/v1/observations", "[" + sitting(0) + "," + sitting(1) + "]", device);

    assertThat(answer.status()).isEqualTo(200);
    assertReceipt(answer.json(), 2, 2, 0, 0, 0);
    List<ConsumerRecord<byte[], byte[]>> kept = records(Topic.POSTURE, wearer.id());
    assertThat(kept).hasSize(2);
    PostureObservation first =
        (PostureObservation) Json.read(kept.get(0).value(), Observation.class);
    assertThat(first.stamp().device()).isEqualTo(registered.id());
    assertThat(first.from()).isEqualTo("2026-03-02T09:00:00Z");
    assertThat(new String(kept.get(0).headers().lastHeader("device").value(), UTF_8))
        .isEqualTo(registered.id().value());
    assertThat(new String(kept.get(0).headers().lastHeader("kind").value(), UTF_8))
        .isEqualTo("posture");
  }

  @Test
  void countsWhatComesTwiceInOneUploadOrInTwo() {
    String upload = sitting(0) + "\n" + sitting(0) + "\n" + sitting(1);
    String[] lines = with("Content-Type", "application/x-ndjson");

    assertReceipt(client.post("/api/v1/observations", upload, lines).json(), 3, 2, 1, 0, 0);
    assertReceipt(client.post("/api/v1/observations", upload, lines).json(), 3, 0, 3, 0, 0);
    assertThat(records(Topic.POSTURE, wearer.id())).hasSize(2);
  }

  @Test
  void rejectsOneByOneAndWritesDeadLettersWithoutPrivateFields() {
    String future = "{\"kind\":\"worn\",\"worn\":true,\"at\":\"2026-03-02T12:05:01Z\"}";
    String foreign = "{\"kind\":\"worn\",\"latitude\":51.5,\"worn\":true}";
    var answer =
        client.post(
            "/api/v1/observations", "[" + future + "," + foreign + "," + sitting(0) + "]", device);

    assertThat(answer.status()).isEqualTo(200);
    assertReceipt(answer.json(), 3, 1, 0, 0, 2);
    assertThat(answer.json().at("/rejected").findValuesAsText("path"))
        .containsExactlyInAnyOrder("[0]", "[1].latitude");
    assertThat(answer.json().at("/rejected/0/reason").asText()).startsWith("clock: ");
    List<ConsumerRecord<byte[], byte[]>> letters = records(Topic.DEAD_LETTERS, wearer.id());
    assertThat(letters).as("acknowledged before the answer").hasSize(2);
    DeadLetter letter =
        letters.stream()
            .map(each -> Json.read(each.value(), DeadLetter.class))
            .filter(each -> each.where().endsWith("[1]"))
            .findFirst()
            .orElseThrow();
    assertThat(letter.element().has("latitude")).isFalse();
    assertThat(letter.element().has("worn")).isTrue();
  }

  @Test
  void anUploadWhoseDeadLetterIsNotAcknowledgedIsToBeSentAgain() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    ingest.whenRefused(seconds -> refused.incrementAndGet());
    long acceptedBefore = ingest.counters().accepted();
    String upload = "[{\"kind\":\"worn\",\"worn\":7}," + sitting(0) + "]";
    limitDeadLetters("10");
    try {
      var answer = client.post("/api/v1/observations", upload, device);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(refused).hasValue(1);
      assertThat(ingest.counters().accepted()).isEqualTo(acceptedBefore);
      assertThat(client.post("/api/v1/observations", "no JSON", device).status()).isEqualTo(503);
    } finally {
      limitDeadLetters("1048588");
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () ->
                assertReceipt(
                    client.post("/api/v1/observations", upload, device).json(), 2, 1, 0, 0, 1));
    assertThat(records(Topic.DEAD_LETTERS, wearer.id())).hasSize(1);
    assertThat(client.post("/api/v1/observations", "no JSON", device).status()).isEqualTo(400);
    assertThat(records(Topic.DEAD_LETTERS, wearer.id())).hasSize(2);
  }

  private static void limitDeadLetters(String bytes) throws Exception {
    ConfigResource topic =
        new ConfigResource(ConfigResource.Type.TOPIC, Topic.DEAD_LETTERS.topicName());
    AlterConfigOp limit =
        new AlterConfigOp(
            new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, bytes), AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(broker.connection().client())) {
      admin.incrementalAlterConfigs(Map.of(topic, List.of(limit))).all().get();
    }
  }

  @Test
  void takesSensorLoggerByAddressAndByToken() {
    String token = device[1].substring("Bearer ".length());
    String message =
        """
        {"messageId":1,"sessionId":"s","deviceId":"p","payload":[
         {"name":"pedometer","time":1772445600000000000,"values":{"steps":5}},
         {"name":"totalacceleration","time":1772445600000000000,"values":{"x":0,"y":9.8,"z":0}},
         {"name":"location","time":1772445600000000000,"values":{"latitude":1}}]}
        """;

    var byAddress = client.post("/api/v1/ingest/sensor-logger/" + token, message);
    assertThat(byAddress.status()).isEqualTo(200);
    assertReceipt(byAddress.json(), 3, 2, 0, 1, 0);
    assertReceipt(
        client.post("/api/v1/ingest/sensor-logger", message, device).json(), 3, 0, 2, 1, 0);
    assertThat(records(Topic.STEPS, wearer.id())).hasSize(1);
    assertThat(MotionCodec.decode(records(Topic.MOTION, wearer.id()).get(0).value()).size())
        .isEqualTo(1);

    var unknown = client.post("/api/v1/ingest/sensor-logger/ld_no", message);
    assertThat(unknown.status()).isEqualTo(499);
    assertThat(unknown.text()).contains("not known");
    assertThat(client.post("/api/v1/ingest/sensor-logger", message).status()).isEqualTo(499);
  }

  @Test
  void takesRawMotionAsJsonAndAsBinaryRecordsAndKnowsItAgain() {
    String good = "{\"start\":1772442000,\"rate\":50,\"x\":[0,0],\"y\":[1,1],\"z\":[0,0]}";
    String future = "{\"start\":\"2026-03-02T12:05:01Z\",\"x\":[0],\"y\":[1],\"z\":[0]}";
    String upload = "[" + good + "," + future + "]";

    JsonNode first = client.post("/api/v1/motion", upload, device).json();
    assertReceipt(first, 2, 1, 0, 0, 1);
    assertThat(first.at("/rejected/0/path").asText()).isEqualTo("[1]");
    assertThat(first.at("/rejected/0/reason").asText()).startsWith("clock: ");
    String endOfTime =
        "[{\"start\":\"2262-04-11T23:47:16.5Z\",\"rate\":1,\"x\":[0,0],\"y\":[1,1],\"z\":[0,0]}]";
    assertReceipt(client.post("/api/v1/motion", endOfTime, device).json(), 1, 0, 0, 0, 1);
    byte[] kept = records(Topic.MOTION, wearer.id()).get(0).value();
    assertThat(MotionCodec.decode(kept).stamp().device()).isEqualTo(registered.id());

    // What Kafka keeps of the first batch is itself a binary record of it.
    assertReceipt(client.send("POST", "/api/v1/motion", kept, binary()).json(), 1, 0, 1, 0, 0);
    byte[] gzip = TestClient.gzip(upload.getBytes(UTF_8));
    assertReceipt(
        client.send("POST", "/api/v1/motion", gzip, with("Content-Encoding", "gzip")).json(),
        2,
        0,
        1,
        0,
        1);
    assertThat(records(Topic.MOTION, wearer.id())).hasSize(1);
    assertThat(client.send("POST", "/api/v1/motion", new byte[] {9}, binary()).status())
        .isEqualTo(400);
    assertThat(client.post("/api/v1/motion", "[{", device).status()).isEqualTo(400);
    assertThat(client.post("/api/v1/motion", upload).status()).isEqualTo(401);
  }

  @Test
  void importsARecordingOnceAndStandsBackWhileLiveDataWaits() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    new CwaWriter(CwaWriter.Layout.PACKED, 100, 100, LocalDateTime.of(2026, 3, 1, 9, 0))
        .write(file, 4711, 300, i -> 0, i -> 0, i -> 1);
    byte[] corrupt = file.toByteArray();
    corrupt[1024 + 5 * 512 + 77] ^= 1;

    var unplaced = upload(corrupt, "");
    assertThat(unplaced.status()).isEqualTo(400);
    assertThat(unplaced.json().get("detail").asText()).startsWith("placement: ").contains("thigh");

    LAG.set(Duration.ofSeconds(3));
    String id;
    try {
      id = upload(corrupt, "&placement=thigh").json().get("id").asText();
      await()
          .during(Duration.ofMillis(400))
          .atMost(Duration.ofSeconds(2))
          .until(() -> records(Topic.MOTION, wearer.id()).isEmpty());
    } finally {
      LAG.set(Duration.ZERO);
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> state(id).equals("done"));

    JsonNode first = job(id);
    assertThat(first.get("rows").asInt()).isEqualTo(250);
    assertThat(first.get("accepted").asInt()).isEqualTo(249);
    assertThat(first.at("/rejected/0/path").asText()).isEqualTo("block 5");
    assertThat(first.get("device").asText()).isEqualTo("Axivity AX3 4711");
    assertThat(first.get("placement").asText()).isEqualTo("thigh");
    assertThat(first.get("notes").toString()).contains("29,880 samples", "1 of 250 blocks");
    assertThat(
            records(Topic.MOTION, wearer.id()).stream()
                .filter(each -> each.value()[0] == 1)
                .mapToInt(each -> MotionCodec.decode(each.value()).size())
                .sum())
        .isEqualTo(29_880);

    String again = upload(corrupt, "&placement=thigh").json().get("id").asText();
    await().atMost(Duration.ofSeconds(20)).until(() -> state(again).equals("done"));
    assertThat(job(again).get("duplicate").asInt()).isEqualTo(249);
    assertThat(job(again).get("accepted").asInt()).isZero();
    assertThat(registry.devicesOf(wearer.id()))
        .extracting(Device::name)
        .containsExactlyInAnyOrder("leg", "Axivity AX3 4711");
  }

  @Test
  void asksForTheStartOfARecordingThatDoesNotTellAndFailsOnAWrongUnitWithASentence() {
    StringBuilder rows =
        new StringBuilder(
            "\"Time (s)\",\"Acceleration x (m/s^2)\",\"Acceleration y (m/s^2)\",\"Acceleration z (m/s^2)\"\n");
    for (int i = 0; i < 200; i++) {
      rows.append(i / 100.0).append(",0.1,0.2,0.1\n");
    }
    byte[] file = rows.toString().getBytes(UTF_8);

    var undated = upload(file, "&placement=thigh");
    assertThat(undated.status()).isEqualTo(400);
    assertThat(undated.json().get("detail").asText()).startsWith("start: ");

    String id =
        upload(file, "&placement=thigh&start=2026-03-01T09:00:00").json().get("id").asText();
    await().atMost(Duration.ofSeconds(20)).until(() -> state(id).equals("failed"));
    assertThat(job(id).get("notes").elements())
        .toIterable()
        .anyMatch(note -> note.asText().startsWith("unit: "));
    assertThat(job(id).get("start").asText()).isEqualTo("2026-03-01T09:00:00Z");
  }

  @Test
  void takesUploadsWithADevicesTokenOnly() {
    String body = "[" + sitting(0) + "]";

    assertThat(client.post("/api/v1/observations", body).status()).isEqualTo(401);
    assertThat(
            client
                .post("/api/v1/observations", body, "Authorization", "Bearer " + wearerToken)
                .status())
        .isEqualTo(403);
    var other = client.post("/api/v1/observations?device=d_other", body, device);
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.text()).contains("device: this token uploads for its own device alone");
    assertReceipt(
        client
            .post(
                "/api/v1/observations?device=" + registered.id(),
                body,
                "Authorization",
                "Bearer owner-secret")
            .json(),
        1,
        1,
        0,
        0,
        0);
  }

  @Test
  void readsGzipAndRefusesWhatInflatesBeyondTheLimit() {
    String[] gzip = with("Content-Encoding", "gzip");

    byte[] body = TestClient.gzip(("[" + sitting(0) + "]").getBytes(UTF_8));
    assertReceipt(client.send("POST", "/api/v1/observations", body, gzip).json(), 1, 1, 0, 0, 0);
    byte[] bomb = TestClient.gzip(new byte[64 << 20]);
    var refused = client.send("POST", "/api/v1/observations", bomb, gzip);
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.json().get("detail").asText()).contains("8 MiB");
  }

  @Test
  void importsAFileOnceAndFindsOnlyDuplicatesTheSecondTime() {
    JsonNode first = importFile("fresh" + wearers, "&zone=Europe/London");
    assertThat(first.get("state").asText()).isEqualTo("done");
    assertThat(first.get("rows").asInt()).isEqualTo(3);
    assertThat(first.get("accepted").asInt()).isEqualTo(3);
    assertThat(ASKED).contains(first.get("id").asText());

    Wearer added = registry.wearer("fresh" + wearers).orElseThrow();
    assertThat(records(Topic.POSTURE, added.id())).hasSize(4);
    assertThat(records(Topic.STEPS, added.id())).hasSize(2);
    assertThat(registry.devicesOf(added.id()))
        .singleElement()
        .extracting(Device::name)
        .isEqualTo("activPAL import");

    JsonNode second = importFile("fresh" + wearers, "");
    assertThat(second.get("duplicate").asInt()).isEqualTo(3);
    assertThat(second.get("accepted").asInt()).isZero();
    assertThat(registry.devicesOf(added.id())).hasSize(1);
  }

  @Test
  void theNameOfAFileLeadsNowhere() throws IOException {
    byte[] file = "time,x,y,z\n2026-03-02 08:00:00,0,0,1\n".getBytes(UTF_8);
    for (String name : List.of("..%2F..%2Fplanted.csv", "%2Fplanted.csv", "a%00planted.csv")) {
      String id = upload(file, "&placement=thigh&filename=" + name).json().get("id").asText();
      assertThat(id).matches("i_[A-Za-z0-9_-]+");
    }
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(Path::toString)).noneMatch(each -> each.contains("planted"));
    }
    assertThat(Path.of("/planted.csv")).doesNotExist();
  }

  @Test
  void soManyImportsOfAWearerMayWaitAndNoMore() {
    HISTORY_ANSWERS.set(false);
    List<String> begun = new ArrayList<>();
    try {
      for (int i = 0; i < QUEUED; i++) {
        begun.add(begin(wearer.name(), "").json().get("id").asText());
      }
      var refused = begin(wearer.name(), "");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isEqualTo("30");
    } finally {
      HISTORY_ANSWERS.set(true);
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> begun.stream().allMatch(id -> state(id).equals("done")));
    assertThat(begin(wearer.name(), "").status()).isEqualTo(202);
  }

  @Test
  void anImportForWhichThereIsNoRoomIsToComeAgainLater() throws IOException {
    byte[] large = new byte[65 << 20];
    String path = "/api/v1/import?filename=a.csv&wearer=" + wearer.name();
    String[] owner = {"Authorization", "Bearer owner-secret"};
    var announced = client.send("POST", path, large, owner);
    assertThat(announced.status()).isEqualTo(503);
    assertThat(announced.header("Retry-After")).isEqualTo("300");

    String[] packed = {owner[0], owner[1], "Content-Encoding", "gzip"};
    var inflated = client.send("POST", path, TestClient.gzip(large), packed);
    assertThat(inflated.status()).isEqualTo(503);
    try (Stream<Path> files = Files.list(folder.resolve("ingest/imports"))) {
      assertThat(files).noneMatch(each -> each.toFile().length() > MOST_KEPT);
    }
    assertThat(begin(wearer.name(), "").status()).isEqualTo(202);
  }

  @Test
  void anImportIsNotDoneBeforeTheHistoryHasIt() {
    HISTORY_ANSWERS.set(false);
    String id;
    try {
      id = begin(wearer.name(), "").json().get("id").asText();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> ASKED.contains(id) && state(id).equals("waiting"));
    } finally {
      HISTORY_ANSWERS.set(true);
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> state(id).equals("done"));
  }

  @Test
  void anImportThatWaitsForTheHistoryHoldsUpNobody() {
    Wearer other = registry.addWearer("other" + wearers, ZoneId.of("Europe/London")).item();
    HISTORY_ANSWERS.set(false);
    List<String> begun = new ArrayList<>();
    try {
      for (String name : List.of(wearer.name(), wearer.name(), other.name())) {
        String id = begin(name, "").json().get("id").asText();
        await().atMost(Duration.ofSeconds(10)).until(() -> state(id).equals("waiting"));
        begun.add(id);
      }
    } finally {
      HISTORY_ANSWERS.set(true);
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> begun.stream().allMatch(id -> state(id).equals("done")));
  }

  @Test
  void endsAnImportWhoseWearerIsErasedMeanwhile() {
    LAG.set(Duration.ofMinutes(1));
    String id;
    try {
      id = begin(wearer.name(), "").json().get("id").asText();
      // The import has its own device by now, and stands back.
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> registry.devicesOf(wearer.id()).size() == 2);
      registry.erase(wearer);
    } finally {
      LAG.set(Duration.ZERO);
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> state(id).equals("failed"));
    assertThat(job(id).at("/notes/0").asText()).contains("erased");
    assertThat(registry.devicesOf(wearer.id())).isEmpty();
    assertThat(records(Topic.POSTURE, wearer.id())).isEmpty();
  }

  @Test
  void goesOnWithAnImportThatAStopInterrupted() throws IOException {
    Path state = folder.resolve("restarted" + wearers);
    ImportJobs before = ImportJobs.open(state.resolve("imports"));
    Files.writeString(before.data("i_7"), ACTIVPAL);
    before.save(ImportJob.fresh("i_7", wearer.id(), events("a.csv")).begun(1));
    before.save(ImportJob.fresh("i_8", wearer.id(), events("gone.csv")));
    Files.writeString(before.data("i_9"), ACTIVPAL);
    before.save(ImportJob.fresh("i_9", new WearerId("w_erased"), events("b.csv")));
    Files.writeString(before.data("i_10"), ACTIVPAL);
    before.save(ImportJob.fresh("i_10", wearer.id(), events("c.csv")).begun(Imports.MOST_BEGUN));
    Authentication authentication =
        new Authentication(
            registry, "owner-secret", null, new byte[32], HttpConfig.loopback(0), CLOCK);

    try (Ingest again =
        Ingest.start(
            broker.connection(),
            registry,
            authentication,
            CLOCK,
            state,
            (who, barrier) -> true,
            who -> List.of(),
            KnownDays.NONE,
            who -> Duration.ZERO,
            IngestLimits.defaults(),
            UploadGate.OPEN)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> saved(state, "i_7").get("state").asText().equals("done"));
      assertThat(again.counters().accepted()).isEqualTo(3);
    }
    assertThat(saved(state, "i_7").at("/notes/0").asText()).contains("restart");
    assertThat(Files.exists(before.data("i_7"))).isFalse();
    assertThat(saved(state, "i_8").get("state").asText()).isEqualTo("failed");
    assertThat(saved(state, "i_8").at("/notes/0").asText()).contains("import it again");
    assertThat(saved(state, "i_10").get("state").asText()).isEqualTo("failed");
    assertThat(saved(state, "i_10").get("notes").toString()).contains("begun 4 times");
    assertThat(Files.exists(before.data("i_9"))).isFalse();
    assertThat(Files.exists(state.resolve("imports").resolve("i_9.json"))).isFalse();
    assertThat(records(Topic.POSTURE, wearer.id())).hasSize(4);
  }

  @Test
  void saysWhatAFileLooksLikeWhenItIsNone() {
    var unknown =
        client.post(
            "/api/v1/import?wearer=" + wearer.name(),
            "a,b,c\n1,2,3\n",
            "Authorization",
            "Bearer owner-secret");
    assertThat(unknown.status()).isEqualTo(415);
    assertThat(unknown.json().get("detail").asText()).contains("a,b,c", "./lumbar import --help");
    var nobody =
        client.post(
            "/api/v1/import?wearer=nobody", ACTIVPAL, "Authorization", "Bearer owner-secret");
    assertThat(nobody.status()).isEqualTo(400);
    assertThat(nobody.json().get("detail").asText()).contains("nobody", "zone");
  }

  @Test
  void theCountersAddUp() {
    client.post("/api/v1/observations", "[" + sitting(0) + ",1]", device);

    IngestCounters counters = ingest.counters();
    assertThat(counters.received()).isPositive();
    assertThat(counters.received())
        .isEqualTo(
            counters.accepted() + counters.duplicate() + counters.ignored() + counters.rejected());
  }

  @Test
  void whatIsRefusedWholeCountsAsOneOfItsFormat() {
    record Refusal(String format, int status, String path, String body, String... headers) {}
    String[] gzip = with("Content-Encoding", "gzip");
    String[] brotli = with("Content-Encoding", "br");
    String huge = "x".repeat(IngestLimits.defaults().maxBodyBytes() + 1);
    for (Refusal each :
        List.of(
            new Refusal("observations", 400, "/api/v1/observations", "[{\"kind\":", device),
            new Refusal("observations", 400, "/api/v1/observations", "[]", gzip),
            new Refusal("observations", 413, "/api/v1/observations", huge, device),
            new Refusal("motion", 400, "/api/v1/motion", "7", device),
            new Refusal("health-connect", 400, "/api/v1/ingest/health-connect", "{", device),
            new Refusal("health-connect", 415, "/api/v1/ingest/health-connect", "{}", brotli),
            new Refusal("owntracks", 200, "/api/v1/ingest/owntracks", "{", device),
            new Refusal("other", 415, "/api/v1/import", "a,b,c\n1,2,3\n", device))) {
      IngestCounters before = ingest.counters(each.format());
      assertThat(client.post(each.path(), each.body(), each.headers()).status())
          .as(each.toString())
          .isEqualTo(each.status());
      IngestCounters after = ingest.counters(each.format());
      assertThat(after.received()).as(each.format()).isEqualTo(before.received() + 1);
      assertThat(after.rejected()).as(each.format()).isEqualTo(before.rejected() + 1);
    }
    assertThat(records(Topic.POSTURE, wearer.id())).isEmpty();
  }

  @Test
  void withoutABrokerNothingIsAcknowledgedAndLaterNothingIsLost() {
    String upload = "[" + sitting(7) + "]";
    broker.stop();
    try {
      var refused = client.post("/api/v1/observations", upload, device);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isEqualTo("5");
      assertThat(ingest.healthy()).isFalse();
    } finally {
      broker.start();
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertReceipt(
                    client.post("/api/v1/observations", upload, device).json(), 1, 1, 0, 0, 0));
    assertThat(ingest.healthy()).isTrue();
    assertThat(records(Topic.POSTURE, wearer.id())).isNotEmpty();
  }

  private static ImportedFile events(String name) {
    return new ImportedFile(name, "activpal", "activPAL import", null, Placement.THIGH, "", "");
  }

  private static JsonNode saved(Path state, String id) throws IOException {
    return Json.mapper().readTree(state.resolve("imports").resolve(id + ".json").toFile());
  }

  private JsonNode importFile(String name, String more) {
    var begun = begin(name, more);
    assertThat(begun.status()).isEqualTo(202);
    String id = begun.json().get("id").asText();
    await().atMost(Duration.ofSeconds(20)).until(() -> state(id).equals("done"));
    return job(id);
  }

  private TestClient.Answer upload(byte[] file, String more) {
    return client.send(
        "POST",
        "/api/v1/import?wearer=" + wearer.name() + more,
        file,
        "Authorization",
        "Bearer owner-secret");
  }

  private String[] binary() {
    return with("Content-Type", "application/vnd.lumbar.motion");
  }

  private static TestClient.Answer begin(String name, String more) {
    return client.post(
        "/api/v1/import?filename=a.csv&wearer=" + name + more,
        ACTIVPAL,
        "Authorization",
        "Bearer owner-secret");
  }

  private static String state(String id) {
    return job(id).get("state").asText();
  }

  private static JsonNode job(String id) {
    return client.get("/api/v1/imports/" + id, "Authorization", "Bearer owner-secret").json();
  }

  private String[] with(String name, String value) {
    return new String[] {device[0], device[1], name, value};
  }

  private static String sitting(int minute) {
    return SITTING.formatted(minute, minute);
  }

  private static void assertReceipt(
      JsonNode receipt, int received, int accepted, int duplicate, int ignored, int rejected) {
    assertThat(
            List.of(
                receipt.get("received").asInt(),
                receipt.get("accepted").asInt(),
                receipt.get("duplicate").asInt(),
                receipt.get("ignored").asInt(),
                receipt.get("rejected").size()))
        .containsExactly(received, accepted, duplicate, ignored, rejected);
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(Topic topic, WearerId wearer) {
    Map<String, Object> properties = broker.connection().consumer();
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                each -> {
                  if (new String(each.key(), UTF_8).equals(wearer.value())) {
                    found.add(each);
                  }
                });
      }
    }
    return found;
  }
}
