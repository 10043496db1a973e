package io.lumbar.analytics.night;

import io.lumbar.analytics.sitting.BoutLedger;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.WearerBook;
import io.lumbar.model.WearerId;
import java.util.List;

/**
 * When a wearer was in bed, by the published bouts: the night, its other part where somebody was up
 * for long in between, and a nap of an hour or more.
 */
public final class TimesInBed {
  private final BoutLedger bouts;
  private final WearerBook wearers;

  public TimesInBed(BoutLedger bouts, WearerBook wearers) {
    this.bouts = bouts;
    this.wearers = wearers;
  }

  /** Those that touch a span, whole, by start, not overlapping. */
  public List<Span> touching(WearerId wearer, Span span) {
    return Rests.of(
            bouts.withRestsAround(wearer, span, Rests.LONGEST_GAP),
            zone -> wearers.dates(wearer, zone))
        .stream()
        .filter(rest -> rest.isInBed() && rest.from() < span.to() && rest.to() > span.from())
        .map(Rest::span)
        .toList();
  }
}
