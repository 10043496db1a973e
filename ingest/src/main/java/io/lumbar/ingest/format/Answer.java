package io.lumbar.ingest.format;

/** How a client wants to be answered once the broker has acknowledged what could be kept. */
public enum Answer {
  /** 200 with the receipt; 400 for what cannot be understood. */
  RECEIPT,
  /** The same, with 207 when some elements were refused: the client shows that as partly done. */
  PARTLY,
  /**
   * 200 with the receipt, also for what cannot be understood: the client would send anything else
   * again for ever, and what it sent after that would never arrive.
   */
  ALWAYS_TAKEN,
  /** As before, with an empty list as the body: the client takes a body as commands. */
  EMPTY_LIST,
  /**
   * The receipt, or 499 with one sentence when the user can mend something: the client shows it
   * once per recording, and takes either as delivered.
   */
  SHOWN;

  /** Whether an upload that cannot be understood counts as one refused element. */
  public boolean isAlwaysTaken() {
    return this == ALWAYS_TAKEN || this == EMPTY_LIST;
  }
}
