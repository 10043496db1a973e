package io.lumbar.analytics.night;

import io.lumbar.analytics.evidence.LyingDetail;
import io.lumbar.analytics.evidence.Piece;
import io.lumbar.analytics.night.Blocks.Block;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.DetectionSettings;
import io.lumbar.model.NightSummary.RaisedChest;
import io.lumbar.model.PostureObservation;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** How long the chest was raised on the front in a rest, by a sensor on the chest. Pure. */
final class RaisedTime {
  private RaisedTime() {}

  /** The sums; null where no sensor on the chest told its pitch. */
  static @Nullable RaisedChest of(
      ChestPitch chest, Rest rest, Optional<Span> asleep, DetectionSettings limits) {
    if (chest.pieces().isEmpty()) {
      return null;
    }
    long onset = asleep.map(Span::from).orElse(rest.to());
    long sleeping = 0;
    long awake = 0;
    WeightedMedian pitch = new WeightedMedian();
    for (Block block : Blocks.of(chest.pieces(), rest.span(), RaisedTime::isRaised)) {
      boolean isLong = block.millis() >= Sleep.shortest(limits);
      for (Piece piece : block.pieces()) {
        long millis = piece.to() - piece.from();
        long before = Math.max(0, Math.min(piece.to(), onset) - piece.from());
        long up = Boolean.TRUE.equals(piece.evidence().lying().awake()) ? millis : before;
        awake += up;
        if (isLong && up < millis) {
          sleeping += millis - up;
          pitch.add(ChestPitch.degrees(piece), millis - up);
        }
      }
    }
    OptionalDouble degrees = pitch.value();
    return new RaisedChest(
        sleeping / 60_000.0, degrees.isPresent() ? degrees.getAsDouble() : null, awake / 60_000.0);
  }

  private static boolean isRaised(LyingDetail lie) {
    return Sleep.isFront(lie)
        && lie.headUpDegrees() != null
        && lie.headUpDegrees() >= PostureObservation.RAISED_CHEST;
  }
}
