package io.lumbar.analytics.night;

import io.lumbar.analytics.evidence.Piece;
import io.lumbar.analytics.night.Blocks.Block;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.StableIds;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The episodes of sleep on the front and with an arched back in a rest. Pure.
 *
 * <p>Levels: on the front the minutes reached (10, 30, 60); arched 10, or 20 once ten minutes of it
 * were at 20 degrees and more.
 */
final class SleepEpisodes {
  /** How far behind a rest it is looked for what ended the last episode. */
  static final long BEHIND = 10 * 60_000L;

  private static final int[] PRONE_LEVELS = {10, 30, 60};

  private SleepEpisodes() {}

  /** Episodes of one kind, by start. */
  static List<Episode> of(WearerId wearer, EpisodeKind kind, Rest rest, List<Piece> pieces) {
    Optional<Span> asleep = Sleep.time(rest, pieces);
    if (asleep.isEmpty()) {
      return List.of();
    }
    boolean arched = kind == EpisodeKind.ARCHED_SLEEP;
    List<Block> blocks =
        arched ? Sleep.arched(pieces, asleep.get()) : Sleep.prone(pieces, asleep.get());
    List<Episode> episodes = new ArrayList<>();
    for (Block block : blocks) {
      int level = arched ? archLevel(block) : proneLevel(block);
      episodes.add(episode(wearer, kind, level, block, rest, pieces));
    }
    return episodes;
  }

  private static Episode episode(
      WearerId wearer, EpisodeKind kind, int level, Block block, Rest rest, List<Piece> pieces) {
    Instant from = Instant.ofEpochMilli(block.from());
    Instant to = Instant.ofEpochMilli(block.to());
    Piece last = block.pieces().get(block.pieces().size() - 1);
    String endedBy = endedBy(pieces, block.to());
    boolean open = rest.open() && endedBy == null;
    double seconds =
        block.pieces().stream().mapToLong(piece -> piece.to() - piece.from()).sum() / 1000.0;
    return new Episode(
        StableIds.episode(wearer, kind, from),
        wearer,
        kind,
        from,
        to,
        rest.zone(),
        level,
        open,
        0,
        false,
        new Episode.Evidence(
            to, to, seconds, Posture.LYING, last.evidence().stamp().placement(), confidence(block)),
        open ? null : endedBy == null ? "silence" : endedBy);
  }

  private static int proneLevel(Block block) {
    int reached = 0;
    for (int level : PRONE_LEVELS) {
      reached = block.millis() >= level * 60_000L ? level : reached;
    }
    return reached;
  }

  private static int archLevel(Block block) {
    long strong =
        block.pieces().stream()
            .filter(piece -> Sleep.isStrong(piece.evidence().lying()))
            .mapToLong(piece -> piece.to() - piece.from())
            .sum();
    return (int) (strong >= Blocks.SHORTEST ? Sleep.STRONGLY : Sleep.ARCHED);
  }

  /** The lowest confidence in a block; null on the front, and as a device said it. */
  private static @Nullable Double confidence(Block block) {
    return block.pieces().stream()
        .map(piece -> piece.evidence().lying().archConfidence())
        .filter(one -> one != null)
        .min(Double::compare)
        .orElse(null);
  }

  /** What came right after an instant: a position, a posture, or null when nothing is known. */
  private static @Nullable String endedBy(List<Piece> pieces, long instant) {
    for (Piece piece : pieces) {
      if (piece.to() > instant && piece.from() - instant < BEHIND) {
        SleepPosition position = piece.evidence().lying().position();
        boolean lies = piece.posture() == Posture.LYING;
        if (lies && Boolean.TRUE.equals(piece.evidence().lying().awake())) {
          return "awake";
        }
        return lies && position != null ? position.wireName() : piece.posture().wireName();
      }
    }
    return null;
  }
}
