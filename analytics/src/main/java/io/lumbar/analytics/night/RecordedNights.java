package io.lumbar.analytics.night;

import io.lumbar.analytics.evidence.Evidence;
import io.lumbar.analytics.evidence.Piece;
import io.lumbar.analytics.evidence.Timeline;
import io.lumbar.analytics.sitting.RecordedSpells;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.DetectionSettings;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Observation;
import io.lumbar.model.Placement;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The nights of a whole recording at once, by the rules that nights follow in the stream. Pure; the
 * order of the observations does not matter.
 */
public final class RecordedNights {
  private RecordedNights() {}

  /**
   * What a night would say of every rest, in order of time, also of one that is too short for a
   * night of the day, or where two end on one date.
   *
   * @param silence from this long without a report on, the posture is unknown
   * @param limits by which a back counts as arched
   */
  public static List<NightSummary> of(
      WearerId wearer, List<Observation> observations, Duration silence, DetectionSettings limits) {
    List<Evidence> evidence =
        observations.stream().map(Evidence::of).flatMap(Optional::stream).toList();
    List<Evidence> chest =
        evidence.stream().filter(one -> one.stamp().placement() == Placement.CHEST).toList();
    return Rests.of(RecordedSpells.bouts(wearer, observations, silence)).stream()
        .map(
            rest ->
                NightSum.of(
                    wearer,
                    rest,
                    pieces(evidence, rest, silence),
                    pieces(chest, rest, silence),
                    List.of(),
                    List.of(),
                    limits,
                    1))
        .toList();
  }

  private static List<Piece> pieces(List<Evidence> evidence, Rest rest, Duration silence) {
    Span span = new Span(rest.from(), rest.to());
    return new Timeline(silence.toMillis()).resolve(evidence, span, rest.to());
  }
}
