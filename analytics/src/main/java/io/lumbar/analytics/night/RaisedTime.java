package io.lumbar.analytics.night;

import io.lumbar.analytics.evidence.LyingDetail;
import io.lumbar.analytics.evidence.Piece;
import io.lumbar.analytics.night.Blocks.Block;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.DetectionSettings;
import io.lumbar.model.NightSummary.RaisedChest;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** How long the chest was raised on the front in a rest, by a sensor on the chest. Pure. */
final class RaisedTime {
  private RaisedTime() {}

  /** The sums; null where no sensor on the chest told its pitch. */
  static @Nullable RaisedChest of(
      List<Piece> pieces, Rest rest, Optional<Span> asleep, DetectionSettings limits) {
    List<Piece> told = pieces.stream().filter(RaisedTime::isTold).toList();
    if (told.isEmpty()) {
      return null;
    }
    long onset = asleep.map(Span::from).orElse(rest.to());
    long sleeping = 0;
    long awake = 0;
    WeightedMedian pitch = new WeightedMedian();
    for (Block block : Blocks.of(told, rest.span(), RaisedTime::isRaised)) {
      boolean isLong = block.millis() >= Sleep.shortest(limits);
      for (Piece piece : block.pieces()) {
        long millis = piece.to() - piece.from();
        LyingDetail lie = piece.evidence().lying();
        long before = Math.max(0, Math.min(piece.to(), onset) - piece.from());
        long up = Boolean.TRUE.equals(lie.awake()) ? millis : before;
        awake += up;
        if (isLong && up < millis && lie.headUpDegrees() != null) {
          sleeping += millis - up;
          pitch.add(lie.headUpDegrees(), millis - up);
        }
      }
    }
    OptionalDouble degrees = pitch.value();
    return new RaisedChest(
        sleeping / 60_000.0, degrees.isPresent() ? degrees.getAsDouble() : null, awake / 60_000.0);
  }

  private static boolean isTold(Piece piece) {
    return piece.posture() == Posture.LYING
        && piece.evidence().stamp().placement() == Placement.CHEST
        && piece.evidence().lying().headUpDegrees() != null;
  }

  private static boolean isRaised(LyingDetail lie) {
    return Sleep.isFront(lie)
        && lie.headUpDegrees() != null
        && lie.headUpDegrees() >= PostureObservation.RAISED_CHEST;
  }
}
