package io.lumbar.alerts;

import io.lumbar.model.Alert;
import io.lumbar.model.Decision;

/** What the policy decided about one step of an episode. */
sealed interface AlertOutcome {
  /** Why, in every case. */
  Decision decision();

  /** Tell the wearer. */
  record Send(Alert alert, Decision decision) implements AlertOutcome {}

  /** Say nothing, at least not yet. */
  record NotSent(Decision decision) implements AlertOutcome {}
}
