package io.lumbar.alerts.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.lumbar.model.AlertPriority;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Json;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

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
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Message(String title, String message, int priority, @Nullable Extras extras) {}

  /** What its app does besides showing the text. */
  record Extras(@JsonProperty("client::notification") Notification notification) {
    static @Nullable Extras opening(@Nullable URI link) {
      return link == null ? null : new Extras(new Notification(new Click(link)));
    }
  }

  record Notification(Click click) {}

  record Click(URI url) {}

  @Override
  public boolean tellsRepeats() {
    return false;
  }

  @Override
  public CompletionStage<Void> deliver(Notice notice, ChannelSettings to) {
    URI server = to.url();
    if (server == null || to.secrets().isEmpty()) {
      return HttpPoster.refused(ChannelFault.Why.NO_URL_OR_APPLICATION_TOKEN);
    }
    String base = server.toString().replaceAll("/+$", "");
    Message message =
        new Message(
            notice.alert().title(),
            notice.alert().text(),
            priority(to.priority(notice.alert().kind())),
            Extras.opening(notice.link()));
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
