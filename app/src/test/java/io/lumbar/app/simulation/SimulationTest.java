package io.lumbar.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Many seeds over the very topologies: 250, or as many as {@code -Dlumbar.seeds} says; {@code
 * -Dlumbar.seed} runs one of them.
 */
class SimulationTest {
  private static final long SEEDS = 250;

  private static final int ENOUGH = 5;

  @Test
  void whateverHappensOnTheWayTheResultIsThatOfTheOrderedRun() {
    Long one = Long.getLong("lumbar.seed");
    long first = one == null ? 1 : one;
    long last = one == null ? Long.getLong("lumbar.seeds", SEEDS) : one;
    List<String> failures = new ArrayList<>();
    for (long seed = first; seed <= last && failures.size() < ENOUGH; seed++) {
      run(seed).ifPresent(failures::add);
    }
    assertThat(failures).isEmpty();
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
