package io.lumbar.alerts.push;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lumbar.alerts.delivery.AlertChannel;
import io.lumbar.alerts.delivery.ChannelFault;
import io.lumbar.alerts.delivery.HttpPoster;
import io.lumbar.alerts.delivery.Notice;
import io.lumbar.alerts.responses.AnswerTickets;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertPriority;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Json;
import io.lumbar.model.WearerId;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Pushes an alert to a browser. The browser shows one notification for each id, so that a repeat
 * replaces the first.
 */
public final class PushChannel implements AlertChannel {
  /** How long an alert is of use; what is left of it, the push service may keep the message. */
  private static final Duration USEFUL = Duration.ofMinutes(2);

  /** A report is of use until the evening. */
  private static final String REPORT_KEPT_SECONDS = "43200";

  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;

  private final HttpPoster poster;
  private final Vapid vapid;
  private final AnswerTickets tickets;
  private final BiConsumer<WearerId, ChannelSettings> gone;
  private final InstantSource clock;

  /**
   * Pushes by a poster.
   *
   * @param tickets for the notification's buttons
   * @param gone told when the browser has ended its subscription
   * @param clock by which an alert has its age
   */
  public PushChannel(
      HttpPoster poster,
      Vapid vapid,
      AnswerTickets tickets,
      BiConsumer<WearerId, ChannelSettings> gone,
      InstantSource clock) {
    this.poster = poster;
    this.vapid = vapid;
    this.tickets = tickets;
    this.gone = gone;
    this.clock = clock;
  }

  /** What the worker of the page reads. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Push(
      String id,
      String title,
      String text,
      boolean silent,
      @Nullable String done,
      @Nullable String snooze,
      @Nullable Labels labels,
      @Nullable URI link) {}

  /** What stands on the buttons. */
  record Labels(String done, String snooze) {}

  @Override
  public boolean tellsRepeats() {
    return true;
  }

  @Override
  public CompletionStage<Void> deliver(Notice notice, ChannelSettings to) {
    URI endpoint = to.url();
    String reader = to.to();
    if (endpoint == null || reader == null || to.secrets().isEmpty()) {
      return HttpPoster.refused(ChannelFault.Why.NO_BROWSER);
    }
    byte[] body;
    try {
      body =
          PushMessage.encrypt(
              Json.bytes(push(notice, to)), decode(reader), decode(to.secrets().get(0)));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(
          new ChannelFault(ChannelFault.Kind.REFUSED, ChannelFault.Why.BROWSER_KEY, e));
    }
    boolean isReport = notice.purpose() == Notice.Purpose.REPORT;
    return poster.post(
        endpoint,
        Map.of(
            "Content-Type",
            "application/octet-stream",
            "Content-Encoding",
            "aes128gcm",
            "TTL",
            isReport ? REPORT_KEPT_SECONDS : kept(notice.alert()),
            "Urgency",
            isReport ? "normal" : urgency(to.priority(notice.alert().kind())),
            "Authorization",
            vapid.authorization(endpoint)),
        body,
        status -> {
          if (status == NOT_FOUND || status == GONE) {
            gone.accept(notice.alert().wearer(), to);
          }
        });
  }

  private String kept(Alert alert) {
    long left = Duration.between(clock.instant(), alert.at().plus(USEFUL)).toSeconds();
    return Long.toString(Math.max(0, left));
  }

  private Push push(Notice notice, ChannelSettings to) {
    Alert alert = notice.alert();
    boolean silent = to.priority(alert.kind()) == AlertPriority.LOW;
    return notice.answerable()
        ? new Push(
            alert.id(),
            alert.title(),
            alert.text(),
            silent,
            tickets.issue(alert.id(), Action.DONE),
            tickets.issue(alert.id(), Action.SNOOZE),
            new Labels(notice.word("done"), notice.word("snooze15")),
            null)
        : new Push(
            alert.id(), alert.title(), alert.text(), silent, null, null, null, notice.link());
  }

  /** As RFC 8030 section 5.3 has them: below high a sleeping phone may get it later. */
  private static String urgency(AlertPriority priority) {
    return priority == AlertPriority.LOW ? "normal" : "high";
  }

  private static byte[] decode(String text) {
    return Base64.getUrlDecoder().decode(text);
  }
}
