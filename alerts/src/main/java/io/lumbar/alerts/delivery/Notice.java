package io.lumbar.alerts.delivery;

import io.lumbar.model.Alert;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.ZoneId;

/**
 * What a channel delivers.
 *
 * @param test made by "send a test": shows that the channel works and offers no answers
 */
public record Notice(Alert alert, boolean test) {

  /** An alert that was decided. */
  public static Notice of(Alert alert) {
    return new Notice(alert, false);
  }

  /**
   * A test for a wearer.
   *
   * @param id tells one test from another
   */
  public static Notice test(String id, WearerId wearer, ZoneId zone, Instant at) {
    return new Notice(
        new Alert(
            id,
            wearer,
            "test",
            EpisodeKind.LONG_SITTING,
            0,
            at,
            at,
            zone,
            "A test from Lumbar",
            "This channel works. Alerts will look like this.",
            null,
            "test"),
        true);
  }
}
