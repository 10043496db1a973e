package io.lumbar.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.AlertPriority;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Json;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GotifyChannelTest extends AlertChannelContract {
  private final Receiver receiver = new Receiver();
  private final AlertChannel channel = new GotifyChannel(new HttpPoster());

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void sendsAMessageWithTheApplicationsToken() throws Exception {
    deliver(Notice.of(Notices.alert("a_1", Notices.NOW)), reachable());
    Receiver.Got got = receiver.got.get(0);
    assertThat(got.path()).isEqualTo("/message");
    assertThat(got.headers()).containsEntry("x-gotify-key", "tk_secret");
    JsonNode body = Json.mapper().readTree(got.body());
    assertThat(body.path("title").asText()).isEqualTo("Time to move");
    assertThat(body.path("message").asText()).startsWith("30 minutes");
    assertThat(body.path("priority").asInt()).isEqualTo(5);
  }

  @Test
  void lowIsSilentAndHighComesToTheFront() throws Exception {
    Notice notice = Notice.of(Notices.alert("a_1", Notices.NOW));
    deliver(notice, Notices.sitting(AlertPriority.LOW, reachable()));
    deliver(notice, Notices.sitting(AlertPriority.HIGH, reachable()));
    assertThat(receiver.got.get(0).body()).contains("\"priority\":2");
    assertThat(receiver.got.get(1).body()).contains("\"priority\":8");
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
    return Notices.channel("phone", ChannelSettings.Type.GOTIFY, url, null, "tk_secret");
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
