package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.TrunkMinute.Extent;
import io.lumbar.model.Placement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
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
 * heard less than {@value #FEWEST_SAMPLES} times a minute must lie so and for 90 minutes. A minute
 * that only a jolt parts from such minutes on both sides is not worn either.
 *
 * <p>Something was heard in the first and the last minute of a stretch and in half of them;
 * silences of under five minutes do not end it.
 */
final class TrunkStillness {
  private static final int MOST_UNITS = 3;
  private static final double MOST_DRIFT_UNITS = 1;
  private static final int LONG_MINUTES = 90;
  private static final int SHORT_MINUTES = 30;
  private static final int LONGEST_SILENCE_MINUTES = 4;

  /** Below as many samples a minute a mean says little, and so does their spread. */
  private static final int FEWEST_SAMPLES = 24;

  private static final double FLAT_DEGREES = 5;

  /** How far from a minute others decide about it: a stretch, and a jolt beside it. */
  private static final int REACH_MINUTES = LONG_MINUTES + 1;

  private final boolean breathes;
  private final TrunkMinutes minutes;

  TrunkStillness(Placement placement, TrunkMinutes minutes) {
    breathes = placement == Placement.CHEST;
    this.minutes = minutes;
  }

  /** Whether a minute, by its start in epoch milliseconds, is not worn. */
  boolean isOff(long start) {
    return off(start, start + TrunkMinute.MILLIS).contains(start);
  }

  /**
   * The starts of the minutes that are not worn, of those in [from, to) and of the neighbours whose
   * answer may depend on what was measured there.
   */
  NavigableSet<Long> off(long from, long to) {
    long first = from - stillBefore(from) * TrunkMinute.MILLIS;
    int length = (int) ((to - first) / TrunkMinute.MILLIS) + stillFrom(to);
    List<@Nullable Extent> extents = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      extents.add(extent(first + i * TrunkMinute.MILLIS));
    }
    boolean[] off = new boolean[length];
    for (int i = 0; i < length; i++) {
      mark(extents, i, off);
    }
    NavigableSet<Long> found = new TreeSet<>();
    for (int i = 0; i < length; i++) {
      boolean isJolt = i > 0 && i + 1 < length && off[i - 1] && off[i + 1];
      if ((off[i] || isJolt) && extents.get(i) != null) {
        found.add(first + i * TrunkMinute.MILLIS);
      }
    }
    return found;
  }

  /** Marks the stretches that begin with a minute. */
  private void mark(List<@Nullable Extent> extents, int begin, boolean[] off) {
    Extent start = extents.get(begin);
    if (start == null || !isStill(start)) {
      return;
    }
    Stretch stretch = new Stretch();
    int silent = 0;
    int end = Math.min(extents.size(), begin + LONG_MINUTES);
    for (int i = begin; i < end; i++) {
      Extent next = extents.get(i);
      silent = next == null ? silent + 1 : 0;
      if (silent > LONGEST_SILENCE_MINUTES || (next != null && !stretch.takes(next))) {
        return;
      }
      int length = i + 1 - begin;
      boolean isShort = length == SHORT_MINUTES && breathes && stretch.isFlat();
      boolean isLong = length == LONG_MINUTES;
      boolean tells = stretch.isDense(length) ? isShort || isLong : isLong && stretch.isFlat();
      if (next != null && tells && stretch.heard * 2 >= length) {
        Arrays.fill(off, begin, i + 1, true);
      }
    }
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
