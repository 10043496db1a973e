package io.lumbar.benchmarks;

import io.lumbar.benchmarks.HttpConnection.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/**
 * From the answer to the upload that makes half an hour of sitting, to the alert on the wearer's
 * event stream; beside a bare transaction, from its start to a consumer of committed records, on
 * the same broker, in turns, while others upload.
 */
final class AlertPair {
  static final double LIMIT_MILLIS = 150;
  private static final int JITTER_NANOS = 20_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  // A process that has just started compiles for a minute or more of processor time while the load
  // piles up behind it; one that runs for months does so once.
  private static final int PROBES = 30;
  private static final int SLOWEST = 5;
  private static final Duration SETTLED = Duration.ofMillis(500);
  private static final Duration PROBE_EVERY = Duration.ofSeconds(5);

  private final ChildProcess server;
  private final Plan plan;
  private final InstantSource clock;
  private final Random random = new Random(11);

  AlertPair(ChildProcess server, Plan plan, InstantSource clock) {
    this.server = server;
    this.plan = plan;
    this.clock = clock;
  }

  /** A wearer whose next upload crosses the threshold. */
  record Sitter(Subject subject, LiveStream stream, Instant satUntil) {
    private static final Duration SAT = Duration.ofMinutes(28);
    private static final Duration AGO = Duration.ofMinutes(12);

    /** Sits a subject down: 28 minutes until 12 minutes ago. */
    static Sitter sit(ChildProcess server, HttpConnection connection, Subject subject, Instant now)
        throws IOException {
      Instant until = now.minus(AGO).truncatedTo(ChronoUnit.MILLIS);
      send(connection, subject, until.minus(SAT), until);
      return new Sitter(subject, new LiveStream(server, subject), until);
    }

    /** Makes the upload that crosses; returns when its answer was there. */
    long cross(HttpConnection connection, Instant now) throws IOException {
      send(connection, subject, satUntil, now.truncatedTo(ChronoUnit.MILLIS));
      return System.nanoTime();
    }

    private static void send(HttpConnection connection, Subject subject, Instant from, Instant to)
        throws IOException {
      String span = "[" + Subject.span("sitting", from, to) + "]";
      Answer answer = connection.send(subject.upload(span));
      if (answer.status() / 100 != 2) {
        throw new IOException("an upload was answered " + answer.status() + ": " + answer.body());
      }
    }
  }

  List<Figure> measure(int perSecond) throws IOException, InterruptedException {
    String prefix = "p" + perSecond;
    Instant now = clock.instant();
    List<Subject> others =
        Subject.add(server, prefix + "-other", Background.wearers(perSecond), now);
    List<Sitter> sitters = sit(Subject.add(server, prefix + "-sitter", plan.crossings(), now));
    List<Sitter> probes = sit(Subject.add(server, prefix + "-probe", PROBES, now));
    try (BareTransactions bare = new BareTransactions(server.kafka())) {
      Histograms seen = new Histograms();
      List<Long> answered = new ArrayList<>();
      try (Background background = new Background(server, others, perSecond, clock.instant())) {
        seen.settledAfter = settle(probes);
        long due = System.nanoTime();
        long interval = (long) (1e9 / plan.crossingsPerSecond());
        // Opened here, since the server closes one that is silent for the time of the warm-up.
        try (HttpConnection connection = new HttpConnection(server.url())) {
          for (int i = 0; i < sitters.size(); i++) {
            sleepUntil(due + random.nextInt(JITTER_NANOS));
            answered.add(sitters.get(i).cross(connection, clock.instant()));
            sleepUntil(due + interval / 2 + random.nextInt(JITTER_NANOS));
            seen.bare.recordValue(bare.nanos(i) / 1000);
            due += interval;
          }
        }
        seen.background = background.rate();
      }
      long until = System.nanoTime() + PATIENCE.toNanos();
      for (int i = 0; i < sitters.size(); i++) {
        seen.note(sitters.get(i), answered.get(i), until, clock);
      }
      return seen.figures(perSecond);
    }
  }

  /**
   * Lets the load run for the time of the warm-up, and then until one alert comes at once.
   *
   * @return how long that took
   */
  private Duration settle(List<Sitter> probes) throws IOException, InterruptedException {
    long start = System.nanoTime();
    sleepUntil(start + plan.alertWarmUp().toNanos());
    for (Sitter probe : probes) {
      long due = System.nanoTime() + PROBE_EVERY.toNanos();
      try (HttpConnection connection = new HttpConnection(server.url())) {
        probe.cross(connection, clock.instant());
        probe.stream().alert().get(SETTLED.toNanos(), TimeUnit.NANOSECONDS);
        break;
      } catch (ExecutionException | TimeoutException e) {
        sleepUntil(due);
      }
    }
    for (Sitter probe : probes) {
      probe.stream().close();
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private List<Sitter> sit(List<Subject> subjects) throws IOException {
    List<Sitter> sitters = new ArrayList<>();
    try (HttpConnection connection = new HttpConnection(server.url())) {
      for (Subject subject : subjects) {
        sitters.add(Sitter.sit(server, connection, subject, clock.instant()));
      }
    }
    return sitters;
  }

  private static void sleepUntil(long nanoTime) throws InterruptedException {
    long left = nanoTime - System.nanoTime();
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  /** In microseconds. */
  private static final class Histograms {
    private final Histogram alerts = new Histogram(3);
    private final Histogram bare = new Histogram(3);
    private final NavigableMap<Long, Instant> slowest = new TreeMap<>();
    private double background;
    private Duration settledAfter = Duration.ZERO;
    private int missing;

    void note(Sitter sitter, long answeredAt, long until, InstantSource clock)
        throws IOException, InterruptedException {
      try (LiveStream stream = sitter.stream()) {
        long came =
            stream.alert().get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
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

    List<Figure> figures(int perSecond) {
      String load = String.format(Locale.ROOT, "at %,d/s", perSecond);
      String detail =
          String.format(
              Locale.ROOT,
              "%d alerts, %d missing; background %.0f/s reached, settled after %d s",
              alerts.getTotalCount(),
              missing,
              background,
              settledAfter.toSeconds());
      double over = millis(alerts, 99) - millis(bare, 99);
      return List.of(
          Figure.plain("alert after its upload p50 " + load, millis(alerts, 50), "ms", detail),
          Figure.plain("alert after its upload p99 " + load, millis(alerts, 99), "ms", slowest()),
          Figure.plain("bare transaction p50 " + load, millis(bare, 50), "ms", ""),
          Figure.plain("bare transaction p99 " + load, millis(bare, 99), "ms", ""),
          Figure.atMost(
              "alert beyond the bare one, p99 " + load,
              missing > 0 ? Math.max(over, (double) PATIENCE.toMillis()) : over,
              "ms",
              LIMIT_MILLIS,
              detail));
    }

    /** Those that make the figure, with their time for a look into logs and recordings. */
    private String slowest() {
      StringJoiner all = new StringJoiner(", ", "slowest ", "");
      slowest
          .descendingMap()
          .forEach(
              (micros, at) ->
                  all.add(
                      "%d ms at %s".formatted(micros / 1000, at.truncatedTo(ChronoUnit.MILLIS))));
      return all.toString();
    }

    private static double millis(Histogram histogram, double percentile) {
      return histogram.getValueAtPercentile(percentile) / 1000.0;
    }
  }
}
