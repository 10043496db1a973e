package io.lumbar.ingest.format.owntracks;

import static io.lumbar.ingest.format.Collected.fixture;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.ingest.format.Collected;
import io.lumbar.model.BatteryObservation;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.StepCounterObservation;
import io.lumbar.model.StepsObservation;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnTracksTest {

  @Test
  void keepsActivityAndBatteryOfALocationAndNothingOfThePlace() {
    Collected found =
        Collected.of(new OwnTracks(), fixture("owntracks", "location.json"), Map.of());

    assertThat(found.received()).isEqualTo(1);
    PostureObservation walking = (PostureObservation) found.observations.get(0);
    assertThat(walking.posture()).isEqualTo(Posture.WALKING);
    assertThat(walking.from()).isEqualTo("2026-01-07T10:20:00Z");
    assertThat(walking.stamp().placement()).isEqualTo(Placement.ESTIMATED);
    assertThat(walking.stamp().device().value()).isEqualTo("d_1-activity");
    BatteryObservation battery = (BatteryObservation) found.observations.get(1);
    assertThat(battery.level()).isEqualTo(0.58);
    assertThat(battery.charging()).isTrue();
    assertThat(found.observations).hasSize(2);
  }

  @Test
  void fineStepsAreStepsAndLongerSumsCoverNoMinute() {
    StepsObservation fine =
        (StepsObservation)
            Collected.of(new OwnTracks(), fixture("owntracks", "steps.json"), Map.of())
                .observations
                .get(0);
    assertThat(fine.steps()).isEqualTo(734);
    assertThat(fine.from()).isEqualTo("2026-01-07T10:00:00Z");
    assertThat(fine.to()).isEqualTo("2026-01-07T10:10:00Z");

    Collected sum =
        Collected.of(
            new OwnTracks(),
            "{'_type':'steps','from':1400455130,'steps':1234,'to':1400458000,'tst':1400455130}");
    StepCounterObservation start = (StepCounterObservation) sum.observations.get(0);
    StepCounterObservation end = (StepCounterObservation) sum.observations.get(1);
    assertThat(start.at()).isEqualTo("2014-05-18T23:18:50Z");
    assertThat(end.at()).isEqualTo(Instant.parse("2014-05-19T00:06:40Z"));
    assertThat(end.steps()).isEqualTo(1234);
    assertThat(sum.received()).isEqualTo(1);
  }

  @Test
  void readsEventTimeAndNotWhenTheMessageWasBuilt() {
    Collected found =
        Collected.of(
            new OwnTracks(),
            "{'_type':'location','tst':1736161169,'created_at':1736161415,'batt':20,'bs':1}");
    assertThat(((BatteryObservation) found.observations.get(0)).at())
        .isEqualTo("2025-01-06T10:59:29Z");
  }

  @Test
  void ignoresWhatSaysNothing() {
    for (String body :
        new String[] {
          "{'_type':'steps','steps':-1,'from':1400455130,'to':1400458000}",
          "{'_type':'lwt','tst':1400455130}",
          "{'_type':'waypoint','lat':51.4}",
          "{'_type':'location','tst':1551874878,'vel':2}",
          "{'_type':'location','tst':1551874878,'motionactivities':['stationary']}",
          "{'_type':'location','tst':1551874878,'motionactivities':['walking','automotive']}"
        }) {
      Collected found = Collected.of(new OwnTracks(), body);
      assertThat(found.ignored).as(body).isEqualTo(1);
      assertThat(found.received()).isEqualTo(1);
    }
    assertThat(Collected.of(new OwnTracks(), "").received()).isZero();
  }

  @Test
  void saysWhatToDoAboutEncryption() {
    Collected found =
        Collected.of(new OwnTracks(), fixture("owntracks", "encrypted.json"), Map.of());
    assertThat(found.refused).singleElement().asString().contains("encrypt");
  }
}
