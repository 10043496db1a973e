package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.BendMinute.Look;
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

  private static final int USUAL_READINGS =
      BendMinute.BINS
          * (int) ((BEFORE_MILLIS + TrunkMotion.BLOCK_MILLIS + AFTER_MILLIS) / TrunkMinute.MILLIS);

  private static final long GAP_MILLIS = 1_000;
  private static final long LYING_MILLIS = 60_000;

  /** Larger angles have smaller cosines; these are asked for every reading. */
  private static final double LYING = Math.cos(Math.toRadians(55));

  private static final double UPRIGHT = Math.cos(Math.toRadians(20));

  /** A little less, so that no mean of such readings is rounded up to the limit. */
  private static final double WELL_UPRIGHT = Math.cos(Math.toRadians(19.9));

  private static final double HANGS_DEGREES = 45;
  private static final double BENT_DEGREES = 27;
  private static final double HELD_DEGREES = 17;
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
    Optional<Judged> upright = upright(block, minutes, axes);
    if (upright.isPresent()) {
      return upright.get();
    }
    Felt felt = new Felt(USUAL_READINGS);
    felt(block - BEFORE_MILLIS, end + AFTER_MILLIS, minutes, axes, felt);
    Run run = new Run(block, felt, thigh);
    for (long more = end + AFTER_MILLIS;
        run.isOpenFrom(block, end) && more < end + LONGEST_MILLIS;
        more += TrunkMotion.BLOCK_MILLIS) {
      int before = felt.size();
      felt(more, more + TrunkMotion.BLOCK_MILLIS, minutes, axes, felt);
      if (felt.size() == before) {
        break;
      }
      run = new Run(block, felt, thigh);
    }
    return run.judged(end);
  }

  /**
   * What a block shows in which the trunk stays upright, as it does most of a day; empty where it
   * may not. Such minutes are known once they were looked at, and nothing is asked of the thigh.
   */
  private static Optional<Judged> upright(
      long block, LongFunction<Optional<BendMinute>> minutes, TrunkAxes axes) {
    List<@Nullable ForwardTime> forward = new ArrayList<>();
    long end = block + TrunkMotion.BLOCK_MILLIS;
    for (long start = block - BEFORE_MILLIS;
        start < end + AFTER_MILLIS;
        start += TrunkMinute.MILLIS) {
      Optional<Look> look = minutes.apply(start).map(minute -> look(minute, axes));
      if (look.isPresent() && !look.get().upright()) {
        return Optional.empty();
      }
      if (start >= block && start < end) {
        boolean isHeard = look.isPresent() && look.get().readings() >= FEWEST_READINGS;
        forward.add(isHeard ? new ForwardTime(start + look.get().lastMillis(), 0, 0, 0, 0) : null);
      }
    }
    return Optional.of(new Judged(List.of(), forward));
  }

  /** Whether a bend that is open before a minute may still be open behind it. */
  static boolean isBentThrough(BendMinute minute, TrunkAxes axes) {
    return look(minute, axes).bentThrough();
  }

  /** Whether a trunk that is held forward before a minute may still be so behind it. */
  static boolean isHeldThrough(BendMinute minute, TrunkAxes axes) {
    return look(minute, axes).heldThrough();
  }

  private static Look look(BendMinute minute, TrunkAxes axes) {
    return minute.look(axes, BendMotion::look);
  }

  private static Look look(TrunkAxes axes, Felt felt) {
    int readings = felt.size();
    return new Look(
        axes,
        readings,
        readings == 0 ? -1 : felt.at(readings - 1),
        felt.isAllWithin(WELL_UPRIGHT),
        isForwardThrough(Running.evened(felt), BENT_DEGREES),
        isForwardThrough(Running.evened(felt), HELD_DEGREES));
  }

  private static boolean isForwardThrough(Felt felt, double degrees) {
    int back = 0;
    for (int i = 0; i < felt.size(); i++) {
      // Whether the wearer runs at the minute's edges is for the minutes beside it to tell.
      boolean known =
          felt.at(i) >= Running.REACH_MILLIS
              && felt.at(i) < TrunkMinute.MILLIS - Running.REACH_MILLIS;
      if (known) {
        back = felt.tilt(i).forward() >= degrees ? 0 : back + 1;
        if (back >= BACK_READINGS) {
          return false;
        }
      }
    }
    return true;
  }

  private static void felt(
      long from, long to, LongFunction<Optional<BendMinute>> minutes, TrunkAxes axes, Felt felt) {
    for (long start = from; start < to; start += TrunkMinute.MILLIS) {
      Optional<BendMinute> minute = minutes.apply(start);
      if (minute.isPresent()) {
        minute.get().addTo(felt, start, axes);
      }
    }
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

    Run(long block, Felt kept, LongToDoubleFunction thigh) {
      this.block = block;
      this.thigh = thigh;
      Felt felt = Running.evened(kept);
      // Most of a day and of a night: who stays upright, or lies all the time, does not bend.
      if (felt.isAllWithin(UPRIGHT)) {
        countPlain(felt);
        return;
      }
      boolean[] lying = lying(felt);
      if (isAll(lying)) {
        countPlain(felt);
        return;
      }
      for (int i = 0; i < felt.size(); i++) {
        long at = felt.at(i);
        long before = state.at();
        Bends.Step step = Bends.advance(state, at, felt.tilt(i), thigh.applyAsDouble(at), lying[i]);
        state = step.state();
        step.all().forEach(bends::add);
        sum(at, before, lying[i]);
      }
      bends.addAll(Bends.atEnd(state));
    }

    private static boolean isAll(boolean[] lying) {
      for (boolean one : lying) {
        if (!one) {
          return false;
        }
      }
      return true;
    }

    private void countPlain(Felt felt) {
      for (int i = 0; i < felt.size(); i++) {
        int minute = minute(felt.at(i));
        if (minute >= 0 && minute < forward.length) {
          readings[minute]++;
          boolean isLast = i + 1 == felt.size() || minute(felt.at(i + 1)) != minute;
          forward[minute] = isLast ? new ForwardTime(felt.at(i), 0, 0, 0, 0) : forward[minute];
        }
      }
    }

    private int minute(long at) {
      return (int) Math.floorDiv(at - block, TrunkMinute.MILLIS);
    }

    /** The readings that belong to a minute or more beyond the limit of lying. */
    private boolean[] lying(Felt felt) {
      boolean[] lying = new boolean[felt.size()];
      int from = 0;
      for (int i = 0; i <= felt.size(); i++) {
        boolean lies = i < felt.size() && lies(felt, i);
        boolean goesOn = lies && (i == from || felt.at(i) - felt.at(i - 1) <= GAP_MILLIS);
        if (!goesOn) {
          if (i > from && felt.at(i - 1) - felt.at(from) >= LYING_MILLIS) {
            Arrays.fill(lying, from, i, true);
          }
          from = lies ? i : i + 1;
        }
      }
      return lying;
    }

    private boolean lies(Felt felt, int i) {
      return !felt.isWithin(i, LYING) && !(thigh.applyAsDouble(felt.at(i)) < HANGS_DEGREES);
    }

    private void sum(long at, long before, boolean lying) {
      int minute = minute(at);
      if (minute >= 0 && minute < forward.length) {
        ForwardTime sums = forward[minute];
        ForwardTime since = sums == null ? new ForwardTime(before, 0, 0, 0, 0) : sums;
        forward[minute] = since.advance(at, state.smooth(), lying);
        readings[minute]++;
      }
    }

    boolean isOpenFrom(long from, long to) {
      return state.isOpenFrom(from, to);
    }

    Judged judged(long end) {
      List<@Nullable ForwardTime> minutes = new ArrayList<>();
      for (int i = 0; i < forward.length; i++) {
        minutes.add(readings[i] >= FEWEST_READINGS ? forward[i] : null);
      }
      return new Judged(
          bends.stream()
              .filter(bend -> bend.from() >= block && bend.from() < end)
              .sorted(BendsJudged.ORDER)
              .toList(),
          minutes);
    }
  }
}
