package io.lumbar.analytics.motion;

import io.lumbar.analytics.stream.MovementJudged;
import io.lumbar.model.Stamp;
import io.lumbar.model.StepsObservation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Tells what was counted in the ten-minute blocks of a sensor that changed: what goes on once a
 * minute, what came late at once.
 *
 * <p>Remembers nothing that matters: after a restart it tells some blocks again as they are.
 */
final class MovementTeller {
  private static final int REMEMBERED = 96;

  /** How far the labels reach that a second usually changes; silences that are filled included. */
  private static final int LABELS_REACH = 30;

  private final Minutes minutes;
  private final LimbMovement movement;
  private final Map<Long, MovementJudged> told = new HashMap<>();
  private final SortedSet<Long> waiting = new TreeSet<>();
  private long toldMinute = Long.MIN_VALUE;

  MovementTeller(Minutes minutes) {
    this.minutes = minutes;
    movement = new LimbMovement(minutes);
  }

  /**
   * Takes note of what a batch changed; returns what has to be told now.
   *
   * @param before behind the last second with a label before the batch
   * @param after the same, after it
   */
  List<MovementJudged> changed(Stamp stamp, LimbMotion.Update update, long before, long after) {
    Range seconds = update.seconds();
    Range near = seconds == null ? null : seconds.widened(LABELS_REACH);
    Range labels = update.labels() == null ? near : update.labels();
    if (labels == null) {
      return List.of();
    }
    if (near != null) {
      countAgain(near.widened(LimbMovement.REACH));
    }
    if (reachesFar(update)) {
      for (long block : update.blocks()) {
        countAgain(new Range(block, block + LimbMotion.BLOCK_SECONDS).widened(LimbMovement.REACH));
      }
    }
    long minute = Math.floorDiv(after - 1, Minute.SECONDS);
    long from = seconds == null ? labels.from() : Math.min(seconds.from(), labels.from());
    boolean late = from < before - LABELS_REACH;
    if (!late && minute == toldMinute) {
      return List.of();
    }
    waiting.add(LimbMotion.block(before - 1));
    toldMinute = minute;
    return rest(stamp);
  }

  /** Whether labels changed where no second near was measured, or none at all. */
  static boolean reachesFar(LimbMotion.Update update) {
    Range labels = update.labels();
    Range seconds = update.seconds();
    return labels != null && (seconds == null || !seconds.widened(LABELS_REACH).contains(labels));
  }

  /** What is still to be told, when nothing follows. */
  List<MovementJudged> rest(Stamp stamp) {
    List<MovementJudged> news = new ArrayList<>();
    for (long block : waiting) {
      boolean isKept = block >= LimbMotion.block(minutes.known().from());
      if (isKept && !minutes.isLetGo(Math.floorDiv(block, Minute.SECONDS))) {
        MovementJudged now = judged(stamp, block);
        if (!now.equals(told.put(block, now))) {
          news.add(now);
        }
      }
    }
    waiting.clear();
    if (told.size() > REMEMBERED) {
      told.clear();
    }
    return news;
  }

  private void countAgain(Range seconds) {
    for (long minute = Math.floorDiv(seconds.from(), Minute.SECONDS);
        minute * Minute.SECONDS < seconds.to();
        minute++) {
      Minute known = minutes.find(minute);
      if (known != null) {
        known.setMovement(null);
        waiting.add(LimbMotion.block(minute * Minute.SECONDS));
      }
    }
  }

  private MovementJudged judged(Stamp stamp, long block) {
    List<StepsObservation> steps = new ArrayList<>();
    int sitToStands = 0;
    int seatedShifts = 0;
    long still = block;
    for (long from = block; from < block + LimbMotion.BLOCK_SECONDS; from += Minute.SECONDS) {
      MinuteMovement minute = counted(from / Minute.SECONDS);
      sitToStands += minute.sitToStands();
      seatedShifts += minute.seatedShifts();
      if (!minute.tells() || minute.steps() > 0) {
        addStill(stamp, still, from, steps);
        still = from + Minute.SECONDS;
      }
      if (minute.steps() > 0) {
        steps.add(steps(stamp, minute.steps(), from, from + Minute.SECONDS));
      }
    }
    addStill(stamp, still, block + LimbMotion.BLOCK_SECONDS, steps);
    return new MovementJudged(
        stamp, Instant.ofEpochSecond(block), steps, sitToStands, seatedShifts);
  }

  private MinuteMovement counted(long number) {
    Minute minute = minutes.find(number);
    if (minute == null) {
      return MinuteMovement.NONE;
    }
    MinuteMovement known = minute.movement();
    if (known == null) {
      known = movement.in(number);
      minute.setMovement(known);
    }
    return known;
  }

  private static void addStill(Stamp stamp, long from, long to, List<StepsObservation> steps) {
    if (from < to) {
      steps.add(steps(stamp, 0, from, to));
    }
  }

  private static StepsObservation steps(Stamp stamp, int steps, long from, long to) {
    return new StepsObservation(
        stamp, steps, Instant.ofEpochSecond(from), Instant.ofEpochSecond(to));
  }
}
