package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One local calendar day of a wearer (23, 24 or 25 hours), rebuilt whole whenever something in it
 * changes; the last record per wearer and date is the whole truth.
 *
 * <p>What an earlier version did not tell is null, empty or zero.
 *
 * @param postureMinutes minutes per posture, of what was seen; postures that did not occur are left
 *     out
 * @param steps steps taken within the day, from the best source per minute
 * @param coverageMinutes minutes for which the posture is known
 * @param wear how much of the day was seen
 * @param stepsByHour steps by the hour on the clock, 0 to 23; the hour that a change of clocks
 *     repeats holds both, the one that it skips none; empty without steps
 * @param sitToStands changes from sitting straight to at least ten seconds on the feet
 * @param seatedShifts shifts of the trunk while sitting; null where no sensor could tell
 * @param load the week up to this day against the weeks before it, as far as there is history
 * @param tags wire names of the day tags that the wearer set, sorted
 * @param pain the highest pain that the wearer told on the day, 0 to 10
 * @param stiffness the highest morning stiffness told on the day, 0 to 10
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DaySummary(
    WearerId wearer,
    LocalDate date,
    ZoneId zone,
    int revision,
    Map<Posture, Double> postureMinutes,
    Sitting sitting,
    long steps,
    double coverageMinutes,
    @Nullable Wear wear,
    List<Long> stepsByHour,
    int sitToStands,
    @Nullable Integer seatedShifts,
    List<LoadChange> load,
    List<String> tags,
    @Nullable Integer pain,
    @Nullable Integer stiffness) {

  /**
   * The day's sitting. Bouts over midnight count with the part that lies in the day.
   *
   * @param breaks changes from sitting to on the feet
   * @param longestMinutes the longest bout's part in this day
   * @param metrics how the sitting was spread; null without sitting
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Sitting(
      int bouts,
      double minutes,
      double longestMinutes,
      int boutsOf20,
      int boutsOf30,
      int boutsOf60,
      int breaks,
      @Nullable SittingMetrics metrics) {

    /** Without the metrics. */
    public Sitting(
        int bouts,
        double minutes,
        double longestMinutes,
        int boutsOf20,
        int boutsOf30,
        int boutsOf60,
        int breaks) {
      this(bouts, minutes, longestMinutes, boutsOf20, boutsOf30, boutsOf60, breaks, null);
    }
  }

  /**
   * How much of a day was seen.
   *
   * @param wornMinutes minutes with a known posture
   * @param awakeMinutes minutes of the day outside of time in bed
   * @param coverage share of the awake minutes with a known posture, 0 to 1
   * @param valid whether enough was seen for the day to stand for itself: ten hours awake
   */
  public record Wear(double wornMinutes, double awakeMinutes, double coverage, boolean valid) {}

  public DaySummary {
    postureMinutes = Map.copyOf(postureMinutes);
    stepsByHour = stepsByHour == null ? List.of() : List.copyOf(stepsByHour);
    load = load == null ? List.of() : List.copyOf(load);
    tags = tags == null ? List.of() : List.copyOf(tags);
  }

  /** The sums alone. */
  public DaySummary(
      WearerId wearer,
      LocalDate date,
      ZoneId zone,
      int revision,
      Map<Posture, Double> postureMinutes,
      Sitting sitting,
      long steps,
      double coverageMinutes) {
    this(
        wearer,
        date,
        zone,
        revision,
        postureMinutes,
        sitting,
        steps,
        coverageMinutes,
        null,
        List.of(),
        0,
        null,
        List.of(),
        List.of(),
        null,
        null);
  }

  @JsonProperty("v")
  public int version() {
    return 1;
  }
}
