package io.lumbar.analytics.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.model.LoadChange;
import io.lumbar.model.LoadChange.Measure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadsTest {
  /** 28 days of 5,000 steps, then 7 of 12,000. */
  private static final List<DayLoad> STEP_UP =
      IntStream.range(0, 35).mapToObj(day -> steps(day < 28 ? 5_000 : 12_000)).toList();

  @Test
  void weightedAveragesAreThoseOfTheLiterature() {
    assertThat(averages(28, 7)).isEqualTo(6750.0, within(0.05));
    assertThat(averages(28, 28)).isEqualTo(5482.8, within(0.05));
    assertThat(averages(30, 7)).isEqualTo(9046.9, within(0.05));
    assertThat(averages(30, 28)).isEqualTo(6350.7, within(0.05));
    assertThat(averages(34, 7)).isEqualTo(11065.6, within(0.05));
    assertThat(averages(34, 28)).isEqualTo(7755.2, within(0.05));
    assertThat(upTo(28).averagesRatio()).isEqualTo(1.231, within(0.0005));
    assertThat(upTo(30).averagesRatio()).isEqualTo(1.425, within(0.0005));
    assertThat(upTo(34).averagesRatio()).isEqualTo(1.427, within(0.0005));
  }

  @Test
  void comparesTheWeekWithTheThreeBeforeIt() {
    LoadChange change = upTo(34);
    assertThat(change.measure()).isEqualTo(Measure.STEPS);
    assertThat(change.perDay()).isEqualTo(12_000);
    assertThat(change.usualPerDay()).isEqualTo(5_000);
    assertThat(change.ratio()).isEqualTo(2.4, within(0.0005));
    assertThat(change.changePercent()).isEqualTo(140, within(0.5));
    assertThat(change.medianWeek()).isEqualTo(5_000);
    assertThat(change.jump()).isTrue();
    assertThat(upTo(28).jump()).isFalse();
  }

  @Test
  void needsThreeWeeksOfHistory() {
    List<DayLoad> days = days(5_000, 12_000);
    days.subList(0, 7).replaceAll(day -> DayLoad.NOTHING);
    assertThat(Loads.changes(days, 1.5)).isEmpty();
    days.set(6, steps(5_000));
    assertThat(Loads.changes(days, 1.5)).singleElement().matches(LoadChange::jump);
  }

  @Test
  void saysNothingBelowTheFloor() {
    assertThat(Loads.changes(days(1_499, 9_000), 1.5)).isEmpty();
    assertThat(Loads.changes(days(1_500, 9_000), 1.5)).hasSize(1);
  }

  @Test
  void aRiseWithinTheSpreadOfTheWearersWeeksIsNoJump() {
    List<DayLoad> days = days(0, 9_000);
    for (int day = 0; day < 21; day++) {
      days.set(day, steps(day < 7 ? 1_000 : day < 14 ? 12_000 : 2_000));
    }
    LoadChange change = Loads.changes(days, 1.5).get(0);
    assertThat(change.ratio()).isGreaterThan(1.5);
    assertThat(change.jump()).isFalse();
  }

  @Test
  void daysThatWereNotSeenOrAreTaggedCountOnNeitherSide() {
    List<DayLoad> days = days(5_000, 12_000);
    days.set(8, DayLoad.NOTHING);
    days.set(9, new DayLoad(true, true, false, 60_000, 0, 0, 0, 0));
    days.set(25, new DayLoad(true, true, false, 0, 0, 0, 0, 0));
    LoadChange change = Loads.changes(days, 1.5).get(0);
    assertThat(change.perDay()).isEqualTo(12_000);
    assertThat(change.usualPerDay()).isEqualTo(5_000);
    assertThat(change.afterBreak()).isTrue();
  }

  @Test
  void aHeavierWeightIsToldBesideTheVolume() {
    List<DayLoad> days =
        new ArrayList<>(
            IntStream.range(0, 28).mapToObj(day -> lift(40, day < 21 ? 20f : 21f)).toList());
    LoadChange change =
        Loads.changes(days, 1.5).stream()
            .filter(one -> one.measure() == Measure.LIFT_VOLUME)
            .findFirst()
            .orElseThrow();
    assertThat(change.heavier()).isFalse();
    days.set(25, lift(40, 23f));
    assertThat(
            Loads.changes(days, 1.5).stream()
                .filter(one -> one.measure() == Measure.LIFT_VOLUME)
                .findFirst()
                .orElseThrow()
                .heavier())
        .isTrue();
  }

  private static double averages(int day, int span) {
    double[] values = new double[day];
    for (int i = 0; i < day; i++) {
      values[i] = STEP_UP.get(i + 1).steps();
    }
    return Loads.average(values, 5_000, span);
  }

  /** What is told on a day of the step up, from the 28 days up to it. */
  private static LoadChange upTo(int day) {
    return Loads.changes(STEP_UP.subList(day - 27, day + 1), 1.5).get(0);
  }

  private static List<DayLoad> days(int before, int now) {
    List<DayLoad> days = new ArrayList<>(Collections.nCopies(21, steps(before)));
    days.addAll(Collections.nCopies(7, steps(now)));
    return days;
  }

  private static DayLoad steps(int steps) {
    return new DayLoad(true, false, false, steps, 0, 0, 0, 0);
  }

  private static DayLoad lift(float volume, float heaviest) {
    return new DayLoad(true, false, false, 0, 0, 0, volume, heaviest);
  }
}
