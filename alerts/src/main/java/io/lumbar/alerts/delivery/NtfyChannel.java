package io.lumbar.alerts.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lumbar.alerts.responses.AnswerLinks;
import io.lumbar.model.AlertPriority;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Publishes an alert to a topic of an ntfy server, as JSON to the server's own address, with
 * buttons that answer it. ntfy shows whatever it gets, so nothing is sent twice.
 */
public final class NtfyChannel implements AlertChannel {
  private static final List<String> TAGS = List.of("chair");
  private static final List<String> REPORT_TAGS = List.of("bar_chart");

  private final HttpPoster poster;
  private final @Nullable AnswerLinks links;

  /**
   * Publishes by a poster.
   *
   * @param links where buttons lead, or null for no buttons, when phones cannot reach this server
   */
  public NtfyChannel(HttpPoster poster, @Nullable AnswerLinks links) {
    this.poster = poster;
    this.links = links;
  }

  /** What ntfy reads. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Message(
      String topic,
      String title,
      String message,
      List<String> tags,
      @Nullable Integer priority,
      @Nullable URI click,
      List<Button> actions) {}

  /**
   * A request that the phone itself makes.
   *
   * @param clear takes the message away once the answer was kept
   */
  record Button(
      String action,
      String label,
      URI url,
      String method,
      Map<String, String> headers,
      String body,
      boolean clear) {}

  @Override
  public boolean tellsRepeats() {
    return false;
  }

  @Override
  public CompletionStage<Void> deliver(Notice notice, ChannelSettings to) {
    URI server = to.url();
    String topic = to.to();
    if (server == null || topic == null) {
      return HttpPoster.refused(ChannelFault.Why.NO_URL_OR_TOPIC);
    }
    boolean isTest = notice.purpose() == Notice.Purpose.TEST;
    // The buttons of a test show whether phones reach this server, which a message alone does not.
    AnswerLinks ways = notice.answerable() || isTest ? links : null;
    URI page = ways == null ? null : ways.page();
    Message message =
        new Message(
            topic,
            notice.alert().title(),
            notice.alert().text(),
            notice.purpose() == Notice.Purpose.REPORT ? REPORT_TAGS : TAGS,
            priority(to.priority(notice.alert().kind())),
            isTest ? page : notice.place(page),
            ways == null ? List.of() : buttons(notice, ways));
    Map<String, String> headers =
        to.secrets().isEmpty()
            ? Map.of()
            : Map.of("Authorization", "Bearer " + to.secrets().get(0));
    return poster.post(server, headers, Json.bytes(message));
  }

  /** Of 1 to 5; 2 makes no sound and no vibration. Nothing is the usual 3. */
  private static @Nullable Integer priority(AlertPriority priority) {
    return switch (priority) {
      case LOW -> 2;
      case NORMAL -> null;
      case HIGH -> 4;
    };
  }

  private static List<Button> buttons(Notice notice, AnswerLinks ways) {
    String alert = notice.alert().id();
    return List.of(
        button(notice.word("done"), alert, Action.DONE, "{\"action\":\"done\"}", ways),
        button(
            notice.word("snooze15"),
            alert,
            Action.SNOOZE,
            "{\"action\":\"snooze\",\"minutes\":15}",
            ways));
  }

  private static Button button(
      String label, String alert, Action action, String body, AnswerLinks ways) {
    return new Button(
        "http",
        label,
        ways.response(alert),
        "POST",
        Map.of(
            "Authorization",
            "Bearer " + ways.ticket(alert, action),
            "Content-Type",
            "application/json"),
        body,
        true);
  }
}
