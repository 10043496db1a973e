package io.lumbar.analytics.day;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.BEN;
import static io.lumbar.analytics.Rig.DAY;
import static io.lumbar.analytics.Rig.THIGH;
import static io.lumbar.analytics.Rig.WRIST;
import static io.lumbar.analytics.Rig.ZONE;
import static io.lumbar.analytics.Rig.at;
import static io.lumbar.analytics.Rig.span;
import static io.lumbar.analytics.Rig.steps;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.Rig;
import io.lumbar.model.Episode;
import io.lumbar.model.Posture;
import io.lumbar.model.Stamp;
import io.lumbar.model.StepsObservation;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wearers of whom the registry says another zone while everything runs. */
class TravelTest {
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  @TempDir Path stateDir;

  private static Wearer atHome(WearerId id) {
    return new Wearer(
        id,
        id.value(),
        "hash",
        List.of(new Wearer.ZoneFrom(ZONE, Instant.EPOCH)),
        WearerSettings.defaults());
  }

  private static Stamp there(Stamp stamp) {
    return new Stamp(stamp.device(), stamp.placement(), TOKYO);
  }

  @Test
  void theDayOfWhatComesAfterIsOneOfTheNewZoneAndTheOneBeforeStays() {
    try (Rig rig = new Rig(at("21:00"), stateDir)) {
      rig.set(atHome(ANNA));
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "9:20"));
      rig.rest();
      rig.set(atHome(ANNA).withZone(TOKYO, at("16:30")));
      rig.upload(ANNA, span(there(THIGH), Posture.SITTING, "20:00", "20:25"));
      rig.rest();
      assertThat(rig.days(ANNA)).containsOnlyKeys(DAY, DAY.plusDays(1));
      assertThat(rig.days(ANNA).get(DAY).zone()).isEqualTo(ZONE);
      // 20:00 in Berlin is 4:00 of the next day there, and lies on this one by the clocks at home.
      assertThat(rig.days(ANNA).get(DAY).sitting().minutes()).isEqualTo(45);
      assertThat(rig.days(ANNA).get(DAY.plusDays(1)).zone()).isEqualTo(TOKYO);
      assertThat(rig.days(ANNA).get(DAY.plusDays(1)).sitting().minutes()).isEqualTo(25);
    }
  }

  @Test
  void whereStepsAreAllThatIsKnownTheDayIsOneOfWhereTheLastWereTakenWhateverCameFirst() {
    StepsObservation before = steps(WRIST, 600, "9:00", "9:10");
    StepsObservation after = steps(there(WRIST), 300, "13:00", "13:10");
    try (Rig rig = new Rig(at("14:00"), stateDir)) {
      for (WearerId one : List.of(ANNA, BEN)) {
        rig.set(atHome(one));
        rig.set(atHome(one).withZone(TOKYO, at("12:00")));
      }
      rig.upload(ANNA, before).rest().upload(ANNA, after).rest();
      rig.upload(BEN, after).rest().upload(BEN, before).rest();
      for (WearerId one : List.of(ANNA, BEN)) {
        assertThat(rig.days(one).get(DAY).zone()).isEqualTo(TOKYO);
        assertThat(rig.days(one).get(DAY).steps()).isEqualTo(900);
      }
    }
  }

  /** In Berlin the hours awake end at 22:00; in New York it is 16:00 then. */
  @Test
  void aTimerThatRunsFollowsTheZoneThatIsToldMeanwhile() {
    try (Rig rig = new Rig(at("21:31"), stateDir)) {
      rig.set(atHome(ANNA));
      rig.upload(ANNA, span(THIGH, Posture.SITTING, "21:00", "21:30"));
      rig.clockTo("22:20");
      rig.set(atHome(ANNA).withZone(ZoneId.of("America/New_York"), at("21:10")));
      rig.clockTo("22:29:58");
      assertThat(rig.sensorEpisodes(ANNA)).isEmpty();
      rig.clockTo("22:30:02");
      assertThat(rig.sensorEpisodes(ANNA))
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.from()).isEqualTo(at("21:30"));
                assertThat(one.zone()).isEqualTo(ZoneId.of("America/New_York"));
              })
          .matches(Episode::open);
    }
  }
}
