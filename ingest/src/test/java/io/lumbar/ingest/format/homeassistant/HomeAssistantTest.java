package io.lumbar.ingest.format.homeassistant;

import static io.lumbar.ingest.format.Collected.fixture;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.ingest.format.Collected;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeAssistantTest {

  @Test
  void concludesPostureFromWhatAHouseKnows() {
    Collected found =
        Collected.of(new HomeAssistant(), fixture("homeassistant", "states.json"), Map.of());

    List<PostureObservation> said =
        found.observations.stream().map(PostureObservation.class::cast).toList();
    assertThat(said)
        .extracting(PostureObservation::posture)
        .containsExactly(
            Posture.SITTING,
            Posture.UNKNOWN,
            Posture.LYING,
            Posture.STANDING,
            Posture.SITTING,
            Posture.TRAVELLING,
            Posture.UNKNOWN);
    assertThat(said)
        .allSatisfy(
            each -> {
              assertThat(each.stamp().placement()).isEqualTo(Placement.ESTIMATED);
              assertThat(each.change()).isTrue();
            });
    assertThat(said.get(0).stamp().device()).isEqualTo(said.get(1).stamp().device());
    assertThat(said.get(0).stamp().device()).isNotEqualTo(said.get(2).stamp().device());
    assertThat(said.get(0).stamp().device().value()).doesNotContain("study");
  }

  @Test
  void refusesWhatItDoesNotKnowByName() {
    Collected found =
        Collected.of(
            new HomeAssistant(),
            "[{'kind':'kettle','state':'on','at':'2026-05-04T09:00:00Z'},"
                + "{'kind':'chair','state':'boiling','at':'2026-05-04T09:00:00Z'},"
                + "{'kind':'chair','state':'on'}]");
    assertThat(found.refused)
        .hasSize(3)
        .anyMatch(fault -> fault.startsWith("[0].kind: must be one of bed"))
        .anyMatch(fault -> fault.startsWith("[1].state: must be on or off"))
        .anyMatch(fault -> fault.startsWith("[2].at: missing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e99", "301", "-1"})
  void refusesAHeightThatNoDeskHas(String height) {
    assertThat(
            Collected.of(
                    new HomeAssistant(),
                    "{'kind':'desk','state':'on','heightCm':%s,'at':'2026-05-04T09:00:00Z'}"
                        .formatted(height))
                .refused)
        .containsExactly("[0].heightCm: must be the desk's height in cm, 0 to 300");
  }

  @Test
  void aDeviceTellsOfSixtyFourEntitiesAtMost() {
    HomeAssistant adapter = new HomeAssistant();
    String chair = "{'kind':'chair','entity':'chair %d','state':'on','at':'2026-05-20T09:00:00Z'}";
    for (int i = 0; i < 64; i++) {
      assertThat(Collected.of(adapter, chair.formatted(i)).refused).isEmpty();
    }
    assertThat(Collected.of(adapter, chair.formatted(64)).refused)
        .singleElement()
        .asString()
        .contains("64");
    assertThat(Collected.of(adapter, chair.formatted(3)).observations).hasSize(1);
  }
}
