package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What inputs of a fuzz run cost: of the processor, so that a busy machine changes nothing, and of
 * memory that is still held when they are over.
 */
final class Cost {
  private static final Duration MOST = Duration.ofSeconds(1);
  private static final long MOST_GROWTH = 16 << 20;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final List<String> slow = new ArrayList<>();
  private final List<Long> held = new ArrayList<>();

  /** Reads one input. */
  <T> T of(Callable<T> reading, String format, long seed) throws Exception {
    long begun = THREADS.getCurrentThreadCpuTime();
    T result = reading.call();
    long took = THREADS.getCurrentThreadCpuTime() - begun;
    if (took > MOST.toNanos()) {
      slow.add("%s, seed %d: %d ms".formatted(format, seed, took / 1_000_000));
    }
    return result;
  }

  /** Looks what is held at the moment. */
  void look() {
    System.gc();
    held.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  /** No input took longer than a second, and from the first look to the last nothing piled up. */
  void assertBounded() {
    assertThat(slow).isEmpty();
    assertThat(held.get(held.size() - 1) - held.get(0)).isLessThan(MOST_GROWTH);
  }
}
