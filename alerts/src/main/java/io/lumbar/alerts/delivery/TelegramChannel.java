package io.lumbar.alerts.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.lumbar.model.AlertPriority;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Json;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sends an alert as a message of a Telegram bot (https://core.telegram.org/bots/api#sendmessage),
 * with a button that opens it on the page. Telegram shows whatever it gets, so nothing is sent
 * twice.
 */
public final class TelegramChannel implements AlertChannel {
  private static final URI TELEGRAM = URI.create("https://api.telegram.org");

  private final HttpPoster poster;
  private final @Nullable URI page;

  /**
   * Sends by a poster.
   *
   * @param page where the wearer answers, or null for no button
   */
  public TelegramChannel(HttpPoster poster, @Nullable URI page) {
    this.poster = poster;
    this.page = page;
  }

  /** What Telegram reads. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Message(
      @JsonProperty("chat_id") String chat,
      String text,
      @JsonProperty("disable_notification") @Nullable Boolean silent,
      @JsonProperty("reply_markup") @Nullable Keyboard keyboard) {}

  record Keyboard(@JsonProperty("inline_keyboard") List<List<Button>> rows) {}

  record Button(String text, URI url) {}

  @Override
  public boolean tellsRepeats() {
    return false;
  }

  /** Telegram knows no more than with and without a sound. */
  private static @Nullable Boolean silent(Notice notice, ChannelSettings to) {
    return to.priority(notice.alert().kind()) == AlertPriority.LOW ? true : null;
  }

  @Override
  public CompletionStage<Void> deliver(Notice notice, ChannelSettings to) {
    String chat = to.to();
    if (chat == null || to.secrets().isEmpty()) {
      return HttpPoster.refused(ChannelFault.Why.NO_CHAT_OR_BOT);
    }
    URI server = to.url() == null ? TELEGRAM : to.url();
    String base = server.toString().replaceAll("/+$", "");
    Keyboard keyboard = keyboard(notice);
    String text = notice.alert().title() + "\n" + notice.alert().text();
    return poster.post(
        URI.create(base + "/bot" + to.secrets().get(0) + "/sendMessage"),
        Map.of(),
        Json.bytes(new Message(chat, text, silent(notice, to), keyboard)));
  }

  private @Nullable Keyboard keyboard(Notice notice) {
    URI to = notice.place(page);
    return to == null
        ? null
        : new Keyboard(
            List.of(List.of(new Button(notice.word(notice.answerable() ? "answer" : "read"), to))));
  }
}
