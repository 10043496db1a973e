package io.lumbar.alerts;

import io.lumbar.alerts.AlertState.Told;
import io.lumbar.alerts.hours.QuietHours;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.BusyTime;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What holds an alert back although its episode is open and true; the first that applies speaks.
 */
final class AlertGates {
  private final AlertState state;
  private final Episode episode;
  private final WearerSettings settings;
  private final AlertSettings manners;
  private final Instant now;

  private AlertGates(AlertState state, Episode episode, WearerSettings settings, Instant now) {
    this.state = state;
    this.episode = episode;
    this.settings = settings;
    this.manners = settings.alerts();
    this.now = now;
  }

  /**
   * A gate that is shut.
   *
   * @param until when it opens by itself, or null when only a new record can open it
   */
  record Shut(Reason reason, @Nullable Instant until) {}

  static Optional<Shut> firstShut(
      AlertState state, Episode episode, WearerSettings settings, Instant now) {
    AlertGates gates = new AlertGates(state, episode, settings, now);
    Stream<Optional<Shut>> all = episode.kind().isOfSleep() ? gates.asleep() : gates.awake();
    return all.flatMap(Optional::stream).findFirst();
  }

  private Stream<Optional<Shut>> awake() {
    return Stream.of(
        posture(),
        until(manners.listenUntil(), Reason.LISTENING),
        until(manners.pausedUntil(), Reason.PAUSED),
        trial(),
        busy(),
        quietHours(),
        workingHours(),
        until(state.snoozedUntil(), Reason.SNOOZED),
        cooldown(),
        budget(),
        chance());
  }

  /** In bed, and mostly within quiet hours, which are about sounds and not about a lamp. */
  private Stream<Optional<Shut>> asleep() {
    return Stream.of(
        baseline(),
        until(manners.listenUntil(), Reason.LISTENING),
        until(manners.pausedUntil(), Reason.PAUSED),
        trial(),
        until(state.snoozedUntil(), Reason.SNOOZED),
        cooldown(),
        budget());
  }

  /** Not waited for by itself: it is days away, and the episode is over long before. */
  private Optional<Shut> baseline() {
    Instant from = manners.nightFeedbackFrom();
    return from == null || now.isBefore(from) ? shut(Reason.BASELINE_WEEK) : Optional.empty();
  }

  private Optional<Shut> posture() {
    if (episode.kind().isAboutSensors() || episode.kind() == EpisodeKind.DEEP_BEND) {
      return Optional.empty();
    }
    return switch (episode.evidence().posture()) {
      case TRAVELLING -> shut(Reason.TRAVELLING);
      case LYING -> shut(Reason.IN_BED);
      case NOT_WORN -> shut(Reason.NOT_WORN);
      case UNKNOWN -> shut(Reason.UNKNOWN_POSTURE);
      case STANDING, WALKING, RUNNING, STAIRS, CYCLING, UPRIGHT -> shut(Reason.ON_THE_FEET);
      case SITTING, INACTIVE -> Optional.empty();
    };
  }

  private Optional<Shut> until(@Nullable Instant end, Reason reason) {
    return Optional.ofNullable(end).filter(now::isBefore).map(at -> new Shut(reason, at));
  }

  /** A day without alerts of a wearer who tries what they change; the next may be one with them. */
  private Optional<Shut> trial() {
    LocalDate today = dateOf(now);
    return state.isWithoutAlerts(today)
        ? until(today.plusDays(1).atStartOfDay(episode.zone()).toInstant(), Reason.EXPERIMENT)
        : Optional.empty();
  }

  private Optional<Shut> busy() {
    return manners.busy().stream()
        .filter(time -> !now.isBefore(time.from()) && now.isBefore(time.to()))
        .map(BusyTime::to)
        .max(Comparator.naturalOrder())
        .map(end -> new Shut(Reason.BUSY, end));
  }

  private Optional<Shut> quietHours() {
    return QuietHours.quietUntil(settings, episode.zone(), now)
        .map(end -> new Shut(Reason.QUIET_HOURS, end));
  }

  private Optional<Shut> workingHours() {
    return QuietHours.worksAgainAt(settings, episode.zone(), now)
        .map(start -> new Shut(Reason.OUTSIDE_WORKING_HOURS, start));
  }

  /** Who snoozed an alert chose when it comes again, however near; others keep their distance. */
  private Optional<Shut> cooldown() {
    Instant chosen =
        state.snoozed(episode, Freshness.reach(episode, now)).map(Told::at).orElse(Instant.MIN);
    return state
        .sent()
        .filter(told -> told.at().isAfter(chosen))
        .map(told -> told.at().plus(distance(told)))
        .max(Comparator.naturalOrder())
        .flatMap(end -> until(end, Reason.COOLDOWN));
  }

  /**
   * The further steps of one sitting come as close as the wearer set them, those of one position
   * asleep as close as its levels.
   */
  private Duration distance(Told told) {
    Duration any = Duration.ofMinutes(manners.spacingMinutes());
    if (told.kind() != episode.kind()) {
      return any;
    }
    if (state.isAbout(told, episode, Freshness.reach(episode, now))) {
      if (episode.kind().isOfSleep()) {
        return Duration.ZERO;
      }
      Duration repeat = Duration.ofMinutes(settings.repeatMinutes());
      return repeat.compareTo(any) < 0 ? repeat : any;
    }
    return Duration.ofMinutes(Math.max(manners.cooldownMinutes(), manners.spacingMinutes()));
  }

  private Optional<Shut> budget() {
    Integer most = manners.budgetOf(episode.kind());
    LocalDate today = dateOf(now);
    Instant midnight = today.plusDays(1).atStartOfDay(episode.zone()).toInstant();
    if (most != null && most == 0) {
      return Optional.of(new Shut(Reason.SWITCHED_OFF, midnight));
    }
    long sent =
        state
            .sent()
            .filter(told -> !told.missed())
            .filter(told -> told.kind() == episode.kind() && dateOf(told.at()).equals(today))
            .count();
    return most == null || sent < most
        ? Optional.empty()
        : Optional.of(new Shut(Reason.BUDGET, midnight));
  }

  /**
   * A share of sittings, whole, by the episode's id: asking again gives the same answer, and what
   * was held back or told once stays so when late data moves its start.
   */
  private Optional<Shut> chance() {
    Instant to = Freshness.reach(episode, now);
    boolean drawn =
        Steps.asksForAnAnswer(episode.kind())
            && manners.withholdPercent() > 0
            && (state.isWithheld(episode, to)
                || Math.floorMod(episode.id().hashCode(), 100) < manners.withholdPercent());
    boolean begun = state.told().stream().anyMatch(told -> told.covers(episode, to));
    return drawn && !begun ? shut(Reason.WITHHELD_AT_RANDOM) : Optional.empty();
  }

  private LocalDate dateOf(Instant instant) {
    return instant.atZone(episode.zone()).toLocalDate();
  }

  private static Optional<Shut> shut(Reason reason) {
    return Optional.of(new Shut(reason, null));
  }
}
