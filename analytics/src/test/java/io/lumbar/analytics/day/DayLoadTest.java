package io.lumbar.analytics.day;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.DaySummary;
import io.lumbar.model.DaySummary.Bending;
import io.lumbar.model.DaySummary.Wear;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerId;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DayLoadTest {
  @Test
  void aCounterThatStayedAtHomeTellsNothing() {
    assertThat(DayLoad.of(steps(40, 8))).isEqualTo(DayLoad.NOTHING);
    assertThat(DayLoad.of(steps(40, 7, 8, 9, 10, 11, 12))).isEqualTo(DayLoad.NOTHING);
  }

  @Test
  void stepsInSixHoursOrManyStandForTheDay() {
    assertThat(DayLoad.of(steps(900, 7, 8, 9, 10, 11)).stepsTold()).isFalse();
    assertThat(DayLoad.of(steps(900, 7, 8, 9, 10, 11, 20)).stepsTold()).isTrue();
    assertThat(DayLoad.of(steps(1_499, 8)).stepsTold()).isFalse();
    assertThat(DayLoad.of(steps(1_500, 8)).steps()).isEqualTo(1_500);
  }

  @Test
  void stepsAloneTellNeitherActiveMinutesNorBends() {
    DayLoad load = DayLoad.of(steps(5_000, 8));
    assertThat(load.postureTold()).isFalse();
    assertThat(load.bendsTold()).isFalse();
  }

  @Test
  void postureCountsOnADayThatStandsForItself() {
    assertThat(DayLoad.of(day(0, List.of(), new Wear(500, 900, 0.5, false), null)))
        .isEqualTo(DayLoad.NOTHING);
    DayLoad load = DayLoad.of(day(0, List.of(), new Wear(700, 900, 0.8, true), null));
    assertThat(load.postureTold()).isTrue();
    assertThat(load.activeMinutes()).isEqualTo(45);
    assertThat(load.stepsTold()).isFalse();
  }

  @Test
  void bendsCountWhenTheyWereMeasuredForSixHours() {
    assertThat(DayLoad.of(day(0, List.of(), null, bending(12, 359))).bendsTold()).isFalse();
    assertThat(DayLoad.of(day(0, List.of(), null, bending(12, 360))).bends()).isEqualTo(12);
    assertThat(DayLoad.of(day(0, List.of(), null, bending(0, 360))).bendsTold()).isTrue();
  }

  private static Bending bending(int of45, double minutes) {
    return new Bending(of45, of45, 0, 0, 0, Map.of(), new Bending.Forward(0, 0, 0, 0), minutes);
  }

  /** Steps that were taken evenly in some hours. */
  private static DaySummary steps(long steps, int... hours) {
    List<Long> byHour = new ArrayList<>(Collections.nCopies(24, 0L));
    for (int hour : hours) {
      byHour.set(hour, steps / hours.length);
    }
    return day(steps, byHour, null, null);
  }

  private static DaySummary day(
      long steps, List<Long> byHour, @Nullable Wear wear, @Nullable Bending bending) {
    return new DaySummary(
            new WearerId("w_anna"),
            LocalDate.of(2026, 3, 2),
            ZoneId.of("Europe/Berlin"),
            1,
            Map.of(Posture.WALKING, 40.0, Posture.STAIRS, 5.0),
            new DaySummary.Sitting(0, 0, 0, 0, 0, 0, 0),
            steps,
            0,
            wear,
            byHour,
            0,
            null,
            List.of(),
            List.of(),
            null,
            null)
        .withBending(bending);
  }
}
