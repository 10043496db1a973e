package io.lumbar.analytics.night;

import io.lumbar.analytics.evidence.LyingDetail;
import io.lumbar.analytics.evidence.Piece;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.Posture;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds unbroken blocks of some way of lying, over turns of less than a minute. Pure. */
final class Blocks {
  /** What interrupts a block for less than this belongs to it. */
  static final long TURN = 60_000;

  private Blocks() {}

  /**
   * A block.
   *
   * @param pieces those of the way that was looked for, without the turns
   */
  record Block(List<Piece> pieces) {
    long from() {
      return pieces.get(0).from();
    }

    long to() {
      return pieces.get(pieces.size() - 1).to();
    }

    long millis() {
      return to() - from();
    }
  }

  /** The blocks inside a span, by start; pieces in order, without overlap. */
  static List<Block> of(List<Piece> pieces, Span span, Predicate<LyingDetail> wanted) {
    List<Block> blocks = new ArrayList<>();
    List<Piece> block = new ArrayList<>();
    for (Piece piece : pieces) {
      boolean inside = piece.to() > span.from() && piece.from() < span.to();
      if (!inside || piece.posture() != Posture.LYING || !wanted.test(piece.evidence().lying())) {
        continue;
      }
      Piece part =
          piece.between(Math.max(piece.from(), span.from()), Math.min(piece.to(), span.to()));
      if (!block.isEmpty() && part.from() - block.get(block.size() - 1).to() >= TURN) {
        blocks.add(new Block(List.copyOf(block)));
        block.clear();
      }
      block.add(part);
    }
    if (!block.isEmpty()) {
      blocks.add(new Block(List.copyOf(block)));
    }
    return blocks;
  }
}
