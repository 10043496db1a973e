package io.lumbar.alerts.delivery;

import io.lumbar.model.Alert;

/** One way of reaching a wearer. */
public interface AlertChannel {

  /** A short name for logs and settings, such as {@code log}. */
  String name();

  /**
   * Delivers an alert. Called from one thread, at least once for each alert, in order of a wearer's
   * alerts; a channel whose receiver cannot tell repeats by id must leave them out itself.
   *
   * @throws RuntimeException when it could not be delivered; the other channels go on
   */
  void deliver(Alert alert);
}
