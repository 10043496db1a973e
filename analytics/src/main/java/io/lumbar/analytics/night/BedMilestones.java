package io.lumbar.analytics.night;

import io.lumbar.analytics.evidence.Piece;
import io.lumbar.analytics.evidence.TimelineReader;
import io.lumbar.analytics.sitting.BoutLedger;
import io.lumbar.analytics.sitting.Milestones;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.WearerBook;
import io.lumbar.model.Bout;
import io.lumbar.model.DetectionSettings;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerDates;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * When lying that goes on without another word becomes a time in bed, a night, the longest of its
 * date, or one that is cut at noon, and when the way of lying becomes an episode, reaches a level
 * of it, or is no longer told.
 */
public final class BedMilestones implements Milestones {
  /**
   * Somebody who stays in bed has nights cut at noon: what was earlier than this changes nothing of
   * the newest.
   */
  private static final long FAR_ENOUGH = Duration.ofDays(2).toMillis();

  private final BoutLedger bouts;
  private final TimelineReader timeline;
  private final WearerBook wearers;

  public BedMilestones(BoutLedger bouts, TimelineReader timeline, WearerBook wearers) {
    this.bouts = bouts;
    this.timeline = timeline;
    this.wearers = wearers;
  }

  @Override
  public OptionalLong next(WearerId wearer, Bout newest) {
    if (newest.posture() != Posture.LYING) {
      return OptionalLong.empty();
    }
    long seen = newest.to().toEpochMilli();
    long midnight = midnightBefore(wearer, newest);
    Span span = new Span(Math.min(newest.from().toEpochMilli(), midnight), seen);
    List<Rest> rests =
        Rests.of(
            bouts.withRestsAround(wearer, span, Rests.LONGEST_GAP, span.from() - FAR_ENOUGH),
            zone -> wearers.dates(wearer, zone));
    if (rests.isEmpty()) {
      return OptionalLong.empty();
    }
    Rest rest = rests.get(rests.size() - 1);
    return Stream.of(
            rest.growsInto(),
            rest.outgrows(rests),
            LongStream.of(Rests.nextCut(rests)),
            rest.isInBed() ? episodes(wearer, rest) : LongStream.empty())
        .flatMapToLong(instants -> instants)
        .filter(instant -> instant > seen)
        .min();
  }

  /** Of somebody who lies on the front by a word that holds, or lay so until a short time ago. */
  private LongStream episodes(WearerId wearer, Rest rest) {
    long held = rest.holdsUntil();
    long since = Math.max(rest.from(), rest.to() - SleepEpisodes.BEHIND);
    boolean front =
        held > rest.to()
            && timeline.pieces(wearer, new Span(since, held), held).stream()
                .anyMatch(BedMilestones::isOnTheFront);
    if (!front) {
      return LongStream.empty();
    }
    // As if the present were where the word ends.
    List<Piece> pieces = timeline.pieces(wearer, new Span(rest.from(), held), held);
    DetectionSettings limits = wearers.settingsAt(wearer, rest.to()).detection();
    Optional<Span> asleep = Sleep.time(rest.heldOn(), pieces);
    return asleep
        .map(
            span ->
                LongStream.concat(
                    SleepEpisodes.reached(pieces, span, limits),
                    SleepEpisodes.fallSilent(pieces, span, limits)))
        .orElse(LongStream.empty());
  }

  private long midnightBefore(WearerId wearer, Bout bout) {
    WearerDates dates = wearers.dates(wearer, bout.zone());
    return dates.begin(dates.at(bout.to())).toEpochMilli();
  }

  private static boolean isOnTheFront(Piece piece) {
    return piece.posture() == Posture.LYING && Sleep.isFront(piece.evidence().lying());
  }
}
