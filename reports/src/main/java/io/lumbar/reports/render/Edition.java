package io.lumbar.reports.render;

import java.time.OffsetDateTime;

/**
 * Which making of a report this is.
 *
 * @param number 1 for the first; more when late data changed it
 * @param madeAt when
 */
public record Edition(int number, OffsetDateTime madeAt) {

  public Edition {
    if (number < 1) {
      throw new IllegalArgumentException("editions count from 1");
    }
  }
}
