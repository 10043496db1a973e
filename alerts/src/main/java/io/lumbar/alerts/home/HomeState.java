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
 * @param minutes whole minutes of the sitting that goes on, else 0
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
    boolean sitting = newest.posture() == Posture.SITTING;
    long minutes = Math.max(0, Duration.between(newest.from(), now).toMinutes());
    return new HomeState(
        name(newest.posture()),
        sitting ? minutes : 0,
        newest.from().atZone(newest.zone()).toOffsetDateTime());
  }

  /** A posture as Home Assistant's options are written. */
  static String name(Posture posture) {
    return posture.wireName().replace('-', '_');
  }
}
