package io.lumbar.alerts;

import io.lumbar.alerts.AlertState.Told;
import io.lumbar.alerts.AlertState.Watched;
import io.lumbar.alerts.AlertState.Withheld;
import io.lumbar.model.Episode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the episodes that go on have come since a wearer's state was written as a whole: what
 * each ordinary observation changes, and nothing else. Some 100 bytes, where the state of a wearer
 * with two days of alerts is thousands.
 *
 * @param forgottenBefore what ended before it is forgotten
 * @param clocks of the episodes that moved on, the least recently seen first
 */
record Advance(Instant forgottenBefore, List<Clock> clocks) {
  /** More at once are written with the whole state: each costs about 80 bytes. */
  private static final int MOST = 3;

  Advance {
    clocks = List.copyOf(clocks);
  }

  /**
   * What moves of one open episode.
   *
   * @param toldTo how far what was told of it covers, or null
   * @param withheldTo how far what was held back of it at random covers, or null
   */
  record Clock(
      String episode,
      int revision,
      int level,
      Instant to,
      Instant until,
      Instant holdsUntil,
      double seconds,
      @Nullable Double confidence,
      Instant seenAt,
      @Nullable Instant due,
      @Nullable Instant toldTo,
      @Nullable Instant withheldTo) {

    private static Clock of(Watched watched, Episode open, AlertState state) {
      String id = watched.id();
      return new Clock(
          id,
          watched.revision(),
          open.level(),
          open.to(),
          open.evidence().until(),
          open.evidence().holdsUntil(),
          open.evidence().seconds(),
          open.evidence().confidence(),
          watched.seenAt(),
          watched.due(),
          state.told().stream()
              .filter(told -> told.episode().equals(id))
              .findFirst()
              .map(Told::to)
              .orElse(null),
          state.withheld().stream()
              .filter(one -> one.episode().equals(id))
              .findFirst()
              .map(Withheld::to)
              .orElse(null));
    }

    private Watched on(Watched written, Episode open) {
      Episode.Evidence evidence =
          new Episode.Evidence(
              until,
              holdsUntil,
              seconds,
              open.evidence().posture(),
              open.evidence().source(),
              confidence);
      Episode moved =
          new Episode(
              open.id(),
              open.wearer(),
              open.kind(),
              open.from(),
              to,
              open.zone(),
              level,
              true,
              revision,
              open.retracted(),
              evidence,
              open.endedBy(),
              open.dayTags());
      return new Watched(written.id(), revision, written.decided(), moved, seenAt, due);
    }
  }

  /**
   * What leads from the state that was written to another one, or empty where more has changed than
   * an advance holds; then that state has to be written as a whole.
   *
   * @param forgottenBefore what the policy has forgotten meanwhile
   */
  static Optional<Advance> between(AlertState written, AlertState state, Instant forgottenBefore) {
    List<Watched> all = state.watched();
    List<Watched> moved = all.subList(untouched(written.watched(), all), all.size());
    if (moved.size() > MOST) {
      return Optional.empty();
    }
    List<Clock> clocks = new ArrayList<>();
    for (Watched one : moved) {
      Episode open = one.open();
      if (open == null) {
        return Optional.empty();
      }
      clocks.add(Clock.of(one, open, state));
    }
    Advance advance = new Advance(forgottenBefore, clocks);
    return advance.on(written).equals(state) ? Optional.of(advance) : Optional.empty();
  }

  /** How many of the first are as they were written, and in the order in which they were. */
  private static int untouched(List<Watched> written, List<Watched> now) {
    int same = 0;
    for (Watched one : written) {
      if (same < now.size() && one.equals(now.get(same))) {
        same++;
      }
    }
    return same;
  }

  /**
   * The state that was written, as far on as this. A clock of an episode that was written later, or
   * is over by what was written, counts for nothing.
   */
  AlertState on(AlertState written) {
    AlertState state = written.forget(forgottenBefore);
    for (Clock clock : clocks) {
      Optional<Watched> known = state.watched(clock.episode());
      Episode open = known.map(Watched::open).orElse(null);
      if (open != null && known.orElseThrow().revision() <= clock.revision()) {
        state = state.moved(clock.on(known.orElseThrow(), open), clock.toldTo, clock.withheldTo);
      }
    }
    return state;
  }
}
