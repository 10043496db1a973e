package io.lumbar.alerts.delivery;

import io.lumbar.model.Alert;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log that there was an alert, without what it says about the wearer. */
public final class LogChannel implements AlertChannel {
  private static final Logger LOG = LoggerFactory.getLogger(LogChannel.class);

  @Override
  public String name() {
    return "log";
  }

  @Override
  public void deliver(Alert alert) {
    LOG.info(
        "alert {} for {} ({}, step {})",
        alert.id(),
        alert.wearer(),
        alert.kind().wireName(),
        alert.step());
  }
}
