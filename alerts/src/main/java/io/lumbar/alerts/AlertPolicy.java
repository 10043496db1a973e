package io.lumbar.alerts;

import io.lumbar.alerts.AlertState.Watched;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Episode;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which episodes are told to their wearer, and writes down why or why not.
 *
 * <p>Of an episode only the highest step that it has reached is told, once, and only while it is
 * open and its evidence is fresh. What a gate holds back is looked at again with every record of
 * the episode, and at the instant at which the gate opens by itself. An episode over the same time
 * as one already told is the same to the wearer, whatever its id.
 */
final class AlertPolicy {
  static final int SNOOZE_MINUTES = 15;
  static final int LEAST_SNOOZE_MINUTES = 5;
  static final int MOST_SNOOZE_MINUTES = 240;
  private static final Duration MEMORY = Duration.ofDays(2);

  private final AlertWriter writer;

  AlertPolicy(AlertWriter writer) {
    this.writer = writer;
  }

  /** The state after an event, and what was decided, in order. */
  record Result(AlertState state, List<AlertOutcome> outcomes) {}

  /** The newest word about an episode; an older revision than the one known changes nothing. */
  Result onEpisode(AlertState before, Episode episode, WearerSettings settings, Instant now) {
    Optional<Watched> known = before.watched(episode.id());
    if (known.isPresent() && known.get().revision() > episode.revision()) {
      return new Result(before, List.of());
    }
    AlertState state = extendTold(before.forget(now.minus(MEMORY)), episode, now);
    return new EpisodeReview(writer, state, watched(known, episode, now), settings, now)
        .of(episode);
  }

  /** A wearer's answer. One to an alert that is no longer remembered changes nothing. */
  Result onResponse(AlertState state, AlertResponse response, Instant now) {
    AlertState after =
        switch (response.action()) {
          case SNOOZE -> {
            Integer asked = response.minutes();
            int minutes = asked == null ? SNOOZE_MINUTES : asked;
            int kept = Math.min(Math.max(minutes, LEAST_SNOOZE_MINUTES), MOST_SNOOZE_MINUTES);
            Instant start = Freshness.earlier(response.at(), now);
            yield state.snooze(start.plus(Duration.ofMinutes(kept)));
          }
          case WRONG ->
              state.eachTold(
                  told -> told.alert().equals(response.alert()) ? told.markedWrong() : told);
          case DONE, DISMISS -> state;
        };
    return new Result(after, List.of());
  }

  /** Looks again at the episodes whose gate opens by now. */
  Result onTime(AlertState before, WearerSettings settings, Instant now) {
    AlertState state = before;
    List<AlertOutcome> outcomes = new ArrayList<>();
    for (Watched watched : before.watched()) {
      Episode open = watched.open();
      Instant due = watched.due();
      if (open != null && due != null && !due.isAfter(now)) {
        Result result = new EpisodeReview(writer, state, watched, settings, now).of(open);
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

  /** What was told covers the episode as it grows or shrinks; a retraction takes nothing back. */
  private static AlertState extendTold(AlertState state, Episode episode, Instant now) {
    if (episode.retracted()) {
      return state;
    }
    Instant to = Freshness.reach(episode, now);
    return state.eachTold(told -> told.episode().equals(episode.id()) ? told.until(to) : told);
  }
}
