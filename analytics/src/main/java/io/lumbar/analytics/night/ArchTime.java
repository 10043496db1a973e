package io.lumbar.analytics.night;

import io.lumbar.analytics.evidence.LyingDetail;
import io.lumbar.analytics.evidence.Piece;
import io.lumbar.analytics.night.Blocks.Block;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.DetectionSettings;
import io.lumbar.model.Posture;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a back was arched in a rest. Pure. Minutes, null where no sensor could tell; measured
 * ones where two could at any time of the rest, possible ones where one could.
 *
 * @param measured in blocks of the least length asleep, by two sensors
 * @param strongly those of {@code measured} and {@code possible} beyond the strong limit
 * @param possible the same blocks where one sensor makes it possible
 * @param degrees median over both
 * @param confidence mean over both
 * @param awake arched on the front while not asleep
 */
record ArchTime(
    @Nullable Double measured,
    @Nullable Double strongly,
    @Nullable Double possible,
    @Nullable Double degrees,
    @Nullable Double confidence,
    @Nullable Double awake) {
  private static final ArchTime UNKNOWN = new ArchTime(null, null, null, null, null, null);

  static ArchTime of(
      List<Piece> pieces, Rest rest, Optional<Span> asleep, DetectionSettings limits) {
    List<LyingDetail> told =
        pieces.stream()
            .filter(piece -> piece.posture() == Posture.LYING)
            .map(piece -> piece.evidence().lying())
            .filter(lie -> lie.archDegrees() != null)
            .toList();
    if (told.isEmpty()) {
      return UNKNOWN;
    }
    boolean measures = told.stream().anyMatch(Sleep::isMeasured);
    boolean allMeasure = told.stream().allMatch(Sleep::isMeasured);
    Sums sums = new Sums(limits);
    List<Block> blocks = asleep.map(span -> Sleep.arched(pieces, span, limits)).orElse(List.of());
    for (Block block : blocks) {
      block.pieces().forEach(sums::add);
    }
    return new ArchTime(
        measures ? minutes(sums.measured) : null,
        minutes(sums.strongly),
        allMeasure ? null : minutes(sums.possible),
        sums.degrees.value().isPresent() ? sums.degrees.value().getAsDouble() : null,
        sums.confidentMillis == 0
            ? null
            : Math.round(100 * sums.confidence / sums.confidentMillis) / 100.0,
        minutes(propped(pieces, rest, asleep, limits)));
  }

  private static long propped(
      List<Piece> pieces, Rest rest, Optional<Span> asleep, DetectionSettings limits) {
    long onset = asleep.map(Span::from).orElse(rest.to());
    long millis = 0;
    for (Block block : Blocks.of(pieces, rest.span(), lie -> Sleep.isArched(lie, limits))) {
      for (Piece piece : block.pieces()) {
        long before = Math.min(piece.to(), onset) - piece.from();
        boolean awake = Boolean.TRUE.equals(piece.evidence().lying().awake());
        millis += awake ? piece.to() - piece.from() : Math.max(0, before);
      }
    }
    return millis;
  }

  private static double minutes(long millis) {
    return millis / 60_000.0;
  }

  /** Growing sums in milliseconds. */
  private static final class Sums {
    private long measured;
    private long possible;
    private long strongly;
    private double confidence;
    private long confidentMillis;
    private final WeightedMedian degrees = new WeightedMedian();
    private final DetectionSettings limits;

    Sums(DetectionSettings limits) {
      this.limits = limits;
    }

    void add(Piece piece) {
      LyingDetail lie = piece.evidence().lying();
      long millis = piece.to() - piece.from();
      if (Sleep.isMeasured(lie)) {
        measured += millis;
      } else {
        possible += millis;
      }
      strongly += Sleep.isStrong(lie, limits) ? millis : 0;
      if (lie.archDegrees() != null) {
        degrees.add(lie.archDegrees(), millis);
      }
      if (lie.archConfidence() != null) {
        confidence += lie.archConfidence() * millis;
        confidentMillis += millis;
      }
    }
  }
}
