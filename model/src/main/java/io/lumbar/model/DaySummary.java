package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

/**
 * One local calendar day of a wearer (23, 24 or 25 hours), rebuilt whole whenever something in it
 * changes; the last record per wearer and date is the whole truth.
 *
 * @param postureMinutes minutes per posture, of what was seen; postures that did not occur are left
 *     out
 * @param steps steps taken within the day, from the best source per minute
 * @param coverageMinutes minutes for which the posture is known
 */
public record DaySummary(
    WearerId wearer,
    LocalDate date,
    ZoneId zone,
    int revision,
    Map<Posture, Double> postureMinutes,
    Sitting sitting,
    long steps,
    double coverageMinutes) {

  /**
   * The day's sitting. Bouts over midnight count with the part that lies in the day.
   *
   * @param breaks changes from sitting to on the feet
   * @param longestMinutes the longest bout's part in this day
   */
  public record Sitting(
      int bouts,
      double minutes,
      double longestMinutes,
      int boutsOf20,
      int boutsOf30,
      int boutsOf60,
      int breaks) {}

  public DaySummary {
    postureMinutes = Map.copyOf(postureMinutes);
  }

  @JsonProperty("v")
  public int version() {
    return 1;
  }
}
