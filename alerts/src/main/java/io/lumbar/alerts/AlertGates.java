package io.lumbar.alerts;

import io.lumbar.model.Episode;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What holds an alert back although its episode is open and true; the first that applies speaks.
 */
final class AlertGates {
  static final Duration COOLDOWN = Duration.ofMinutes(10);

  /** Shorter than the least distance of two steps, so that it never delays a second step. */
  static final Duration COOLDOWN_SAME_KIND = Duration.ofMinutes(4);

  private AlertGates() {}

  /**
   * A gate that is shut.
   *
   * @param until when it opens by itself, or null when only a new record can open it
   */
  record Shut(Reason reason, @Nullable Instant until) {}

  static Optional<Shut> firstShut(
      AlertState state, Episode episode, WearerSettings settings, Instant now) {
    return Stream.of(
            posture(episode),
            quietHours(episode, settings, now),
            snooze(state, now),
            cooldown(state, episode, now))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Shut> posture(Episode episode) {
    return switch (episode.evidence().posture()) {
      case TRAVELLING -> shut(Reason.TRAVELLING);
      case LYING -> shut(Reason.IN_BED);
      case NOT_WORN -> shut(Reason.NOT_WORN);
      case UNKNOWN -> shut(Reason.UNKNOWN_POSTURE);
      case STANDING, WALKING, RUNNING, STAIRS, CYCLING, UPRIGHT -> shut(Reason.ON_THE_FEET);
      case SITTING, INACTIVE -> Optional.empty();
    };
  }

  private static Optional<Shut> quietHours(Episode episode, WearerSettings settings, Instant now) {
    LocalTime from = settings.quietFrom();
    LocalTime to = settings.quietTo();
    if (from == null || to == null) {
      return Optional.empty();
    }
    return new QuietHours(from, to, episode.zone())
        .endAt(now)
        .map(end -> new Shut(Reason.QUIET_HOURS, end));
  }

  private static Optional<Shut> snooze(AlertState state, Instant now) {
    return Optional.ofNullable(state.snoozedUntil())
        .filter(now::isBefore)
        .map(end -> new Shut(Reason.SNOOZED, end));
  }

  private static Optional<Shut> cooldown(AlertState state, Episode episode, Instant now) {
    return state
        .lastSent()
        .map(last -> last.at().plus(last.kind() == episode.kind() ? COOLDOWN_SAME_KIND : COOLDOWN))
        .filter(now::isBefore)
        .map(end -> new Shut(Reason.COOLDOWN, end));
  }

  private static Optional<Shut> shut(Reason reason) {
    return Optional.of(new Shut(reason, null));
  }
}
