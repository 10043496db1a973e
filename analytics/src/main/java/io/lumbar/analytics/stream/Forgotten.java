package io.lumbar.analytics.stream;

import io.lumbar.model.WearerId;
import java.util.Set;

/**
 * What was said about a wearer's posture before an instant is not needed any more. Not written to
 * any topic.
 *
 * @param before epoch milliseconds
 * @param packable days before this instant are over and may be kept as one value each
 * @param spared UTC days before it that stay, counted from 1970
 */
public record Forgotten(WearerId wearer, long before, long packable, Set<Long> spared) {
  /** Whether nothing of the UTC day of an instant, in epoch milliseconds, is needed any more. */
  public boolean covers(long instant) {
    long day = Math.floorDiv(instant, StoreKeys.DAY);
    return (day + 1) * StoreKeys.DAY <= before && !spared.contains(day);
  }
}
