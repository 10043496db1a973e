package io.lumbar.alerts.home;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.lumbar.model.Bout;
import io.lumbar.model.Posture;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What a home sees of a wearer. Pure.
 *
 * @param posture wire name with _ for -; {@code unknown} when the newest data is too old
 * @param minutes whole minutes of the present posture, as far as it is known to last; 0 when
 *     unknown
 * @param since when it began; null when unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HomeState(
    String posture, @JsonProperty("bout_min") long minutes, @Nullable OffsetDateTime since) {

  /** Data that is older says nothing about the present. */
  static final Duration FRESH = Duration.ofMinutes(5);

  private static final HomeState UNKNOWN = new HomeState(name(Posture.UNKNOWN), 0, null);

  /**
   * Which of two bouts is the newest: the one that starts later, and of one bout its last word.
   * Late data takes a bout back before it tells what takes its place, which may start earlier.
   *
   * @param known null for none
   * @param next read after it
   */
  static @Nullable Bout newer(@Nullable Bout known, Bout next) {
    if (known != null && known.id().equals(next.id())) {
      return next;
    }
    if (next.retracted()) {
      return known;
    }
    boolean later = known == null || known.retracted() || next.from().isAfter(known.from());
    return later ? next : known;
  }

  /** The state by the newest bout, null for none. */
  static HomeState of(@Nullable Bout newest, Instant now) {
    if (newest == null || newest.retracted() || !newest.open()) {
      return UNKNOWN;
    }
    Instant end = newest.holdsUntil().isAfter(newest.to()) ? newest.holdsUntil() : newest.to();
    if (end.isBefore(now.minus(FRESH))) {
      return UNKNOWN;
    }
    Instant known = end.isBefore(now) ? end : now;
    return new HomeState(
        name(newest.posture()),
        Math.max(0, Duration.between(newest.from(), known).toMinutes()),
        newest.from().atZone(newest.zone()).toOffsetDateTime());
  }

  /** A posture as Home Assistant's options are written. */
  static String name(Posture posture) {
    return posture.wireName().replace('-', '_');
  }
}
