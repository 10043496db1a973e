package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.LongToDoubleFunction;

/**
 * The rule of {@link BendMotion} as one would write it down, reading by reading and without any
 * short cut, to compare with.
 */
final class PlainBends {
  private record One(long at, Tilt tilt) {}

  private final long block;
  private final LongToDoubleFunction thigh;
  private final List<Bend> bends = new ArrayList<>();
  private final Map<Integer, ForwardTime> forward = new TreeMap<>();
  private final Map<Integer, Integer> heard = new TreeMap<>();
  private BendState state = BendState.START;

  private PlainBends(long block, List<One> kept, LongToDoubleFunction thigh) {
    this.block = block;
    this.thigh = thigh;
    List<One> all = evened(kept);
    boolean[] lying = lying(all);
    for (int i = 0; i < all.size(); i++) {
      One one = all.get(i);
      long before = state.at();
      Bends.Step step =
          Bends.advance(state, one.at(), one.tilt(), thigh.applyAsDouble(one.at()), lying[i]);
      state = step.state();
      step.all().forEach(bends::add);
      int minute = (int) Math.floorDiv(one.at() - block, 60_000L);
      ForwardTime sums = forward.getOrDefault(minute, new ForwardTime(before, 0, 0, 0, 0));
      forward.put(minute, sums.advance(one.at(), state.smooth(), lying[i]));
      heard.merge(minute, 1, Integer::sum);
    }
    bends.addAll(Bends.atEnd(state));
    bends.sort(Comparator.comparingLong(Bend::from).thenComparing(Bend::style));
  }

  static BendMotion.Judged judge(
      long block,
      LongFunction<Optional<BendMinute>> minutes,
      TrunkAxes axes,
      LongToDoubleFunction thigh) {
    long end = block + 600_000;
    List<One> readings = readings(block - 120_000, end + 120_000, minutes, axes);
    PlainBends run = new PlainBends(block, readings, thigh);
    for (long more = end + 120_000; run.isOpen() && more < end + 3_600_000; more += 600_000) {
      List<One> next = readings(more, more + 600_000, minutes, axes);
      if (next.isEmpty()) {
        break;
      }
      readings.addAll(next);
      run = new PlainBends(block, readings, thigh);
    }
    return run.judged(end);
  }

  /** Whether what is open before a minute, until the trunk is back, may be open behind it. */
  static boolean isForwardThrough(BendMinute minute, TrunkAxes axes, double degrees) {
    int back = 0;
    for (One one : evened(readings(0, 60_000, start -> Optional.of(minute), axes))) {
      if (one.at() >= 2_100 && one.at() < 57_900) {
        back = one.tilt().forward() >= degrees ? 0 : back + 1;
        if (back == 3) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isOpen() {
    BendState.Open open = state.open();
    BendState.Held held = state.held();
    return (open != null && open.from() >= block && open.from() < block + 600_000)
        || (held != null && held.from() >= block && held.from() < block + 600_000);
  }

  private BendMotion.Judged judged(long end) {
    List<ForwardTime> minutes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      minutes.add(heard.getOrDefault(i, 0) >= 150 ? forward.get(i) : null);
    }
    return new BendMotion.Judged(
        bends.stream().filter(bend -> bend.from() >= block && bend.from() < end).toList(), minutes);
  }

  private static List<One> readings(
      long from, long to, LongFunction<Optional<BendMinute>> minutes, TrunkAxes axes) {
    List<One> readings = new ArrayList<>();
    for (long start = from; start < to; start += 60_000) {
      Optional<BendMinute> minute = minutes.apply(start);
      for (int bin = 0; minute.isPresent() && bin < BendMinute.BINS; bin++) {
        Optional<Direction> sample = minute.get().sample(bin);
        if (sample.isPresent() && sample.get().length() > 0) {
          Direction value = sample.get();
          readings.add(
              new One(
                  start + minute.get().millis(bin), axes.tilt(value.x(), value.y(), value.z())));
        }
      }
    }
    return readings;
  }

  private static List<One> evened(List<One> all) {
    List<One> evened = new ArrayList<>();
    for (One one : all) {
      int n = 0;
      double sum = 0;
      List<One> around = new ArrayList<>();
      int first = first(all, one.at() - 1_500);
      for (int i = first; i < all.size() && all.get(i).at() <= one.at() + 1_500; i++) {
        around.add(all.get(i));
        double shaken = shaken(all, i);
        n += Double.isNaN(shaken) ? 0 : 1;
        sum += Double.isNaN(shaken) ? 0 : shaken;
      }
      boolean runs = n >= 7 && sum >= n * 0.9 * 0.9;
      evened.add(runs ? new One(one.at(), mean(around)) : one);
    }
    return evened;
  }

  private static int first(List<One> all, long at) {
    int low = 0;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) / 2;
      if (all.get(middle).at() < at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double shaken(List<One> all, int i) {
    if (i == 0 || i + 1 == all.size() || all.get(i + 1).at() - all.get(i - 1).at() > 600) {
      return Double.NaN;
    }
    Tilt line = all.get(i - 1).tilt().toward(all.get(i + 1).tilt(), 0.5);
    Tilt tilt = all.get(i).tilt();
    double head = 2 * (tilt.head() - line.head());
    double right = 2 * (tilt.right() - line.right());
    double front = 2 * (tilt.front() - line.front());
    return head * head + right * right + front * front;
  }

  private static Tilt mean(List<One> around) {
    double head = 0;
    double right = 0;
    double front = 0;
    for (One one : around) {
      head += one.tilt().head();
      right += one.tilt().right();
      front += one.tilt().front();
    }
    int n = around.size();
    return new Tilt(head / n, right / n, front / n);
  }

  /** What belongs to a minute or more beyond 55 degrees with the thigh not hanging down. */
  private boolean[] lying(List<One> all) {
    boolean[] lying = new boolean[all.size()];
    int from = 0;
    for (int i = 0; i < all.size(); i++) {
      boolean goesOn =
          i > 0
              && lies(all.get(i - 1))
              && lies(all.get(i))
              && all.get(i).at() - all.get(i - 1).at() <= 1_000;
      from = goesOn ? from : i;
      if (goesOn && all.get(i).at() - all.get(from).at() >= 60_000) {
        for (int j = lying[i - 1] ? i : from; j <= i; j++) {
          lying[j] = true;
        }
      }
    }
    return lying;
  }

  private boolean lies(One one) {
    Tilt tilt = one.tilt();
    boolean beyond = tilt.head() < Math.cos(Math.toRadians(55)) * tilt.magnitude();
    return beyond && !(thigh.applyAsDouble(one.at()) < 45);
  }
}
