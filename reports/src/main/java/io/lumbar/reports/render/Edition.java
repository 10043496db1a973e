package io.lumbar.reports.render;

import java.time.OffsetDateTime;

/**
 * Which making of a report this is.
 *
 * @param number 1 for the first that was delivered; more when late data changed it; 0 for one that
 *     was asked for and never delivered
 * @param madeAt when
 */
public record Edition(int number, OffsetDateTime madeAt) {

  public Edition {
    if (number < 0) {
      throw new IllegalArgumentException("editions count from 1");
    }
  }

  /** Of a report that is made because somebody asks for it. */
  public static Edition onRequest(OffsetDateTime madeAt) {
    return new Edition(0, madeAt);
  }

  /** Whether it was delivered. */
  boolean wasDelivered() {
    return number > 0;
  }
}
