package io.lumbar.alerts.delivery;

import io.lumbar.alerts.responses.AnswerLinks;
import io.lumbar.alerts.stretches.Language;
import io.lumbar.alerts.stretches.Texts;
import io.lumbar.model.Alert;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.WearerId;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What a channel delivers.
 *
 * @param alert with title and text; of a kind and a step only where it is one
 * @param link to what the notice is about, where there is something to read
 * @param language of the wearer, for what a channel adds, such as buttons
 */
public record Notice(Alert alert, Purpose purpose, @Nullable URI link, Language language) {
  private static final String WORDS = "messages";

  /** What it is for. */
  public enum Purpose {
    /** Something to do now, and to be answered. */
    ALERT,
    /** Shows that the channel works. */
    TEST,
    /** A report can be read. */
    REPORT
  }

  /** An alert that was decided, which a channel surrounds with English until {@link #in}. */
  public static Notice of(Alert alert) {
    return new Notice(alert, Purpose.ALERT, null, Language.EN);
  }

  /** The same for a reader of another language. */
  public Notice in(Language other) {
    return new Notice(alert, purpose, link, other);
  }

  /** What a channel says besides, by its key in the message file. */
  public String word(String key) {
    return Texts.in(language).line(WORDS, key);
  }

  /**
   * A test for a wearer.
   *
   * @param id tells one test from another
   */
  public static Notice test(
      String id, WearerId wearer, ZoneId zone, Instant at, Language language) {
    Texts texts = Texts.in(language);
    String title = texts.line(WORDS, "testTitle");
    String text = texts.line(WORDS, "testText");
    return new Notice(
        alert(id, wearer, zone, at, title, text, "test"), Purpose.TEST, null, language);
  }

  /**
   * That a report can be read.
   *
   * @param id of the report
   * @param what it is, for example a date
   * @param link to it, or null when other devices cannot reach this server
   */
  public static Notice report(
      String id,
      WearerId wearer,
      ZoneId zone,
      Instant at,
      String what,
      @Nullable URI link,
      Language language) {
    String title = Texts.in(language).line(WORDS, "reportTitle");
    return new Notice(
        alert(id, wearer, zone, at, title, what + ".", "report"), Purpose.REPORT, link, language);
  }

  private static Alert alert(
      String id,
      WearerId wearer,
      ZoneId zone,
      Instant at,
      String title,
      String text,
      String decision) {
    return new Alert(
        id,
        wearer,
        decision,
        EpisodeKind.LONG_SITTING,
        0,
        at,
        at,
        zone,
        title,
        text,
        null,
        decision);
  }

  /**
   * Where a reader goes on: to the alert on the page, or to what the notice links to; null where
   * neither is known.
   *
   * @param page the start of links, or null when the server does not know how it is reached
   */
  @Nullable URI place(@Nullable URI page) {
    return page != null && answerable() ? AnswerLinks.alert(page, alert.id()) : link;
  }

  /** Whether the wearer can answer it. */
  public boolean answerable() {
    return purpose == Purpose.ALERT;
  }
}
