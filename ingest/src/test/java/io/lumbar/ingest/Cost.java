package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What inputs of a fuzz run cost, and of memory what is still held when they are over.
 *
 * <p>An input that works for more than a second is too slow, whatever else the machine does; one
 * that only waits for so long is tried again, because a busy machine makes it wait once and a lock
 * each time. One that does not end at all is named after a while.
 */
final class Cost implements AutoCloseable {
  static final Duration MOST = Duration.ofSeconds(1);

  /** What the collector leaves differs by less; what was read is a multiple of it. */
  static final long MOST_GROWTH = 3 << 20;

  private static final int ATTEMPTS = 4;
  private static final int LOOKS = 3;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Duration patience;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "fuzz");
            thread.setDaemon(true);
            return thread;
          });
  private final List<String> slow = new ArrayList<>();
  private final List<Long> held = new ArrayList<>();
  private long sinceFirstLook;

  Cost() {
    this(Duration.ofMinutes(1));
  }

  /**
   * Costs of one run.
   *
   * @param patience after which an input does not end any more
   */
  Cost(Duration patience) {
    this.patience = patience;
  }

  private record Taken<T>(T result, long workedNanos, long tookNanos) {}

  /** Reads one input of so many bytes, more than once when that seems to wait. */
  <T> T of(Callable<T> reading, int bytes, String format, long seed) throws Exception {
    sinceFirstLook += held.isEmpty() ? 0 : bytes;
    String name = "%s, seed %d".formatted(format, seed);
    Taken<T> taken = take(reading, name);
    for (int i = 1; i < ATTEMPTS && waited(taken); i++) {
      taken = take(reading, name);
    }
    if (waited(taken) || taken.workedNanos() > MOST.toNanos()) {
      slow.add("%s: %d ms".formatted(name, taken.tookNanos() / 1_000_000));
    }
    return taken.result();
  }

  private static boolean waited(Taken<?> taken) {
    return taken.tookNanos() > MOST.toNanos() && taken.workedNanos() <= MOST.toNanos();
  }

  private <T> Taken<T> take(Callable<T> reading, String name) throws Exception {
    Future<Taken<T>> taking =
        reader.submit(
            () -> {
              long begun = System.nanoTime();
              long worked = THREADS.getCurrentThreadCpuTime();
              T result = reading.call();
              return new Taken<>(
                  result, THREADS.getCurrentThreadCpuTime() - worked, System.nanoTime() - begun);
            });
    try {
      return taking.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(name + " does not end", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof Exception exception ? exception : e;
    }
  }

  /** Looks what is held at the moment. */
  void look() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < LOOKS; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    held.add(least);
  }

  /**
   * No input took longer than a second, and from the first look to the last nothing piled up;
   * enough was read in between for it to show if inputs were held.
   */
  void assertBounded() {
    assertThat(slow).isEmpty();
    assertThat(sinceFirstLook).as("read since the first look").isGreaterThan(2 * MOST_GROWTH);
    assertThat(held.get(held.size() - 1) - held.get(0))
        .as("bytes that piled up")
        .isLessThan(MOST_GROWTH);
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
