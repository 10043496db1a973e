package io.lumbar.analytics.steps;

import io.lumbar.analytics.stream.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Finds stretches with hardly any steps, for wearers of whom only steps are known. Pure.
 *
 * <p>A stretch is the union of all windows of 60 whole minutes, each with fewer than 50 steps, in
 * which every minute is told by a step counter, has no known posture and lies in waking hours. It
 * is called inactive, not sitting: steps cannot tell one from standing still.
 */
final class Inactivity {
  static final int WINDOW_MINUTES = 60;

  /** The step total of a short walk across an office; below it nobody has taken a break. */
  static final int FEWEST_STEPS = 50;

  private Inactivity() {}

  /**
   * Finds the stretches in a count, in epoch milliseconds, by start.
   *
   * @param eligible whether a minute of the count has no known posture and lies in waking hours
   */
  static List<Span> stretches(StepCounts counts, IntPredicate eligible) {
    List<Span> stretches = new ArrayList<>();
    double sum = 0;
    int run = 0;
    for (int m = 0; m < counts.minutes(); m++) {
      if (!counts.isCovered(m) || !eligible.test(m)) {
        run = 0;
        sum = 0;
        continue;
      }
      run++;
      sum += counts.steps(m);
      if (run > WINDOW_MINUTES) {
        sum -= counts.steps(m - WINDOW_MINUTES);
      }
      if (run >= WINDOW_MINUTES && sum < FEWEST_STEPS - 1e-6) {
        extend(stretches, counts.startOf(m - WINDOW_MINUTES + 1), counts.startOf(m) + 60_000L);
      }
    }
    return stretches;
  }

  private static void extend(List<Span> stretches, long from, long to) {
    int last = stretches.size() - 1;
    if (last >= 0 && from <= stretches.get(last).to()) {
      stretches.set(last, new Span(stretches.get(last).from(), to));
    } else {
      stretches.add(new Span(from, to));
    }
  }
}
