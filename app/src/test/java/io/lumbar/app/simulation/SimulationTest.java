package io.lumbar.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Many seeds over the very topologies: 250, with {@code CI=true} 2,000, or as many as {@code
 * -Dlumbar.seeds} says; {@code -Dlumbar.seed} runs one of them.
 */
class SimulationTest {
  private static final long SEEDS = "true".equals(System.getenv("CI")) ? 2_000 : 250;

  private static final int ENOUGH = 5;

  @Test
  void whateverHappensOnTheWayTheResultIsThatOfTheOrderedRun() throws InterruptedException {
    Long one = Long.getLong("lumbar.seed");
    long first = one == null ? 1 : one;
    long last = one == null ? Long.getLong("lumbar.seeds", SEEDS) : one;
    Map<Long, String> failures = new ConcurrentSkipListMap<>();
    AtomicLong next = new AtomicLong(first);
    Runnable some =
        () -> {
          for (long seed = next.getAndIncrement();
              seed <= last && failures.size() < ENOUGH;
              seed = next.getAndIncrement()) {
            long tried = seed;
            run(seed).ifPresent(failure -> failures.put(tried, failure));
          }
        };
    List<Thread> threads =
        Stream.generate(() -> new Thread(some, "seeds"))
            .limit(Math.min(last - first + 1, Runtime.getRuntime().availableProcessors()))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures.values()).isEmpty();
    assertThat(next.get()).isGreaterThan(last);
  }

  private static Optional<String> run(long seed) {
    try {
      Simulation.run(seed, () -> Fault.NONE);
      return Optional.empty();
    } catch (AssertionError | RuntimeException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      return Optional.of(
          "mvn -pl app -am test -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dlumbar.seed=%d%n%s"
              .formatted(seed, trace));
    }
  }
}
