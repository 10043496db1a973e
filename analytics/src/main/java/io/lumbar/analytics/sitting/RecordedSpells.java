package io.lumbar.analytics.sitting;

import io.lumbar.analytics.evidence.Evidence;
import io.lumbar.analytics.evidence.Timeline;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.Bout;
import io.lumbar.model.Observation;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The spells of a whole recording at once, by the rules that bouts follow in the stream. Pure; the
 * order of the observations does not matter.
 */
public final class RecordedSpells {
  private RecordedSpells() {}

  /**
   * Spells in order of time, without overlap.
   *
   * @param silence from this long without a report on, the posture is unknown
   */
  public static List<Spell> of(List<Observation> observations, Duration silence) {
    List<Evidence> evidence =
        observations.stream().map(Evidence::of).flatMap(Optional::stream).toList();
    if (evidence.isEmpty()) {
      return List.of();
    }
    long from = evidence.stream().mapToLong(Evidence::from).min().getAsLong();
    long to = evidence.stream().mapToLong(Evidence::to).max().getAsLong();
    Span span = new Span(from, to);
    Timeline timeline = new Timeline(silence.toMillis());
    return new Spells(silence.toMillis()).of(timeline.resolve(evidence, span, to), span);
  }

  /** The same as bouts, closed and in their first revision, as the stream publishes them. */
  public static List<Bout> bouts(
      WearerId wearer, List<Observation> observations, Duration silence) {
    return of(observations, silence).stream()
        .map(spell -> BoutLedger.bout(wearer, "recorded-" + spell.from(), spell, false, 1))
        .toList();
  }
}
