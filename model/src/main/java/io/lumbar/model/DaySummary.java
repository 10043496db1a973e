package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One local date of a wearer ({@link WearerDates}; 23, 24 or 25 hours, with a flight any length),
 * rebuilt whole whenever something in it changes; the last record per wearer and date is the whole
 * truth.
 *
 * <p>What an earlier version did not tell is null, empty or zero.
 *
 * @param postureMinutes minutes per posture, of what was seen; postures that did not occur are left
 *     out
 * @param steps steps taken within the day, from the best source per minute; 0 where nothing counted
 *     any
 * @param coverageMinutes minutes for which the posture is known
 * @param wear how much of the day was seen
 * @param zone in which the date ends
 * @param stepsByHour steps by the hour on the clock where the wearer was, 0 to 23; the hour that a
 *     change of clocks or a flight repeats holds both, the one that it skips none; empty without
 *     steps
 * @param sitToStands changes from sitting straight to at least ten seconds on the feet
 * @param seatedShifts shifts on the seat while sitting; null where no sensor could tell
 * @param load the week up to this day against the weeks before it, as far as there is history
 * @param tags wire names of the day tags that the wearer set, sorted
 * @param pain the highest pain that the wearer told on the day, 0 to 10
 * @param stiffness the highest morning stiffness told on the day, 0 to 10
 * @param bending bends of the trunk; null where no sensor could tell for long and none was found
 * @param walking how fast the wearer walked; null without a minute of walking
 * @param stepTrack when the steps were taken; null where no device tells it at least every ten
 *     minutes
 * @param lifting what the wearer logged of lifts; null when nothing
 * @param morningPain the first pain told from 04:00 to noon on the clock, 0 to 10; null where none
 *     was. A night that was measured has a word of its own, by the time of waking
 * @param morningStiffness stiffness likewise
 * @param forgotten what the wearer had forgotten of the day, by start, apart from each other; it is
 *     neither seen nor awake nor in bed
 * @param span from the first instant of the date to the first of the next, where that is not the
 *     calendar day of the zone, as with a flight; null else
 * @param painAt when {@code pain} was told, the first time where it was told twice; null without
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
    @Nullable Integer stiffness,
    @Nullable Bending bending,
    @Nullable Walking walking,
    @Nullable StepTrack stepTrack,
    @Nullable Lifting lifting,
    @Nullable Integer morningPain,
    @Nullable Integer morningStiffness,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TimeSpan> forgotten,
    @Nullable TimeSpan span,
    @Nullable Instant painAt) {

  /** The pain of each day on which some was told. */
  public static Map<LocalDate, Integer> pains(List<DaySummary> days) {
    Map<LocalDate, Integer> pains = new TreeMap<>();
    for (DaySummary day : days) {
      if (day.pain() != null) {
        pains.put(day.date(), day.pain());
      }
    }
    return pains;
  }

  /**
   * The day's sitting outside of time in bed. Bouts over midnight count with the part that lies in
   * the day.
   *
   * @param breaks changes from sitting to on the feet, outside of time in bed too
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
   * @param awakeMinutes minutes of the day outside of time in bed and of what is forgotten; where
   *     hardly any time in bed is known, those of the wearer's waking hours, or what was seen
   * @param coverage share of the awake minutes with a known posture, 0 to 1
   * @param valid whether enough was seen for the day to stand for itself: ten hours awake
   */
  public record Wear(double wornMinutes, double awakeMinutes, double coverage, boolean valid) {}

  /**
   * How fast the wearer walked, by steps in whole minutes of the clock.
   *
   * @param cadence steps a minute: the median of the minutes with 60 or more
   * @param fastMinutes minutes with 100 or more, a fast walk (ActiPASS)
   */
  public record Walking(double cadence, int fastMinutes) {}

  /**
   * The day's bends forward, on the feet as far as a thigh sensor tells; information and no grade.
   *
   * @param bends all of them, from 36 degrees on
   * @param of45 those of 45 degrees or more; those of 60 and 90 are among them
   * @param sustained those held for longer than ISO 11226 has it for their angle
   * @param styles bends by what the legs did: {@code stoop}, {@code squat}, {@code mixed}, {@code
   *     unknown}
   * @param measuredMinutes minutes out of bed in which a trunk sensor could tell
   */
  public record Bending(
      int bends,
      int of45,
      int of60,
      int of90,
      int sustained,
      Map<String, Integer> styles,
      Forward forwardMinutes,
      double measuredMinutes) {
    public Bending {
      styles = Map.copyOf(styles);
    }

    /** Without a word on how long was measured. */
    public Bending(
        int bends,
        int of45,
        int of60,
        int of90,
        int sustained,
        Map<String, Integer> styles,
        Forward forwardMinutes) {
      this(bends, of45, of60, of90, sustained, styles, forwardMinutes, 0);
    }

    /**
     * Minutes bent forward at or beyond an angle in degrees, not lying; each is part of the former.
     */
    public record Forward(double of20, double of30, double of60, double of90) {}
  }

  /**
   * Lifts that the wearer logged; no sensor knows of them.
   *
   * @param volumeKg kilograms times repetitions, summed up; 0 when no weight was told
   * @param heaviestKg the heaviest weight; 0 likewise
   * @param heavierThanUsual whether the wearer said that something was
   */
  public record Lifting(double volumeKg, double heaviestKg, boolean heavierThanUsual) {}

  public DaySummary {
    // Stores leave it out where all of the day is forgotten.
    sitting = sitting == null ? new Sitting(0, 0, 0, 0, 0, 0, 0) : sitting;
    postureMinutes = Map.copyOf(postureMinutes);
    stepsByHour = stepsByHour == null ? List.of() : List.copyOf(stepsByHour);
    load = load == null ? List.of() : List.copyOf(load);
    tags = tags == null ? List.of() : List.copyOf(tags);
    forgotten = forgotten == null ? List.of() : List.copyOf(forgotten);
  }

  /** A calendar day of its zone. */
  public DaySummary(
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
      @Nullable Integer stiffness,
      @Nullable Bending bending,
      @Nullable Walking walking,
      @Nullable StepTrack stepTrack,
      @Nullable Lifting lifting,
      @Nullable Integer morningPain,
      @Nullable Integer morningStiffness,
      List<TimeSpan> forgotten) {
    this(
        wearer,
        date,
        zone,
        revision,
        postureMinutes,
        sitting,
        steps,
        coverageMinutes,
        wear,
        stepsByHour,
        sitToStands,
        seatedShifts,
        load,
        tags,
        pain,
        stiffness,
        bending,
        walking,
        stepTrack,
        lifting,
        morningPain,
        morningStiffness,
        forgotten,
        null,
        null);
  }

  /**
   * Everything but bends, cadence, track, lifts and the words of the morning, which {@link
   * #withBending} and the analysis add.
   */
  public DaySummary(
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
    this(
        wearer,
        date,
        zone,
        revision,
        postureMinutes,
        sitting,
        steps,
        coverageMinutes,
        wear,
        stepsByHour,
        sitToStands,
        seatedShifts,
        load,
        tags,
        pain,
        stiffness,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of());
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

  /** The first instant of the date. */
  public Instant begin() {
    return span == null ? date.atStartOfDay(zone).toInstant() : span.from();
  }

  /** The end of the date, which is no more part of it. */
  public Instant end() {
    return span == null ? date.plusDays(1).atStartOfDay(zone).toInstant() : span.to();
  }

  /** Minutes of it that the wearer had forgotten. */
  public double forgottenMinutes() {
    return forgotten.stream().mapToDouble(TimeSpan::minutes).sum();
  }

  /**
   * Whether nothing is told of the day any more, because everything was taken back or belongs to
   * another date by now. Such a record says no zeros: the day is gone, and only its revision
   * counts.
   */
  @JsonProperty("retracted")
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  public boolean retracted() {
    return postureMinutes.isEmpty()
        && steps == 0
        && bending == null
        && lifting == null
        && tags.isEmpty()
        && pain == null
        && stiffness == null
        && forgotten.isEmpty()
        && load.isEmpty();
  }

  /** Whether nothing is known of the day besides what is forgotten, so that a 0 would be wrong. */
  public boolean holdsOnlyForgotten() {
    return !forgotten.isEmpty() && isUnmeasured();
  }

  /**
   * Whether nothing was measured on the day, as on one of which only a check-in or what was
   * forgotten is known: a sum of 0 would say that the wearer did not sit.
   */
  @JsonIgnore
  public boolean isUnmeasured() {
    return coverageMinutes == 0 && steps == 0;
  }

  /** The same day with other bends. */
  public DaySummary withBending(@Nullable Bending bends) {
    return with(revision, wear, load, bends, morningPain, morningStiffness);
  }

  /** The same day with another word on how much of it was seen. */
  public DaySummary withWear(Wear other) {
    return with(revision, other, load, bending, morningPain, morningStiffness);
  }

  /** Steps, or null where nothing counted any: a zero would be told as if it were measured. */
  public @Nullable Long countedSteps() {
    return steps == 0 ? null : steps;
  }

  /** The same day under another revision. */
  public DaySummary withRevision(int next) {
    return with(next, wear, load, bending, morningPain, morningStiffness);
  }

  /** The same day beside other days. */
  public DaySummary withLoad(List<LoadChange> changes) {
    return with(revision, wear, changes, bending, morningPain, morningStiffness);
  }

  /** The same day with other words of the morning. */
  public DaySummary withMorning(@Nullable Integer firstPain, @Nullable Integer firstStiffness) {
    return with(revision, wear, load, bending, firstPain, firstStiffness);
  }

  private DaySummary with(
      int nextRevision,
      @Nullable Wear seen,
      List<LoadChange> changes,
      @Nullable Bending bends,
      @Nullable Integer firstPain,
      @Nullable Integer firstStiffness) {
    return new DaySummary(
        wearer,
        date,
        zone,
        nextRevision,
        postureMinutes,
        sitting,
        steps,
        coverageMinutes,
        seen,
        stepsByHour,
        sitToStands,
        seatedShifts,
        changes,
        tags,
        pain,
        stiffness,
        bends,
        walking,
        stepTrack,
        lifting,
        firstPain,
        firstStiffness,
        forgotten,
        span,
        painAt);
  }

  @JsonProperty("v")
  public int version() {
    return 1;
  }
}
