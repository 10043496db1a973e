package io.lumbar.analytics.sitting;

import io.lumbar.analytics.evidence.TimelineReader;
import io.lumbar.analytics.stream.WearerBook;
import io.lumbar.model.Bout;
import io.lumbar.model.WearerId;
import java.util.OptionalLong;

/**
 * When a posture that goes on without another word makes something new true besides long sitting:
 * detectors that rest on bouts see one that nothing prolongs as far as it was looked at last.
 */
@FunctionalInterface
public interface Milestones {
  /** Makes them from what is known of wearers. */
  @FunctionalInterface
  interface Source {
    /**
     * Milestones that read what is published and known at the time of each question.
     *
     * @param bouts the published ones
     */
    Milestones of(BoutLedger bouts, TimelineReader timeline, WearerBook wearers);
  }

  /**
   * The next such instant, in epoch milliseconds, after the bout's end as it was seen; one that is
   * past already is due. Beyond the bout's horizon it is of no use, since somebody looks then.
   *
   * @param newest the newest bout of the wearer, open and with a horizon beyond the present
   */
  OptionalLong next(WearerId wearer, Bout newest);
}
