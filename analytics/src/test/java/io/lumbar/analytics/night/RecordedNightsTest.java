package io.lumbar.analytics.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.DetectionSettings;
import io.lumbar.model.DeviceId;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Observation;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordedNightsTest {
  private static final WearerId ANNA = new WearerId("w_anna");
  private static final Stamp CHEST =
      new Stamp(new DeviceId("d_chest"), Placement.CHEST, ZoneOffset.UTC);
  private static final Instant START = Instant.parse("2026-03-02T22:00:00Z");

  private final List<Observation> reported = new ArrayList<>();
  private Instant at = START;

  @Test
  void aNightThatFlickersKeepsItsSecondsAndHasFewPositions() {
    report(SleepPosition.SUPINE, 7_200);
    for (int i = 0; i < 10; i++) {
      report(null, 2);
      report(SleepPosition.SUPINE, 1);
    }
    report(SleepPosition.LEFT, 7_200);
    Collections.reverse(reported);
    List<NightSummary> nights = nights();
    assertThat(nights).hasSize(1);
    assertThat(nights.get(0).positionMinutes())
        .isEqualTo(Map.of(SleepPosition.SUPINE, 7_210 / 60.0, SleepPosition.LEFT, 7_200 / 60.0));
    assertThat(nights.get(0).track())
        .extracting(NightSummary.Lie::position)
        .containsExactly(SleepPosition.SUPINE, SleepPosition.LEFT);
  }

  @Test
  void aRestThatIsTooShortForANightIsSummedUpTooAndNothingIsNone() {
    report(SleepPosition.SUPINE, 3_600);
    assertThat(nights())
        .extracting(NightSummary::positionMinutes)
        .containsExactly(Map.of(SleepPosition.SUPINE, 60.0));
    assertThat(
            RecordedNights.of(
                ANNA, List.of(), Duration.ofMinutes(10), DetectionSettings.defaults()))
        .isEmpty();
  }

  private List<NightSummary> nights() {
    return RecordedNights.of(ANNA, reported, Duration.ofMinutes(10), DetectionSettings.defaults());
  }

  private void report(@Nullable SleepPosition position, int seconds) {
    Instant to = at.plusSeconds(seconds);
    reported.add(
        new PostureObservation(
            CHEST,
            position == null ? Posture.STANDING : Posture.LYING,
            at,
            to,
            false,
            PostureObservation.Origin.REPORTED,
            PostureObservation.Grade.FINAL,
            position,
            null,
            null,
            Map.of()));
    at = to;
  }
}
