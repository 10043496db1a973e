package io.lumbar.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/**
 * From the answer to the upload that makes half an hour of sitting, to the alert on the wearer's
 * event stream and at their webhook; beside a bare transaction, from its start to a consumer of
 * committed records, on the same broker, in turns, while others upload.
 */
final class AlertPair {
  static final double LIMIT_MILLIS = 150;
  private static final int JITTER_NANOS = 20_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  // A process that has just started compiles for a minute or more of processor time while the load
  // piles up behind it; one that runs for months does so once.
  private static final int PROBES = 30;
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

  List<Figure> measure(int perSecond) throws IOException, InterruptedException {
    String prefix = "p" + perSecond;
    Instant now = clock.instant();
    List<Subject> others =
        Subject.add(server, prefix + "-other", Background.wearers(perSecond), now);
    try (WebhookReceiver receiver = new WebhookReceiver();
        BareTransactions bare = new BareTransactions(server.kafka())) {
      List<Sitter> sitters =
          sit(Subject.add(server, prefix + "-sitter", plan.crossings(), now), receiver);
      List<Sitter> probes = sit(Subject.add(server, prefix + "-probe", PROBES, now), receiver);
      Histogram bareMicros = new Histogram(3);
      List<Long> answered = new ArrayList<>();
      Duration settledAfter;
      double reached;
      try (Background background = new Background(server, others, perSecond, clock.instant())) {
        settledAfter = settle(probes, receiver);
        long due = System.nanoTime();
        long interval = (long) (1e9 / plan.crossingsPerSecond());
        // Opened here, since the server closes one that is silent for the time of the warm-up.
        try (HttpConnection connection = new HttpConnection(server.url())) {
          for (int i = 0; i < sitters.size(); i++) {
            sleepUntil(due + random.nextInt(JITTER_NANOS));
            answered.add(sitters.get(i).cross(connection, clock.instant()));
            sleepUntil(due + interval / 2 + random.nextInt(JITTER_NANOS));
            bareMicros.recordValue(bare.nanos(i) / 1000);
            due += interval;
          }
        }
        reached = background.rate();
      }
      String detail =
          String.format(
              Locale.ROOT,
              "background %.0f/s reached, settled after %d s",
              reached,
              settledAfter.toSeconds());
      AlertDelays page = new AlertDelays(clock);
      AlertDelays webhook = new AlertDelays(clock);
      long until = System.nanoTime() + PATIENCE.toNanos();
      for (int i = 0; i < sitters.size(); i++) {
        try (LiveStream stream = sitters.get(i).stream()) {
          page.note(stream.alert(), answered.get(i), until);
          webhook.note(receiver.first(sitters.get(i).subject().id()), answered.get(i), until);
        }
      }
      return figures(perSecond, page, webhook, bareMicros, detail);
    }
  }

  private static List<Figure> figures(
      int perSecond, AlertDelays page, AlertDelays webhook, Histogram bare, String detail) {
    String load = String.format(Locale.ROOT, "at %,d/s", perSecond);
    double bare99 = AlertDelays.millis(bare, 99);
    List<Figure> figures = new ArrayList<>();
    figures.add(
        Figure.plain("bare transaction p50 " + load, AlertDelays.millis(bare, 50), "ms", ""));
    figures.add(Figure.plain("bare transaction p99 " + load, bare99, "ms", ""));
    figures.addAll(page.figures("", load, detail, bare99, PATIENCE));
    figures.addAll(webhook.figures("at a webhook", load, detail, bare99, PATIENCE));
    return figures;
  }

  /**
   * Lets the load run for the time of the warm-up, and then until one alert comes at once, on the
   * page and at the webhook.
   *
   * @return how long that took
   */
  private Duration settle(List<Sitter> probes, WebhookReceiver receiver)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    sleepUntil(start + plan.alertWarmUp().toNanos());
    for (Sitter probe : probes) {
      long due = System.nanoTime() + PROBE_EVERY.toNanos();
      try (HttpConnection connection = new HttpConnection(server.url())) {
        probe.cross(connection, clock.instant());
        CompletableFuture.allOf(probe.stream().alert(), receiver.first(probe.subject().id()))
            .get(SETTLED.toNanos(), TimeUnit.NANOSECONDS);
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

  private List<Sitter> sit(List<Subject> subjects, WebhookReceiver receiver) throws IOException {
    List<Sitter> sitters = new ArrayList<>();
    try (HttpConnection connection = new HttpConnection(server.url())) {
      for (Subject subject : subjects) {
        subject.tellByWebhook(connection, receiver.url(subject.id()));
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
}
