package io.lumbar.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Json;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NtfyChannelTest extends AlertChannelContract {
  private final Receiver receiver = new Receiver();
  private final AlertChannel channel = new NtfyChannel(new HttpPoster());

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

  @Override
  AlertChannel channel() {
    return channel;
  }

  @Override
  ChannelSettings reachable() {
    return settings(receiver.url(""));
  }

  @Override
  ChannelSettings unreachable() {
    return settings(URI.create("http://127.0.0.1:1"));
  }

  private static ChannelSettings settings(URI url) {
    return Notices.channel("phone", ChannelSettings.Type.NTFY, url, "anna-posture", "tk_secret");
  }

  @Override
  List<String> received(int atLeast) {
    return receiver.got.stream().map(Receiver.Got::body).toList();
  }

  @Override
  List<String> secrets() {
    return List.of("tk_secret");
  }
}
