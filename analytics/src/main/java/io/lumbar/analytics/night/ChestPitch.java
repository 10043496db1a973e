package io.lumbar.analytics.night;

import io.lumbar.analytics.evidence.Piece;
import io.lumbar.model.Posture;
import java.util.List;
import java.util.Objects;

/**
 * What a sensor on the chest told of its pitch in a rest, whichever sensor the position is believed
 * of: a lower back tells nothing of a raised chest, so it takes nothing of it back either. Pure.
 *
 * @param pieces in which the wearer is believed to lie and the chest told its pitch, in order
 */
record ChestPitch(List<Piece> pieces) {

  /**
   * The pitch of a rest.
   *
   * @param chest what sensors on the chest alone told, in order, without overlap
   * @param believed the timeline of the rest, in order, without overlap
   */
  static ChestPitch of(List<Piece> chest, List<Piece> believed) {
    ChestPitch told =
        new ChestPitch(
            chest.stream()
                .filter(piece -> piece.posture() == Posture.LYING)
                .filter(piece -> piece.evidence().lying().headUpDegrees() != null)
                .toList());
    return new ChestPitch(
        believed.stream()
            .filter(piece -> piece.posture() == Posture.LYING)
            .flatMap(piece -> told.within(piece).stream())
            .toList());
  }

  /** The parts inside a piece of the timeline. */
  List<Piece> within(Piece believed) {
    return pieces.stream()
        .filter(piece -> piece.to() > believed.from() && piece.from() < believed.to())
        .map(
            piece ->
                piece.between(
                    Math.max(piece.from(), believed.from()), Math.min(piece.to(), believed.to())))
        .toList();
  }

  /** The pitch of one of the pieces. */
  static double degrees(Piece piece) {
    return Objects.requireNonNull(piece.evidence().lying().headUpDegrees());
  }
}
