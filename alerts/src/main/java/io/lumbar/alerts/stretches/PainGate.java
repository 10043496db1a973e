package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.RedFlagAnswer;
import io.lumbar.model.StretchProfile;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds exercises back while a sign that needs a person stands, and on painful days: from a pain of
 * 7 of 10 on, or after three days that were each worse than the day before. Limits in {@code
 * health.yaml}. Alerts, reports, routines and the gallery all ask here.
 */
public final class PainGate {
  private static final PainGate BUNDLED = new PainGate(Resources.yaml("health.yaml"));

  private final int limit;
  private final int days;
  private final int daysOpen;

  /** Why exercises are held back; the key of its sentence. */
  public enum Closed {
    /** A sign that needs a person first; it stays until the wearer answers anew. */
    STOPPED,
    PAIN,
    RISING;

    String key() {
      return WireNames.of(this);
    }

    /** Its sentence for a wearer; who cannot walk is not told to. */
    String text(Texts texts, StretchProfile profile) {
      String seated = key() + "-seated";
      boolean other = !Suitability.table().walks(profile) && texts.has("gate", seated);
      return texts.line("gate", other ? seated : key());
    }
  }

  /** When to ask for signs that need a person. */
  public enum Ask {
    /** Until it was answered, whatever way the wearer came; some days after it was left open. */
    FIRST_RUN,
    /** On a day of strong pain. */
    PAIN;

    /** The name in answers. */
    public String wireName() {
      return WireNames.of(this);
    }
  }

  PainGate(JsonNode health) {
    limit = health.path("painLimit").intValue();
    days = health.path("risingDays").intValue();
    daysOpen = health.path("askAgainDays").intValue();
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
    if (profile.isStopped()) {
      return Optional.of(Closed.STOPPED);
    }
    StretchProfile known = profile.with(today, List.of(), now);
    Integer highest = known.painOn(today);
    if ((now != null && now >= limit) || (now == null && highest != null && highest >= limit)) {
      return Optional.of(Closed.PAIN);
    }
    return rising(known, today) ? Optional.of(Closed.RISING) : Optional.empty();
  }

  /**
   * Whether the page should ask for signs that need a person: until they were answered, some days
   * later again where they were left open, and once on each day of strong pain; never while one
   * stands.
   */
  public Optional<Ask> asks(StretchProfile profile, LocalDate today) {
    RedFlagAnswer answer = profile.redFlags();
    Integer pain = profile.painOn(today);
    if (profile.isStopped()) {
      return Optional.empty();
    }
    if (pain != null && pain >= limit && (answer == null || answer.on().isBefore(today))) {
      return Optional.of(Ask.PAIN);
    }
    boolean open =
        answer == null
            || (answer.level() == RedFlagAnswer.Level.SKIPPED
                && !answer.on().plusDays(daysOpen).isAfter(today));
    return open ? Optional.of(Ask.FIRST_RUN) : Optional.empty();
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
