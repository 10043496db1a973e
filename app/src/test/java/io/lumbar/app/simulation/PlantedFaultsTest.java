package io.lumbar.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation is worth something only if it finds what is broken. */
class PlantedFaultsTest {
  private static final long SEEDS = 100;

  /** A program that breaks down shows nothing: the violation has to be the one of the fault. */
  @ParameterizedTest
  @EnumSource(PlantedFault.class)
  void theSimulationFindsIt(PlantedFault fault) {
    assertThat(firstViolation(fault))
        .as("what a seed up to %d finds", SEEDS)
        .hasValueSatisfying(words -> assertThat(fault.explains(words)).as(words).isTrue());
  }

  private static Optional<String> firstViolation(PlantedFault fault) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        Simulation.run(seed, fault::plant);
      } catch (AssertionError found) {
        return Optional.of(String.valueOf(found.getMessage()));
      }
    }
    return Optional.empty();
  }
}
