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
import org.junit.jupiter.params.provider.ValueSource;

class OpenMHealthTest {
  private static final String FRAME =
      "'effective_time_frame':{'time_interval':{'start_date_time':'2026-05-04T06:25:00Z','end_date_time':'2026-05-04T06:35:00Z'}}";
  private static final String POINT =
      "'effective_time_frame':{'date_time':'2026-05-04T06:25:00.123Z'}";

  private static final String INTERVAL = "'effective_time_frame':{'time_interval':";
  private static final String STEPS = "'step_count':{'value':700,'unit':'steps'}";
  private static final String AXES =
      "'acceleration_x':{'value':0.2,'unit':'m/s^2'},'acceleration_y':{'value':9.7,'unit':'m/s^2'},'acceleration_z':{'value':0.4,'unit':'m/s^2'}";

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
        "step-count; 1.0; {'step_count':700,'effective_time_frame':{}}; effective_time_frame",
        "step-count; 3.0; {STEPS,'effective_time_frame':{}}; effective_time_frame.time_interval",
        "step-count; 3.0; {STEPS,'effective_time_frame':{'date_time':'2026-05-04T06:25:00.123Z','time_interval':{'duration':{'value':10,'unit':'min'},'end_date_time':'2026-05-04T06:35:00Z'}}};"
            + " effective_time_frame",
        "step-count; 3.0; {STEPS,INTERVAL{}}}; effective_time_frame.time_interval.date",
        "step-count; 3.0; {STEPS,INTERVAL{'duration':{'value':7.6,'unit':'h'}}}};"
            + " effective_time_frame.time_interval",
        "step-count; 3.0; {STEPS,INTERVAL{'end_date_time':'2026-05-04T06:35:00Z'}}};"
            + " effective_time_frame.time_interval",
        "step-count; 3.0; {STEPS,INTERVAL{'start_date_time':'2026-05-04T06:35:00Z'}}};"
            + " effective_time_frame.time_interval",
        "step-count; 3.0; {STEPS,INTERVAL{'part_of_day':'morning'}}};"
            + " effective_time_frame.time_interval.date",
        "body-posture; 1.0; \"stooding\"; ''",
        "body-posture; 1.0; {'body_posture':'sitting'}; ''",
        "acceleration; 2.0; {}; acceleration_x",
        "acceleration; 2.0; {'acceleration_x':{},POINT}; acceleration_x.unit",
        "acceleration; 2.0; {'acceleration_x':{'value':1},POINT}; acceleration_x.unit",
        "acceleration; 2.0; {'acceleration_x':{'unit':'m/s^2'},POINT}; acceleration_x.value",
        "acceleration; 2.0; {'acceleration_x':{'value':1,'unit':'foo'},POINT};"
            + " acceleration_x.unit",
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
        "{'header':{},'body':{}}; [0].header.id: missing",
        "{'header':{'id':'a','creation_date_time':'2026-05-04T07:25:00Z','schema_id':{'namespace':'omh'}},'body':{}};"
            + " [0].header.schema_id.version: missing",
        "{'header':{'id':'a','creation_date_time':'2026-05-04T07:25:00Z','schema_id':{'namespace':'omh','name':'x','version':'1.0','url':'://schemas.example/x-1.0.json'}},'body':{}};"
            + " [0].header.schema_id.url: must be",
        "{'header':{'id':'a','creation_date_time':'2026-05-04T07:25:00Z','schema_id':{'namespace':'omh','name':'x','version':'1.0'},'acquisition_provenance':{'modality':'sensed'}},'body':{}};"
            + " [0].header.acquisition_provenance.source_name: missing",
        "{'header':{'uuid':'a','schema_id':{'namespace':'ieee','name':'x','version':'1.0'}},'body':{}};"
            + " [0].header.source_creation_date_time: missing",
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

  /** The shapes that the schemas' own examples have, and how many of each say something here. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "step-count; 1.0; {'step_count':700}; 0",
        "step-count; 1.0; {'step_count':700,FRAME}; 1",
        "step-count; 2.0; {'step_count':700,FRAME}; 1",
        "step-count; 2.0; {'step_count':700,FRAME,'descriptive_statistic':'average','descriptive_statistic_denominator':'d'};"
            + " 0",
        "step-count; 2.0; {'step_count':700,FRAME,'descriptive_statistic':'maximum','descriptive_statistic_denominator':'session'};"
            + " 0",
        "step-count; 3.0; {STEPS,FRAME}; 1",
        "step-count; 3.0; {STEPS,FRAME,'descriptive_statistic':'average','descriptive_statistic_denominator':'d'};"
            + " 0",
        "step-count; 3.0; {STEPS,FRAME,'descriptive_statistic':'maximum','descriptive_statistic_denominator':'session'};"
            + " 0",
        "step-count; 3.0;"
            + " {STEPS,INTERVAL{'duration':{'value':9,'unit':'min'},'end_date_time':'2026-05-04T06:35:00Z'}}};"
            + " 1",
        "step-count; 3.0;"
            + " {STEPS,INTERVAL{'start_date_time':'2026-05-04T06:35:00+03:00','duration':{'value':9,'unit':'min'}}}};"
            + " 1",
        "step-count; 3.0;"
            + " {STEPS,INTERVAL{'start_date_time':'2026-05-04T06:35:00Z','end_date_time':'2026-05-04T06:25:00Z'}}};"
            + " 0",
        "step-count; 3.0;"
            + " {STEPS,INTERVAL{'start_date_time':'2026-05-04T06:35:00Z','duration':{'value':0,'unit':'min'}}}};"
            + " 0",
        "step-count; 3.0; {STEPS,INTERVAL{'date':'2026-05-04','part_of_day':'evening'}}}; 0",
        "body-posture; 1.0; \"semi-recumbent\"; 1",
        "body-posture; 1.0; \"lying down\"; 1",
        "acceleration; 1.0; {AXES,'sensor_body_location':'right wrist',POINT}; 1",
        "acceleration; 2.0; {AXES,'sensor_body_location':'right wrist',POINT}; 1",
        "acceleration; 2.0;"
            + " {'acceleration_x':{'value':0,'unit':'m/s^2'},'acceleration_y':{'value':0,'unit':'m/s^2'},POINT};"
            + " 0",
        "sleep-episode; 1.0;"
            + " {INTERVAL{'start_date_time':'2026-05-03T21:35:00Z','duration':{'value':8.5,'unit':'h'}}},'latency_to_sleep_onset':{'value':11.5,'unit':'min'},'total_sleep_time':{'value':8,'unit':'h'},'number_of_awakenings':2,'is_main_sleep':true,'sleep_maintenance_efficiency_percentage':{'value':93.1,'unit':'%'}};"
            + " 1",
        "sleep-episode; 1.1;"
            + " {INTERVAL{'start_date_time':'2026-05-03T21:35:00Z','duration':{'value':8.5,'unit':'h'}}},'wake_after_sleep_onset':{'value':25,'unit':'min'}};"
            + " 1",
        "physical-activity; 1.0; {'activity_name':'walking'}; 0",
        "physical-activity; 1.0; {'activity_name':'walking','distance':{'value':2.1,'unit':'mi'}}; 0",
        "physical-activity; 1.0;"
            + " {'activity_name':'walking','distance':{'value':2.1,'unit':'mi'},'reported_activity_intensity':'moderate'};"
            + " 0",
        "physical-activity; 1.1; {'activity_name':'walking',FRAME,'met_value':3.1}; 1",
        "physical-activity; 1.2;"
            + " {'activity_name':'walking',FRAME,'kcal_burned':{'value':120,'unit':'kcal'}}; 1",
        "physical-activity; 1.0; {}; 0",
        "calories_burned; 1.1.RC1; {}; 0"
      })
  void acceptsEveryShapeThatTheSchemasDo(String schema, String version, String body, int kept) {
    Collected found = Collected.of(new OpenMHealth(), point(schema, version, body));
    assertThat(found.refused).isEmpty();
    assertThat(found.counted).isEqualTo(kept);
    assertThat(found.ignored).isEqualTo(1 - kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'id':'a-1','creation_date_time':'2026-05-04T07:25:00Z','schema_id':{'namespace':'omh','name':'x','version':'1.1'}",
        "'id':'a-1','creation_date_time':'2026-05-04T07:25:00.123Z','schema_id':{'namespace':'omh','name':'x','version':'1.1','url':'https://schemas.example/x-1.1.json'},'acquisition_provenance':{'source_name':'P','source_creation_date_time':'2026-05-04T07:25:00+03:00','source_last_modification_date_time':'2026-05-04T08:25:00Z','source_data_point_id':'731','modality':'sensed'},'user_id':'u7'",
        "'uuid':'a-1','source_creation_date_time':'2026-05-04T07:25:00Z','schema_id':{'namespace':'ieee','name':'x','version':'1.0'},'modality':'self-reported','acquisition_rate':{'number_of_times':1},'external_datasheets':[{'datasheet_type':'manufacturer','datasheet_reference':'https://sheets.example/1'}]"
      })
  void acceptsEveryHeaderThatTheSchemasDo(String header) {
    Collected found =
        Collected.of(new OpenMHealth(), "{'header':{%s},'body':{}}".formatted(header));
    assertThat(found.refused).isEmpty();
    assertThat(found.ignored).isEqualTo(1);
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
        .formatted(
            schema,
            version,
            body.replace("FRAME", FRAME)
                .replace("POINT", POINT)
                .replace("INTERVAL", INTERVAL)
                .replace("AXES", AXES)
                .replace("STEPS", STEPS));
  }
}
