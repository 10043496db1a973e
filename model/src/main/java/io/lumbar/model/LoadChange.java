package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One kind of load in the seven days up to a day, against the three weeks before them. Days of
 * which this kind is not known or that are tagged out of the ordinary count on neither side, and
 * tagged ones take no place in the three weeks, which reach further back instead. While a day goes
 * on these are the seven whole days before it.
 *
 * @param perDay mean per day of the last seven days
 * @param usualPerDay mean per day of the 21 days before them that carry no tag
 * @param medianWeek median of the weeks before, per day
 * @param changePercent change of {@code perDay} against {@code usualPerDay}
 * @param ratio uncoupled: the last seven days over the three weeks before
 * @param averagesRatio ratio of the exponentially weighted averages over 7 and 28 days (Williams
 *     2017, doi 10.1136/bjsports-2016-096589): descriptive, not a risk
 * @param jump whether the rise is large against the wearer's own weeks
 * @param afterBreak whether a day of the week before was tagged out of the ordinary: the advice is
 *     then to build up gradually
 * @param heavier for lifting, whether a weight was over 110 % of the heaviest of the three weeks
 *     before, or the wearer said so
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoadChange(
    Measure measure,
    double perDay,
    double usualPerDay,
    double medianWeek,
    double changePercent,
    double ratio,
    @Nullable Double averagesRatio,
    boolean jump,
    boolean afterBreak,
    boolean heavier) {

  /** After ordinary days, with nothing heavier than usual. */
  public LoadChange(
      Measure measure,
      double perDay,
      double usualPerDay,
      double medianWeek,
      double changePercent,
      double ratio,
      @Nullable Double averagesRatio,
      boolean jump) {
    this(
        measure,
        perDay,
        usualPerDay,
        medianWeek,
        changePercent,
        ratio,
        averagesRatio,
        jump,
        false,
        false);
  }

  /** What is counted. */
  public enum Measure {
    STEPS,
    /** Minutes of walking, stairs, running and cycling. */
    ACTIVE_MINUTES,
    /** Bends of the trunk of 45 degrees and more. */
    BENDS,
    /** Logged lifting, kilograms times repetitions. */
    LIFT_VOLUME;

    /** The name used in JSON and pages, for example {@code active-minutes}. */
    @JsonValue
    public String wireName() {
      return WireName.of(this);
    }

    /**
     * Reads a wire name.
     *
     * @throws IllegalArgumentException with the accepted names when the text is none of them
     */
    @JsonCreator
    public static Measure of(String wireName) {
      return WireName.parse(Measure.class, wireName);
    }
  }
}
