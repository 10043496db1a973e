package io.lumbar.alerts.delivery;

import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Publishes an alert to a topic of an ntfy server, as JSON to the server's own address. ntfy shows
 * whatever it gets, so nothing is sent twice.
 */
public final class NtfyChannel implements AlertChannel {
  private static final List<String> TAGS = List.of("chair");

  private final HttpPoster poster;

  public NtfyChannel(HttpPoster poster) {
    this.poster = poster;
  }

  /** What ntfy reads. */
  record Message(String topic, String title, String message, List<String> tags) {}

  @Override
  public boolean tellsRepeats() {
    return false;
  }

  @Override
  public CompletionStage<Void> deliver(Notice notice, ChannelSettings to) {
    URI server = to.url();
    String topic = to.to();
    if (server == null || topic == null) {
      return HttpPoster.refused("the channel has no url or no topic");
    }
    Message message = new Message(topic, notice.alert().title(), notice.alert().text(), TAGS);
    Map<String, String> headers =
        to.secrets().isEmpty()
            ? Map.of()
            : Map.of("Authorization", "Bearer " + to.secrets().get(0));
    return poster.post(server, headers, Json.bytes(message));
  }
}
