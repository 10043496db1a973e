package io.lumbar.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation is worth something only if it finds what is broken. */
class PlantedFaultsTest {
  private static final long SEEDS = 100;

  @ParameterizedTest
  @EnumSource(PlantedFault.class)
  void theSimulationFindsIt(PlantedFault fault) {
    assertThat(firstViolation(fault)).as("no seed up to %d finds it", SEEDS).isPresent();
  }

  private static Optional<Throwable> firstViolation(PlantedFault fault) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        Simulation.run(seed, fault::plant);
      } catch (AssertionError | RuntimeException found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
