package io.lumbar.analytics.night;

import io.lumbar.analytics.evidence.Piece;
import io.lumbar.analytics.night.Blocks.Block;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.DetectionSettings;
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
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The episodes of sleep on the front and with an arched back in a rest. Pure.
 *
 * <p>Levels: on the front the minutes reached (the least length, 30, 60); arched the degrees of the
 * wearer's setting (10), or of the strong one (20) once as much of it as makes an episode was
 * beyond that.
 */
final class SleepEpisodes {
  /**
   * How far behind an episode it is looked for what ended it. Lying without a position, as a thigh
   * tells it beyond the last word of the chest, is no end for so long; after that it is silence.
   */
  static final long BEHIND = 10 * 60_000L;

  private static final List<Integer> PRONE_LEVELS = List.of(30, 60);

  private SleepEpisodes() {}

  /** Episodes of one kind, by start. */
  static List<Episode> of(
      WearerId wearer, EpisodeKind kind, Rest rest, List<Piece> pieces, DetectionSettings limits) {
    Optional<Span> asleep = Sleep.time(rest, pieces);
    if (asleep.isEmpty()) {
      return List.of();
    }
    boolean arched = kind == EpisodeKind.ARCHED_SLEEP;
    List<Block> blocks =
        arched
            ? Sleep.arched(pieces, asleep.get(), limits)
            : Sleep.prone(pieces, asleep.get(), limits);
    List<Episode> episodes = new ArrayList<>();
    for (Block block : blocks) {
      int level = arched ? archLevel(block, limits) : proneLevel(block, limits);
      episodes.add(episode(wearer, kind, level, block, rest, pieces));
    }
    return episodes;
  }

  /** When blocks are long enough for an episode, and when they reach the levels of one. */
  static LongStream reached(List<Piece> pieces, Span asleep, DetectionSettings limits) {
    return LongStream.concat(
        Sleep.proneOfAnyLength(pieces, asleep).stream()
            .flatMapToLong(block -> minutes(block, limits, PRONE_LEVELS)),
        Sleep.archedOfAnyLength(pieces, asleep, limits).stream()
            .flatMapToLong(
                block ->
                    LongStream.concat(
                        minutes(block, limits, EpisodeKind.ARCHED_MINUTES),
                        strongFrom(block, limits))));
  }

  /** When episodes end by silence within lying that goes on. */
  static LongStream fallSilent(List<Piece> pieces, Span asleep, DetectionSettings limits) {
    return Stream.of(Sleep.prone(pieces, asleep, limits), Sleep.arched(pieces, asleep, limits))
        .flatMap(List::stream)
        .mapToLong(Block::to)
        .filter(end -> endedBy(pieces, end) == null)
        .map(end -> end + BEHIND);
  }

  private static LongStream minutes(Block block, DetectionSettings limits, List<Integer> levels) {
    return LongStream.concat(
            LongStream.of(Sleep.shortest(limits)),
            levels.stream().mapToLong(level -> level * 60_000L))
        .filter(millis -> millis <= block.millis())
        .map(millis -> block.from() + millis);
  }

  /** When as much of a block was strongly arched as makes an episode. */
  private static LongStream strongFrom(Block block, DetectionSettings limits) {
    long missing = Sleep.shortest(limits);
    for (Piece piece : block.pieces()) {
      long length = piece.to() - piece.from();
      if (Sleep.isStrong(piece.evidence().lying(), limits)) {
        if (missing <= length) {
          return LongStream.of(piece.from() + missing);
        }
        missing -= length;
      }
    }
    return LongStream.empty();
  }

  private static Episode episode(
      WearerId wearer, EpisodeKind kind, int level, Block block, Rest rest, List<Piece> pieces) {
    Instant from = Instant.ofEpochMilli(block.from());
    Instant to = Instant.ofEpochMilli(block.to());
    Piece last = block.pieces().get(block.pieces().size() - 1);
    String endedBy = endedBy(pieces, block.to());
    boolean open = rest.open() && endedBy == null && rest.to() - block.to() < BEHIND;
    long held = open ? Math.min(last.holdsUntil(), rest.holdsUntil()) : block.to();
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
            to,
            Instant.ofEpochMilli(Math.max(block.to(), held)),
            seconds,
            Posture.LYING,
            last.evidence().stamp().placement(),
            confidence(block)),
        open ? null : endedBy == null ? "silence" : endedBy);
  }

  private static int proneLevel(Block block, DetectionSettings limits) {
    int reached = limits.sleepMinutes();
    for (int level : PRONE_LEVELS) {
      reached = block.millis() >= level * 60_000L ? Math.max(reached, level) : reached;
    }
    return reached;
  }

  private static int archLevel(Block block, DetectionSettings limits) {
    long strong =
        block.pieces().stream()
            .filter(piece -> Sleep.isStrong(piece.evidence().lying(), limits))
            .mapToLong(piece -> piece.to() - piece.from())
            .sum();
    return strong >= Sleep.shortest(limits) ? limits.strongArchDegrees() : limits.archDegrees();
  }

  /** The lowest confidence in a block; null on the front, and as a device said it. */
  private static @Nullable Double confidence(Block block) {
    return block.pieces().stream()
        .map(piece -> piece.evidence().lying().archConfidence())
        .filter(one -> one != null)
        .min(Double::compare)
        .orElse(null);
  }

  /** The position or posture that came after an instant, or null when none is known. */
  private static @Nullable String endedBy(List<Piece> pieces, long instant) {
    for (Piece piece : pieces) {
      if (piece.to() > instant && piece.from() - instant < BEHIND) {
        SleepPosition position = piece.evidence().lying().position();
        if (piece.posture() != Posture.LYING) {
          return piece.posture().wireName();
        }
        if (Boolean.TRUE.equals(piece.evidence().lying().awake())) {
          return "awake";
        }
        if (position != null) {
          return position.wireName();
        }
      }
    }
    return null;
  }
}
