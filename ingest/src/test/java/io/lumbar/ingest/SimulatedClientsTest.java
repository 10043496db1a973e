package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.Collected;
import io.lumbar.ingest.simulated.SimulatedClients;
import io.lumbar.model.Observation;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.StepCounterObservation;
import io.lumbar.model.StepsObservation;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same hour, as every client tells it. */
class SimulatedClientsTest {
  private static final Instant START = Instant.parse("2026-05-04T08:00:00Z");

  @Test
  void thereIsAClientForEachFormat() {
    assertThat(Formats.all().stream().map(Adapter::format))
        .containsExactlyInAnyOrderElementsOf(SimulatedClients.formats())
        .containsExactlyInAnyOrderElementsOf(Mutator.formats());
  }

  @ParameterizedTest
  @MethodSource("io.lumbar.ingest.Mutator#formats")
  void everyClientIsUnderstood(String format) {
    Collected found = lived(format);
    assertThat(found.refused).isEmpty();
    assertThat(found.counted).isPositive();
    if (Set.of("owntracks", "traccar-client").contains(format)) {
      assertThat(found.observations)
          .filteredOn(PostureObservation.class::isInstance)
          .extracting(each -> ((PostureObservation) each).posture())
          .containsExactly(Posture.WALKING);
    }
    if (!Set.of("traccar-client", "home-assistant", "ruuvi").contains(format)) {
      assertThat(steps(found)).isBetween(1_100L, 1_110L);
    }
  }

  @Test
  void aPhoneThatRecordsTellsItsMotionWhole() {
    Collected found = lived("sensor-logger");
    assertThat(found.motion).hasSize(60).allSatisfy(b -> assertThat(b.size()).isEqualTo(20));
    assertThat(found.ignored).isZero();
    assertThat(found.messages).hasSize(60);
  }

  @Test
  void aGatewayTellsAMeasurementAMinute() {
    Collected found = lived("ruuvi");
    assertThat(found.motion).hasSize(60);
    assertThat(found.identities).doesNotHaveDuplicates();
  }

  private static Collected lived(String format) {
    Adapter adapter =
        Formats.all().stream()
            .filter(each -> each.format().equals(format))
            .findFirst()
            .orElseThrow();
    Collected found = new Collected();
    for (byte[] message : SimulatedClients.hour(format, START, 41)) {
      adapter.read(Collected.upload(message), Collected.SENDER, found);
    }
    return found;
  }

  private static long steps(Collected found) {
    long spans = 0;
    long counter = 0;
    for (Observation each : found.observations) {
      if (each instanceof StepsObservation steps) {
        spans += steps.steps();
      } else if (each instanceof StepCounterObservation reading) {
        counter = Math.max(counter, reading.steps());
      }
    }
    return spans + counter;
  }
}
