package io.lumbar.alerts.delivery;

import io.lumbar.http.mail.Mail;
import io.lumbar.model.Alert;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Writes a notice as a mail: what it says, where it can be answered or read on, and why it came.
 */
final class AlertMail {
  private AlertMail() {}

  /**
   * The mail of a notice.
   *
   * @param page where the wearer answers, or null when the server does not know how it is reached
   */
  static Mail of(Notice notice, String to, @Nullable URI page) {
    Alert alert = notice.alert();
    URI at = notice.place(page);
    String place = at == null ? "" : at.toString();
    String what = notice.word(notice.answerable() ? "answer" : "read");
    String why = notice.word("whyThisMail");
    String text =
        alert.text() + "\n\n" + (place.isEmpty() ? "" : what + ": " + place + "\n\n") + why + "\n";
    String link =
        place.isEmpty()
            ? ""
            : "<p><a href=\"%s\">%s</a></p>\n"
                .formatted(
                    escaped(place), escaped(notice.answerable() ? notice.word("answers") : what));
    return new Mail(alert.id(), to, alert.title(), text, html(notice, link));
  }

  private static String html(Notice notice, String link) {
    Alert alert = notice.alert();
    return """
        <!doctype html>
        <html lang="%5$s"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark">
        <title>%1$s</title></head>
        <body style="font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:0 auto;padding:1rem">
        <h1 style="font-size:1.25rem;margin:0 0 .5rem">%1$s</h1>
        <p>%2$s</p>
        %3$s<p style="font-size:.875rem;opacity:.75">%4$s</p>
        </body></html>
        """
        .formatted(
            escaped(alert.title()),
            escaped(alert.text()),
            link,
            escaped(notice.word("whyThisMail")),
            notice.language().tag());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
