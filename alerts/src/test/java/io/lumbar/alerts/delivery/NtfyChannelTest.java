package io.lumbar.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.alerts.responses.AnswerLinks;
import io.lumbar.alerts.responses.AnswerTickets;
import io.lumbar.alerts.stretches.Language;
import io.lumbar.model.AlertPriority;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NtfyChannelTest extends AlertChannelContract {
  private final Receiver receiver = new Receiver();
  private final AlertChannel channel = new NtfyChannel(new HttpPoster(), LINKS);

  private static final AnswerLinks LINKS =
      new AnswerLinks(
          URI.create("https://lumbar.example.org"),
          new AnswerTickets(
              "sixteen bytes and more".getBytes(StandardCharsets.UTF_8), () -> Notices.NOW));

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void publishesJsonToTheServersRootWithTheTopicInside() throws Exception {
    deliver(Notice.of(Notices.alert("a_1", Notices.NOW)), reachable());
    Receiver.Got got = receiver.got.get(0);
    assertThat(got.path()).isEqualTo("/");
    assertThat(got.headers()).containsEntry("authorization", "Bearer tk_secret");
    JsonNode body = Json.mapper().readTree(got.body());
    assertThat(body.path("topic").asText()).isEqualTo("anna-posture");
    assertThat(body.path("title").asText()).isEqualTo("Time to move");
    assertThat(body.path("message").asText()).startsWith("30 minutes");
    assertThat(body.path("tags").get(0).asText()).isEqualTo("chair");
  }

  @Test
  void buttonsAnswerWithATicketEachAndClearTheMessage() throws Exception {
    deliver(Notice.of(Notices.alert("a_1", Notices.NOW)), reachable());
    JsonNode body = Json.mapper().readTree(receiver.got.get(0).body());
    assertThat(body.path("click").asText()).isEqualTo("https://lumbar.example.org/#alert-a_1");
    JsonNode done = body.path("actions").get(0);
    JsonNode snooze = body.path("actions").get(1);
    for (JsonNode button : List.of(done, snooze)) {
      assertThat(button.path("action").asText()).isEqualTo("http");
      assertThat(button.path("method").asText()).isEqualTo("POST");
      assertThat(button.path("clear").asBoolean()).isTrue();
      assertThat(button.path("url").asText())
          .isEqualTo("https://lumbar.example.org/api/v1/alerts/a_1/response");
    }
    assertThat(done.path("body").asText()).isEqualTo("{\"action\":\"done\"}");
    assertThat(snooze.path("label").asText()).isEqualTo("Snooze 15 min");
    assertThat(snooze.path("body").asText()).isEqualTo("{\"action\":\"snooze\",\"minutes\":15}");
    assertThat(done.path("label").asText()).isEqualTo("Done");
    assertThat(done.path("headers").path("Authorization").asText())
        .startsWith("Bearer la_")
        .isNotEqualTo(snooze.path("headers").path("Authorization").asText());
  }

  @Test
  void buttonsSpeakTheLanguageOfTheWearer() throws Exception {
    deliver(Notice.of(Notices.alert("a_1", Notices.NOW)).in(Language.DE), reachable());
    JsonNode body = Json.mapper().readTree(receiver.got.get(0).body());
    assertThat(body.path("actions").findValuesAsText("label"))
        .containsExactly("Erledigt", "15 min sp\u00e4ter");
  }

  @Test
  void lowMakesNoSoundHighComesFirstAndNormalIsWhatTheServerTakes() throws Exception {
    Notice notice = Notice.of(Notices.alert("a_1", Notices.NOW));
    deliver(notice, Notices.sitting(AlertPriority.LOW, reachable()));
    deliver(notice, Notices.sitting(AlertPriority.HIGH, reachable()));
    deliver(notice, reachable());
    assertThat(Json.mapper().readTree(receiver.got.get(0).body()).path("priority").asInt())
        .isEqualTo(2);
    assertThat(Json.mapper().readTree(receiver.got.get(1).body()).path("priority").asInt())
        .isEqualTo(4);
    assertThat(receiver.got.get(2).body()).doesNotContain("priority");
  }

  /** So that an address that phones cannot reach is found before an alert needs it. */
  @Test
  void aTestHasTheButtonsOfAnAlert() throws Exception {
    deliver(
        Notice.test("test_1", Notices.ANNA, ZoneOffset.UTC, Notices.NOW, Language.EN), reachable());
    JsonNode body = Json.mapper().readTree(receiver.got.get(0).body());
    assertThat(body.path("click").asText()).isEqualTo("https://lumbar.example.org");
    assertThat(body.path("actions").findValuesAsText("label"))
        .containsExactly("Done", "Snooze 15 min");
    assertThat(body.path("actions").findValuesAsText("url"))
        .containsOnly("https://lumbar.example.org/api/v1/alerts/test_1/response");
  }

  @Test
  void aServerThatPhonesCannotReachOffersNoButtons() throws Exception {
    new NtfyChannel(new HttpPoster(), null)
        .deliver(Notice.of(Notices.alert("a_1", Notices.NOW)), reachable())
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
    assertThat(receiver.got)
        .extracting(Receiver.Got::body)
        .noneMatch(body -> body.contains("actions") || body.contains("click"));
  }

  @Test
  void whatAServerHasNoTimeForWasNotTakenAndIsWorthAnotherAttempt() {
    receiver.answers(429);
    Throwable thrown =
        catchThrowable(() -> deliver(Notice.of(Notices.alert("a_1", Notices.NOW)), reachable()));
    assertThat(ChannelFault.of(thrown).worthAnother(channel.tellsRepeats())).isTrue();
    receiver.answers(503);
    thrown =
        catchThrowable(() -> deliver(Notice.of(Notices.alert("a_1", Notices.NOW)), reachable()));
    assertThat(ChannelFault.of(thrown).worthAnother(channel.tellsRepeats())).isFalse();
  }

  @Override
  protected AlertChannel channel() {
    return channel;
  }

  @Override
  protected ChannelSettings reachable() {
    return settings(receiver.url(""));
  }

  @Override
  protected ChannelSettings unreachable() {
    return settings(URI.create("http://127.0.0.1:1"));
  }

  private static ChannelSettings settings(URI url) {
    return Notices.channel("phone", ChannelSettings.Type.NTFY, url, "anna-posture", "tk_secret");
  }

  @Override
  protected List<String> received(int atLeast) {
    return receiver.got.stream().map(Receiver.Got::body).toList();
  }

  @Override
  protected List<String> secrets() {
    return List.of("tk_secret");
  }
}
