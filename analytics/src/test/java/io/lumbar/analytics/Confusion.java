package io.lumbar.analytics;

import io.lumbar.analytics.simulation.Script;
import io.lumbar.model.Posture;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** What was judged, second by second, against what a script says. */
public final class Confusion {
  private final int[][] counts = new int[Posture.values().length][Posture.values().length];
  private final UnaryOperator<Posture> folded;

  /** Counts after some postures were made one. */
  public Confusion(UnaryOperator<Posture> folded) {
    this.folded = folded;
  }

  /** Labels of some seconds from a start; unknown where nothing is judged. */
  public static final class Seconds {
    private final long from;
    private final Posture[] labels;

    public Seconds(Script script) {
      from = script.start().getEpochSecond();
      labels = new Posture[Math.toIntExact(script.length().toSeconds())];
      Arrays.fill(labels, Posture.UNKNOWN);
    }

    public void set(Instant begin, Instant end, Posture posture) {
      // A second has the label of its middle.
      long first = Math.round(begin.toEpochMilli() / 1000.0) - from;
      long last = Math.round(end.toEpochMilli() / 1000.0) - from;
      for (int i = (int) Math.max(0, first); i < Math.min(labels.length, last); i++) {
        labels[i] = posture;
      }
    }
  }

  public void add(Script script, Seconds judged) {
    Seconds truth = new Seconds(script);
    for (Script.Truth one : script.truth()) {
      truth.set(one.from(), one.to(), one.activity().posture());
    }
    for (int i = 0; i < judged.labels.length; i++) {
      Posture so = folded.apply(truth.labels[i]);
      counts[so.ordinal()][folded.apply(judged.labels[i]).ordinal()]++;
    }
  }

  public double f1(Posture posture) {
    int found = counts[posture.ordinal()][posture.ordinal()];
    double ofTruth = 0;
    double judged = 0;
    for (int other = 0; other < counts.length; other++) {
      ofTruth += counts[posture.ordinal()][other];
      judged += counts[other][posture.ordinal()];
    }
    return 2 * found / (ofTruth + judged);
  }

  /** The share of the seconds of a posture that were called so. */
  private double sensitivity(Posture posture) {
    int[] called = counts[posture.ordinal()];
    return called[posture.ordinal()] / (double) Arrays.stream(called).sum();
  }

  /**
   * Prints the scores where a number of days was asked for, so that docs/detection.md can state
   * them.
   *
   * @param what was judged
   * @param worstSteps the largest share by which the steps of a day were off
   */
  public void tellWhoAsked(String what, double worstSteps) {
    if (System.getProperty("lumbar.days") != null) {
      System.out.printf("%s, steps of a day at most %.2f %% off%n%s", what, 100 * worstSteps, this);
    }
  }

  /**
   * A line per posture that occurs: its F1, how much of it was found, and the seconds of it by what
   * they were called.
   */
  @Override
  public String toString() {
    StringBuilder lines = new StringBuilder();
    for (Posture posture : Posture.values()) {
      if (Arrays.stream(counts[posture.ordinal()]).sum() > 0) {
        lines.append(
            "%s F1 %.4f, found %.1f %%:"
                .formatted(posture.wireName(), f1(posture), 100 * sensitivity(posture)));
        for (Posture other : Posture.values()) {
          int seconds = counts[posture.ordinal()][other.ordinal()];
          lines.append(seconds == 0 ? "" : " %s %d".formatted(other.wireName(), seconds));
        }
        lines.append(System.lineSeparator());
      }
    }
    return lines.toString();
  }
}
