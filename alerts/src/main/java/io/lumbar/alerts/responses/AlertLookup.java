package io.lumbar.alerts.responses;

import io.lumbar.model.Alert;
import java.util.Optional;

/** Finds an alert by its id, wherever the history is kept. */
@FunctionalInterface
public interface AlertLookup {

  /** The alert, empty when there is none or it has not reached the history yet. */
  Optional<Alert> alert(String id);
}
