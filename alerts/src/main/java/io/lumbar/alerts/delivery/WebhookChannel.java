package io.lumbar.alerts.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertPriority;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Json;
import io.lumbar.model.WearerId;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Posts an alert to the wearer's own program, signed as Svix webhooks are, so that the receiver can
 * check who sent it. The id is the alert's and the same in every attempt.
 */
public final class WebhookChannel implements AlertChannel {
  private final HttpPoster poster;
  private final InstantSource clock;

  /**
   * A webhook.
   *
   * @param clock the real time, also in a demo, because receivers refuse what is five minutes off
   */
  public WebhookChannel(HttpPoster poster, InstantSource clock) {
    this.poster = poster;
    this.clock = clock;
  }

  /**
   * The body: what happened, when, how urgent, and the alert as the API shows it in a list, or the
   * report.
   */
  record Event(String type, Instant timestamp, AlertPriority priority, Object data) {}

  /** A report that can be read. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Report(String id, WearerId wearer, String title, String text, @Nullable URI url) {}

  @Override
  public boolean tellsRepeats() {
    return true;
  }

  @Override
  public CompletionStage<Void> deliver(Notice notice, ChannelSettings to) {
    URI url = to.url();
    if (url == null) {
      return HttpPoster.refused(ChannelFault.Why.NO_URL);
    }
    Alert alert = notice.alert();
    byte[] body = Json.bytes(event(notice, to.priority(alert.kind())));
    long timestamp = clock.instant().getEpochSecond();
    Map<String, String> headers =
        Map.of(
            "svix-id",
            alert.id(),
            "svix-timestamp",
            Long.toString(timestamp),
            "svix-signature",
            SvixSignature.of(to.secrets(), alert.id(), timestamp, body));
    return poster.post(url, headers, body);
  }

  private static Event event(Notice notice, AlertPriority priority) {
    Alert alert = notice.alert();
    return switch (notice.purpose()) {
      case ALERT -> new Event("alert.sent", alert.at(), priority, alert);
      case TEST -> new Event("alert.test", alert.at(), priority, alert);
      case REPORT ->
          new Event(
              "report.ready",
              alert.at(),
              priority,
              new Report(alert.id(), alert.wearer(), alert.title(), alert.text(), notice.link()));
    };
  }
}
