package io.lumbar.analytics.night;

import io.lumbar.analytics.sitting.BoutLedger;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.WearerId;
import java.util.List;

/**
 * When a wearer was in bed, by the published bouts: the night, its other part where somebody was up
 * for long in between, and a nap of an hour or more.
 */
public final class TimesInBed {
  private final BoutLedger bouts;

  public TimesInBed(BoutLedger bouts) {
    this.bouts = bouts;
  }

  /** Those that touch a span, whole, by start, not overlapping. */
  public List<Span> touching(WearerId wearer, Span span) {
    return Rests.of(bouts.withRestsAround(wearer, span, Rests.LONGEST_GAP)).stream()
        .filter(rest -> rest.isInBed() && rest.from() < span.to() && rest.to() > span.from())
        .map(Rest::span)
        .toList();
  }
}
