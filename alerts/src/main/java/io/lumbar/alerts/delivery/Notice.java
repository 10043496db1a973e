package io.lumbar.alerts.delivery;

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
 */
public record Notice(Alert alert, Purpose purpose, @Nullable URI link) {

  /** What it is for. */
  public enum Purpose {
    /** Something to do now, and to be answered. */
    ALERT,
    /** Shows that the channel works. */
    TEST,
    /** A report can be read. */
    REPORT
  }

  /** An alert that was decided. */
  public static Notice of(Alert alert) {
    return new Notice(alert, Purpose.ALERT, null);
  }

  /**
   * A test for a wearer.
   *
   * @param id tells one test from another
   */
  public static Notice test(String id, WearerId wearer, ZoneId zone, Instant at) {
    return new Notice(
        alert(
            id,
            wearer,
            zone,
            at,
            "A test from Lumbar",
            "This channel works. Alerts will look like this.",
            "test"),
        Purpose.TEST,
        null);
  }

  /**
   * That a report can be read.
   *
   * @param id of the report
   * @param what it is, for example a date
   * @param link to it, or null when other devices cannot reach this server
   */
  public static Notice report(
      String id, WearerId wearer, ZoneId zone, Instant at, String what, @Nullable URI link) {
    return new Notice(
        alert(id, wearer, zone, at, "Your report is ready", what + ".", "report"),
        Purpose.REPORT,
        link);
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

  /** Whether the wearer can answer it. */
  public boolean answerable() {
    return purpose == Purpose.ALERT;
  }
}
