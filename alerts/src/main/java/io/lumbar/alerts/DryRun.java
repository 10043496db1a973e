package io.lumbar.alerts;

import io.lumbar.alerts.StoredSittings.Seen;
import io.lumbar.alerts.night.NightFeedback;
import io.lumbar.alerts.stretches.Stretches;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.Bout;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The alerts that would have come on stored history under given settings, decided by the policy
 * that decides the real ones.
 *
 * <p>History knows what was so in the end: data is taken as if it had come in time. An answer is
 * known only of an alert that really was sent, and says nothing but whether reminders come later
 * for want of answers; of the others nobody knows whether they would have been answered. A pause,
 * listening days and the week of feedback that only measures do not hold; meetings of the last two
 * weeks hold as the calendar had them when it was last read.
 */
public final class DryRun {
  private static final Duration INACTIVE = Duration.ofMinutes(Steps.INACTIVE_MINUTES);

  private final AlertPolicy policy = AlertPolicy.tried(new AlertWriter(Stretches.catalogue()));
  private final WearerSettings settings;
  private final List<Decision> decisions = new ArrayList<>();
  private final Map<String, Boolean> answered;
  private AlertState state = AlertState.empty();

  private DryRun(WearerSettings settings, Map<String, Boolean> answered) {
    this.answered = answered;
    AlertSettings lasting = settings.alerts().lasting();
    this.settings =
        settings.withAlerts(
            (lasting.nightFeedbackFrom() == null
                    ? lasting
                    : lasting.nightFeedbackFrom(Instant.EPOCH))
                .withBusy(settings.alerts().busy()));
  }

  /**
   * All decisions, in order; what was not sent is not said to be.
   *
   * @param bouts of all postures, by start, none retracted
   * @param episodes of any kind, by start; those of long sitting are not used, it is worked out
   *     anew from the bouts
   * @param tags of a local date, by their wire names, sorted
   * @param answered of alerts that really were sent and not called wrong, by id, whether they were
   *     answered
   */
  public static List<Decision> of(
      WearerId wearer,
      List<Bout> bouts,
      List<Episode> episodes,
      Function<LocalDate, List<String>> tags,
      Map<String, Boolean> answered,
      WearerSettings settings) {
    List<Seen> all = new ArrayList<>();
    for (Seen seen : StoredSittings.replay(wearer, bouts, settings)) {
      Episode sitting = seen.episode();
      LocalDate date = LocalDate.ofInstant(sitting.from(), sitting.zone());
      all.add(new Seen(seen.at(), sitting.withDayTags(tags.apply(date))));
    }
    episodes.forEach(episode -> all.addAll(seen(episode, settings)));
    all.sort(Comparator.comparing(Seen::at));
    DryRun run = new DryRun(settings, answered);
    all.forEach(run::see);
    bouts.stream().map(Bout::to).max(Comparator.naturalOrder()).ifPresent(run::openGatesBefore);
    return List.copyOf(run.decisions);
  }

  private void see(Seen next) {
    openGatesBefore(next.at());
    apply(policy.onEpisode(state, next.episode(), settings, next.at()));
  }

  private void openGatesBefore(Instant end) {
    Optional<Instant> due = state.nextDue();
    while (due.isPresent() && due.get().isBefore(end)) {
      Instant now = due.get();
      apply(policy.onTime(state, settings, now));
      due = state.nextDue().filter(now::isBefore);
    }
  }

  private void apply(AlertPolicy.Result result) {
    List<AlertState.Heard> heard = state.heard();
    state = result.state();
    for (AlertOutcome outcome : result.outcomes()) {
      decisions.add(outcome.decision());
      if (outcome instanceof AlertOutcome.Send send) {
        String alert = send.alert().id();
        Boolean known = answered.get(alert);
        if (known == null) {
          // Nobody could answer it, so it takes no one's place among those that were sent.
          state = state.withHeard(heard);
        } else if (known) {
          state = state.answered(alert);
        }
        heard = state.heard();
      }
    }
  }

  private static List<Seen> seen(Episode stored, WearerSettings settings) {
    return switch (stored.kind()) {
      case INACTIVE -> inactivity(stored);
      case ARCHED_SLEEP, PRONE_SLEEP ->
          NightFeedback.isOn(stored.kind(), settings)
              ? position(stored)
              : List.of(open(stored, stored.to()));
      case DATA_SILENCE ->
          stored.open()
              ? List.of(open(stored, stored.to()))
              : List.of(
                  open(
                      stored,
                      Freshness.earlier(
                          stored.from().plus(Duration.ofMinutes(stored.level())), stored.to())),
                  new Seen(stored.to(), stored));
      case DEVICE_CARE ->
          stored.open()
              ? List.of(open(stored, stored.to()))
              : List.of(open(stored, stored.from()), new Seen(stored.to(), stored));
      case DEEP_BEND -> List.of(new Seen(stored.to(), stored));
      case LONG_SITTING, SUSTAINED_BEND, LOAD_JUMP -> List.of();
    };
  }

  /** A position asleep as it stood when it had lasted for each step, and its end. */
  private static List<Seen> position(Episode stored) {
    List<Seen> seen = new ArrayList<>();
    for (int minutes : NightFeedback.STEPS) {
      Instant at = stored.from().plus(Duration.ofMinutes(minutes));
      if (!at.isAfter(stored.to())) {
        Episode.Evidence evidence =
            new Episode.Evidence(
                at,
                at,
                Duration.ofMinutes(minutes).toSeconds(),
                stored.evidence().posture(),
                stored.evidence().source(),
                stored.evidence().confidence());
        seen.add(new Seen(at, copy(stored, at, stored.level(), true, 1, evidence)));
      }
    }
    if (!stored.open()) {
      seen.add(
          new Seen(
              stored.to(), copy(stored, stored.to(), stored.level(), false, 2, stored.evidence())));
    }
    return seen;
  }

  /** As it stood while it went on. */
  private static Seen open(Episode stored, Instant at) {
    Episode.Evidence evidence =
        new Episode.Evidence(
            at,
            stored.to(),
            Duration.between(stored.from(), at).toSeconds(),
            stored.evidence().posture(),
            stored.evidence().source(),
            stored.evidence().confidence());
    return new Seen(at, copy(stored, stored.to(), stored.level(), true, 1, evidence));
  }

  /** Its step is reached after an hour; how its evidence came in is not stored. */
  private static List<Seen> inactivity(Episode stored) {
    Instant reached = stored.from().plus(INACTIVE);
    if (stored.level() < Steps.INACTIVE_MINUTES || stored.to().isBefore(reached)) {
      return List.of();
    }
    Episode.Evidence evidence =
        new Episode.Evidence(
            reached,
            stored.to(),
            INACTIVE.toSeconds(),
            stored.evidence().posture(),
            stored.evidence().source());
    return List.of(
        new Seen(reached, copy(stored, stored.to(), Steps.INACTIVE_MINUTES, true, 1, evidence)),
        new Seen(
            stored.to(),
            copy(stored, stored.to(), Steps.INACTIVE_MINUTES, false, 2, stored.evidence())));
  }

  private static Episode copy(
      Episode stored,
      Instant to,
      int level,
      boolean open,
      int revision,
      Episode.Evidence evidence) {
    return new Episode(
        stored.id(),
        stored.wearer(),
        stored.kind(),
        stored.from(),
        to,
        stored.zone(),
        level,
        open,
        revision,
        false,
        evidence,
        open ? null : stored.endedBy(),
        stored.dayTags());
  }
}
