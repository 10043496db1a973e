package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The main sleep of a wearer, under the local date of waking. The last record per wearer and date
 * is the whole truth; a night that no longer exists comes again with {@code retracted}.
 *
 * @param zone the wearer's zone at the end
 * @param inBedFrom start of the time in bed
 * @param inBedTo end of the time in bed, or the newest instant in it while {@code open}
 * @param open true while the wearer may still be in bed
 * @param asleepFrom when sleep began, by a guess from stillness; null where no sensor guessed
 * @param positionMinutes minutes per position, three-quarter prone apart; a position that did not
 *     occur is left out, time whose position is not known too
 * @param longestProneMinutes longest block on the front, three-quarter apart, turns of less than a
 *     minute bridged; null where only sums are known
 * @param shifts changes of position that lasted a minute; null where only sums are known
 * @param shiftsPerHour {@code shifts} per hour of known position
 * @param usualShiftsPerHour the wearer's own median over the 14 nights before, as far as they are
 *     known; null below three
 * @param archedMinutes minutes on the front with an arch of 10 degrees and more, measured by two
 *     sensors, in blocks of at least ten minutes; null where no sensor could tell
 * @param possiblyArchedMinutes the same where one sensor makes it possible, without certainty
 * @param stronglyArchedMinutes those of either kind from 20 degrees on
 * @param archDegrees median arch of the arched time of either kind; null without
 * @param archConfidence how well the arch could be known, 0 to 1; null where no sensor could tell
 * @param proppedAwakeMinutes minutes on the front with such an arch while not asleep, as when
 *     reading on the elbows; null where no sensor could tell
 * @param headUpDegrees median pitch of the trunk while lying, the chest's where it told one; null
 *     where not measured
 * @param outOfBed how often the wearer was out of bed in between: half a minute on the feet and
 *     more, without lying for a minute
 * @param coverageMinutes minutes in bed for which the posture is known
 * @param estimatedFrom the placement whose estimate the positions are, when it is not the trunk's
 * @param morningPain pain told in the twelve hours after waking, the first of them, 0 to 10
 * @param morningStiffness stiffness told then, 0 to 10
 * @param track positions in order of time, those of less than a minute left out; empty where only
 *     sums are known
 * @param raisedChest how long the chest was raised on the front; null where no sensor on the chest
 *     told its pitch
 * @param forgottenMinutes minutes between these two that the wearer had forgotten; they count
 *     neither as seen nor as in bed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NightSummary(
    WearerId wearer,
    LocalDate date,
    ZoneId zone,
    int revision,
    boolean retracted,
    boolean open,
    Instant inBedFrom,
    Instant inBedTo,
    @Nullable Instant asleepFrom,
    Map<SleepPosition, Double> positionMinutes,
    @Nullable Double longestProneMinutes,
    @Nullable Integer shifts,
    @Nullable Double shiftsPerHour,
    @Nullable Double usualShiftsPerHour,
    @Nullable Double archedMinutes,
    @Nullable Double stronglyArchedMinutes,
    @Nullable Double possiblyArchedMinutes,
    @Nullable Double archDegrees,
    @Nullable Double archConfidence,
    @Nullable Double proppedAwakeMinutes,
    @Nullable Double headUpDegrees,
    int outOfBed,
    double coverageMinutes,
    @Nullable Placement estimatedFrom,
    @Nullable Integer morningPain,
    @Nullable Integer morningStiffness,
    List<Lie> track,
    @Nullable RaisedChest raisedChest,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) double forgottenMinutes) {

  /** How many pieces a track has at most; a night that is more restless keeps its sums alone. */
  public static final int LONGEST_TRACK = 300;

  /** A position over [from, to); null on the feet. Time that is not known has no piece. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Lie(Instant from, Instant to, @Nullable SleepPosition position) {}

  /**
   * A chest that was raised on the front, as on arms and a pillow. It says nothing about an arch,
   * which one sensor cannot measure.
   *
   * @param minutes asleep, in blocks of at least ten
   * @param degrees median pitch over those; null without any
   * @param awakeMinutes the same while probably awake, as when reading
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RaisedChest(double minutes, @Nullable Double degrees, double awakeMinutes) {}

  /** Without the order of the positions and the pitch of the chest. */
  public NightSummary(
      WearerId wearer,
      LocalDate date,
      ZoneId zone,
      int revision,
      boolean retracted,
      boolean open,
      Instant inBedFrom,
      Instant inBedTo,
      @Nullable Instant asleepFrom,
      Map<SleepPosition, Double> positionMinutes,
      @Nullable Double longestProneMinutes,
      @Nullable Integer shifts,
      @Nullable Double shiftsPerHour,
      @Nullable Double usualShiftsPerHour,
      @Nullable Double archedMinutes,
      @Nullable Double stronglyArchedMinutes,
      @Nullable Double possiblyArchedMinutes,
      @Nullable Double archDegrees,
      @Nullable Double archConfidence,
      @Nullable Double proppedAwakeMinutes,
      @Nullable Double headUpDegrees,
      int outOfBed,
      double coverageMinutes,
      @Nullable Placement estimatedFrom,
      @Nullable Integer morningPain,
      @Nullable Integer morningStiffness) {
    this(
        wearer,
        date,
        zone,
        revision,
        retracted,
        open,
        inBedFrom,
        inBedTo,
        asleepFrom,
        positionMinutes,
        longestProneMinutes,
        shifts,
        shiftsPerHour,
        usualShiftsPerHour,
        archedMinutes,
        stronglyArchedMinutes,
        possiblyArchedMinutes,
        archDegrees,
        archConfidence,
        proppedAwakeMinutes,
        headUpDegrees,
        outOfBed,
        coverageMinutes,
        estimatedFrom,
        morningPain,
        morningStiffness,
        List.of(),
        null,
        0);
  }

  public NightSummary {
    positionMinutes = positionMinutes == null ? Map.of() : Map.copyOf(positionMinutes);
    track = track == null ? List.of() : List.copyOf(track);
    if (!inBedFrom.isBefore(inBedTo)) {
      throw new IllegalArgumentException("the night of " + date + " ends before it starts");
    }
  }

  /** The same night under another revision and beside other nights. */
  public NightSummary with(int newRevision, boolean nowRetracted, @Nullable Double usualShifts) {
    return new NightSummary(
        wearer,
        date,
        zone,
        newRevision,
        nowRetracted,
        open && !nowRetracted,
        inBedFrom,
        inBedTo,
        asleepFrom,
        positionMinutes,
        longestProneMinutes,
        shifts,
        shiftsPerHour,
        usualShifts,
        archedMinutes,
        stronglyArchedMinutes,
        possiblyArchedMinutes,
        archDegrees,
        archConfidence,
        proppedAwakeMinutes,
        headUpDegrees,
        outOfBed,
        coverageMinutes,
        estimatedFrom,
        morningPain,
        morningStiffness,
        track,
        raisedChest,
        forgottenMinutes);
  }

  /** Minutes in bed, by the clock, without those forgotten. */
  public double inBedMinutes() {
    return (inBedTo.toEpochMilli() - inBedFrom.toEpochMilli()) / 60_000.0 - forgottenMinutes;
  }

  @JsonProperty("v")
  public int version() {
    return 1;
  }
}
