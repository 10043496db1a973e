package io.lumbar.alerts.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.alerts.delivery.AlertChannel;
import io.lumbar.alerts.delivery.AlertChannelContract;
import io.lumbar.alerts.delivery.HttpPoster;
import io.lumbar.alerts.delivery.Notice;
import io.lumbar.alerts.delivery.Notices;
import io.lumbar.alerts.delivery.Receiver;
import io.lumbar.alerts.responses.AnswerTickets;
import io.lumbar.alerts.stretches.Language;
import io.lumbar.model.AlertPriority;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a push service on loopback whose browser decrypts. */
class PushChannelTest extends AlertChannelContract {
  private static final byte[] SECRET =
      "an installation's own secret".getBytes(StandardCharsets.UTF_8);

  private final Receiver service = new Receiver();
  private final Browser browser = new Browser();
  private final List<ChannelSettings> gone = new ArrayList<>();
  private final Vapid vapid = new Vapid(SECRET, "mailto:me@example.org", () -> Notices.NOW);
  private final AlertChannel channel =
      new PushChannel(
          new HttpPoster(),
          vapid,
          new AnswerTickets(SECRET, () -> Notices.NOW),
          (wearer, settings) -> gone.add(settings),
          () -> Notices.NOW);

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void theServiceSeesWhoSendsAndTheBrowserWhatIsSaid() throws Exception {
    deliver(Notice.of(Notices.alert("a_1", Notices.NOW)), reachable());
    Receiver.Got got = service.got.get(0);
    assertThat(got.headers())
        .containsEntry("content-encoding", "aes128gcm")
        .containsEntry("content-type", "application/octet-stream")
        .containsEntry("ttl", "120")
        .containsEntry("urgency", "high");
    assertThat(got.body()).doesNotContain("Time to move", "a_1");
    JsonNode said = Json.mapper().readTree(browser.read(got.bytes()));
    assertThat(said.path("id").asText()).isEqualTo("a_1");
    assertThat(said.path("title").asText()).isEqualTo("Time to move");
    assertThat(said.path("done").asText()).startsWith("la_");
    assertThat(said.path("snooze").asText()).startsWith("la_");
    assertThat(said.at("/labels/done").asText()).isEqualTo("Done");
    assertThat(said.at("/labels/snooze").asText()).isEqualTo("Snooze 15 min");
  }

  @Test
  void theServiceKeepsAnAlertNoLongerThanItIsOfUse() throws Exception {
    deliver(Notice.of(Notices.alert("a_1", Notices.NOW.minusSeconds(119))), reachable());
    deliver(Notice.of(Notices.alert("a_2", Notices.NOW.minusSeconds(125))), reachable());
    assertThat(service.got).extracting(got -> got.headers().get("ttl")).containsExactly("1", "0");
  }

  @Test
  void lowIsShownWithoutASound() throws Exception {
    Notice notice = Notice.of(Notices.alert("a_1", Notices.NOW));
    deliver(notice, Notices.sitting(AlertPriority.LOW, reachable()));
    deliver(notice, reachable());
    Receiver.Got low = service.got.get(0);
    assertThat(low.headers()).containsEntry("urgency", "normal");
    assertThat(Json.mapper().readTree(browser.read(low.bytes())).path("silent").asBoolean())
        .isTrue();
    byte[] usual = browser.read(service.got.get(1).bytes());
    assertThat(Json.mapper().readTree(usual).path("silent").asBoolean()).isFalse();
  }

  @Test
  void theSignatureFitsTheKeyThatIsShown() throws Exception {
    deliver(Notice.of(Notices.alert("a_1", Notices.NOW)), reachable());
    String header = service.got.get(0).headers().get("authorization");
    assertThat(header).startsWith("vapid t=").endsWith(", k=" + vapid.key());
    String token = header.substring("vapid t=".length(), header.indexOf(','));
    String[] parts = token.split("\\.");
    JsonNode claims = Json.mapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
    assertThat(claims.path("aud").asText()).isEqualTo(service.url("").toString());
    assertThat(claims.path("sub").asText()).isEqualTo("mailto:me@example.org");
    assertThat(claims.path("exp").asLong())
        .isBetween(Notices.NOW.getEpochSecond(), Notices.NOW.getEpochSecond() + 86_400);
    Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
    check.initVerify(P256.point(Base64.getUrlDecoder().decode(vapid.key())));
    check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(check.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
  }

  @Test
  void allProcessesOfAnInstallationHaveOneKeyAndNoOtherHasIt() {
    assertThat(new Vapid(SECRET, "mailto:x@y.z", () -> Notices.NOW).key()).isEqualTo(vapid.key());
    byte[] other = "another installation's secret".getBytes(StandardCharsets.UTF_8);
    assertThat(new Vapid(other, "mailto:x@y.z", () -> Notices.NOW).key()).isNotEqualTo(vapid.key());
  }

  @Test
  void aSubscriptionThatTheBrowserEndedIsForgotten() {
    service.answers(410);
    assertThat(
            catchThrowable(
                () -> deliver(Notice.of(Notices.alert("a_1", Notices.NOW)), reachable())))
        .isNotNull();
    assertThat(gone).containsExactly(reachable());
  }

  @Test
  void aTestHasNoButtons() throws Exception {
    deliver(
        Notice.test("test_1", Notices.ANNA, ZoneOffset.UTC, Notices.NOW, Language.EN), reachable());
    assertThat(Json.mapper().readTree(received(1).get(0)).has("done")).isFalse();
  }

  @Override
  protected AlertChannel channel() {
    return channel;
  }

  @Override
  protected ChannelSettings reachable() {
    return settings(service.url("/push/1"));
  }

  @Override
  protected ChannelSettings unreachable() {
    return settings(URI.create("http://127.0.0.1:1/push/1"));
  }

  private ChannelSettings settings(URI endpoint) {
    return Notices.channel(
        "browser",
        ChannelSettings.Type.PUSH,
        endpoint,
        encode(browser.key()),
        encode(browser.authentication()));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  protected List<String> received(int atLeast) {
    return service.got.stream()
        .map(got -> new String(browser.read(got.bytes()), StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  protected List<String> secrets() {
    return List.of(encode(browser.authentication()), encode(browser.key()));
  }
}
