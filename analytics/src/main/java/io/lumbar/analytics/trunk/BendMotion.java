package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the bends that begin in ten minutes of one trunk sensor, and how long it was bent forward
 * in each of them. A pure function of the kept samples of those minutes, of two minutes before and
 * after, and, while a bend goes on, of up to an hour behind.
 *
 * <p>A trunk beyond 55 degrees for a minute lies, as far as a trunk sensor can tell, unless the
 * thigh hangs down. What running shakes is evened out first ({@link Running}).
 */
final class BendMotion {
  /** How much of the time before a block bears on it. */
  static final long BEFORE_MILLIS = 120_000;

  /** How much of the time after a block bears on it. */
  static final long AFTER_MILLIS = 120_000;

  /** The longest bend that is told as one. */
  static final long LONGEST_MILLIS = 3_600_000;

  /** With fewer readings a minute than half of what is kept nothing is claimed. */
  private static final int FEWEST_READINGS = BendMinute.BINS / 2;

  private static final long GAP_MILLIS = 1_000;
  private static final long LYING_MILLIS = 60_000;

  /** Larger angles have smaller cosines; these are asked for every reading. */
  private static final double LYING = Math.cos(Math.toRadians(55));

  private static final double UPRIGHT = Math.cos(Math.toRadians(20));
  private static final double HANGS_DEGREES = 45;
  private static final double BENT_DEGREES = 27;
  private static final int BACK_READINGS = 3;

  private BendMotion() {}

  /**
   * What a block of a sensor shows.
   *
   * @param bends those that begin in it, by time
   * @param minutes per minute of the block the time bent forward; null where too little was heard
   */
  record Judged(List<Bend> bends, List<@Nullable ForwardTime> minutes) {
    boolean heard(long minute) {
      return minutes.get((int) minute) != null;
    }
  }

  /**
   * Judges a block.
   *
   * @param minutes by their start in epoch milliseconds
   * @param axes levelled to the wearer's upright
   * @param thigh inclination of the thigh at a time in epoch milliseconds, NaN where not known
   */
  static Judged judge(
      long block,
      LongFunction<Optional<BendMinute>> minutes,
      TrunkAxes axes,
      LongToDoubleFunction thigh) {
    long end = block + TrunkMotion.BLOCK_MILLIS;
    List<Felt> felt = felt(block - BEFORE_MILLIS, end + AFTER_MILLIS, minutes, axes);
    Run run = new Run(block, felt, thigh);
    for (long more = end + AFTER_MILLIS;
        run.isOpenFrom(block, end) && more < end + LONGEST_MILLIS;
        more += TrunkMotion.BLOCK_MILLIS) {
      List<Felt> next = felt(more, more + TrunkMotion.BLOCK_MILLIS, minutes, axes);
      if (next.isEmpty()) {
        break;
      }
      felt.addAll(next);
      run = new Run(block, felt, thigh);
    }
    return run.judged(end);
  }

  /** Whether a bend that is open before a minute may still be open behind it. */
  static boolean isBentThrough(Optional<BendMinute> minute, TrunkAxes axes) {
    int back = 0;
    for (Felt one : Running.evened(felt(0, TrunkMinute.MILLIS, start -> minute, axes))) {
      // Whether the wearer runs at the minute's edges is for the minutes beside it to tell.
      boolean known =
          one.at() >= Running.REACH_MILLIS && one.at() < TrunkMinute.MILLIS - Running.REACH_MILLIS;
      if (known) {
        back = one.tilt().forward() >= BENT_DEGREES ? 0 : back + 1;
        if (back >= BACK_READINGS) {
          return false;
        }
      }
    }
    return minute.isPresent();
  }

  private static List<Felt> felt(
      long from, long to, LongFunction<Optional<BendMinute>> minutes, TrunkAxes axes) {
    List<Felt> felt = new ArrayList<>();
    for (long start = from; start < to; start += TrunkMinute.MILLIS) {
      Optional<BendMinute> minute = minutes.apply(start);
      for (int bin = 0; minute.isPresent() && bin < BendMinute.BINS; bin++) {
        Optional<Direction> sample = minute.get().sample(bin);
        if (sample.isPresent() && sample.get().length() > 0) {
          long at = start + minute.get().millis(bin);
          Direction value = sample.get();
          Tilt tilt = axes.tilt(value.x(), value.y(), value.z());
          felt.add(new Felt(at, tilt));
        }
      }
    }
    return felt;
  }

  /** One pass of the bend rule over some readings. */
  private static final class Run {
    private final long block;
    private final LongToDoubleFunction thigh;
    private final List<Bend> bends = new ArrayList<>();
    private final ForwardTime[] forward =
        new ForwardTime[(int) (TrunkMotion.BLOCK_MILLIS / TrunkMinute.MILLIS)];
    private final int[] readings = new int[forward.length];
    private BendState state = BendState.START;

    Run(long block, List<Felt> kept, LongToDoubleFunction thigh) {
      this.block = block;
      this.thigh = thigh;
      List<Felt> felt = Running.evened(kept);
      boolean[] lying = lying(felt);
      if (isPlain(felt, lying)) {
        felt.forEach(this::countPlain);
        return;
      }
      for (int i = 0; i < felt.size(); i++) {
        Felt one = felt.get(i);
        long before = state.at();
        double raised = thigh.applyAsDouble(one.at());
        Bends.Step step = Bends.advance(state, one.at(), one.tilt(), raised, lying[i]);
        state = step.state();
        if (step.bend() != null) {
          bends.add(step.bend());
        }
        sum(one, before, lying[i]);
      }
      Bends.atEnd(state).ifPresent(bends::add);
    }

    /** Most of a day and of a night: who lies all the time, or stays upright, does not bend. */
    private static boolean isPlain(List<Felt> felt, boolean[] lying) {
      boolean lies = true;
      boolean upright = true;
      for (int i = 0; i < felt.size() && (lies || upright); i++) {
        lies &= lying[i];
        upright &= felt.get(i).isWithin(UPRIGHT);
      }
      return lies || upright;
    }

    private void countPlain(Felt one) {
      int minute = (int) Math.floorDiv(one.at() - block, TrunkMinute.MILLIS);
      if (minute >= 0 && minute < forward.length) {
        forward[minute] = new ForwardTime(one.at(), 0, 0, 0, 0);
        readings[minute]++;
      }
    }

    private boolean[] lying(List<Felt> felt) {
      boolean[] lying = new boolean[felt.size()];
      int from = 0;
      for (int i = 0; i <= felt.size(); i++) {
        boolean lies = i < felt.size() && lies(felt.get(i));
        boolean goesOn =
            lies && (i == from || felt.get(i).at() - felt.get(i - 1).at() <= GAP_MILLIS);
        if (!goesOn) {
          if (i > from && felt.get(i - 1).at() - felt.get(from).at() >= LYING_MILLIS) {
            Arrays.fill(lying, from, i, true);
          }
          from = lies ? i : i + 1;
        }
      }
      return lying;
    }

    private boolean lies(Felt one) {
      return !one.isWithin(LYING) && !(thigh.applyAsDouble(one.at()) < HANGS_DEGREES);
    }

    private void sum(Felt one, long before, boolean lying) {
      int minute = (int) Math.floorDiv(one.at() - block, TrunkMinute.MILLIS);
      if (minute >= 0 && minute < forward.length) {
        ForwardTime sums = forward[minute];
        ForwardTime since = sums == null ? new ForwardTime(before, 0, 0, 0, 0) : sums;
        forward[minute] = since.advance(one.at(), state.smooth(), lying);
        readings[minute]++;
      }
    }

    boolean isOpenFrom(long from, long to) {
      BendState.Open open = state.open();
      return open != null && open.from() >= from && open.from() < to;
    }

    Judged judged(long end) {
      List<@Nullable ForwardTime> minutes = new ArrayList<>();
      for (int i = 0; i < forward.length; i++) {
        minutes.add(readings[i] >= FEWEST_READINGS ? forward[i] : null);
      }
      return new Judged(
          bends.stream().filter(bend -> bend.from() >= block && bend.from() < end).toList(),
          minutes);
    }
  }
}
