package io.lumbar.alerts;

import io.lumbar.alerts.AlertGates.Shut;
import io.lumbar.alerts.AlertOutcome.NotSent;
import io.lumbar.alerts.AlertOutcome.Send;
import io.lumbar.alerts.AlertState.Told;
import io.lumbar.alerts.AlertState.Watched;
import io.lumbar.alerts.night.NightFeedback;
import io.lumbar.alerts.stretches.PainGate;
import io.lumbar.alerts.stretches.Stretch;
import io.lumbar.alerts.stretches.Suitability;
import io.lumbar.model.Alert;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.StableIds;
import io.lumbar.model.StretchProfile;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One look at the steps of one episode; used once. */
final class EpisodeReview {
  /** What is for the report alone and older than this came from an old file, and is no question. */
  private static final Duration ASKED_ABOUT = Duration.ofDays(1);

  private static final String WALK = "short-walk";

  private final AlertWriter writer;
  private final WearerSettings settings;
  private final DecisionTexts texts;
  private final Instant now;
  private final List<AlertOutcome> outcomes = new ArrayList<>();
  private AlertState state;
  private Watched watched;
  private boolean later;

  EpisodeReview(
      AlertWriter writer,
      AlertState state,
      Watched watched,
      WearerSettings settings,
      Instant now,
      boolean tried) {
    this.writer = writer;
    this.state = state;
    this.watched = watched.dueAt(null);
    this.settings = settings;
    this.texts = new DecisionTexts(Messages.of(settings), tried);
    this.now = now;
  }

  AlertPolicy.Result of(Episode episode) {
    if (episode.kind().isOfSleep() && !NightFeedback.isOn(episode.kind(), settings)) {
      return asleep(episode);
    }
    if (episode.kind().isForReport()) {
      return forReport(episode);
    }
    Steps steps = Steps.of(episode, settings, state);
    if (steps.all().isEmpty()) {
      // Never told, so there is nothing to remember: a mover's bends would push out all else.
      return new AlertPolicy.Result(state.unwatch(episode.id()), List.of());
    }
    later = !steps.heldBack().isEmpty();
    int minutes = Steps.reached(episode, now);
    List<Integer> reached = steps.all().stream().filter(step -> step <= minutes).toList();
    if (episode.retracted()) {
      reached.stream()
          .filter(step -> watched.hasDecided(step) && !isSettled(step))
          .forEach(step -> keepSilent(episode, step, Reason.RETRACTED));
    } else if (episode.kind() == EpisodeKind.DEEP_BEND) {
      reached.forEach(step -> bent(episode, step));
    } else if (!episode.open()) {
      reached.forEach(step -> over(episode, step));
    } else if (!reached.isEmpty()) {
      int top = reached.get(reached.size() - 1);
      reached.subList(0, reached.size() - 1).forEach(step -> passed(episode, step));
      highest(episode, top, steps.isHeldBack(top));
    }
    return new AlertPolicy.Result(state.watch(watched), List.copyOf(outcomes));
  }

  /**
   * A bend is known when it is over, and told then or never: nothing waits for a gate, and one that
   * is known late is passed over without a word, or an import would write thousands.
   */
  private void bent(Episode episode, int step) {
    if (isSettled(step) || !Freshness.isFresh(episode, now)) {
      return;
    }
    if (covering(episode, step).isPresent()) {
      keepSilent(episode, step, Reason.ALREADY_ALERTED);
    } else {
      decide(episode, step, false);
      watched = watched.dueAt(null);
    }
  }

  /** Nobody is woken: a night's episodes wait for the morning, which is said once each. */
  private AlertPolicy.Result asleep(Episode episode) {
    int step = 0;
    StretchProfile profile = settings.stretches();
    boolean off =
        episode.kind() == EpisodeKind.ARCHED_SLEEP && profile != null && profile.bendBackwards();
    Reason reason = off ? Reason.FEEDBACK_OFF : Reason.MORNING_ONLY;
    String detail = off ? texts.feedbackOff() : texts.morningOnly();
    if (episode.open()
        && !episode.retracted()
        && Freshness.isFresh(episode, now)
        && !watched.hasDecided(step, reason)) {
      watched = watched.decide(step, reason);
      outcomes.add(new NotSent(decision(episode, step, reason, null, detail)));
    }
    return new AlertPolicy.Result(state.watch(watched), List.copyOf(outcomes));
  }

  /** Said with its first record, so that nothing has to be remembered of it. */
  private AlertPolicy.Result forReport(Episode episode) {
    boolean asked = !Freshness.newest(episode, now).isBefore(now.minus(ASKED_ABOUT));
    if (asked && episode.revision() == 1 && !episode.retracted()) {
      outcomes.add(
          new NotSent(
              decision(episode, 0, Reason.REPORT_ONLY, null, texts.reportOnly(episode.kind()))));
    }
    return new AlertPolicy.Result(state.unwatch(episode.id()), List.copyOf(outcomes));
  }

  /** What was told outlasts what is watched, and a late revision adds nothing to it. */
  private void over(Episode episode, int step) {
    // Not the first that covers it: the sitting may have been told under another id before.
    boolean told =
        state.told().stream()
            .anyMatch(one -> one.step() >= step && one.episode().equals(episode.id()));
    if (told && !isSettled(step) && watched.hasDecided() && !toldItself(episode, step)) {
      keepSilent(episode, step, Reason.ALREADY_ALERTED);
    } else if (!isSettled(step) && !told) {
      keepSilent(episode, step, Freshness.isFresh(episode, now) ? Reason.ENDED : Reason.STALE);
    }
  }

  /** Whether an alert about this very episode, and not one that broke off, covers a step. */
  private boolean toldItself(Episode episode, int step) {
    return state.told().stream().anyMatch(one -> one.step() >= step && isItsOwn(one, episode));
  }

  private static boolean isItsOwn(Told told, Episode episode) {
    return told.sent() && told.episode().equals(episode.id());
  }

  /** True when an end or a retraction adds nothing to what was written about the step. */
  private boolean isSettled(int step) {
    return Stream.of(
            Reason.SENT,
            Reason.SUPERSEDED,
            Reason.ALREADY_ALERTED,
            Reason.MARKED_WRONG,
            Reason.STALE,
            Reason.ENDED)
        .anyMatch(reason -> watched.hasDecided(step, reason));
  }

  private void passed(Episode episode, int step) {
    // What was stale or over may be passed by a step that is neither.
    if (watched.hasDecided(step, Reason.SENT) || watched.hasDecided(step, Reason.ALREADY_ALERTED)) {
      return;
    }
    Optional<Told> other = covering(episode, step).filter(told -> !isItsOwn(told, episode));
    other.ifPresent(told -> remember(told.alsoOf(episode, Freshness.reach(episode, now))));
    keepSilent(episode, step, other.isPresent() ? Reason.ALREADY_ALERTED : Reason.SUPERSEDED);
  }

  private void highest(Episode episode, int step, boolean heldBack) {
    Optional<Told> covering = covering(episode, step);
    Optional<Told> snoozed = state.snoozed(episode, Freshness.reach(episode, now));
    if (covering.isEmpty()) {
      decide(episode, step, heldBack && snoozed.isEmpty());
      return;
    }
    if (!covering.get().episode().equals(episode.id())) {
      remember(covering.get().alsoOf(episode, Freshness.reach(episode, now)));
      keepSilent(episode, step, Reason.ALREADY_ALERTED);
    } else if (!covering.get().sent() && !watched.hasDecided(step)) {
      // The alert about the other episode was of a higher step than this one had reached then.
      keepSilent(episode, step, Reason.ALREADY_ALERTED);
    }
    if (!episode.kind().isAboutSensors()) {
      snoozed.ifPresent(told -> afterSnooze(episode, told));
    }
  }

  /**
   * A snooze during which no further step was reached is told at its end, as the minute of its end:
   * a step of its own, above those that were told.
   */
  private void afterSnooze(Episode episode, Told told) {
    Instant end = state.snoozedUntil();
    if (end == null || now.isBefore(end)) {
      watched = watched.dueAt(end);
    } else {
      int minute = (int) Duration.between(told.from(), end).toMinutes();
      decide(episode, Math.max(told.step() + 1, minute), false);
    }
  }

  private void decide(Episode episode, int step, boolean heldBack) {
    if (isMarkedWrong(episode)) {
      keepSilent(episode, step, Reason.MARKED_WRONG);
    } else if (!Freshness.isFresh(episode, now)) {
      keepSilent(episode, step, Reason.STALE);
    } else if (heldBack) {
      keepSilent(episode, step, Reason.BACKED_OFF);
    } else {
      Optional<Shut> shut = AlertGates.firstShut(state, episode, settings, now);
      if (shut.isPresent()) {
        keepSilent(episode, step, shut.get().reason());
        watched = watched.dueAt(shut.get().until());
        if (shut.get().reason() == Reason.WITHHELD_AT_RANDOM) {
          state = state.withhold(episode, Freshness.reach(episode, now));
        }
      } else {
        send(episode, step);
      }
    }
  }

  /** A span told at this step or a higher one: going back to a lower step would say it twice. */
  private Optional<Told> covering(Episode episode, int step) {
    Instant to = Freshness.reach(episode, now);
    return state.told().stream()
        .filter(told -> told.step() >= step && told.covers(episode, to))
        .findFirst();
  }

  private boolean isMarkedWrong(Episode episode) {
    Instant to = Freshness.reach(episode, now);
    return state.told().stream().anyMatch(told -> told.wrong() && told.covers(episode, to));
  }

  private void send(Episode episode, int step) {
    double seconds = Freshness.seconds(episode, watched.seenAt(), now);
    AlertWriter.Message message =
        writer.write(episode, step, seconds, state.told(), choice(episode), Messages.of(settings));
    String text = later ? message.text() + " " + texts.comingLater() : message.text();
    String id = StableIds.alert(episode.id(), step);
    Alert alert =
        new Alert(
            id,
            episode.wearer(),
            episode.id(),
            episode.kind(),
            step,
            now,
            episode.from(),
            episode.zone(),
            message.title(),
            text,
            message.stretch(),
            Reason.SENT.wireName());
    remember(
        new Told(
            id,
            episode.id(),
            episode.kind(),
            step,
            episode.from(),
            Freshness.reach(episode, now),
            now,
            true,
            false,
            message.phrase(),
            message.stretch(),
            0,
            episode.zone(),
            false));
    if (Steps.asksForAnAnswer(episode.kind())) {
      // Nobody answers asleep, or has to answer what is no reminder to move.
      state = state.hear(id);
    }
    watched = watched.decide(step, Reason.SENT);
    outcomes.add(
        new Send(
            alert, decision(episode, step, Reason.SENT, id, texts.sent(episode.kind(), seconds))));
  }

  private AlertWriter.Choice choice(Episode episode) {
    StretchProfile profile = profile();
    LocalDate today = LocalDate.ofInstant(now, episode.zone());
    return new AlertWriter.Choice(
        suiting(profile, episode.zone(), today),
        profile.own(),
        Suitability.table().suitsPhrase(profile, today));
  }

  private StretchProfile profile() {
    StretchProfile said = settings.stretches();
    return said == null ? StretchProfile.none() : said;
  }

  /**
   * Which stretches suit the wearer on the day, by the profile and by check-ins: nothing but a walk
   * on a day of strong or rising pain, and none while a sign stands that needs a person.
   */
  private Predicate<Stretch> suiting(StretchProfile said, ZoneId zone, LocalDate today) {
    StretchProfile profile = said.withPains(state.pains(zone));
    Predicate<Stretch> suits = Suitability.table().suits(profile, today);
    return PainGate.bundled()
        .check(profile, today, null)
        .map(
            closed ->
                suits.and(
                    stretch -> closed != PainGate.Closed.STOPPED && stretch.id().equals(WALK)))
        .orElse(suits);
  }

  private void remember(Told told) {
    boolean known =
        state.told().stream()
            .anyMatch(old -> old.episode().equals(told.episode()) && old.step() >= told.step());
    if (!known) {
      state = state.tell(told);
    }
  }

  private void keepSilent(Episode episode, int step, Reason reason) {
    if (!watched.hasDecided(step, reason)) {
      watched = watched.decide(step, reason);
      Decision decision =
          decision(episode, step, reason, null, texts.withheld(episode.kind(), reason, step));
      outcomes.add(
          new NotSent(decision, isListed(episode, reason) ? withheld(episode, decision) : null));
    }
  }

  /**
   * There are dozens of bends a day: the list has the one that was told. A sitting that is held
   * back at random stands there once, whatever its id and its steps become, since what alerts
   * change is reckoned from it.
   */
  private boolean isListed(Episode episode, Reason reason) {
    boolean again =
        reason == Reason.WITHHELD_AT_RANDOM
            && state.isWithheld(episode, Freshness.reach(episode, now));
    return reason.isWithheld() && episode.kind() != EpisodeKind.DEEP_BEND && !again;
  }

  /** The list keeps what was held back beside what is sent later, so each has an id of its own. */
  private Alert withheld(Episode episode, Decision decision) {
    return new Alert(
        decision.id(),
        decision.wearer(),
        decision.episode(),
        decision.kind(),
        decision.step(),
        decision.at(),
        episode.from(),
        decision.zone(),
        texts.heldBack(decision.kind(), decision.step()),
        decision.detail(),
        null,
        decision.reason());
  }

  private Decision decision(
      Episode episode, int step, Reason reason, @Nullable String alert, String detail) {
    return new Decision(
        StableIds.decision(episode.id(), step, reason.wireName()),
        episode.wearer(),
        episode.id(),
        episode.kind(),
        step,
        now,
        episode.zone(),
        reason.wireName(),
        detail,
        alert);
  }
}
