package io.lumbar.analytics.night;

import io.lumbar.analytics.evidence.LyingDetail;
import io.lumbar.analytics.evidence.Piece;
import io.lumbar.analytics.night.Blocks.Block;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.DetectionSettings;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When the wearer slept in a rest, and the blocks on the front and arched in that time. Pure.
 *
 * <p>Sleep begins with the first lying that a sensor guesses to be asleep; where no sensor guesses,
 * a quarter of an hour after lying down. On the front counts prone; arched also three-quarter
 * prone, with an arch of the wearer's setting, 10 degrees or more (reference positions and errors
 * of a few degrees forbid less: Wong and Wong 2008, doi 10.1007/s00586-008-0586-0).
 */
final class Sleep {
  /** The usual time to fall asleep, where no sensor guesses. */
  private static final long ONSET = 15 * 60_000L;

  private Sleep() {}

  /** The time from falling asleep to the end of the rest; empty while never asleep. */
  static Optional<Span> time(Rest rest, List<Piece> pieces) {
    boolean guessed = false;
    for (Piece piece : pieces) {
      Boolean awake = piece.evidence().lying().awake();
      boolean lies = piece.posture() == Posture.LYING && piece.to() > rest.from();
      guessed |= lies && awake != null;
      if (lies && Boolean.FALSE.equals(awake) && piece.from() < rest.to()) {
        return Optional.of(new Span(Math.max(rest.from(), piece.from()), rest.to()));
      }
    }
    long onset = rest.from() + ONSET;
    return guessed || onset >= rest.to()
        ? Optional.empty()
        : Optional.of(new Span(onset, rest.to()));
  }

  /** Blocks on the front, asleep, of at least the least length. */
  static List<Block> prone(List<Piece> pieces, Span asleep, DetectionSettings limits) {
    return longEnough(proneOfAnyLength(pieces, asleep), limits);
  }

  /** Blocks arched, asleep, of at least the least length. */
  static List<Block> arched(List<Piece> pieces, Span asleep, DetectionSettings limits) {
    return longEnough(archedOfAnyLength(pieces, asleep, limits), limits);
  }

  static List<Block> proneOfAnyLength(List<Piece> pieces, Span asleep) {
    return Blocks.of(pieces, asleep, lie -> isStill(lie) && isProne(lie));
  }

  static List<Block> archedOfAnyLength(List<Piece> pieces, Span asleep, DetectionSettings limits) {
    return Blocks.of(pieces, asleep, lie -> isStill(lie) && isArched(lie, limits));
  }

  static boolean isProne(LyingDetail lie) {
    return lie.position() == SleepPosition.PRONE;
  }

  static boolean isArched(LyingDetail lie, DetectionSettings limits) {
    return isFront(lie) && atLeast(lie.archDegrees(), limits.archDegrees());
  }

  static boolean isStrong(LyingDetail lie, DetectionSettings limits) {
    return isFront(lie) && atLeast(lie.archDegrees(), limits.strongArchDegrees());
  }

  /** On the front, three-quarter included, where alone a back can be arched by a pillow. */
  static boolean isFront(LyingDetail lie) {
    return isProne(lie) || lie.position() == SleepPosition.THREE_QUARTER_PRONE;
  }

  /**
   * Whether the arch was measured, and not only made possible by one sensor, as it is where a
   * device says no more than the angle.
   */
  static boolean isMeasured(LyingDetail lie) {
    return lie.archConfidence() != null && lie.archConfidence() >= PostureObservation.MEASURED_ARCH;
  }

  private static boolean isStill(LyingDetail lie) {
    return !Boolean.TRUE.equals(lie.awake());
  }

  private static boolean atLeast(@Nullable Double degrees, double least) {
    return degrees != null && degrees >= least;
  }

  /** The least length of a block that is worth telling, in milliseconds. */
  static long shortest(DetectionSettings limits) {
    return limits.sleepMinutes() * 60_000L;
  }

  private static List<Block> longEnough(List<Block> blocks, DetectionSettings limits) {
    List<Block> kept = new ArrayList<>(blocks);
    kept.removeIf(block -> block.millis() < shortest(limits));
    return kept;
  }
}
