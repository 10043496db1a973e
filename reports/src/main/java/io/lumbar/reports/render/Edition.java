package io.lumbar.reports.render;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.OffsetDateTime;

/**
 * Which making of a report this is.
 *
 * @param number 1 for the first that was delivered; more when late data changed it; 0 for one that
 *     was asked for and never delivered
 * @param madeAt when
 * @param wasDelivered whether it is the one that was delivered, and not one that late data made of
 *     it since
 */
public record Edition(int number, OffsetDateTime madeAt, @JsonIgnore boolean wasDelivered) {

  /** One that was delivered. */
  public Edition(int number, OffsetDateTime madeAt) {
    this(number, madeAt, number > 0);
  }

  public Edition {
    if (number < 0) {
      throw new IllegalArgumentException("editions count from 1");
    }
  }

  /** Of a report that is made because somebody asks for it. */
  public static Edition onRequest(OffsetDateTime madeAt) {
    return new Edition(0, madeAt);
  }

  /** What late data makes of this one before it is delivered again. */
  public Edition again(OffsetDateTime now) {
    return new Edition(number + 1, now, false);
  }
}
