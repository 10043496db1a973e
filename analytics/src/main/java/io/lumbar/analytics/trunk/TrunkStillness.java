package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.TrunkMinute.Extent;
import io.lumbar.model.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the minutes in which a trunk sensor is not worn: it lies somewhere and stays as it is for
 * longer than a body does, because a body breathes, sighs and settles. A pure function of the kept
 * minutes.
 *
 * <p>A minute is not worn when it belongs to a stretch of a fixed length in which all samples of an
 * axis lie within {@value #MOST_UNITS}/80 g and the means of its minutes within 1/80 g. The stretch
 * is 90 minutes (ActiPASS, Hettiarachchi et al. 2021, doi 10.3390/s21030904), or 30 on a sensor for
 * the chest that lies on its face or back within 5 degrees: there a breath turns a worn one. One
 * heard less than {@value #FEWEST_SAMPLES} times a minute must lie so and for 90 minutes, and be
 * heard {@value #ENOUGH_SAMPLES} times in them: with fewer samples the sighs of a sleeper may all
 * have been missed, and nobody knows. A minute that only a jolt parts from such minutes on both
 * sides is as they are.
 *
 * <p>Something was heard in the first and the last minute of a stretch and in half of them. A
 * silence of half an hour does not end 90 minutes: whoever wears a sensor does not lie afterwards
 * as before, to 1/80 g. It ends the 30 from five minutes on.
 */
final class TrunkStillness {
  private static final int MOST_UNITS = 3;
  private static final double MOST_DRIFT_UNITS = 1;
  private static final int LONG_MINUTES = 90;
  private static final int SHORT_MINUTES = 30;
  private static final int LONGEST_SILENCE_MINUTES = 30;
  private static final int LONGEST_SHORT_SILENCE_MINUTES = 4;

  /** Below as many samples a minute a mean says little, and so does their spread. */
  private static final int FEWEST_SAMPLES = 24;

  /** By simulated sleepers that do not turn, of whose samples three in four are lost. */
  private static final int ENOUGH_SAMPLES = 900;

  private static final double FLAT_DEGREES = 5;

  /** How far from a minute others decide about it: a stretch, and a jolt beside it. */
  private static final int REACH_MINUTES = LONG_MINUTES + 1;

  private final boolean breathes;
  private final TrunkMinutes minutes;

  TrunkStillness(Placement placement, TrunkMinutes minutes) {
    breathes = placement == Placement.CHEST;
    this.minutes = minutes;
  }

  /** What long stillness says of a minute; of one that is worn it says nothing. */
  enum Worn {
    NO,
    /** It is as still as a table, and was heard too seldom to tell it from a sleeper. */
    UNSURE
  }

  /** Whether a minute, by its start in epoch milliseconds, may not be worn. */
  boolean isDoubtful(long start) {
    return still(start, start + TrunkMinute.MILLIS).containsKey(start);
  }

  /**
   * The starts of the minutes that are not worn or may not be, of those in [from, to) and of the
   * neighbours whose answer may depend on what was measured there.
   */
  NavigableMap<Long, Worn> still(long from, long to) {
    long first = from - stillBefore(from) * TrunkMinute.MILLIS;
    int length = (int) ((to - first) / TrunkMinute.MILLIS) + stillFrom(to);
    List<@Nullable Extent> extents = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      extents.add(extent(first + i * TrunkMinute.MILLIS));
    }
    @Nullable Worn[] worn = new Worn[length];
    for (int i = 0; i < length; i++) {
      mark(extents, i, worn);
    }
    NavigableMap<Long, Worn> found = new TreeMap<>();
    for (int i = 0; i < length; i++) {
      Worn said = worn[i] == null ? jolt(worn, i) : worn[i];
      if (said != null && extents.get(i) != null) {
        found.put(first + i * TrunkMinute.MILLIS, said);
      }
    }
    return found;
  }

  /** What the minutes on both sides say of one that is not still itself. */
  private static @Nullable Worn jolt(@Nullable Worn[] worn, int i) {
    if (i == 0 || i + 1 == worn.length || worn[i - 1] == null || worn[i + 1] == null) {
      return null;
    }
    return worn[i - 1] == Worn.NO && worn[i + 1] == Worn.NO ? Worn.NO : Worn.UNSURE;
  }

  /** Marks the stretches that begin with a minute. */
  private void mark(List<@Nullable Extent> extents, int begin, @Nullable Worn[] worn) {
    Extent start = extents.get(begin);
    if (start == null || !isStill(start)) {
      return;
    }
    Stretch stretch = new Stretch();
    int silent = 0;
    int longest = 0;
    int end = Math.min(extents.size(), begin + LONG_MINUTES);
    for (int i = begin; i < end; i++) {
      Extent next = extents.get(i);
      silent = next == null ? silent + 1 : 0;
      longest = Math.max(longest, silent);
      if (silent > LONGEST_SILENCE_MINUTES || (next != null && !stretch.takes(next))) {
        return;
      }
      int length = i + 1 - begin;
      Worn said = longest <= LONGEST_SHORT_SILENCE_MINUTES ? afterShort(stretch, length) : null;
      said = length == LONG_MINUTES ? afterLong(stretch) : said;
      if (next != null && said != null && stretch.heard * 2 >= length) {
        for (int at = begin; at <= i; at++) {
          worn[at] = worn[at] == Worn.NO ? Worn.NO : said;
        }
      }
    }
  }

  private @Nullable Worn afterShort(Stretch stretch, int length) {
    boolean tells = length == SHORT_MINUTES && breathes && stretch.isDense(length);
    return tells && stretch.isFlat() ? Worn.NO : null;
  }

  private static @Nullable Worn afterLong(Stretch stretch) {
    if (stretch.isDense(LONG_MINUTES)) {
      return Worn.NO;
    }
    return stretch.isFlat() ? (stretch.samples >= ENOUGH_SAMPLES ? Worn.NO : Worn.UNSURE) : null;
  }

  /** How many minutes before one, which may be a jolt, can bear on it. */
  private int stillBefore(long start) {
    return reach(start, -1);
  }

  private int stillFrom(long start) {
    return reach(start - TrunkMinute.MILLIS, 1);
  }

  private int reach(long start, int step) {
    int reached = 0;
    int silent = 0;
    for (int i = 1; i <= REACH_MINUTES && silent <= LONGEST_SILENCE_MINUTES; i++) {
      Extent next = extent(start + (long) i * step * TrunkMinute.MILLIS);
      if (next != null && !isStill(next)) {
        break;
      }
      silent = next == null ? silent + 1 : 0;
      reached = next == null ? reached : i;
    }
    return reached;
  }

  private @Nullable Extent extent(long start) {
    TrunkMinute minute = minutes.find(start);
    return minute == null ? null : minute.extent();
  }

  private static boolean isStill(Extent one) {
    return new Stretch().takes(one);
  }

  /** Minutes that go together. */
  private static final class Stretch {
    private final int[] low = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
    private final int[] high = {Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE};
    private final double[] lowMean = {1000, 1000, 1000};
    private final double[] highMean = {-1000, -1000, -1000};
    private final double[] sums = new double[3];
    private int samples;
    private int heard;

    /** Takes a minute; false when it does not belong to the others. */
    boolean takes(Extent next) {
      heard++;
      samples += next.samples();
      boolean still = true;
      for (int axis = 0; axis < 3; axis++) {
        low[axis] = Math.min(low[axis], next.low(axis));
        high[axis] = Math.max(high[axis], next.high(axis));
        sums[axis] += next.sum(axis);
        still &= high[axis] - low[axis] <= MOST_UNITS;
        if (next.samples() >= FEWEST_SAMPLES) {
          double mean = (double) next.sum(axis) / next.samples();
          lowMean[axis] = Math.min(lowMean[axis], mean);
          highMean[axis] = Math.max(highMean[axis], mean);
          still &= highMean[axis] - lowMean[axis] <= MOST_DRIFT_UNITS;
        }
      }
      return still;
    }

    boolean isDense(int length) {
      return samples >= FEWEST_SAMPLES * length;
    }

    boolean isFlat() {
      double across = Math.hypot(sums[0], sums[1]);
      return Math.toDegrees(Math.atan2(across, Math.abs(sums[2]))) < FLAT_DEGREES;
    }
  }
}
