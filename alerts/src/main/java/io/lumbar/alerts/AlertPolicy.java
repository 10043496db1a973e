package io.lumbar.alerts;

import io.lumbar.alerts.AlertOutcome.NotSent;
import io.lumbar.alerts.AlertState.Told;
import io.lumbar.alerts.AlertState.Watched;
import io.lumbar.alerts.responses.SnoozeBook;
import io.lumbar.alerts.responses.Snoozes;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.Experiment;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Decides which episodes are told to their wearer, and writes down why or why not.
 *
 * <p>Of an episode only the highest step that it has reached is told, once, and only while it is
 * open and its evidence is fresh. What a gate holds back is looked at again with every record of
 * the episode, and at the instant at which the gate opens by itself. An episode over the same time
 * as one already told is the same to the wearer, whatever its id.
 */
final class AlertPolicy {
  private static final Duration MEMORY = Duration.ofDays(2);

  /** Up so soon after an alert answers it. */
  private static final Duration PROMPT = Duration.ofMinutes(5);

  /** What ends inactivity. */
  private static final String STEPS = "steps";

  private static final Set<String> UPRIGHT =
      Arrays.stream(Posture.values())
          .filter(Posture::isUpright)
          .map(Posture::wireName)
          .collect(Collectors.toUnmodifiableSet());

  private final AlertWriter writer;

  private final boolean tried;

  AlertPolicy(AlertWriter writer) {
    this(writer, false);
  }

  private AlertPolicy(AlertWriter writer, boolean tried) {
    this.writer = writer;
    this.tried = tried;
  }

  /** Decides the same, and says of all that it would have been: nothing is sent. */
  static AlertPolicy tried(AlertWriter writer) {
    return new AlertPolicy(writer, true);
  }

  /** The state after an event, and what was decided, in order. */
  record Result(AlertState state, List<AlertOutcome> outcomes) {}

  /** What ended before it is forgotten with the next word about an episode. */
  static Instant forgottenBefore(Instant now) {
    return now.minus(MEMORY);
  }

  /** The newest word about an episode; an older revision than the one known changes nothing. */
  Result onEpisode(AlertState before, Episode episode, WearerSettings settings, Instant now) {
    Optional<Watched> known = before.watched(episode.id());
    if (known.isPresent() && known.get().revision() > episode.revision()) {
      return new Result(before, List.of());
    }
    AlertState state = extendTold(before.forget(forgottenBefore(now)), episode, now);
    state = answeredByGettingUp(state, episode);
    return new EpisodeReview(writer, state, watched(known, episode, now), settings, now, tried)
        .of(episode);
  }

  /** A wearer's answer. One to an alert that is no longer remembered changes nothing else. */
  Result onResponse(
      AlertState before, AlertResponse response, WearerSettings settings, Instant now) {
    // The end of a snooze answers no alert.
    AlertState state = response.endsSnooze() ? before : before.answered(response.alert());
    return switch (response.action()) {
      case SNOOZE -> snooze(state, response, settings, now);
      case WRONG ->
          new Result(
              // What was not so nobody could follow: it is neither answered nor left unanswered.
              before
                  .unheard(response.alert())
                  .eachTold(
                      told -> told.alert().equals(response.alert()) ? told.markedWrong() : told),
              List.of());
      case DONE, DISMISS -> new Result(state, List.of());
    };
  }

  /** The last word counts, by when it was said; whatever order the words come in. */
  private static Result snooze(
      AlertState before, AlertResponse response, WearerSettings settings, Instant now) {
    Snoozes.Word word = Snoozes.Word.of(response, now);
    AlertState state = before.hears(word);
    SnoozeBook book = book(state, settings);
    List<AlertOutcome> refused =
        book.refuses(word)
            ? told(state, word.alert()).stream()
                .<AlertOutcome>map(told -> new NotSent(notSnoozed(told, response, settings, now)))
                .toList()
            : List.of();
    return new Result(read(state, book), refused);
  }

  private static SnoozeBook book(AlertState state, WearerSettings settings) {
    return SnoozeBook.of(
        state.spoken(), settings.alerts(), alert -> told(state, alert).map(Told::episode));
  }

  /** The state with what the book says; one from before words were kept has an end alone. */
  private static AlertState read(AlertState state, SnoozeBook book) {
    Set<String> known =
        state.spoken().stream().map(Snoozes.Word::alert).collect(Collectors.toSet());
    Map<String, Integer> counted = book.counted();
    Instant until = book.until();
    return state
        .eachTold(
            one ->
                one.sent() && known.contains(one.alert())
                    ? one.snoozed(counted.getOrDefault(one.alert(), 0))
                    : one)
        .snooze(until == null ? state.snoozedUntil() : until);
  }

  private static Optional<Told> told(AlertState state, String alert) {
    return state.sent().filter(one -> one.alert().equals(alert)).findFirst();
  }

  private static Decision notSnoozed(
      Told told, AlertResponse response, WearerSettings settings, Instant now) {
    ZoneId zone = told.zone();
    return Snoozes.refusal(
        response.wearer(),
        told.episode(),
        told.kind(),
        told.step(),
        now,
        zone == null ? ZoneOffset.UTC : zone,
        told.alert(),
        settings.alerts().language());
  }

  /** As with {@code here}, of a wearer of one zone. */
  Result onTime(AlertState before, WearerSettings settings, Instant now) {
    return onTime(before, settings, UnaryOperator.identity(), now);
  }

  /**
   * Looks again at the episodes whose gate opens by now.
   *
   * @param here an episode in the zone where the wearer is now
   */
  Result onTime(
      AlertState before, WearerSettings settings, UnaryOperator<Episode> here, Instant now) {
    AlertState state = before;
    List<AlertOutcome> outcomes = new ArrayList<>();
    for (Watched watched : before.watched()) {
      Episode open = watched.open();
      Instant due = watched.due();
      if (open != null && due != null && !due.isAfter(now)) {
        Result result =
            new EpisodeReview(writer, state, watched, settings, now, tried).of(here.apply(open));
        state = result.state();
        outcomes.addAll(result.outcomes());
      }
    }
    return new Result(state, outcomes);
  }

  private static Watched watched(Optional<Watched> known, Episode episode, Instant now) {
    Episode open = episode.open() && !episode.retracted() ? episode : null;
    if (known.isEmpty()) {
      return new Watched(episode.id(), episode.revision(), Set.of(), open, now, null);
    }
    Watched old = known.get();
    Instant seenAt = old.revision() == episode.revision() ? old.seenAt() : now;
    return new Watched(old.id(), episode.revision(), old.decided(), open, seenAt, old.due());
  }

  /** Up soon after an alert answers it; a sensor that was taken off then says nothing about it. */
  private static AlertState answeredByGettingUp(AlertState state, Episode episode) {
    String endedBy = episode.endedBy();
    if (episode.open() || episode.retracted() || endedBy == null) {
      return state;
    }
    boolean up = endedBy.equals(STEPS) || UPRIGHT.contains(endedBy);
    boolean unknown = endedBy.equals(Posture.NOT_WORN.wireName());
    AlertState after = state;
    for (Told told : state.told()) {
      boolean soon =
          told.sent()
              && told.episode().equals(episode.id())
              && !episode.to().isAfter(told.at().plus(PROMPT));
      if (soon && up) {
        after = after.answered(told.alert());
      } else if (soon && unknown) {
        after = after.unheard(told.alert());
      }
    }
    return after;
  }

  /**
   * An alert that reached none of its wearer's channels counts as told, keeps its distance to
   * others and can be snoozed on the page, but counts neither towards the budget nor as one that
   * stayed unanswered, unless the page showed it and it was answered.
   */
  Result onMissed(AlertState before, String alert) {
    boolean answered =
        before.heard().stream().anyMatch(one -> one.alert().equals(alert) && one.answered());
    return answered
        ? new Result(before, List.of())
        : new Result(
            before
                .unheard(alert)
                .eachTold(told -> told.alert().equals(alert) ? told.markedMissed() : told),
            List.of());
  }

  /** What a wearer tries with and without alerts; days without them are heeded from now on. */
  Result onTrial(AlertState before, Experiment experiment, Instant now) {
    return new Result(before.tries(experiment).lookAgain(now), List.of());
  }

  /**
   * What a gate holds back is looked at again at once, because the gate may open earlier by the new
   * settings; the timer does it, so that nothing is told that newer records belie. A snooze holds
   * as far as the new settings allow.
   */
  Result onSettings(AlertState before, WearerSettings settings, Instant now) {
    AlertState state = before.spoken().isEmpty() ? before : read(before, book(before, settings));
    return new Result(state.lookAgain(now), List.of());
  }

  /** How the wearer feels, for the choice of exercises; nothing is told because of it. */
  Result onCheckIn(AlertState before, CheckIn checkIn, Instant now) {
    return new Result(before.feels(checkIn, now), List.of());
  }

  /** What was told covers the episode as it grows or shrinks; a retraction takes nothing back. */
  private static AlertState extendTold(AlertState state, Episode episode, Instant now) {
    if (episode.retracted()) {
      return state;
    }
    Instant to = Freshness.reach(episode, now);
    return state.eachTold(told -> told.episode().equals(episode.id()) ? told.until(to) : told);
  }
}
