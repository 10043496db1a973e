package io.lumbar.reports;

import io.lumbar.model.Bout;
import io.lumbar.model.Posture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Since when a wearer sits, by the clock that drives reminders.
 *
 * <p>Sitting 9:00 to 9:20, up for 40 s, sitting again: the clock started at 9:00. Up for 60 s in
 * all between two spells of sitting, or ten minutes without data: it starts anew.
 */
final class SittingClock {
  private static final Duration BREAK = Duration.ofSeconds(60);
  private static final Duration SILENCE = Duration.ofMinutes(10);

  private SittingClock() {}

  /**
   * When the clock started.
   *
   * @param before bouts of any posture that started earlier, by start
   * @param current the bout of sitting in question
   */
  static Instant start(List<Bout> before, Bout current) {
    Instant start = current.from();
    Instant reached = current.from();
    Duration upright = Duration.ZERO;
    for (int i = before.size() - 1; i >= 0; i--) {
      Bout bout = before.get(i);
      if (Duration.between(bout.to(), reached).compareTo(SILENCE) >= 0) {
        break;
      }
      if (bout.posture() == Posture.SITTING) {
        start = bout.from();
        upright = Duration.ZERO;
      } else if (bout.posture().isUpright()) {
        upright = upright.plus(Duration.between(bout.from(), bout.to()));
        if (upright.compareTo(BREAK) >= 0) {
          break;
        }
      } else {
        break;
      }
      reached = bout.from();
    }
    return start;
  }
}
