package io.lumbar.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.http.testing.TestClient;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.BusyTime;
import io.lumbar.model.RedFlagAnswer;
import io.lumbar.model.StretchProfile;
import io.lumbar.model.Wearer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryRoutesTest {
  private static final Instant NOW = Instant.parse("2026-03-02T07:00:00Z");

  private final MemoryRegistry registry = new MemoryRegistry();
  private Registry.Added<Wearer> anna;
  private HttpServer server;
  private TestClient client;

  @BeforeEach
  void start() {
    InstantSource clock = () -> NOW;
    HttpConfig config = HttpConfig.loopback(0);
    anna = registry.addWearer("anna", ZoneId.of("UTC"));
    Authentication authentication =
        new Authentication(registry, "owner-secret", "admin-secret", new byte[32], config, clock);
    Routes routes = new RegistryRoutes(registry, authentication, config, clock);
    server = HttpServer.start(config, authentication, List.of(routes));
    client = new TestClient(server.port());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anAdminDoesNotConsentForTheWearer() {
    assertThat(withhold("admin-secret", 10)).isEqualTo(403);
    assertThat(alerts().withholdPercent()).isZero();
    assertThat(withhold(anna.token(), 10)).isEqualTo(200);
    assertThat(withhold("admin-secret", 20)).isEqualTo(403);
    assertThat(withhold("admin-secret", 10)).as("as it was read").isEqualTo(200);
    assertThat(withhold("admin-secret", 0)).isEqualTo(200);
    String added = "{\"name\":\"bo\",\"zone\":\"UTC\",\"alerts\":{\"withholdPercent\":20}}";
    assertThat(
            client.post("/api/v1/wearers", added, "Authorization", "Bearer admin-secret").status())
        .isEqualTo(403);
    assertThat(registry.wearer("bo")).isEmpty();
  }

  @Test
  void listeningEndsWithinAYear() {
    String until = "{\"alerts\":{\"listenUntil\":\"%s\"}}";
    assertThat(change(anna.token(), until.formatted(NOW.plusSeconds(367 * 86_400L))))
        .isEqualTo(400);
    assertThat(alerts().listenUntil()).isNull();
    Instant most = NOW.plusSeconds(366 * 86_400L);
    assertThat(change(anna.token(), until.formatted(most))).isEqualTo(200);
    assertThat(alerts().listenUntil()).isEqualTo(most);
    assertThat(change(anna.token(), "{}")).isEqualTo(200);
  }

  @Test
  void aTagIsRegisteredOnceForAWearer() {
    assertThat(tag(anna, "chest", "C4:5A:00:12:34:56").status()).isEqualTo(201);
    TestClient.Answer again = tag(anna, "lower-back", "c45a00123456");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().path("detail").asText())
        .contains("registered already, as chest (chest)");
    assertThat(tag(anna, "lower-back", "C4:5A:00:12:34:57").status()).isEqualTo(201);
    // A tag may be lent.
    Registry.Added<Wearer> bo = registry.addWearer("bo", ZoneId.of("UTC"));
    assertThat(tag(bo, "chest", "C4:5A:00:12:34:56").status()).isEqualTo(201);
  }

  private TestClient.Answer tag(Registry.Added<Wearer> wearer, String placement, String mac) {
    return client.post(
        "/api/v1/wearers/" + wearer.item().id() + "/devices",
        "{\"placement\":\"%s\",\"mac\":\"%s\"}".formatted(placement, mac),
        "Authorization",
        "Bearer owner-secret");
  }

  @Test
  void anAdminSeesNoMeetings() {
    BusyTime meeting = new BusyTime(NOW, NOW.plusSeconds(3600));
    registry.changeSettings(
        anna.item().id(), known -> known.withAlerts(known.alerts().withBusy(List.of(meeting))));
    assertThat(wearers("admin-secret")).doesNotContain("2026-03-02T08:00:00Z");
    assertThat(wearers(anna.token())).contains("2026-03-02T08:00:00Z");
  }

  /** They are checked where they are kept, at /stretch-profile, and an admin may not go there. */
  @Test
  void nobodyChangesHealthValuesThroughTheSettings() {
    StretchProfile stopped =
        StretchProfile.none()
            .answered(new RedFlagAnswer(RedFlagAnswer.Level.EMERGENCY, LocalDate.of(2026, 3, 1)));
    registry.changeSettings(anna.item().id(), known -> known.withStretches(stopped));
    for (String token : List.of("admin-secret", "owner-secret", anna.token())) {
      assertThat(change(token, "{\"stretches\":null}")).isEqualTo(400);
      assertThat(change(token, "{\"stretches\":{\"conditions\":[\"tired\"]}}")).isEqualTo(400);
      assertThat(change(token, "{\"longSittingMinutes\":40}")).isEqualTo(200);
    }
    assertThat(registry.wearer("anna").orElseThrow().settings().stretches()).isEqualTo(stopped);
    String added = "{\"name\":\"bo\",\"zone\":\"UTC\",\"stretches\":{\"bendBackwards\":true}}";
    assertThat(
            client.post("/api/v1/wearers", added, "Authorization", "Bearer admin-secret").status())
        .isEqualTo(400);
    assertThat(registry.wearer("bo")).isEmpty();
  }

  @Test
  void thresholdsHoldFromWhenTheyAreToldToHold() {
    Instant then = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(change(anna.token(), "{\"longSittingMinutes\":60}")).isEqualTo(200);
    assertThat(minutes("anna", then)).isEqualTo(30);
    assertThat(minutes("anna", NOW)).isEqualTo(60);
    String back = "{\"longSittingMinutes\":50,\"thresholdsFrom\":\"2026-01-01T00:00:00Z\"}";
    assertThat(change(anna.token(), back)).isEqualTo(200);
    assertThat(minutes("anna", then.minusMillis(1))).isEqualTo(30);
    assertThat(minutes("anna", then)).isEqualTo(50);
    for (String wrong : new String[] {"\"tomorrow\"", "12", "\"2036-01-01T00:00:00Z\""}) {
      String body = "{\"longSittingMinutes\":45,\"thresholdsFrom\":" + wrong + "}";
      assertThat(change(anna.token(), body)).isEqualTo(400);
    }
    assertThat(minutes("anna", NOW)).isEqualTo(50);
  }

  @Test
  void whoIsBeingSetUpHasThresholdsForAllTime() {
    client.post(
        "/api/v1/wearers",
        "{\"name\":\"bo\",\"zone\":\"UTC\",\"longSittingMinutes\":40}",
        "Authorization",
        "Bearer admin-secret");
    assertThat(minutes("bo", Instant.EPOCH)).isEqualTo(40);
    String body = "{\"longSittingMinutes\":45}";
    assertThat(change("bo", "admin-secret", body)).isEqualTo(200);
    assertThat(minutes("bo", Instant.EPOCH)).isEqualTo(45);
    Instant then = Instant.parse("2026-01-01T00:00:00Z");
    String since = "{\"longSittingMinutes\":50,\"thresholdsFrom\":\"2026-01-01T00:00:00Z\"}";
    assertThat(change("bo", "admin-secret", since)).isEqualTo(200);
    assertThat(change("bo", "admin-secret", "{}")).isEqualTo(200);
    assertThat(minutes("bo", then.minusMillis(1))).isEqualTo(45);
    assertThat(minutes("bo", then)).isEqualTo(50);
  }

  private int minutes(String wearer, Instant instant) {
    return registry.wearer(wearer).orElseThrow().settingsAt(instant).longSittingMinutes();
  }

  private int withhold(String token, int percent) {
    return change(token, "{\"alerts\":{\"withholdPercent\":" + percent + "}}");
  }

  private int change(String token, String body) {
    return change("anna", token, body);
  }

  private int change(String wearer, String token, String body) {
    return client
        .send(
            "PATCH",
            "/api/v1/wearers/" + wearer + "/settings",
            body.getBytes(StandardCharsets.UTF_8),
            "Authorization",
            "Bearer " + token)
        .status();
  }

  private String wearers(String token) {
    return client.get("/api/v1/wearers", "Authorization", "Bearer " + token).text();
  }

  private AlertSettings alerts() {
    return registry.wearer("anna").orElseThrow().settings().alerts();
  }
}
