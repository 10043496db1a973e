package io.lumbar.alerts;

import io.lumbar.model.Alert;
import io.lumbar.model.Decision;
import org.jspecify.annotations.Nullable;

/** What the policy decided about one step of an episode. */
sealed interface AlertOutcome {
  /** Why, in every case. */
  Decision decision();

  /** Tell the wearer. */
  record Send(Alert alert, Decision decision) implements AlertOutcome {}

  /**
   * Say nothing, at least not yet.
   *
   * @param withheld what the wearer's list shows of an alert that was held back, or null
   */
  record NotSent(Decision decision, @Nullable Alert withheld) implements AlertOutcome {
    NotSent(Decision decision) {
      this(decision, null);
    }
  }
}
