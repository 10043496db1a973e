package io.lumbar.analytics.day;

import io.lumbar.analytics.stream.Span;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.StableIds;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one episode of the days in a row whose load jumped. Pure.
 *
 * <p>Its level is the largest rise in percent. It ends with the first day without a jump: by {@code
 * usual-load} where each measure that jumped the day before is known and jumps no more, by {@code
 * silence} where one is not known, as while the counter stays at home or while days are tagged.
 */
final class LoadJumps {
  /**
   * A published day.
   *
   * @param span the day's first and last instant
   * @param rise the largest rise among its loads that jumped, in percent; 0 without
   * @param measured measures whose load is known, as bits
   * @param jumped those that jumped
   */
  record Day(LocalDate date, ZoneId zone, Span span, int rise, int measured, int jumped) {
    /** Whether it has ordinary loads of what jumped on a day before. */
    boolean isUsualAfter(Day before) {
      return measured != 0 && (before.jumped & ~measured) == 0;
    }
  }

  private LoadJumps() {}

  /**
   * The episodes of days in a row, by start; days without a summary end an episode too.
   *
   * @param newest whether no later day is known, so that a jump on the last one goes on
   */
  static List<Episode> of(WearerId wearer, List<Day> days, boolean newest) {
    List<Episode> episodes = new ArrayList<>();
    List<Day> run = new ArrayList<>();
    for (Day day : days) {
      boolean next = run.isEmpty() || last(run).date().plusDays(1).equals(day.date());
      if (!run.isEmpty() && (!next || day.rise() == 0)) {
        episodes.add(
            episode(wearer, run, next && day.isUsualAfter(last(run)) ? "usual-load" : "silence"));
        run.clear();
      }
      if (day.rise() > 0) {
        run.add(day);
      }
    }
    if (!run.isEmpty()) {
      episodes.add(episode(wearer, run, newest ? null : "silence"));
    }
    return episodes;
  }

  private static Episode episode(WearerId wearer, List<Day> run, @Nullable String endedBy) {
    Day first = run.get(0);
    Instant from = Instant.ofEpochMilli(first.span().from());
    Instant to = Instant.ofEpochMilli(last(run).span().to());
    return new Episode(
        StableIds.episode(wearer, EpisodeKind.LOAD_JUMP, from),
        wearer,
        EpisodeKind.LOAD_JUMP,
        from,
        to,
        first.zone(),
        run.stream().mapToInt(Day::rise).max().orElse(0),
        endedBy == null,
        0,
        false,
        new Episode.Evidence(
            to,
            to,
            (to.toEpochMilli() - from.toEpochMilli()) / 1000.0,
            Posture.UNKNOWN,
            Placement.ESTIMATED),
        endedBy);
  }

  private static Day last(List<Day> run) {
    return run.get(run.size() - 1);
  }
}
