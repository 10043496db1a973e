package io.lumbar.ingest.format.traccar;

import static io.lumbar.ingest.format.Collected.fixture;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.ingest.format.Collected;
import io.lumbar.model.BatteryObservation;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraccarClientTest {

  @Test
  void keepsTheBatteryOfAPhoneThatLiesStill() {
    Collected found = Collected.of(new TraccarClient(), fixture("traccar", "still.json"), Map.of());
    BatteryObservation battery = (BatteryObservation) found.observations.get(0);
    assertThat(battery.level()).isEqualTo(0.75);
    assertThat(battery.charging()).isTrue();
    assertThat(battery.at()).isEqualTo("2026-05-04T13:45:12.501Z");
    assertThat(found.observations).hasSize(1);
  }

  @Test
  void keepsDrivingAsAnEstimateAndNoUnknownBattery() {
    Collected found =
        Collected.of(new TraccarClient(), fixture("traccar", "driving.json"), Map.of());
    PostureObservation driving = (PostureObservation) found.observations.get(0);
    assertThat(driving.posture()).isEqualTo(Posture.TRAVELLING);
    assertThat(driving.stamp().placement()).isEqualTo(Placement.ESTIMATED);
    assertThat(found.observations).hasSize(1);
    assertThat(found.received()).isEqualTo(1);
  }

  @Test
  void ignoresASimulatorAndWhatThePhoneIsNotSureOf() {
    assertThat(Collected.of(new TraccarClient(), "{'location':{'mock':true}}").ignored)
        .isEqualTo(1);
    assertThat(
            Collected.of(
                    new TraccarClient(),
                    "{'location':{'timestamp':'2026-05-04T13:50:30Z','activity':{'type':'walking','confidence':30}}}")
                .ignored)
        .isEqualTo(1);
    assertThat(Collected.of(new TraccarClient(), "{'location':{}}").refused)
        .containsExactly("[0].location.timestamp: missing");
  }
}
