package io.lumbar.alerts.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.alerts.ServedRoutes;
import io.lumbar.alerts.stretches.OneWearer;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Json;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PushRoutesTest {
  private static final String PATH = "/api/v1/wearers/w_anna/push";

  private final Browser browser = new Browser();
  private final OneWearer registry =
      new OneWearer(
          new Wearer(
              new WearerId("w_anna"),
              "Anna",
              "00",
              List.of(new Wearer.ZoneFrom(ZoneId.of("Europe/Berlin"), Instant.EPOCH)),
              WearerSettings.defaults()));
  private final Vapid vapid =
      new Vapid("a secret".getBytes(StandardCharsets.UTF_8), "mailto:x@y.z", () -> Instant.EPOCH);
  private final ServedRoutes server =
      ServedRoutes.of(new PushRoutes(registry, ServedRoutes.authentication(registry), vapid));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aBrowserSubscribesOnceAndEndsItAgain() throws Exception {
    assertThat(Json.mapper().readTree(server.get("w_anna", PATH).body()).path("key").asText())
        .isEqualTo(vapid.key());
    for (int i = 0; i < 2; i++) {
      assertThat(server.send("w_anna", "POST", PATH, subscription()).statusCode()).isEqualTo(200);
    }
    assertThat(channels()).hasSize(1);
    ChannelSettings channel = channels().get(0);
    assertThat(channel.type()).isEqualTo(ChannelSettings.Type.PUSH);
    assertThat(channel.hidden().secrets()).containsExactly("***");
    Map<String, String> end = Map.of("endpoint", "https://push.example.org/1");
    assertThat(server.send("w_anna", "DELETE", PATH, end).statusCode()).isEqualTo(200);
    assertThat(channels()).isEmpty();
  }

  @Test
  void whatTheBrowserHasEndedIsForgottenAndNothingElse() {
    server.send("w_anna", "POST", PATH, subscription());
    ChannelSettings channel = channels().get(0);
    PushRoutes.forget(registry, new WearerId("w_ben"), channel);
    assertThat(channels()).hasSize(1);
    PushRoutes.forget(registry, new WearerId("w_anna"), channel);
    assertThat(channels()).isEmpty();
  }

  @Test
  void refusesWhatIsNoSubscription() {
    HttpResponse<String> keys =
        server.send("w_anna", "POST", PATH, Map.of("endpoint", "https://push.example.org/1"));
    assertThat(keys.statusCode()).isEqualTo(400);
    assertThat(keys.body()).contains("p256dh");
    HttpResponse<String> address =
        server.send("w_anna", "POST", PATH, Map.of("endpoint", "no address"));
    assertThat(address.statusCode()).isEqualTo(400);
    assertThat(server.send("nobody", "POST", PATH, subscription()).statusCode()).isEqualTo(401);
    assertThat(channels()).isEmpty();
  }

  @Test
  void theWorkerIsAtTheRoot() {
    HttpResponse<String> worker = server.get("nobody", "/push-worker.js");
    assertThat(worker.statusCode()).isEqualTo(200);
    assertThat(worker.headers().firstValue("content-type").orElse(""))
        .startsWith("text/javascript");
    assertThat(worker.body()).contains("showNotification");
  }

  private List<ChannelSettings> channels() {
    return registry.wearers().get(0).settings().alerts().channels();
  }

  /** As {@code PushSubscription.toJSON} writes it. */
  private Map<String, Object> subscription() {
    return Map.of(
        "endpoint",
        "https://push.example.org/1",
        "keys",
        Map.of("p256dh", encode(browser.key()), "auth", encode(browser.authentication())));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
