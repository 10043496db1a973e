package io.lumbar.analytics.steps;

import io.lumbar.analytics.steps.StepShares.Share;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Steps per minute from all reports of a wearer. Pure.
 *
 * <p>Counters are differenced in event time within their session; a smaller reading is a reset. A
 * span's steps are spread evenly over it. In each minute only the best placed device that speaks
 * about it counts; devices are never added up. Where spans of one device overlap, {@link
 * StepShares} settles what counts.
 */
final class StepCounts {
  private static final long MINUTE = 60_000L;

  /** A counter's first reading in a session counts within the minute before it. */
  private static final long FIRST_READING_SPAN = MINUTE;

  /** What reaches further tells how many steps, but not when. */
  private static final long FINEST = 10 * MINUTE;

  static final Comparator<StepReport> READING_ORDER =
      Comparator.comparingLong(StepReport::from).thenComparingLong(StepReport::steps);

  private final long firstMinute;
  private final double[] steps;
  private final boolean[] covered;
  private final boolean[] fine;

  private StepCounts(long firstMinute, int minutes) {
    this.firstMinute = firstMinute;
    this.steps = new double[minutes];
    this.covered = new boolean[minutes];
    this.fine = new boolean[minutes];
  }

  /** What one device tells of each minute. */
  private static final class Own {
    private final double[] steps;
    private final boolean[] touched;
    private final boolean[] dense;
    private final boolean[] fine;

    Own(int minutes) {
      steps = new double[minutes];
      touched = new boolean[minutes];
      dense = new boolean[minutes];
      fine = new boolean[minutes];
    }
  }

  /**
   * Counts within a span.
   *
   * @param reports those within the span and, for counters, the readings next to it
   * @param voided stretches whose steps do not count and of which nothing is known
   * @param longestGap a counter that was silent for longer says how many steps, but not that they
   *     were few: such a span does not count as covered, and yields to any device that tells
   */
  static StepCounts of(List<StepReport> reports, List<Span> voided, Span span, long longestGap) {
    long first = Math.floorDiv(span.from(), MINUTE);
    int minutes = Math.toIntExact(Math.floorDiv(span.to() - 1, MINUTE) - first + 1);
    StepCounts counts = new StepCounts(first, minutes);
    int[] rank = new int[minutes];
    Map<DeviceId, List<StepReport>> byDevice = new TreeMap<>();
    for (StepReport report : reports) {
      byDevice.computeIfAbsent(report.stamp().device(), device -> new ArrayList<>()).add(report);
    }
    for (List<StepReport> device : byDevice.values()) {
      Own own = new Own(minutes);
      for (Share share : StepShares.of(spans(device))) {
        counts.spread(share.without(voided), span, own, longestGap);
      }
      int ownRank = device.get(0).stamp().placement().rank();
      for (int m = 0; m < minutes; m++) {
        // Who was silent for hours does not outrank who told of the minute.
        boolean better = own.dense[m] == counts.covered[m] ? ownRank > rank[m] : own.dense[m];
        if (own.touched[m] && better) {
          rank[m] = ownRank;
          counts.steps[m] = own.steps[m];
          counts.covered[m] = own.dense[m];
          counts.fine[m] = own.fine[m];
        }
      }
    }
    return counts;
  }

  /** All steps of the span. */
  long total() {
    return Math.round(Arrays.stream(steps).sum());
  }

  int minutes() {
    return steps.length;
  }

  /** Epoch milliseconds at which a minute of this count begins. */
  long startOf(int minute) {
    return (firstMinute + minute) * MINUTE;
  }

  /** The minute of this count that holds an instant; may lie outside of it. */
  int minuteOf(long millis) {
    return Math.toIntExact(Math.floorDiv(millis, MINUTE) - firstMinute);
  }

  double steps(int minute) {
    return steps[minute];
  }

  /** True when some device tells how many steps there were in this minute. */
  boolean isCovered(int minute) {
    return covered[minute];
  }

  /** True when some device tells to ten minutes when the steps were taken, or that none were. */
  boolean isFine(int minute) {
    return fine[minute];
  }

  private void spread(Share share, Span span, Own own, long longestGap) {
    StepReport report = share.report();
    boolean tells = report.to() - report.from() <= longestGap || !report.isReading();
    boolean tellsWhen = report.to() - report.from() <= FINEST || report.steps() == 0;
    for (Span part : share.parts()) {
      long from = Math.max(part.from(), span.from());
      long to = Math.min(part.to(), span.to());
      for (long at = from; at < to; ) {
        long minute = Math.floorDiv(at, MINUTE);
        long end = Math.min(to, (minute + 1) * MINUTE);
        int index = Math.toIntExact(minute - firstMinute);
        own.steps[index] += (end - at) * share.perMilli();
        own.touched[index] = true;
        own.dense[index] |= tells;
        own.fine[index] |= tellsWhen;
        at = end;
      }
    }
  }

  /** A device's reports as spans: readings of counters become the steps between them. */
  static List<StepReport> spans(List<StepReport> device) {
    List<StepReport> spans = new ArrayList<>();
    device.stream().filter(report -> !report.isReading()).forEach(spans::add);
    for (List<StepReport> readings : StepCounters.of(device)) {
      readings.sort(READING_ORDER);
      StepReport before = null;
      for (StepReport reading : readings) {
        Stamp stamp = reading.stamp();
        if (before == null) {
          long from = reading.from() - FIRST_READING_SPAN;
          spans.add(
              new StepReport(
                  stamp, reading.session(), false, from, reading.from(), reading.steps()));
        } else if (reading.from() > before.from()) {
          long grown = reading.steps() - before.steps();
          spans.add(
              new StepReport(
                  stamp,
                  reading.session(),
                  false,
                  before.from(),
                  reading.from(),
                  grown >= 0 ? grown : reading.steps()));
        }
        before = reading;
      }
    }
    return spans;
  }
}
