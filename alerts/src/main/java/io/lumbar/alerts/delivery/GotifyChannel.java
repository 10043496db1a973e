package io.lumbar.alerts.delivery;

import io.lumbar.model.AlertPriority;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Json;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Sends an alert as a message of a Gotify application. Gotify shows whatever it gets, so nothing is
 * sent twice.
 */
public final class GotifyChannel implements AlertChannel {
  private final HttpPoster poster;

  public GotifyChannel(HttpPoster poster) {
    this.poster = poster;
  }

  /** What Gotify reads. */
  record Message(String title, String message, int priority) {}

  @Override
  public boolean tellsRepeats() {
    return false;
  }

  @Override
  public CompletionStage<Void> deliver(Notice notice, ChannelSettings to) {
    URI server = to.url();
    if (server == null || to.secrets().isEmpty()) {
      return HttpPoster.refused("the channel has no url or no application token");
    }
    String base = server.toString().replaceAll("/+$", "");
    int priority = priority(to.priority(notice.alert().kind()));
    Message message = new Message(notice.alert().title(), notice.alert().text(), priority);
    return poster.post(
        URI.create(base + "/message"),
        Map.of("X-Gotify-Key", to.secrets().get(0)),
        Json.bytes(message));
  }

  /** Its app makes a sound from 4 on, and comes to the front from 8 on. */
  private static int priority(AlertPriority priority) {
    return switch (priority) {
      case LOW -> 2;
      case NORMAL -> 5;
      case HIGH -> 8;
    };
  }
}
