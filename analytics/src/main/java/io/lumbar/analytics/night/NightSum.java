package io.lumbar.analytics.night;

import io.lumbar.analytics.evidence.Evidence;
import io.lumbar.analytics.evidence.LyingDetail;
import io.lumbar.analytics.evidence.Piece;
import io.lumbar.analytics.night.Blocks.Block;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.CheckIn;
import io.lumbar.model.DetectionSettings;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Sums a rest up as a night. Pure.
 *
 * <p>Where a device gives only sums per position, they count for the share of the time that lies in
 * the rest, and turns and blocks stay unknown.
 */
final class NightSum {
  private final Rest rest;
  private final DetectionSettings limits;
  private final List<Piece> pieces;
  private final ChestPitch chest;
  private final Map<SleepPosition, Double> positionMillis = new EnumMap<>(SleepPosition.class);
  private final Map<Placement, Long> lyingBySource = new EnumMap<>(Placement.class);
  private final WeightedMedian headUp = new WeightedMedian();
  private boolean ordered;
  private long known;

  private NightSum(Rest rest, List<Piece> pieces, ChestPitch chest, DetectionSettings limits) {
    this.rest = rest;
    this.limits = limits;
    this.pieces = pieces;
    this.chest = chest;
    pieces.forEach(this::add);
  }

  /**
   * The night of a rest.
   *
   * @param all pieces of the timeline that cover the rest, in order
   * @param chest what sensors on the chest alone told in that time, in order
   * @param morning check-ins after waking, by time
   * @param forgotten what the wearer had forgotten of the rest, apart from each other
   * @param limits from where on a back counts as arched
   */
  static NightSummary of(
      WearerId wearer,
      Rest rest,
      List<Piece> all,
      List<Piece> chest,
      List<CheckIn> morning,
      List<Span> forgotten,
      DetectionSettings limits,
      int revision) {
    List<Piece> inside =
        all.stream()
            .filter(piece -> piece.to() > rest.from() && piece.from() < rest.to())
            .map(
                piece ->
                    piece.between(
                        Math.max(piece.from(), rest.from()), Math.min(piece.to(), rest.to())))
            .toList();
    return new NightSum(rest, inside, ChestPitch.of(chest, inside), limits)
        .summary(wearer, morning, forgotten, revision);
  }

  private void add(Piece piece) {
    long millis = piece.to() - piece.from();
    known += piece.posture().isKnown() ? millis : 0;
    if (piece.posture() != Posture.LYING) {
      return;
    }
    Evidence evidence = piece.evidence();
    LyingDetail lie = evidence.lying();
    lyingBySource.merge(evidence.stamp().placement(), millis, Long::sum);
    ordered |= lie.position() != null;
    List<Piece> told = chest.within(piece);
    for (Piece one : told) {
      headUp.add(ChestPitch.degrees(one), one.to() - one.from());
    }
    long untold = millis - told.stream().mapToLong(one -> one.to() - one.from()).sum();
    if (lie.headUpDegrees() != null && untold > 0) {
      headUp.add(lie.headUpDegrees(), untold);
    }
    if (!evidence.positionSeconds().isEmpty()) {
      double share = millis / (double) (evidence.to() - evidence.from());
      evidence
          .positionSeconds()
          .forEach(
              (position, seconds) ->
                  positionMillis.merge(position, seconds * 1000 * share, Double::sum));
    } else if (lie.position() != null) {
      positionMillis.merge(lie.position(), (double) millis, Double::sum);
    }
  }

  private NightSummary summary(
      WearerId wearer, List<CheckIn> morning, List<Span> forgotten, int revision) {
    Optional<Span> asleep = Sleep.time(rest, pieces);
    boolean guessed = pieces.stream().anyMatch(piece -> piece.evidence().lying().awake() != null);
    ArchTime arch = ArchTime.of(pieces, rest, asleep, limits);
    Map<SleepPosition, Double> minutes = new EnumMap<>(SleepPosition.class);
    positionMillis.forEach(
        (position, millis) -> {
          if (millis > 0) {
            minutes.put(position, millis / 60_000);
          }
        });
    double positioned = positionMillis.values().stream().mapToDouble(Double::doubleValue).sum();
    Integer shifts = ordered ? Turns.count(pieces) : null;
    OptionalDouble pitch = headUp.value();
    return new NightSummary(
        wearer,
        rest.date(),
        rest.zone(),
        revision,
        false,
        rest.open(),
        Instant.ofEpochMilli(rest.from()),
        Instant.ofEpochMilli(rest.to()),
        guessed ? asleep.map(span -> Instant.ofEpochMilli(span.from())).orElse(null) : null,
        minutes,
        ordered ? longestProne() : null,
        shifts,
        shifts == null || positioned <= 0 ? null : shifts / (positioned / 3_600_000),
        null,
        arch.measured(),
        arch.strongly(),
        arch.possible(),
        arch.degrees(),
        arch.confidence(),
        arch.awake(),
        pitch.isPresent() ? pitch.getAsDouble() : null,
        rest.outOfBed(),
        known / 60_000.0,
        estimatedFrom(),
        first(morning, CheckIn::pain),
        first(morning, CheckIn::stiffness),
        ordered ? Track.of(pieces) : List.of(),
        RaisedTime.of(chest, rest, asleep, limits),
        forgotten.stream().mapToLong(span -> span.to() - span.from()).sum() / 60_000.0);
  }

  private double longestProne() {
    return Blocks.of(pieces, rest.span(), Sleep::isProne).stream()
            .mapToLong(Block::millis)
            .max()
            .orElse(0)
        / 60_000.0;
  }

  /** The placement that told most of the lying, unless it is on the trunk. */
  private @Nullable Placement estimatedFrom() {
    return lyingBySource.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .filter(placement -> !isTrunk(placement))
        .orElse(null);
  }

  private static boolean isTrunk(Placement placement) {
    return switch (placement) {
      case CHEST, LOWER_BACK, WAIST -> true;
      case THIGH, TROUSER_POCKET, WRIST, ESTIMATED -> false;
    };
  }

  private static @Nullable Integer first(
      List<CheckIn> morning, java.util.function.Function<CheckIn, @Nullable Integer> score) {
    return morning.stream()
        .sorted(Comparator.comparing(CheckIn::at).thenComparing(CheckIn::id))
        .map(score)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
