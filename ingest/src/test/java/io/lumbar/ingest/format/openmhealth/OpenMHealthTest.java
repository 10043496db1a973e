package io.lumbar.ingest.format.openmhealth;

import static io.lumbar.ingest.format.Collected.fixture;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.ingest.format.Collected;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.StepCounterObservation;
import io.lumbar.model.StepsObservation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenMHealthTest {
  private static final String FRAME =
      "'effective_time_frame':{'time_interval':{'start_date_time':'2026-05-04T06:25:00Z','end_date_time':'2026-05-04T06:35:00Z'}}";
  private static final String POINT =
      "'effective_time_frame':{'date_time':'2026-05-04T06:25:00.123Z'}";

  @Test
  void readsEverySchemaThatSaysSomething() {
    Collected found =
        Collected.of(new OpenMHealth(), fixture("openmhealth", "points.json"), Map.of());

    assertThat(found.refused).isEmpty();
    assertThat(found.received()).isEqualTo(9);
    assertThat(((StepsObservation) found.observations.get(0)).steps()).isEqualTo(640);
    assertThat(((StepCounterObservation) found.observations.get(2)).steps()).isEqualTo(5100);
    PostureObservation sitting = (PostureObservation) found.observations.get(3);
    assertThat(sitting.posture()).isEqualTo(Posture.SITTING);
    assertThat(sitting.from()).isEqualTo("2026-05-04T07:25:00Z");
    PostureObservation asleep = (PostureObservation) found.observations.get(4);
    assertThat(asleep.to()).isEqualTo("2026-05-04T06:05:00Z");
    assertThat(found.motion).hasSize(1);
    assertThat(found.motion.get(0).y()[0]).isBetween(0.98f, 1f);
    assertThat(found.observations).hasSize(5);
  }

  @Test
  void readsTheHeaderOfTheStandardThatSucceeded() {
    Collected found =
        Collected.of(new OpenMHealth(), fixture("openmhealth", "ieee.json"), Map.of());
    PostureObservation sedentary = (PostureObservation) found.observations.get(0);
    assertThat(sedentary.posture()).isEqualTo(Posture.INACTIVE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "step-count; 1.0; {}; step_count",
        "step-count; 1.0; {'step_count':'700'}; step_count",
        "step-count; 2.0; {'step_count':700}; effective_time_frame",
        "step-count; 2.0; {'step_count':'700'}; step_count",
        "step-count; 2.0; {'step_count':700,POINT}; effective_time_frame.time_interval",
        "step-count; 3.0; {}; step_count",
        "step-count; 3.0; {'step_count':{'value':700,'unit':'step'},FRAME}; step_count.unit",
        "step-count; 3.0; {'step_count':{'value':700,'unit':'steps'}}; effective_time_frame",
        "step-count; 3.0; {'step_count':{'value':'700','unit':'steps'},FRAME}; step_count.value",
        "step-count; 3.0; {'step_count':{'value':700,'unit':'steps'},POINT};"
            + " effective_time_frame.time_interval",
        "body-posture; 1.0; \"stooding\"; ''",
        "acceleration; 2.0;"
            + " {'acceleration_x':{'value':1,'unit':'m/s^2'},'acceleration_y':{'value':1,'unit':'m/s'},POINT};"
            + " acceleration_y.unit",
        "acceleration; 1.0; {'acceleration_x':{'value':1,'unit':'m/s^2'},POINT}; acceleration_y",
        "sleep-episode; 1.0; {POINT,'is_main_sleep':true}; effective_time_frame.time_interval",
        "sleep-episode; 1.0; {'is_main_sleep':true}; effective_time_frame",
        "sleep-episode; 1.1;"
            + " {'effective_time_frame':{'time_interval':{'start_date_time':'2026-05-04T06:25:00Z'}}};"
            + " effective_time_frame.time_interval",
        "sleep-episode; 1.1;"
            + " {'effective_time_frame':{'time_interval':{'start_date_time':'2026-05-04T06:25:00Z','duration':{'value':3,'unit':'hours'}}}};"
            + " effective_time_frame.time_interval.duration.unit",
        "sleep-episode; 1.1; {'effective_time_frame':{'time_interval':{'start_date_time':'4"
            + " May','duration':{'value':3,'unit':'h'}}}};"
            + " effective_time_frame.time_interval.start_date_time",
        "physical-activity; 2.0; {'activity_name':'walking'}; effective_time_frame",
        "physical-activity; 2.0; {'activity_name':'walking',POINT};"
            + " effective_time_frame.time_interval",
        "physical-activity; 1.0; {'activity_name':'walking','distance':{'value':1,'unit':'mile'}};"
            + " distance.unit"
      })
  void refusesABodyByThePathOfItsFault(String schema, String version, String body, String path) {
    String expected = "[0].body" + (path.isEmpty() ? "" : "." + path) + ": ";
    Collected found = Collected.of(new OpenMHealth(), point(schema, version, body));
    assertThat(found.refused).singleElement().asString().startsWith(expected);
    assertThat(found.observations).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; [0].header: missing",
        "{'body':{}}; [0].header: missing",
        "{'header':{'creation_date_time':'2026-05-04T07:25:00Z','schema_id':{'namespace':'omh','name':'x','version':'1.0'}},'body':{}};"
            + " [0].header.id: missing",
        "{'header':{'id':'a','creation_date_time':'206-05-04T07:25:00Z','schema_id':{'namespace':'omh','name':'x','version':'1.0'}},'body':{}};"
            + " [0].header.creation_date_time: must be",
        "{'header':{'id':'a','creation_date_time':'2026-05-04T07:25:00Z','schema_id':{'namespace':'omh','name':'x','version':'1.0'},'acquisition_provenance':{'source_name':'P','modality':'guessed'}},'body':{}};"
            + " [0].header.acquisition_provenance.modality: must be one of",
        "{'header':{'id':'a','creation_date_time':'2026-05-04T07:25:00Z','schema_id':{'namespace':'omh','name':'x','version':'1.0'},'user_id':1},'body':{}};"
            + " [0].header.user_id: must be a text",
        "{'header':{'id':'a','creation_date_time':'2026-05-04T07:25:00Z','schema_id':{'namespace':'omh','name':'x','version':'1.0'}}};"
            + " [0].body: missing",
        "{'header':{'id':'a','creation_date_time':'2026-05-04T07:25:00Z','schema_id':{'namespace':'omh','name':'x','version':'1'}},'body':{}};"
            + " [0].header.schema_id.version: must be",
        "{'header':{'id':'a','creation_date_time':'2026-05-04T07:25:00Z','schema_id':{'namespace':'omh','name':'x','version':'one.two'}},'body':{}};"
            + " [0].header.schema_id.version: must be",
        "7; [0].header: missing"
      })
  void refusesAHeaderByThePathOfItsFault(String point, String fault) {
    assertThat(Collected.of(new OpenMHealth(), point).refused)
        .singleElement()
        .asString()
        .startsWith(fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "step-count; 1.0; {'step_count':700}",
        "step-count; 2.0; {'step_count':700,FRAME,'descriptive_statistic':'average'}",
        "physical-activity; 1.0; {'activity_name':'walking'}",
        "physical-activity; 1.0; {}",
        "acceleration; 2.0;"
            + " {'acceleration_x':{'value':0.06,'unit':'m/s^2'},'acceleration_y':{'value':0.1,'unit':'m/s^2'},'acceleration_z':{'value':0.1,'unit':'m/s^2'},POINT}",
        "blood-pressure; 1.0; {}"
      })
  void takesNoteOfValidPointsThatSayNothingOfUse(String schema, String version, String body) {
    Collected found = Collected.of(new OpenMHealth(), point(schema, version, body));
    assertThat(found.refused).isEmpty();
    assertThat(found.ignored).isEqualTo(1);
  }

  private static String point(String schema, String version, String body) {
    return ("{'header':{'id':'a-1','creation_date_time':'2026-05-04T07:25:00','schema_id':"
            + "{'namespace':'omh','name':'%s','version':'%s'}},'body':%s}")
        .formatted(schema, version, body.replace("FRAME", FRAME).replace("POINT", POINT));
  }
}
