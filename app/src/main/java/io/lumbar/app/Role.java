package io.lumbar.app;

import java.util.Locale;

/** A part of Lumbar that can run as a process of its own; {@code up} runs all in one. */
public enum Role {
  /** Takes uploads over HTTP and writes them to Kafka. */
  INGEST,
  /** Turns observations into bouts, episodes and days. */
  ANALYTICS,
  /** Decides and sends alerts. */
  ALERTS,
  /** Writes the topics into the history store. */
  HISTORY,
  /** Serves the reading API and the pages. */
  WEB;

  /**
   * Whether it reads or writes the history; an import ends once the history has what it brought.
   */
  public boolean usesHistory() {
    return this == INGEST || this == HISTORY || this == WEB;
  }

  /** The name on the command line. */
  public String commandName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
