package io.lumbar.alerts;

import io.lumbar.alerts.AlertState.Told;
import io.lumbar.alerts.night.NightFeedback;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The steps of an episode at which a wearer may be told.
 *
 * @param all minutes, ascending
 * @param heldBack those among them that wait for a later one, because alerts stay unanswered
 */
record Steps(List<Integer> all, List<Integer> heldBack) {
  static final int INACTIVE_MINUTES = 60;

  /** Of what is told when it is over, the only step. */
  private static final int ONCE = 1;

  /** A back-off moves the first step by half, but never beyond an hour. */
  private static final double LATER = 1.5;

  private static final int LATEST = 60;

  static Steps of(Episode episode, WearerSettings settings, AlertState state) {
    return switch (episode.kind()) {
      case LONG_SITTING -> ofSitting(episode, settings, state);
      case INACTIVE -> new Steps(List.of(INACTIVE_MINUTES), List.of());
      case ARCHED_SLEEP ->
          new Steps(
              NightFeedback.isOn(episode.kind(), settings) ? NightFeedback.STEPS : List.of(),
              List.of());
      case DATA_SILENCE, DEVICE_CARE -> new Steps(List.of(episode.level()), List.of());
      case DEEP_BEND ->
          new Steps(
              Objects.equals(settings.alerts().budgetOf(episode.kind()), 0)
                  ? List.of()
                  : List.of(ONCE),
              List.of());
      case PRONE_SLEEP, SUSTAINED_BEND, LOAD_JUMP -> new Steps(List.of(), List.of());
    };
  }

  /** How far an episode has come, in minutes: asleep by the clock, else by its level. */
  static int reached(Episode episode, Instant now) {
    return episode.kind().isOfSleep()
        ? (int) Duration.between(episode.from(), Freshness.reach(episode, now)).toMinutes()
        : episode.level();
  }

  /** Whether an alert counts among those that may stay unanswered. */
  static boolean asksForAnAnswer(EpisodeKind kind) {
    return kind == EpisodeKind.LONG_SITTING || kind == EpisodeKind.INACTIVE;
  }

  boolean isHeldBack(int step) {
    return heldBack.contains(step);
  }

  /** Who snoozes the last step wants to be told once more, at the next level that is reached. */
  private static Steps ofSitting(Episode episode, WearerSettings settings, AlertState state) {
    List<Integer> levels = settings.longSittingLevels();
    if (!episode.dayTags().isEmpty()) {
      // Who is ill, on holiday, on nights or in a flare-up is reminded once and not pressed.
      return new Steps(levels.subList(0, 1), List.of());
    }
    int wanted = Math.min(levels.size(), 1 + settings.alerts().repeats());
    int last = levels.get(wanted - 1);
    Optional<Told> newest =
        state.told().stream()
            .filter(told -> told.episode().equals(episode.id()))
            .max(Comparator.comparingInt(Told::step));
    boolean snoozed =
        newest.isPresent() && newest.get().snoozes() > 0 && newest.get().step() >= last;
    List<Integer> steps = snoozed ? levels : levels.subList(0, wanted);
    return settings.alerts().backOff() && state.backsOff()
        ? later(steps, levels)
        : new Steps(steps, List.of());
  }

  private static Steps later(List<Integer> steps, List<Integer> levels) {
    int first = levels.get(0);
    int least = Math.max(first, (int) Math.min(LATEST, first * LATER));
    List<Integer> heldBack = steps.stream().filter(step -> step < least).toList();
    if (heldBack.size() < steps.size()) {
      return new Steps(steps, heldBack);
    }
    Stream<Integer> next = levels.stream().filter(level -> level >= least).limit(1);
    return new Steps(Stream.concat(steps.stream(), next).toList(), heldBack);
  }
}
