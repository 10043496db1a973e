package io.lumbar.analytics.trunk;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes the shaking of a run out of readings that are kept five a second. Pure.
 *
 * <p>A runner's trunk is thrown up and nearly falls with each of 2.5 to 3 steps a second: then
 * little is left of gravity, and the direction of a single reading means nothing. Five readings a
 * second are too few to smooth that away, because the steps come back in them as a slow swing. So
 * where the trunk is shaken as in running, a reading is replaced by the mean of those around it, in
 * which only gravity is left.
 *
 * <p>How much it is shaken is how far a reading is off the line through its neighbours, root mean
 * square over three seconds, and twice that. The length of the acceleration alone would not do: at
 * a pace of half the kept rate all readings fall on the same two points of a step, which may be
 * equally long. In people who bend, kept so, it is at most 0.51 g, in walks up to 1.2, in simulated
 * runs 1.1 to 3; that brisk walking is evened out too does no harm.
 */
final class Running {
  /** What is further away than this bears on no reading. */
  static final long REACH_MILLIS = 2_100;

  private static final long AROUND_MILLIS = 1_500;
  private static final double SHAKEN_G = 0.9;

  /** Longest time from the reading before to the one behind: one may be missing. */
  private static final long LONGEST_TRIPLE_MILLIS = 3 * BendMinute.BIN_MILLIS;

  /** With fewer than half of what is kept nothing is known of the shaking. */
  private static final int FEWEST_TRIPLES = 7;

  private Running() {}

  /** The readings, by time, with those in which the trunk is shaken by running evened out. */
  static List<Felt> evened(List<Felt> felt) {
    double[] shaken = shaken(felt);
    List<Felt> evened = new ArrayList<>(felt.size());
    int from = 0;
    int to = 0;
    for (Felt one : felt) {
      while (felt.get(from).at() < one.at() - AROUND_MILLIS) {
        from++;
      }
      while (to < felt.size() && felt.get(to).at() <= one.at() + AROUND_MILLIS) {
        to++;
      }
      evened.add(runs(shaken, from, to) ? new Felt(one.at(), mean(felt, from, to)) : one);
    }
    return evened;
  }

  /** The square of how far each reading is off its neighbours, twice; NaN where one is missing. */
  private static double[] shaken(List<Felt> felt) {
    double[] shaken = new double[felt.size()];
    for (int i = 0; i < shaken.length; i++) {
      shaken[i] = Double.NaN;
      boolean inner = i > 0 && i + 1 < shaken.length;
      if (inner && felt.get(i + 1).at() - felt.get(i - 1).at() <= LONGEST_TRIPLE_MILLIS) {
        Tilt line = felt.get(i - 1).tilt().toward(felt.get(i + 1).tilt(), 0.5);
        Tilt tilt = felt.get(i).tilt();
        double head = 2 * (tilt.head() - line.head());
        double right = 2 * (tilt.right() - line.right());
        double front = 2 * (tilt.front() - line.front());
        shaken[i] = head * head + right * right + front * front;
      }
    }
    return shaken;
  }

  private static boolean runs(double[] shaken, int from, int to) {
    int n = 0;
    double sum = 0;
    for (int i = from; i < to; i++) {
      if (!Double.isNaN(shaken[i])) {
        sum += shaken[i];
        n++;
      }
    }
    return n >= FEWEST_TRIPLES && sum >= n * SHAKEN_G * SHAKEN_G;
  }

  private static Tilt mean(List<Felt> felt, int from, int to) {
    Tilt sum = new Tilt(0, 0, 0);
    for (int i = from; i < to; i++) {
      Tilt tilt = felt.get(i).tilt();
      sum =
          new Tilt(
              sum.head() + tilt.head(), sum.right() + tilt.right(), sum.front() + tilt.front());
    }
    int n = to - from;
    return new Tilt(sum.head() / n, sum.right() / n, sum.front() / n);
  }
}
