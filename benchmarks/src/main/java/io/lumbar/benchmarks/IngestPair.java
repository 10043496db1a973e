package io.lumbar.benchmarks;

import io.lumbar.benchmarks.HttpConnection.Answer;
import io.lumbar.model.Topic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Uploads of 100 observations over HTTP, each acknowledged, beside a bare Kafka producer that
 * writes the very records that those uploads led to, to the same broker, in turns.
 */
final class IngestPair {
  private static final int BATCH = 100;
  private static final int CONNECTIONS = 8;
  private static final Duration SPAN = Duration.ofSeconds(15);

  private final ChildProcess server;
  private final Plan plan;
  private final Instant now;

  IngestPair(ChildProcess server, Plan plan, Instant now) {
    this.server = server;
    this.plan = plan;
    this.now = now;
  }

  /** Records a second over HTTP and bare, each over all rounds. */
  record Rates(double http, double bare) {
    double ratio() {
      return http / bare;
    }

    String detail() {
      return String.format(Locale.ROOT, "%,.0f/s beside %,.0f/s of the bare producer", http, bare);
    }
  }

  Rates measure() throws IOException {
    Instant start = now.minus(Duration.ofDays(10));
    List<Diary> diaries = new ArrayList<>();
    for (Subject subject : Subject.add(server, "rate", plan.uploaders(), now)) {
      diaries.add(new Diary(subject, start, SPAN));
    }
    long records = 0;
    double httpSeconds = 0;
    double bareSeconds = 0;
    try (BareProducer producer = new BareProducer(server.kafka());
        TopicTail tail = new TopicTail(server.kafka(), Topic.POSTURE.topicName());
        Uploads uploads = new Uploads(server, CONNECTIONS)) {
      for (int round = -plan.warmUps(); round < plan.rounds(); round++) {
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < plan.uploads(); i++) {
          requests.add(diaries.get(i % diaries.size()).upload(BATCH));
        }
        int sent = requests.size() * BATCH;
        double overHttp = uploads.seconds(requests);
        double direct = producer.seconds(tail.next(sent));
        if (round >= 0) {
          records += sent;
          httpSeconds += overHttp;
          bareSeconds += direct;
        }
      }
    }
    return new Rates(records / httpSeconds, records / bareSeconds);
  }

  /** Several clients that send uploads as fast as they are acknowledged. */
  private static final class Uploads implements AutoCloseable {
    private final List<HttpConnection> connections = new ArrayList<>();
    private final ExecutorService clients;

    Uploads(ChildProcess server, int count) throws IOException {
      for (int i = 0; i < count; i++) {
        connections.add(new HttpConnection(server.url()));
      }
      clients = Executors.newFixedThreadPool(count);
    }

    double seconds(List<byte[]> requests) throws IOException {
      AtomicInteger next = new AtomicInteger();
      List<Callable<Integer>> work = new ArrayList<>();
      for (HttpConnection connection : connections) {
        work.add(
            () -> {
              int sent = 0;
              for (int i = next.getAndIncrement();
                  i < requests.size();
                  i = next.getAndIncrement()) {
                requireKept(connection.send(requests.get(i)));
                sent++;
              }
              return sent;
            });
      }
      long before = System.nanoTime();
      try {
        for (Future<Integer> each : clients.invokeAll(work)) {
          each.get();
        }
      } catch (ExecutionException e) {
        throw new IOException("an upload failed: " + e.getCause(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      return (System.nanoTime() - before) / 1e9;
    }

    private static void requireKept(Answer answer) throws IOException {
      if (answer.status() / 100 != 2 || !answer.body().contains("\"accepted\":" + BATCH)) {
        throw new IOException("an upload was answered " + answer.status() + ": " + answer.body());
      }
    }

    @Override
    public void close() throws IOException {
      clients.shutdownNow();
      for (HttpConnection connection : connections) {
        connection.close();
      }
    }
  }
}
