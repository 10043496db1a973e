package io.lumbar.analytics.evidence;

import io.lumbar.model.BatteryObservation;
import io.lumbar.model.Observation;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Stamp;
import io.lumbar.model.WornObservation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What one device said about [from, to), in epoch milliseconds.
 *
 * @param classified true when Lumbar's own classifier decided, so that short spells are smoothed
 * @param settled true for a final label, false for a provisional one
 * @param positionSeconds seconds per sleep position inside the whole span
 * @param lying how the body lies
 */
public record Evidence(
    Stamp stamp,
    Kind kind,
    Posture posture,
    long from,
    long to,
    boolean classified,
    boolean settled,
    Map<SleepPosition, Double> positionSeconds,
    LyingDetail lying) {

  /** How long a device counts as charging, or as taken off, when it says nothing more. */
  static final Duration LONGEST_ABSENCE = Duration.ofHours(12);

  /** The longest that a device may have a posture hold; absences hold longer and are seldom. */
  static final Duration LONGEST_LOOKED_UP = Duration.ofHours(4);

  /** How far the statement reaches. */
  public enum Kind {
    /** Measured over the whole span. */
    SPAN,
    /** Holds from its start until the device's next report, at the latest until {@code to}. */
    CHANGE,
    /** The device charges: until its next battery report nothing else that it says counts. */
    CHARGING,
    /** The device does not charge; ends {@link #CHARGING}. */
    UNPLUGGED
  }

  public Evidence {
    if (from >= to) {
      throw new IllegalArgumentException("evidence must have a length, not " + from + " to " + to);
    }
  }

  /**
   * The evidence in an observation, or empty when it holds none (steps, or shorter than a
   * millisecond).
   */
  public static Optional<Evidence> of(Observation observation) {
    if (observation instanceof PostureObservation posture) {
      long from = posture.from().toEpochMilli();
      long to = posture.to().toEpochMilli();
      return from >= to
          ? Optional.empty()
          : Optional.of(
              new Evidence(
                  posture.stamp(),
                  posture.change() ? Kind.CHANGE : Kind.SPAN,
                  posture.posture(),
                  from,
                  to,
                  posture.origin() == PostureObservation.Origin.CLASSIFIED,
                  posture.grade() == PostureObservation.Grade.FINAL,
                  posture.positionSeconds(),
                  LyingDetail.of(posture)));
    }
    if (observation instanceof WornObservation worn) {
      long at = worn.at().toEpochMilli();
      // Being put on says nothing about posture; it only ends being taken off.
      return Optional.of(
          worn.worn()
              ? instant(worn.stamp(), Kind.CHANGE, Posture.UNKNOWN, at, 1)
              : instant(
                  worn.stamp(), Kind.CHANGE, Posture.NOT_WORN, at, LONGEST_ABSENCE.toMillis()));
    }
    if (observation instanceof BatteryObservation battery) {
      long at = battery.at().toEpochMilli();
      return Optional.of(
          battery.charging()
              ? instant(
                  battery.stamp(), Kind.CHARGING, Posture.NOT_WORN, at, LONGEST_ABSENCE.toMillis())
              : instant(battery.stamp(), Kind.UNPLUGGED, Posture.UNKNOWN, at, 1));
    }
    return Optional.empty();
  }

  private static Evidence instant(Stamp stamp, Kind kind, Posture posture, long at, long millis) {
    return new Evidence(
        stamp, kind, posture, at, at + millis, false, true, Map.of(), LyingDetail.NONE);
  }

  /** The same with another object for its stamp. */
  Evidence withStamp(Stamp equal) {
    return new Evidence(
        equal, kind, posture, from, to, classified, settled, positionSeconds, lying);
  }

  /** The same, reaching to another end. */
  Evidence until(long end) {
    return at(from, end);
  }

  /** The same of another time. */
  Evidence at(long start, long end) {
    return new Evidence(
        stamp, kind, posture, start, end, classified, settled, positionSeconds, lying);
  }

  /**
   * True for a posture that holds for up to {@link #LONGEST_LOOKED_UP}: it stands where it starts
   * alone, and who reads a later time looks back for it.
   */
  boolean isLookedUp() {
    return kind == Kind.CHANGE && to - from <= LONGEST_LOOKED_UP.toMillis();
  }

  /** True for what ends a posture that the device said before. */
  boolean endsEarlier() {
    return !isBattery() && !isPutOn();
  }

  /** True for statements about charging, which mask postures rather than compete with them. */
  boolean isBattery() {
    return kind == Kind.CHARGING || kind == Kind.UNPLUGGED;
  }

  /** True for the word that a device was put on, which ends only that it was taken off. */
  boolean isPutOn() {
    return kind == Kind.CHANGE && posture == Posture.UNKNOWN && to - from == 1;
  }

  /**
   * True when the other says the same and only reaches further or less far; the longer of the two
   * then stands for both.
   */
  boolean sameButForItsEnd(Evidence other) {
    return from == other.from && sameClaim(other);
  }

  /** True when the other says the same of whatever time. */
  boolean sameClaim(Evidence other) {
    return posture == other.posture
        && kind == other.kind
        && classified == other.classified
        && settled == other.settled
        && stamp.equals(other.stamp)
        && positionSeconds.equals(other.positionSeconds)
        && lying.equals(other.lying);
  }

  /**
   * Which of two statements of one device holds where both speak: what the device itself judged
   * before what Lumbar made of its raw motion, the settled one, then the one that starts later,
   * then by content. Never by arrival, so that the order of uploads cannot matter.
   */
  static int compareClaim(Evidence a, Evidence b) {
    int order = Boolean.compare(b.classified, a.classified);
    if (order == 0) {
      order = Boolean.compare(a.settled, b.settled);
    }
    if (order == 0) {
      order = Long.compare(a.from, b.from);
    }
    if (order == 0) {
      order = Integer.compare(a.posture.ordinal(), b.posture.ordinal());
    }
    if (order == 0) {
      order = Long.compare(a.to, b.to);
    }
    if (order == 0) {
      order = a.kind.compareTo(b.kind);
    }
    if (order == 0) {
      order = a.stamp.placement().compareTo(b.stamp.placement());
    }
    if (order == 0) {
      order = a.stamp.zone().getId().compareTo(b.stamp.zone().getId());
    }
    if (order == 0) {
      order = a.positionSeconds.toString().compareTo(b.positionSeconds.toString());
    }
    return order == 0 ? a.lying.toString().compareTo(b.lying.toString()) : order;
  }
}
