package io.lumbar.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.alerts.stretches.Language;
import io.lumbar.model.AlertPriority;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Json;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelegramChannelTest extends AlertChannelContract {
  private static final String TOKEN = "123456:a-token-of-a-bot_for_tests";

  private final Receiver receiver = new Receiver();
  private final AlertChannel channel =
      new TelegramChannel(new HttpPoster(), URI.create("https://lumbar.example.org"));

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void sendsAMessageToTheChatWithAButton() throws Exception {
    deliver(Notice.of(Notices.alert("a_1", Notices.NOW)), reachable());
    Receiver.Got got = receiver.got.get(0);
    assertThat(got.path()).isEqualTo("/bot" + TOKEN + "/sendMessage");
    JsonNode body = Json.mapper().readTree(got.body());
    assertThat(body.path("chat_id").asText()).isEqualTo("-1004711");
    assertThat(body.path("text").asText()).startsWith("Time to move\n30 minutes");
    assertThat(body.at("/reply_markup/inline_keyboard/0/0/url").asText())
        .isEqualTo("https://lumbar.example.org/#alert-a_1");
  }

  @Test
  void aTestHasNoButton() throws Exception {
    deliver(
        Notice.test("test_1", Notices.ANNA, ZoneOffset.UTC, Notices.NOW, Language.EN), reachable());
    assertThat(receiver.got.get(0).body()).doesNotContain("reply_markup");
  }

  @Test
  void lowMakesNoSound() throws Exception {
    Notice notice = Notice.of(Notices.alert("a_1", Notices.NOW));
    deliver(notice, Notices.sitting(AlertPriority.LOW, reachable()));
    deliver(notice, reachable());
    assertThat(receiver.got.get(0).body()).contains("\"disable_notification\":true");
    assertThat(receiver.got.get(1).body()).doesNotContain("disable_notification");
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
    return Notices.channel("chat", ChannelSettings.Type.TELEGRAM, url, "-1004711", TOKEN);
  }

  @Override
  protected List<String> received(int atLeast) {
    return receiver.got.stream().map(Receiver.Got::body).toList();
  }

  @Override
  protected List<String> secrets() {
    return List.of(TOKEN, "-1004711");
  }
}
