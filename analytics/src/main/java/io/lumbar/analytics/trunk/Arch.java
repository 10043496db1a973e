package io.lumbar.analytics.trunk;

import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import java.util.OptionalDouble;

/**
 * Judges how far the lower back is arched while its wearer lies on the front. Pure, reading by
 * reading.
 *
 * <p>Only two sensors, sternum and sacrum, measure an arch: it is the difference of their pitches
 * against the same difference on a flat bed (after Wong and Wong 2008, doi
 * 10.1007/s00586-008-0586-0). From 10 degrees on it is arched, from 20 strongly; below 10 no claim
 * is made, because one accelerometer on a back errs by up to 4.8 degrees (Evans 2024, doi
 * 10.1016/j.heliyon.2024.e32544). A chest sensor alone sees the chest raised, which a pillow or an
 * arm under it does without any arch. A lower-back sensor alone may say "possibly". On the back a
 * raised head is a pillow, never an arch. Who is awake and propped reads.
 */
public final class Arch {
  static final double ARCHED_DEGREES = 10;
  static final double STRONGLY_DEGREES = 20;
  static final double RAISED_DEGREES = PostureObservation.RAISED_CHEST;
  private static final double UNCERTAIN_DEGREES = 4.8;

  private Arch() {}

  /** What can be said. */
  public enum Kind {
    /** Not on the front, or on the front and flat. */
    FLAT,
    /** On the front with the chest raised; one chest sensor cannot tell whether the back arches. */
    CHEST_RAISED,
    /** One lower-back sensor, with or without a thigh sensor: a hint. */
    POSSIBLY_ARCHED,
    ARCHED,
    STRONGLY_ARCHED,
    /** Raised or arched, and moving or not asleep yet: probably reading. */
    PROPPED_AWAKE,
    /** On the front, and no sensor that could tell. */
    UNKNOWN
  }

  /**
   * A judgement.
   *
   * @param degrees the chest's pitch or the back's arch above the wearer's flat; empty when unknown
   * @param confidence 0 to 1, of the kind and not of the degrees
   */
  public record Judgement(Kind kind, OptionalDouble degrees, double confidence) {}

  /** Pitches in degrees of the sensors that there are; a thigh's is 0 flat, positive hip up. */
  public record Pitches(OptionalDouble chest, OptionalDouble lowerBack, OptionalDouble thigh) {

    /** A chest sensor alone. */
    public static Pitches ofChest(double chest) {
      return new Pitches(OptionalDouble.of(chest), OptionalDouble.empty(), OptionalDouble.empty());
    }

    /** A lower-back sensor alone. */
    public static Pitches ofLowerBack(double lowerBack) {
      return new Pitches(
          OptionalDouble.empty(), OptionalDouble.of(lowerBack), OptionalDouble.empty());
    }

    /** Both trunk sensors. */
    public static Pitches ofBoth(double chest, double lowerBack) {
      return new Pitches(
          OptionalDouble.of(chest), OptionalDouble.of(lowerBack), OptionalDouble.empty());
    }
  }

  /**
   * Judges one instant.
   *
   * @param awake true while the wearer moves or does not sleep yet
   */
  public static Judgement judge(Lie lie, Pitches pitches, ArchReference reference, boolean awake) {
    if (lie.side() != SleepPosition.PRONE) {
      return new Judgement(Kind.FLAT, OptionalDouble.empty(), 1);
    }
    Judgement asleep = onFront(pitches, reference);
    boolean propped = asleep.kind() != Kind.FLAT && asleep.kind() != Kind.UNKNOWN;
    return propped && awake
        ? new Judgement(Kind.PROPPED_AWAKE, asleep.degrees(), asleep.confidence())
        : asleep;
  }

  private static Judgement onFront(Pitches pitches, ArchReference reference) {
    if (pitches.chest().isPresent() && pitches.lowerBack().isPresent()) {
      double arch =
          pitches.chest().getAsDouble()
              - reference.chest()
              - (pitches.lowerBack().getAsDouble() - reference.lowerBack());
      Kind kind =
          arch >= STRONGLY_DEGREES
              ? Kind.STRONGLY_ARCHED
              : arch >= ARCHED_DEGREES ? Kind.ARCHED : Kind.FLAT;
      return judgement(kind, arch, ARCHED_DEGREES, reference.measuredInBed() ? 0.9 : 0.7);
    }
    if (pitches.chest().isPresent()) {
      double raised = pitches.chest().getAsDouble() - reference.chest();
      Kind kind = raised >= RAISED_DEGREES ? Kind.CHEST_RAISED : Kind.FLAT;
      return judgement(kind, raised, RAISED_DEGREES, 0.9);
    }
    if (pitches.lowerBack().isPresent() && reference.measuredInBed()) {
      double above =
          pitches.lowerBack().getAsDouble() - pitches.thigh().orElse(0) - reference.lowerBack();
      Kind kind = above >= ARCHED_DEGREES ? Kind.POSSIBLY_ARCHED : Kind.FLAT;
      return judgement(kind, above, ARCHED_DEGREES, pitches.thigh().isPresent() ? 0.5 : 0.3);
    }
    return new Judgement(Kind.UNKNOWN, OptionalDouble.empty(), 0);
  }

  /** Within a sensor's error of the limit the word is worth half. */
  private static Judgement judgement(Kind kind, double degrees, double limit, double confidence) {
    boolean close = Math.abs(degrees - limit) < UNCERTAIN_DEGREES;
    return new Judgement(kind, OptionalDouble.of(degrees), close ? confidence / 2 : confidence);
  }
}
