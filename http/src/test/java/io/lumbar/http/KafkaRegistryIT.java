package io.lumbar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lumbar.http.testing.TestBroker;
import io.lumbar.http.testing.TestClient;
import io.lumbar.model.Axes;
import io.lumbar.model.Device;
import io.lumbar.model.Placement;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaRegistryIT {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static TestBroker broker;
  private static KafkaRegistry registry;
  private static Authentication access;
  private static HttpServer server;
  private static TestClient client;
  @TempDir static Path folder;

  @BeforeAll
  static void start() {
    broker = TestBroker.start(folder);
    registry = KafkaRegistry.start(broker.connection());
    HttpConfig config = HttpConfig.loopback(0);
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-02T08:00:00Z"));
    Authentication authentication =
        new Authentication(registry, "owner-secret", "admin-secret", new byte[32], config, clock);
    access = authentication;
    server =
        HttpServer.start(
            config,
            authentication,
            List.of(new RegistryRoutes(registry, authentication, config, clock)));
    client = new TestClient(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
    registry.close();
    broker.close();
  }

  @Test
  void knowsTokensAsSoonAsTheyAreGiven() {
    Registry.Added<Wearer> wearer = registry.addWearer("ada", LONDON);
    Registry.Added<Device> device =
        registry.addDevice(wearer.item().id(), "left leg", Placement.THIGH);

    assertThat(registry.wearerByToken(wearer.token())).contains(wearer.item());
    assertThat(registry.deviceByToken(device.token())).contains(device.item());
    assertThat(registry.wearerByToken(device.token())).isEmpty();
    assertThat(registry.wearer("ada")).contains(wearer.item());
  }

  @Test
  void aSecondProcessReadsWhatTheFirstHasWritten() {
    Registry.Added<Wearer> wearer = registry.addWearer("brook", LONDON);
    Registry.Added<Device> device =
        registry.addDevice(wearer.item().id(), "phone", Placement.TROUSER_POCKET);
    registry.update(
        new Wearer(
            wearer.item().id(),
            "brook",
            wearer.item().tokenHash(),
            wearer.item().zones(),
            new WearerSettings(
                40,
                10,
                WearerSettings.defaults().awakeFrom(),
                WearerSettings.defaults().awakeTo(),
                null,
                null)));

    try (KafkaRegistry other = KafkaRegistry.start(broker.connection())) {
      assertThat(other.wearerByToken(wearer.token()).orElseThrow().settings().longSittingMinutes())
          .isEqualTo(40);
      assertThat(other.devicesOf(wearer.item().id())).containsExactly(device.item());
    }
  }

  @Test
  void refusesANameThatIsTaken() {
    registry.addWearer("cleo", LONDON);

    assertThatThrownBy(() -> registry.addWearer("cleo", LONDON))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("cleo");
  }

  @Test
  void addsWearersAndDevicesOverHttp() {
    var wearer =
        client.post(
            "/api/v1/wearers",
            "{\"name\":\"dora\",\"zone\":\"Europe/London\",\"longSittingMinutes\":45}",
            "Authorization",
            "Bearer admin-secret");
    assertThat(wearer.status()).isEqualTo(201);
    String token = wearer.json().get("token").asText();
    assertThat(token).startsWith("lw_");

    var device =
        client.post(
            "/api/v1/wearers/dora/devices",
            "{\"placement\":\"trouser-pocket\"}",
            "Authorization",
            "Bearer admin-secret");
    assertThat(device.status()).isEqualTo(201);
    assertThat(device.json().get("wearer")).isEqualTo(wearer.json().get("id"));
    assertThat(device.json().at("/urls/sensorLogger").asText())
        .endsWith("/api/v1/ingest/sensor-logger/" + device.json().get("token").asText());

    var own = client.get("/api/v1/wearers", "Authorization", "Bearer " + token);
    assertThat(own.json().get("items")).hasSize(1);
    assertThat(own.json().at("/items/0/settings/longSittingMinutes").asInt()).isEqualTo(45);
    assertThat(own.json().at("/items/0").has("token")).isFalse();
  }

  @Test
  void saysWhatIsAcceptedWhenItRefuses() {
    String[] owner = {"Authorization", "Bearer owner-secret"};
    client.post("/api/v1/wearers", "{\"name\":\"edda\",\"zone\":\"Europe/London\"}", owner);

    assertThat(
            client
                .post("/api/v1/wearers", "{\"name\":\"fay\",\"zone\":\"Londn\"}", owner)
                .json()
                .get("detail")
                .asText())
        .isEqualTo("zone: 'Londn' is not a time zone; use an IANA name such as Europe/London");
    assertThat(
            client
                .post("/api/v1/wearers/edda/devices", "{\"placement\":\"knee\"}", owner)
                .json()
                .get("detail")
                .asText())
        .contains("knee", "thigh, chest, lower-back, waist, trouser-pocket, wrist, estimated");
    assertThat(
            client
                .send(
                    "PATCH",
                    "/api/v1/wearers/edda/settings",
                    "{\"longSittingMinutes\":5}".getBytes(),
                    owner)
                .json()
                .get("detail")
                .asText())
        .isEqualTo("longSittingMinutes is 5; it must be between 20 and 120");
  }

  @Test
  void letsNobodyManageWithAWearersOrDevicesToken() {
    Registry.Added<Wearer> wearer = registry.addWearer("gwen", LONDON);
    Registry.Added<Device> device =
        registry.addDevice(wearer.item().id(), "phone", Placement.WRIST);
    registry.addWearer("hope", LONDON);

    for (String token : List.of(wearer.token(), device.token())) {
      String[] headers = {"Authorization", "Bearer " + token};
      assertThat(
              client
                  .post("/api/v1/wearers", "{\"name\":\"ida\",\"zone\":\"UTC\"}", headers)
                  .status())
          .isEqualTo(403);
      assertThat(client.get("/api/v1/wearers/hope/devices", headers).status()).isEqualTo(403);
    }
  }

  @Test
  void aNewTokenWorksAtOnceAndTheOldOneForAWhile() {
    Registry.Added<Wearer> wearer = registry.addWearer("jane", LONDON);
    Registry.Added<Device> device =
        registry.addDevice(wearer.item().id(), "phone", Placement.WRIST);
    String path = "/api/v1/wearers/jane/devices/phone/token";
    String[] owner = {"Authorization", "Bearer owner-secret"};

    var overlapping = client.post(path, "{}", owner);
    assertThat(overlapping.status()).isEqualTo(200);
    assertThat(overlapping.json().get("id").asText()).isEqualTo(device.item().id().value());
    String second = overlapping.json().get("token").asText();
    assertThat(uploads(device.token())).isTrue();
    assertThat(uploads(second)).isTrue();
    assertThat(registry.devicesOf(wearer.item().id())).hasSize(1);

    String third = client.post(path, "{\"overlapMinutes\":0}", owner).json().get("token").asText();
    assertThat(uploads(device.token())).isFalse();
    assertThat(uploads(second)).isFalse();
    assertThat(uploads(third)).isTrue();
    assertThat(client.post(path, "{\"overlapMinutes\":-1}", owner).status()).isEqualTo(400);
    assertThat(client.post(path, "{}", "Authorization", "Bearer " + wearer.token()).status())
        .isEqualTo(403);
  }

  @Test
  void aWearersNewTokenWorksAtOnceAndTheOldOneForAWhileInEveryProcess() {
    Registry.Added<Wearer> wearer = registry.addWearer("mary", LONDON);
    String path = "/api/v1/wearers/mary/token";
    String[] own = {"Authorization", "Bearer " + wearer.token()};

    String second = client.post(path, "{}", own).json().get("token").asText();
    assertThat(speaks(wearer.token())).isTrue();
    assertThat(speaks(second)).isTrue();
    assertThat(client.post(path, "{}", "Authorization", "Bearer admin-secret").status())
        .isEqualTo(403);
    registry.addWearer("nora", LONDON);
    assertThat(client.post("/api/v1/wearers/nora/token", "{}", own).status()).isEqualTo(403);

    try (KafkaRegistry elsewhere = KafkaRegistry.start(broker.connection())) {
      assertThat(elsewhere.wearerByToken(wearer.token())).isPresent();
      var third =
          client.post(path, "{\"overlapMinutes\":0}", "Authorization", "Bearer owner-secret");
      assertThat(third.json().get("id").asText()).isEqualTo(wearer.item().id().value());
      assertThat(speaks(third.json().get("token").asText())).isTrue();
      assertThat(speaks(wearer.token())).isFalse();
      assertThat(speaks(second)).isFalse();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () ->
                  elsewhere.wearerByToken(wearer.token()).isEmpty()
                      && elsewhere.wearerByToken(second).isEmpty());
    }
  }

  @Test
  void aRevokedTokenEndsInEveryProcess() {
    Registry.Added<Wearer> wearer = registry.addWearer("kate", LONDON);
    Registry.Added<Device> device =
        registry.addDevice(wearer.item().id(), "phone", Placement.WRIST);
    String second = registry.rotate(device.item(), Instant.parse("2026-03-03T08:00:00Z")).token();
    try (KafkaRegistry elsewhere = KafkaRegistry.start(broker.connection())) {
      assertThat(elsewhere.deviceByToken(second)).isPresent();

      var answer =
          client.send(
              "DELETE",
              "/api/v1/wearers/kate/devices/" + device.item().id(),
              new byte[0],
              "Authorization",
              "Bearer owner-secret");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(uploads(device.token())).isFalse();
      assertThat(uploads(second)).isFalse();
      assertThat(registry.devicesOf(wearer.item().id())).isEmpty();
      await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(Duration.ofSeconds(2))
          .until(
              () ->
                  elsewhere.deviceByToken(second).isEmpty()
                      && elsewhere.deviceByToken(device.token()).isEmpty());
    }
  }

  @Test
  void aTagIsKnownByItsAddressHoweverThatIsWritten() {
    registry.addWearer("lucy", LONDON);
    String[] owner = {"Authorization", "Bearer owner-secret"};
    String path = "/api/v1/wearers/lucy/devices";
    String body = "{\"placement\":\"chest\",\"mac\":\"%s\"}";

    assertThat(client.post(path, body.formatted("c4:5a:00:12:34:56"), owner).status())
        .isEqualTo(201);
    assertThat(client.post(path, body.formatted("C4:5A"), owner).status()).isEqualTo(400);
    assertThat(RegistryRoutes.tagHash("C45A00123456"))
        .isEqualTo(RegistryRoutes.tagHash("c4-5a-00-12-34-56"));
  }

  @Test
  void aDevicesAxesAreSaidWhenItIsAddedOrLater() {
    Registry.Added<Wearer> wearer = registry.addWearer("olga", LONDON);
    String[] owner = {"Authorization", "Bearer owner-secret"};
    String path = "/api/v1/wearers/olga/devices";

    var added =
        client.post(path, "{\"name\":\"phone\",\"placement\":\"wrist\",\"axes\":\"ios\"}", owner);
    assertThat(added.json().get("axes").asText()).isEqualTo("ios");
    assertThat(registry.devicesOf(wearer.item().id()).get(0).axes()).isEqualTo(Axes.IOS);
    try (KafkaRegistry elsewhere = KafkaRegistry.start(broker.connection())) {
      assertThat(elsewhere.devicesOf(wearer.item().id()).get(0).axes()).isEqualTo(Axes.IOS);
    }

    assertThat(
            changed(path + "/phone", "{\"axes\":\"android\"}", owner).json().get("axes").asText())
        .isEqualTo("android");
    assertThat(client.get(path, owner).json().at("/items/0/axes").asText()).isEqualTo("android");
    assertThat(
            changed(path + "/phone", "{\"axes\":\"windows\"}", owner).json().get("detail").asText())
        .isEqualTo("axes: 'windows' is not one of android, ios");
    assertThat(changed(path + "/phone", "{}", owner).status()).isEqualTo(400);
    assertThat(
            changed(
                    path + "/phone",
                    "{\"axes\":\"ios\"}",
                    "Authorization",
                    "Bearer " + wearer.token())
                .status())
        .isEqualTo(403);
  }

  private static TestClient.Answer changed(String path, String body, String... headers) {
    return client.send("PATCH", path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  private static boolean speaks(String token) {
    return access
        .byToken(token)
        .filter(principal -> principal.kind() == Principal.Kind.WEARER)
        .isPresent();
  }

  private static boolean uploads(String token) {
    return access
        .byToken(token)
        .filter(principal -> principal.kind() == Principal.Kind.DEVICE)
        .isPresent();
  }
}
