package io.lumbar.alerts.home;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.lumbar.alerts.delivery.AlertChannel;
import io.lumbar.alerts.delivery.Notice;
import io.lumbar.alerts.night.NightFeedback;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertPriority;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Json;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Publishes an alert as an event of the wearer, which Home Assistant and any other client see. The
 * id is the alert's and the same in every attempt.
 */
public final class HomeChannel implements AlertChannel {
  static final String TEST = "test";
  static final String REPORT = "report";

  private final HomeLine line;

  /** Publishes over a line, which outlives the channel. */
  public HomeChannel(HomeLine line) {
    this.line = line;
  }

  /**
   * What a client reads.
   *
   * @param level from 1 up, of what happens asleep: how bright a lamp may be
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Event(
      @JsonProperty("event_type") String type,
      String id,
      String title,
      String text,
      int step,
      @Nullable Integer level,
      AlertPriority priority,
      @Nullable String stretch,
      OffsetDateTime at,
      @Nullable URI url) {}

  @Override
  public boolean tellsRepeats() {
    return true;
  }

  @Override
  public CompletionStage<Void> deliver(Notice notice, ChannelSettings to) {
    Alert alert = notice.alert();
    Event event =
        new Event(
            type(notice),
            alert.id(),
            alert.title(),
            alert.text(),
            alert.step(),
            alert.kind().isOfSleep() ? NightFeedback.level(alert.step()) : null,
            to.priority(alert.kind()),
            alert.stretch(),
            alert.at().atZone(alert.zone()).toOffsetDateTime(),
            notice.link());
    return line.send(new HomeTopics(alert.wearer()).event(), Json.bytes(event), false);
  }

  private static String type(Notice notice) {
    return switch (notice.purpose()) {
      case ALERT -> HomeDiscovery.eventType(notice.alert().kind());
      case TEST -> TEST;
      case REPORT -> REPORT;
    };
  }
}
