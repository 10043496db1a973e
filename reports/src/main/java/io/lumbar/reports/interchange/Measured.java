package io.lumbar.reports.interchange;

import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.NightSummary;
import java.time.Instant;
import java.util.List;

/**
 * What is known of a wearer over a range of dates.
 *
 * @param subject what the wearer is called in what is handed on
 * @param bouts of any posture that touch the range, by start
 * @param days by date, with {@link DaySummary#wear} as it is reckoned now
 * @param nights by date of waking
 * @param hasUnworn whether something that is not worn tells of the wearer, whose postures cannot be
 *     told from the wearer's own word
 * @param madeAt when it is handed on
 */
record Measured(
    Subject subject,
    List<Bout> bouts,
    List<DaySummary> days,
    List<NightSummary> nights,
    boolean hasUnworn,
    Instant madeAt) {

  Measured {
    bouts = List.copyOf(bouts);
    days = List.copyOf(days);
    nights = List.copyOf(nights);
  }
}
