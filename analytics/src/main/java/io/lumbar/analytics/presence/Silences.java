package io.lumbar.analytics.presence;

import static io.lumbar.analytics.presence.Sign.AWAY;
import static io.lumbar.analytics.presence.Sign.HEARD;
import static io.lumbar.analytics.presence.Sign.THERE;
import static io.lumbar.analytics.presence.Sign.TOLD;

import io.lumbar.analytics.presence.CellLog.Marks;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the gaps in what is heard of a wearer that nobody expected. Pure; in cells.
 *
 * <p>A gap counts when a sensor that follows the day told something in the 24 hours before it, and
 * when the last that was said before it was not that a sensor was taken off or charges. What lasts
 * longer than three days is no silence any more: the wearer has stopped.
 */
final class Silences {
  /** The longest gap that counts. */
  static final long LONGEST = 3L * Cells.COUNT;

  /** How far before a gap something must have been told. */
  static final long BEFORE = Cells.COUNT;

  private static final long SAID_BEFORE = Cells.COUNT / 2L;

  private Silences() {}

  /**
   * A gap.
   *
   * @param first its first cell
   * @param end the cell behind it
   */
  record Gap(long first, long end) {}

  /**
   * The gaps that begin with a cell of {@code from} to {@code to}, both included, and have an end.
   *
   * @param marks known from {@link #BEFORE} before those to {@link #LONGEST} behind them
   */
  static List<Gap> ended(Marks marks, long from, long to) {
    List<Gap> gaps = new ArrayList<>();
    for (long first = from; first <= to; first++) {
      if (begins(marks, first)) {
        long end = first + 1;
        while (end <= first + LONGEST && !isHeard(marks, end)) {
          end++;
        }
        if (end <= first + LONGEST && counts(marks, first)) {
          gaps.add(new Gap(first, end));
        }
      }
    }
    return gaps;
  }

  private static boolean begins(Marks marks, long cell) {
    return !isHeard(marks, cell) && isHeard(marks, cell - 1);
  }

  /** Whether a gap that begins with a cell is one that nobody expected. */
  static boolean counts(Marks marks, long first) {
    boolean told = false;
    for (long cell = first - 1; cell >= first - BEFORE && !told; cell--) {
      told = (marks.at(cell) & TOLD) != 0;
    }
    return told && !wasAnnounced(marks, first);
  }

  private static boolean wasAnnounced(Marks marks, long first) {
    for (long cell = first - 1; cell >= first - SAID_BEFORE; cell--) {
      if ((marks.at(cell) & AWAY) != 0) {
        return true;
      }
      if ((marks.at(cell) & THERE) != 0) {
        return false;
      }
    }
    return false;
  }

  static boolean isHeard(Marks marks, long cell) {
    return (marks.at(cell) & HEARD) != 0;
  }
}
