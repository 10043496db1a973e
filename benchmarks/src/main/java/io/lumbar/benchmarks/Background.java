package io.lumbar.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Other wearers' uploads at a steady rate, so that nothing is measured on an empty machine. */
final class Background implements AutoCloseable {
  private static final int FAST = 1000;
  private static final Duration SPAN = Duration.ofSeconds(4);

  // Each wearer's spans pass up to twenty times as fast as time, and must not overtake it.
  private static final Duration HISTORY = Duration.ofHours(3);

  private final AtomicLong sent = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final List<Thread> threads = new ArrayList<>();
  private final long startedAt = System.nanoTime();
  private volatile boolean stopping;

  /**
   * Starts to upload.
   *
   * @param perSecond observations
   */
  Background(ChildProcess server, List<Subject> subjects, int perSecond, Instant now)
      throws IOException {
    int clients = perSecond >= FAST ? 4 : 1;
    int batch = perSecond >= FAST ? 100 : 1;
    for (int i = 0; i < clients; i++) {
      List<Diary> diaries = new ArrayList<>();
      for (int j = i; j < subjects.size(); j += clients) {
        diaries.add(new Diary(subjects.get(j), now.minus(HISTORY), SPAN));
      }
      HttpConnection connection = new HttpConnection(server.url());
      long pause = (long) (1e9 * batch * clients / perSecond);
      threads.add(new Thread(() -> upload(connection, diaries, batch, pause), "background-" + i));
    }
    threads.forEach(Thread::start);
  }

  /** How many wearers a rate is spread over. */
  static int wearers(int perSecond) {
    return Math.max(20, perSecond / 5);
  }

  /** Observations a second that were acknowledged until now. */
  double rate() {
    return sent.get() / ((System.nanoTime() - startedAt) / 1e9);
  }

  private void upload(HttpConnection connection, List<Diary> diaries, int batch, long pause) {
    try (connection) {
      long due = System.nanoTime();
      for (int i = 0; !stopping; i++) {
        HttpConnection.Answer answer =
            connection.send(diaries.get(i % diaries.size()).upload(batch));
        if (answer.status() / 100 != 2 || !answer.body().contains("\"accepted\":" + batch)) {
          throw new IOException(
              "the background was answered " + answer.status() + ": " + answer.body());
        }
        sent.addAndGet(batch);
        due += pause;
        long left = due - System.nanoTime();
        if (left > 0) {
          Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
        }
      }
    } catch (IOException e) {
      failure.compareAndSet(null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    stopping = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    Exception failed = failure.get();
    if (failed != null) {
      throw new IOException("the background load broke off", failed);
    }
  }
}
