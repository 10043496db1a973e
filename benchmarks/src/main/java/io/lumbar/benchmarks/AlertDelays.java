package io.lumbar.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/** How long after their uploads alerts came in one place. In microseconds within. */
final class AlertDelays {
  private static final int SLOWEST = 5;

  private final Histogram alerts = new Histogram(3);
  private final NavigableMap<Long, Instant> slowest = new TreeMap<>();
  private final InstantSource clock;
  private int missing;

  AlertDelays(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Waits for an alert and notes it.
   *
   * @param answeredAt when its upload was answered; this and {@code until} in {@link
   *     System#nanoTime}
   * @param until afterwards it counts as missing
   */
  void note(CompletableFuture<Long> arrival, long answeredAt, long until)
      throws InterruptedException {
    try {
      long came = arrival.get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
      // The alert may overtake the answer on its way through this process.
      long micros = Math.max(0, came - answeredAt) / 1000;
      alerts.recordValue(micros);
      slowest.put(micros, clock.instant().minusNanos(System.nanoTime() - came));
      if (slowest.size() > SLOWEST) {
        slowest.pollFirstEntry();
      }
    } catch (ExecutionException | TimeoutException e) {
      missing++;
    }
  }

  /**
   * The figures.
   *
   * @param where what is said behind "alert", such as "at a webhook"; empty for the page
   * @param load what is said of the load
   * @param detail of the run
   * @param bareMillis p99 of a bare transaction
   * @param ifMissing what stands for the figure when an alert did not come
   */
  List<Figure> figures(
      String where, String load, String detail, double bareMillis, Duration ifMissing) {
    String alert = where.isEmpty() ? "alert" : "alert " + where;
    String counted =
        String.format(
            Locale.ROOT, "%d alerts, %d missing; %s", alerts.getTotalCount(), missing, detail);
    double over = millis(alerts, 99) - bareMillis;
    return List.of(
        Figure.plain(alert + " after its upload p50 " + load, millis(alerts, 50), "ms", counted),
        Figure.plain(alert + " after its upload p99 " + load, millis(alerts, 99), "ms", slowest()),
        Figure.atMost(
            alert + " beyond the bare one, p99 " + load,
            missing > 0 ? Math.max(over, (double) ifMissing.toMillis()) : over,
            "ms",
            AlertPair.LIMIT_MILLIS,
            counted));
  }

  /** Those that make the figure, with their time for a look into logs and recordings. */
  private String slowest() {
    StringJoiner all = new StringJoiner(", ", "slowest ", "");
    slowest
        .descendingMap()
        .forEach(
            (micros, at) ->
                all.add("%d ms at %s".formatted(micros / 1000, at.truncatedTo(ChronoUnit.MILLIS))));
    return all.toString();
  }

  static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1000.0;
  }
}
