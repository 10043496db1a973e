package io.lumbar.analytics.trunk;

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

  /**
   * Readings off the line through their neighbours by less than this, squared, are no run, however
   * many they are: a little below the limit, so that no sum of them is rounded up to it.
   */
  private static final double CALM = 0.99 * SHAKEN_G * SHAKEN_G;

  private Running() {}

  /**
   * The readings with those in which the trunk is shaken by running evened out; the very same where
   * there are none.
   */
  static Felt evened(Felt felt) {
    double[] shaken = shaken(felt);
    if (isCalm(shaken)) {
      return felt;
    }
    Felt evened = new Felt(felt.size());
    int from = 0;
    int to = 0;
    int rough = 0;
    for (int i = 0; i < felt.size(); i++) {
      long at = felt.at(i);
      while (felt.at(from) < at - AROUND_MILLIS) {
        rough -= shaken[from++] >= CALM ? 1 : 0;
      }
      while (to < felt.size() && felt.at(to) <= at + AROUND_MILLIS) {
        rough += shaken[to++] >= CALM ? 1 : 0;
      }
      if (rough > 0 && runs(shaken, from, to)) {
        addMean(felt, from, to, at, evened);
      } else {
        evened.add(at, felt.head(i), felt.right(i), felt.front(i));
      }
    }
    return evened;
  }

  private static boolean isCalm(double[] shaken) {
    for (double one : shaken) {
      if (one >= CALM) {
        return false;
      }
    }
    return true;
  }

  /** The square of how far each reading is off its neighbours, twice; NaN where one is missing. */
  private static double[] shaken(Felt felt) {
    double[] shaken = new double[felt.size()];
    for (int i = 0; i < shaken.length; i++) {
      shaken[i] = Double.NaN;
      boolean inner = i > 0 && i + 1 < shaken.length;
      if (inner && felt.at(i + 1) - felt.at(i - 1) <= LONGEST_TRIPLE_MILLIS) {
        double head = off(felt.head(i - 1), felt.head(i), felt.head(i + 1));
        double right = off(felt.right(i - 1), felt.right(i), felt.right(i + 1));
        double front = off(felt.front(i - 1), felt.front(i), felt.front(i + 1));
        shaken[i] = head * head + right * right + front * front;
      }
    }
    return shaken;
  }

  private static double off(double before, double value, double behind) {
    return 2 * (value - (before + 0.5 * (behind - before)));
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

  private static void addMean(Felt felt, int from, int to, long at, Felt evened) {
    double head = 0;
    double right = 0;
    double front = 0;
    for (int i = from; i < to; i++) {
      head += felt.head(i);
      right += felt.right(i);
      front += felt.front(i);
    }
    int n = to - from;
    evened.add(at, head / n, right / n, front / n);
  }
}
