package io.lumbar.alerts.stretches;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much each cause speaks for an exercise on a day. Sitting for an hour in one go or three half
 * hours, an hour of arched or front sleep with a pain of 3 on waking, much bending and a jump of
 * load each count 3; the base of hips and trunk always counts 1, but not after a jump of load.
 */
final class CauseScores {
  private static final int STRONG = 3;
  private static final int LONG_SITTING_MINUTES = 60;
  private static final int LONG_BOUTS = 3;
  private static final int NIGHT_MINUTES = 60;
  private static final int NIGHT_PAIN = 3;

  private CauseScores() {}

  /**
   * Scores above 0.
   *
   * @param pain told on this day, or null
   * @param archCounts false for a wearer whom a clinician told to bend backwards
   */
  static Map<Cause, Integer> of(DayFacts facts, @Nullable Integer pain, boolean archCounts) {
    Map<Cause, Integer> scores = new EnumMap<>(Cause.class);
    if (facts.longestSittingMinutes() >= LONG_SITTING_MINUTES || facts.boutsOf30() >= LONG_BOUTS) {
      scores.put(Cause.LONG_SITTING, STRONG);
      scores.put(Cause.HIPS, 2);
    }
    boolean sore = pain != null && pain >= NIGHT_PAIN;
    if (archCounts && facts.archedMinutes() >= NIGHT_MINUTES && sore) {
      scores.put(Cause.ARCHED_SLEEP, STRONG);
      scores.put(Cause.MORNING, 2);
    }
    if (facts.proneMinutes() >= NIGHT_MINUTES && sore) {
      scores.put(Cause.PRONE_SLEEP, STRONG);
      scores.put(Cause.MORNING, 2);
    }
    if (facts.muchBending()) {
      scores.put(Cause.BENDING, STRONG);
      scores.put(Cause.LIFTING, 2);
    }
    if (facts.loadJump()) {
      scores.put(Cause.LOAD_JUMP, STRONG);
    } else {
      scores.put(Cause.CORE, 1);
      scores.put(Cause.STRENGTH_HIP, 1);
      scores.put(Cause.STRENGTH_CORE, 1);
    }
    return scores;
  }
}
