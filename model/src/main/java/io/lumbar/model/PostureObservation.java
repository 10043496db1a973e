package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A posture over [from, to).
 *
 * <p>A {@code change} is the report of a device that speaks only when something changes: the
 * posture holds from {@code from} until that device's next report, at the latest until {@code to},
 * its horizon. Any other observation is a measured span.
 *
 * @param headUpDegrees pitch of the trunk toward the feet's side when lying; 0 is flat
 * @param archDegrees backward arch of the lumbar spine against the wearer's own reference
 * @param positionSeconds seconds per sleep position inside the span, without an order; for sums
 *     only
 * @param origin who decided the posture, which sets how short spells are treated
 * @param grade a final label outranks a provisional one of the same device
 * @param archConfidence how well the arch could be known, 0 to 1: from {@link #MEASURED_ARCH} on
 *     two sensors measured it, below that, and where it is null, one sensor only makes it possible
 * @param awake while lying, true when the wearer moves or does not sleep yet by a guess from
 *     stillness, false when probably asleep; null when nobody guessed
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PostureObservation(
    Stamp stamp,
    Posture posture,
    Instant from,
    Instant to,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean change,
    Origin origin,
    Grade grade,
    @Nullable SleepPosition position,
    @Nullable Double headUpDegrees,
    @Nullable Double archDegrees,
    Map<SleepPosition, Double> positionSeconds,
    @Nullable Double archConfidence,
    @Nullable Boolean awake)
    implements Observation {

  /** From this confidence on an arch was measured, by two sensors. */
  public static final double MEASURED_ARCH = 0.6;

  /**
   * From this pitch in degrees on, a chest on the front is raised, as on arms and a pillow: flat
   * ones are at about 2 and raised ones at 28 to 68.
   */
  public static final double RAISED_CHEST = 15;

  /** The longest span or horizon that one observation may cover. */
  public static final Duration LONGEST = Duration.ofHours(24);

  /** Who decided the posture. */
  public enum Origin {
    /** The device or its maker: spells are taken as given, however short. */
    REPORTED,
    /** Lumbar's own classifier: spells under 10 s are smoothed away. */
    CLASSIFIED
  }

  /** How settled a label is. */
  public enum Grade {
    PROVISIONAL,
    FINAL
  }

  public PostureObservation {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("from " + from + " must be before to " + to);
    }
    if (Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "an observation may cover at most " + LONGEST.toHours() + " h");
    }
    positionSeconds = positionSeconds == null ? Map.of() : Map.copyOf(positionSeconds);
  }

  /** An observation without a guess at sleep, whose arch, if any, is as the device said it. */
  public PostureObservation(
      Stamp stamp,
      Posture posture,
      Instant from,
      Instant to,
      boolean change,
      Origin origin,
      Grade grade,
      @Nullable SleepPosition position,
      @Nullable Double headUpDegrees,
      @Nullable Double archDegrees,
      Map<SleepPosition, Double> positionSeconds) {
    this(
        stamp,
        posture,
        from,
        to,
        change,
        origin,
        grade,
        position,
        headUpDegrees,
        archDegrees,
        positionSeconds,
        null,
        null);
  }

  /** A span as the device reported it. */
  public static PostureObservation span(Stamp stamp, Posture posture, Instant from, Instant to) {
    return new PostureObservation(
        stamp, posture, from, to, false, Origin.REPORTED, Grade.FINAL, null, null, null, Map.of());
  }

  /** A change that holds for at most {@code validFor}. */
  public static PostureObservation change(
      Stamp stamp, Posture posture, Instant at, Duration validFor) {
    return new PostureObservation(
        stamp,
        posture,
        at,
        at.plus(validFor),
        true,
        Origin.REPORTED,
        Grade.FINAL,
        null,
        null,
        null,
        Map.of());
  }
}
