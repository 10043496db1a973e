package io.lumbar.analytics.night;

import io.lumbar.analytics.evidence.Piece;
import io.lumbar.model.NightSummary;
import io.lumbar.model.NightSummary.Lie;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The positions of a night in order, without turns of less than a minute. Pure. */
final class Track {
  private Track() {}

  /**
   * The track; empty when it would have more than {@link NightSummary#LONGEST_TRACK} pieces.
   *
   * @param pieces of the night, in order, not overlapping
   */
  static List<Lie> of(List<Piece> pieces) {
    List<Lie> track = new ArrayList<>();
    for (Lie lie : merged(told(pieces), 1)) {
      if (millis(lie) >= Blocks.TURN) {
        track.add(lie);
      }
    }
    List<Lie> bridged = merged(track, Blocks.TURN);
    return bridged.size() > NightSummary.LONGEST_TRACK ? List.of() : bridged;
  }

  private static List<Lie> told(List<Piece> pieces) {
    List<Lie> told = new ArrayList<>();
    for (Piece piece : pieces) {
      SleepPosition position =
          piece.posture() == Posture.LYING ? piece.evidence().lying().position() : null;
      if (position != null || piece.posture().isUpright()) {
        told.add(lie(piece.from(), piece.to(), position));
      }
    }
    return told;
  }

  /** Joins neighbours of the same position with less than {@code gap} milliseconds between them. */
  private static List<Lie> merged(List<Lie> lies, long gap) {
    List<Lie> merged = new ArrayList<>();
    for (Lie lie : lies) {
      Lie last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null
          && last.position() == lie.position()
          && lie.from().toEpochMilli() - last.to().toEpochMilli() < gap) {
        merged.set(merged.size() - 1, new Lie(last.from(), lie.to(), lie.position()));
      } else {
        merged.add(lie);
      }
    }
    return merged;
  }

  private static Lie lie(long from, long to, @Nullable SleepPosition position) {
    return new Lie(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to), position);
  }

  private static long millis(Lie lie) {
    return lie.to().toEpochMilli() - lie.from().toEpochMilli();
  }
}
