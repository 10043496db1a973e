package io.lumbar.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.http.Registry;
import io.lumbar.http.RegistryRoutes;
import io.lumbar.http.testing.TestClient;
import io.lumbar.ingest.format.Collected;
import io.lumbar.model.Device;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Heard;
import io.lumbar.model.MotionCodec;
import io.lumbar.model.Placement;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The uploads of all formats, from a client's request to the broker's files. */
class FormatsIT {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final List<String> PLANTED =
      List.of(
          "51.4779283",
          "-0.0014567",
          "PlantedAttic",
          "planted-voice",
          "cGxhbnRlZHBpY3R1cmU",
          "PlantedHeadphones",
          "C45A00123456",
          "C4:5A:00:12:34:56",
          "C45A00AABBCC",
          "C4:5A:00:AA:BB:CC",
          "C8:00:00:00:00:01",
          "planted_study");
  @TempDir static Path folder;
  private static ServedIngest served;
  private static int wearers;

  private Wearer wearer;
  private String token;

  @BeforeAll
  static void start() {
    served = ServedIngest.start(folder, NOW);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @BeforeEach
  void addWearer() {
    wearers++;
    wearer = served.registry().addWearer("wearer" + wearers, ZoneId.of("Europe/London")).item();
    Registry.Added<Device> phone =
        served.registry().addDevice(wearer.id(), "phone", Placement.TROUSER_POCKET);
    token = phone.token();
  }

  static List<String> formats() {
    return Mutator.formats();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void keepsWhatAClientSendsAndNothingOfItTwice(String format) {
    served
        .registry()
        .addDevice(wearer.id(), "tag", Placement.CHEST, RegistryRoutes.tagHash(Collected.TAG));
    TestClient.Answer first = post(format, Mutator.whole(format, 0));
    assertThat(first.status()).isEqualTo(200);
    int kept = kept();
    assertThat(kept).isPositive();

    TestClient.Answer again = post(format, Mutator.whole(format, 0));
    assertThat(again.status()).isEqualTo(200);
    assertThat(kept()).isEqualTo(kept);
    if (!format.equals("owntracks")) {
      assertAddsUp(first.json());
      assertThat(again.json().path("accepted").asInt()).isZero();
    } else {
      assertThat(again.text()).isEqualTo("[]");
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void answersEverythingWithoutFailing(String format) {
    for (int i = 0; i < 100; i++) {
      TestClient.Answer answer = post(format, Mutator.broken(format, 7_000 + i));
      assertThat(answer.status()).as(answer.text()).isIn(200, 207, 400, 499);
      if (answer.status() != 499 && answer.text().startsWith("{\"received\"")) {
        assertAddsUp(answer.json());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void anEmptyBodyTestsTheConnection(String format) {
    TestClient.Answer answer = post(format, new byte[0]);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(kept()).isZero();
    assertThat(served.records(Topic.DEAD_LETTERS, wearer.id())).isEmpty();
  }

  @Test
  void answersEachClientInItsOwnWay() {
    assertThat(post("owntracks", bytes("{\"_type\":\"location\"")).text()).isEqualTo("[]");
    assertThat(post("owntracks", new byte[0]).text()).isEqualTo("[]");
    TestClient.Answer broken = post("traccar-client", bytes("{\"location\":"));
    assertThat(broken.status()).isEqualTo(200);
    assertThat(broken.json().path("rejected")).hasSize(1);
    TestClient.Answer partly =
        post(
            "health-auto-export",
            bytes(
                "{\"data\":{\"metrics\":[{\"name\":\"step_count\",\"data\":[{\"qty\":3,\"date\":\"soon\"}]}]}}"));
    assertThat(partly.status()).isEqualTo(207);
    assertThat(post("health-connect", bytes("[")).status()).isEqualTo(400);
    assertThat(post("palm-reading", bytes("{}")).status()).isEqualTo(404);
    TestClient.Answer unknown =
        served.client().post("/api/v1/ingest/sensor-logger/ld_nobody", "{}");
    assertThat(unknown.status()).isEqualTo(499);
    assertThat(unknown.text()).startsWith("Lumbar: ");
    assertThat(served.client().post("/api/v1/ingest/sensor-logger?token=ld_nobody", "{}").status())
        .isEqualTo(499);
    assertThat(served.client().post("/api/v1/ingest/owntracks/ld_nobody", "{}").status())
        .isEqualTo(401);
    TestClient.Answer gravity =
        post(
            "sensor-logger",
            bytes(
                "{\"payload\":[{\"name\":\"accelerometer\",\"time\":1777881600000000000,\"x\":0,\"y\":0,\"z\":0}]}"));
    assertThat(gravity.status()).isEqualTo(499);
    assertThat(gravity.text()).contains("Gravity");
  }

  @Test
  void tokensComeAsBearerAsBasicAsParameterAndInTheAddress() {
    byte[] body = Mutator.whole("owntracks", 0);
    String basic = Base64.getEncoder().encodeToString(("anna:" + token).getBytes(UTF_8));
    String path = "/api/v1/ingest/owntracks";
    TestClient client = served.client();
    assertThat(client.send("POST", path, body, "Authorization", "Basic " + basic).status())
        .isEqualTo(200);
    assertThat(client.send("POST", path + "?token=" + token, body).status()).isEqualTo(200);
    assertThat(client.send("POST", path + "/" + token, body).status()).isEqualTo(200);
    assertThat(client.send("POST", path, body).status()).isEqualTo(401);
  }

  @Test
  void showsWhatNeverCameAndWhoSaidHello() {
    post("sensor-logger", Mutator.whole("sensor-logger", 1));
    for (int number : new int[] {0, 1, 4}) {
      post(
          "sensor-logger",
          bytes("{\"messageId\":" + number + ",\"sessionId\":\"s\",\"payload\":[]}"));
    }
    JsonNode phone = uploads().path(0);
    assertThat(phone.path("messagesLost").asInt()).isEqualTo(2);
    assertThat(phone.path("format").asText()).isEqualTo("sensor-logger");
    assertThat(phone.path("hello").asText()).isEqualTo("2026-06-01T12:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"observations", "motion"})
  void anEmptyNativeBodyTestsTheConnectionAsInAnyFormat(String format) {
    TestClient.Answer answer =
        served
            .client()
            .send("POST", "/api/v1/" + format, new byte[0], "Authorization", "Bearer " + token);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("received").asInt()).isZero();
    assertThat(letters()).isEmpty();
    assertThat(uploads().path(0).path("format").asText()).isEqualTo(format);
    assertThat(uploads().path(0).path("hello").asText()).isEqualTo("2026-06-01T12:00:00Z");
    assertThat(uploads().path(0).has("at")).isFalse();
  }

  private JsonNode uploads() {
    return served
        .client()
        .get(
            "/api/v1/wearers/" + wearer.id() + "/uploads",
            "Authorization",
            "Bearer " + ServedIngest.OWNER)
        .json()
        .path("items");
  }

  @Test
  void whatCannotBeUnderstoodIsADeadLetterWithoutItsContent() {
    for (String format : List.of("health-connect", "health-auto-export", "sensor-logger")) {
      byte[] body = bytes("{\"" + format + "\":\"planted-value\",");
      assertThat(post(format, body).status()).isEqualTo(400);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> letters().stream().anyMatch(each -> each.contains("/ingest/" + format)));
    }
    assertThat(letters())
        .hasSize(3)
        .allSatisfy(
            each -> assertThat(each).contains("valid JSON", "sha256").doesNotContain("planted"));
  }

  private List<String> letters() {
    return served.records(Topic.DEAD_LETTERS, wearer.id()).stream()
        .map(each -> new String(each.value(), UTF_8))
        .toList();
  }

  @Test
  void aTagHeardOnEitherSideOfAPeriodOrAtOnceCountsOnce() throws InterruptedException {
    served
        .registry()
        .addDevice(
            wearer.id(),
            "sacrum",
            Placement.LOWER_BACK,
            RegistryRoutes.tagHash("C4:5A:00:77:88:9A"));
    String heard =
        "{\"payload\":[{\"name\":\"bluetooth\",\"time\":%d,\"values\":{\"manufacturerData\":\"9904054C21530FC66C000AFC18002CA956B4%04XC45A0077889A\"}}]}";
    // Six hours' end.
    long edge = 21_600_000_000_000L * (1_777_881_600L / 21_600);
    post("sensor-logger", bytes(heard.formatted(edge + 10_000_000, 1)));
    post("sensor-logger", bytes(heard.formatted(edge - 10_000_000, 1)));
    assertThat(served.records(Topic.MOTION, wearer.id())).hasSize(1);

    for (int number = 2; number < 22; number++) {
      byte[] body = bytes(heard.formatted(edge, number));
      byte[] other = bytes(heard.formatted(edge + 1_000_000, number));
      Thread phone = new Thread(() -> post("sensor-logger", body));
      phone.start();
      post("sensor-logger", other);
      phone.join();
    }
    assertThat(served.records(Topic.MOTION, wearer.id())).hasSize(21);
  }

  @Test
  void aTagThatTwoPhonesHearCountsOnce() {
    Device tag =
        served
            .registry()
            .addDevice(
                wearer.id(),
                "sternum",
                Placement.CHEST,
                RegistryRoutes.tagHash("C4:5A:00:77:88:99"))
            .item();
    String heard =
        "{\"payload\":[{\"name\":\"bluetooth-C4:5A:00:77:88:99\",\"time\":%d,\"values\":{\"manufacturerData\":\"9904054C21530FC66C000AFC18002CA956B4%04XC45A00778899\"}}]}";
    long at = 1_777_881_600_000_000_000L;
    assertThat(
            post("sensor-logger", bytes(heard.formatted(at, 17))).json().path("accepted").asInt())
        .isEqualTo(1);
    assertThat(
            post("sensor-logger", bytes(heard.formatted(at + 40_000_000, 17)))
                .json()
                .path("duplicate")
                .asInt())
        .isEqualTo(1);
    post("sensor-logger", bytes(heard.formatted(at + 1_300_000_000, 18)));
    var kept = served.records(Topic.MOTION, wearer.id());
    assertThat(kept).hasSize(2);
    assertThat(MotionCodec.decode(kept.get(0).value()).stamp().device()).isEqualTo(tag.id());
    assertThat(MotionCodec.decode(kept.get(0).value()).stamp().placement())
        .isEqualTo(Placement.CHEST);
    JsonNode phone = uploads().path(0);
    JsonNode heardTag = uploads().path(1);
    assertThat(Heard.of(kept.get(0).headers()))
        .contains(new Heard(tag.id(), new DeviceId(phone.path("device").asText())));
    assertThat(heardTag.path("device").asText()).isEqualTo(tag.id().value());
    assertThat(heardTag.path("format").asText()).isEqualTo("sensor-logger");
    assertThat(heardTag.path("at").asText()).isEqualTo("2026-06-01T12:00:00Z");
    assertThat(heardTag.path("via").asText()).isEqualTo(phone.path("device").asText());
    assertThat(phone.has("via")).isFalse();
  }

  @Test
  void nothingPrivateReachesTheBrokersFiles() throws IOException {
    String place =
        "\"latitude\":51.4779283,\"longitude\":-0.0014567,\"lat\":51.4779283,\"lon\":-0.0014567";
    post(
        "sensor-logger",
        bytes(
            "{\"sessionId\":\"kept-session\",\"deviceId\":\"phone\",\"payload\":["
                + "{\"name\":\"pedometer\",\"time\":1777881600000000000,\"values\":{\"steps\":5}},"
                + "{\"name\":\"pedometer\",\"time\":7,\"values\":{\"steps\":5,"
                + place
                + "}},"
                + "{\"name\":\"location\",\"time\":1777881600000000000,\"values\":{"
                + place
                + "}},{\"name\":\"microphone\",\"time\":1,\"values\":{\"speech\":\"planted-voice\"}},"
                + "{\"name\":\"camera\",\"time\":1,\"values\":{\"image\":\"cGxhbnRlZHBpY3R1cmU\"}},"
                + "{\"name\":\"network\",\"time\":1,\"values\":{\"ssid\":\"PlantedAttic\"}},"
                + "{\"name\":\"bluetooth-C4:5A:00:12:34:56\",\"time\":1777881600000000000,\"values\":{\"name\":\"PlantedHeadphones\",\"manufacturerData\":\"9904054C21530FC66C000AFC18002CA956B40011C45A00123456\"}}]}"));
    post(
        "owntracks",
        bytes(
            "[{\"_type\":\"location\",\"tst\":\"soon\",\"SSID\":\"PlantedAttic\",\"inregions\":[\"PlantedAttic\"],"
                + place
                + "},"
                + "{\"_type\":\"location\",\"tst\":1777881600,\"batt\":50,\"bs\":1,"
                + place
                + "}]"));
    post(
        "traccar-client",
        bytes(
            "{\"location\":{\"timestamp\":\"never\",\"coords\":{"
                + place
                + "},\"_\":\"&lat=51.4779283&\"},\"device_id\":\"x\"}"));
    post(
        "home-assistant",
        bytes(
            "[{\"kind\":\"chair\",\"entity\":\"planted_study\",\"state\":\"on\",\"at\":\"2026-05-04T09:00:00Z\"},"
                + "{\"kind\":\"chair\",\"entity\":\"planted_study\",\"state\":\"?\",\"at\":\"2026-05-04T09:00:00Z\"}]"));
    post("ruuvi", Mutator.whole("ruuvi", 0));
    post("ruuvi", Mutator.whole("ruuvi", 1));
    post("line-protocol", bytes("posture,place=PlantedAttic lat=51.4779283 1777881600000000000"));
    post(
        "open-mhealth",
        bytes(
            "{\"header\":{\"id\":\"PlantedAttic\"},\"body\":{"
                + place
                + "},\"place\":\"PlantedAttic\"}"));
    post(
        "health-auto-export",
        bytes(
            "{\"data\":{\"metrics\":[{\"name\":\"step_count\",\"data\":[{\"qty\":\"x\",\"date\":\"2026-05-04"
                + " 09:31:00"
                + " +0100\",\"source\":\"PlantedHeadphones\"}]}],\"workouts\":[{\"route\":[{"
                + place
                + "}]}]}}"));
    served
        .client()
        .post(
            "/api/v1/observations",
            "[{\"kind\":\"worn\",\"worn\":7," + place + ",\"wifi\":\"PlantedAttic\"}]",
            "Authorization",
            "Bearer " + token);

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(served.records(Topic.DEAD_LETTERS, wearer.id()))
                    .hasSizeGreaterThanOrEqualTo(7));
    String files = brokersFiles();
    assertThat(files).contains("kept-session").contains("soon").contains(wearer.id().value());
    assertThat(PLANTED)
        .allSatisfy(planted -> assertThat(files.contains(planted)).as(planted).isFalse());
  }

  private static String brokersFiles() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(FormatsIT::holdsRecords).toList()) {
        all.append(new String(Files.readAllBytes(file), ISO_8859_1));
      }
    }
    return all.toString();
  }

  private TestClient.Answer post(String format, byte[] body) {
    return served
        .client()
        .send("POST", "/api/v1/ingest/" + format, body, "Authorization", "Bearer " + token);
  }

  private int kept() {
    int kept = 0;
    for (Topic topic : new Topic[] {Topic.POSTURE, Topic.STEPS, Topic.MOTION}) {
      kept += served.records(topic, wearer.id()).size();
    }
    return kept;
  }

  private static void assertAddsUp(JsonNode receipt) {
    assertThat(receipt.path("received").asInt())
        .isEqualTo(
            receipt.path("accepted").asInt()
                + receipt.path("duplicate").asInt()
                + receipt.path("ignored").asInt()
                + receipt.path("rejected").size());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** Kafka's indexes hold offsets only, and are set up at ten megabytes each. */
  private static boolean holdsRecords(Path file) {
    return Files.isRegularFile(file) && !file.getFileName().toString().endsWith("index");
  }
}
