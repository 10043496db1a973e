package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.StretchProfile;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds exercises back on painful days: from a pain of 7 of 10 on, or after three days that were
 * each worse than the day before. Limits in {@code health.yaml}.
 */
public final class PainGate {
  private static final PainGate BUNDLED = new PainGate(Resources.yaml("health.yaml"));

  private final int limit;
  private final int days;

  /** Why exercises are held back; the key of its sentence. */
  public enum Closed {
    PAIN,
    RISING;

    String key() {
      return WireNames.of(this);
    }
  }

  PainGate(JsonNode health) {
    limit = health.path("painLimit").intValue();
    days = health.path("risingDays").intValue();
  }

  /** The limits that come with Lumbar. */
  public static PainGate bundled() {
    return BUNDLED;
  }

  /**
   * Whether exercises are held back.
   *
   * @param now pain told at this moment, 0 to 10; null when none was told
   */
  public Optional<Closed> check(StretchProfile profile, LocalDate today, @Nullable Integer now) {
    StretchProfile known = profile.with(today, List.of(), now);
    Integer highest = known.painOn(today);
    if ((now != null && now >= limit) || (now == null && highest != null && highest >= limit)) {
      return Optional.of(Closed.PAIN);
    }
    return rising(known, today) ? Optional.of(Closed.RISING) : Optional.empty();
  }

  /** Three rises need four days in a row, the last of them today. */
  private boolean rising(StretchProfile profile, LocalDate today) {
    for (int back = 0; back < days; back++) {
      Integer later = profile.painOn(today.minusDays(back));
      Integer earlier = profile.painOn(today.minusDays(back + 1L));
      if (later == null || earlier == null || later <= earlier) {
        return false;
      }
    }
    return true;
  }
}
