package io.lumbar.ingest.format.healthconnect;

import static io.lumbar.ingest.format.Collected.fixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.http.ApiException;
import io.lumbar.ingest.format.Collected;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.StepCounterObservation;
import io.lumbar.model.StepsObservation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthConnectTest {

  @Test
  void readsStepsSumsAndSleepAndCountsTheRest() {
    Collected found =
        Collected.of(new HealthConnect(), fixture("healthconnect", "day.json"), Map.of());

    assertThat(found.refused).isEmpty();
    assertThat(found.received()).isEqualTo(2 + 1 + 3 + 2);
    assertThat(found.ignored).isEqualTo(1 + 2);
    StepCounterObservation day = (StepCounterObservation) found.observations.get(1);
    assertThat(day.steps()).isEqualTo(7904);
    assertThat(day.at()).isEqualTo("2026-05-04T00:00:00Z");
    assertThat(day.stamp().placement()).isEqualTo(Placement.ESTIMATED);
    StepsObservation walk = (StepsObservation) found.observations.get(2);
    assertThat(walk.from()).isEqualTo("2026-05-04T08:10:00.5Z");
    assertThat(walk.to()).isEqualTo("2026-05-04T08:14:00.123456789Z");
    assertThat(walk.stamp().placement()).isEqualTo(Placement.WRIST);
    PostureObservation whole = (PostureObservation) found.observations.get(3);
    assertThat(whole.posture()).isEqualTo(Posture.LYING);
    assertThat(whole.from()).isEqualTo("2026-05-03T22:30:00Z");
    assertThat(whole.to()).isEqualTo("2026-05-04T05:30:00Z");
    PostureObservation deep = (PostureObservation) found.observations.get(5);
    assertThat(deep.from()).isEqualTo("2026-05-03T04:30:00Z");
    assertThat(found.observations).hasSize(6);
  }

  @Test
  void aTestStoresNothing() {
    Collected found =
        Collected.of(new HealthConnect(), fixture("healthconnect", "test.json"), Map.of());
    assertThat(found.observations).isEmpty();
    assertThat(found.greeting).isNotNull();
    assertThat(found.received()).isEqualTo(1);
  }

  @Test
  void refusesOneByOneByThePathOfTheFault() {
    Collected found =
        Collected.of(
            new HealthConnect(),
            "{'steps':[{'count':'12','start_time':'2026-05-04T08:00:00Z','end_time':'2026-05-04T08:01:00Z'},"
                + "{'count':5,'start_time':'2026-05-04T08:01:00Z','end_time':'2026-05-04T08:00:00Z'},7],"
                + "'sleep':[{'session_end_time':'yesterday','duration_seconds':60}]}");
    assertThat(found.refused)
        .hasSize(4)
        .anyMatch(fault -> fault.startsWith("steps[0].count: must be a number"))
        .anyMatch(fault -> fault.startsWith("steps[1]: its end"))
        .anyMatch(fault -> fault.startsWith("steps[2].count: missing"))
        .anyMatch(fault -> fault.startsWith("sleep[0].session_end_time: "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'steps':{'count':5}} | steps: must be a list",
        "{'timestamp':'2026-05-04T08:00:00Z','steps':5} | steps: must be a list",
        "{'sleep':'long'} | sleep: must be a list",
        "{'data':{'metrics':[]}} | data: this is a body of Health Auto Export; send it to /api/v1/ingest/health-auto-export",
        "{'messageId':1,'payload':[]} | payload: this is a body of Sensor Logger; send it to /api/v1/ingest/sensor-logger"
      })
  void refusesAWrongShapeByWhatToMend(String body, String reason) {
    assertThatThrownBy(() -> Collected.of(new HealthConnect(), body))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessage(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'steps':null}",
        "{'timestamp':'2026-05-04T08:00:00Z','data':{}}",
        "{'steps':{},'test':true}",
        "{'test':true,'data':{}}"
      })
  void whatHoldsNothingAndATestAreTaken(String body) {
    Collected found = Collected.of(new HealthConnect(), body);
    assertThat(found.refused).isEmpty();
    assertThat(found.observations).isEmpty();
  }
}
