package io.lumbar.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedDaysTest {
  private static final LocalDate DATE = LocalDate.of(2026, 3, 8);
  private static final WearerSettings USUAL = WearerSettings.defaults();

  @ParameterizedTest
  @CsvSource({"0,false", "539,false", "540,true", "900,true"})
  void sixtyPercentOfTheWakingHoursAreEnough(double seen, boolean enough) {
    DaySummary day = day(seen).withWear(new DaySummary.Wear(seen + 400, 900, seen / 900, false));
    assertThat(CountedDays.isSeen(day, USUAL)).isEqualTo(enough);
    assertThat(CountedDays.isTrunkSeen(day, USUAL)).isFalse();
    DaySummary bent = day.withBending(bending(seen));
    assertThat(CountedDays.isTrunkSeen(bent, USUAL)).isEqualTo(enough);
  }

  @Test
  void aNightInBedIsNoPartOfTheDayThatWasSeen() {
    DaySummary night = day(390).withWear(new DaySummary.Wear(390, 1050, 0, false));
    assertThat(CountedDays.isSeen(night, USUAL)).isFalse();
    // Where nobody told how long the wearer was awake, lying is none of it.
    assertThat(CountedDays.isSeen(day(800, Posture.LYING), USUAL)).isFalse();
    assertThat(CountedDays.isSeen(day(800, Posture.STANDING), USUAL)).isTrue();
  }

  @Test
  void theMedianOfAWeekIsOfFourDaysOrMoreOfSeven() {
    TreeMap<LocalDate, Double> values = new TreeMap<>();
    for (int before : List.of(0, 3, 6)) {
      values.put(DATE.minusDays(before), 10.0 * before);
    }
    values.put(DATE.minusDays(7), 1_000.0);
    values.put(DATE.plusDays(1), 1_000.0);
    assertThat(RunningMedian.WEEK.of(values, DATE)).isEmpty();
    values.put(DATE.minusDays(5), 50.0);
    assertThat(RunningMedian.WEEK.of(values, DATE)).hasValue(40);
    values.put(DATE.minusDays(1), 1.0);
    assertThat(RunningMedian.WEEK.of(values, DATE)).hasValue(30);
    assertThat(RunningMedian.FOUR_WEEKS.of(values, DATE)).isEmpty();
  }

  private static DaySummary day(double seen) {
    return day(seen, Posture.SITTING);
  }

  private static DaySummary day(double seen, Posture posture) {
    return new DaySummary(
        new WearerId("w_1"),
        DATE,
        ZoneId.of("Europe/Berlin"),
        1,
        Map.of(posture, seen),
        new DaySummary.Sitting(0, 0, 0, 0, 0, 0, 0),
        0,
        seen);
  }

  private static DaySummary.Bending bending(double measured) {
    return new DaySummary.Bending(
        1, 1, 1, 1, 0, Map.of(), new DaySummary.Bending.Forward(0, 0, 0, 0), measured);
  }
}
