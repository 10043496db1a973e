package io.lumbar.analytics.day;

import static io.lumbar.model.LoadChange.Measure.BENDS;
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
    days.set(9, new DayLoad(true, false, false, true, false, 60_000, 0, 0, 0, 0));
    days.set(25, new DayLoad(true, false, false, true, false, 0, 0, 0, 0, 0));
    LoadChange change = Loads.changes(days, 1.5).get(0);
    assertThat(change.perDay()).isEqualTo(12_000);
    assertThat(change.usualPerDay()).isEqualTo(5_000);
    assertThat(change.afterBreak()).isTrue();
  }

  @Test
  void taggedDaysTakeNoPlaceInTheThreeWeeks() {
    List<DayLoad> days = new ArrayList<>(Collections.nCopies(28, steps(5_000)));
    days.addAll(Collections.nCopies(25, tagged(1_600)));
    days.addAll(Collections.nCopies(3, steps(12_000)));
    LoadChange change = only(Measure.STEPS, days);
    assertThat(change.usualPerDay()).isEqualTo(5_000);
    assertThat(change.perDay()).isEqualTo(12_000);
    assertThat(change.jump()).isTrue();
    assertThat(change.afterBreak()).isTrue();
    days.remove(days.size() - 1);
    assertThat(Loads.changes(days, 1.5)).isEmpty();
  }

  @Test
  void daysBeforeTheThreeWeeksCountNothingWhereNoneIsTagged() {
    List<DayLoad> days = new ArrayList<>(Collections.nCopies(28, steps(20_000)));
    days.addAll(days(5_000, 12_000));
    assertThat(Loads.changes(days, 1.5))
        .isEqualTo(Loads.changes(days.subList(28, 56), 1.5))
        .hasSize(1);
    days.subList(28, 49).replaceAll(day -> DayLoad.NOTHING);
    assertThat(Loads.changes(days, 1.5)).isEmpty();
  }

  /** While the wearer is ill, two or three days of before are no week. */
  @Test
  void aTaggedDayItselfNeedsFourDaysOfTheWeek() {
    List<DayLoad> days = days(5_000, 12_000);
    days.subList(25, 28).replaceAll(day -> tagged(1_600));
    assertThat(Loads.changes(days, 1.5)).hasSize(1);
    days.set(24, tagged(1_600));
    assertThat(Loads.changes(days, 1.5)).isEmpty();
  }

  /** Who lifts once a week has not lifted more in a week of three days. */
  @Test
  void aWeeklyLiftAfterABreakIsNoJump() {
    List<DayLoad> days = new ArrayList<>(Collections.nCopies(49, DayLoad.NOTHING));
    for (int monday = 0; monday < 28; monday += 7) {
      days.set(monday, lift(2_000, 50));
    }
    days.subList(28, 46).replaceAll(day -> tagged(0));
    days.set(47, lift(2_000, 50));
    assertThat(Loads.changes(days, 1.5)).isEmpty();
  }

  private static DayLoad tagged(int steps) {
    return new DayLoad(true, false, false, true, false, steps, 0, 0, 0, 0);
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

  @Test
  void aWeightOfATaggedDayIsNeitherUsualNorHeavier() {
    List<DayLoad> days = new ArrayList<>(Collections.nCopies(28, lift(40, 20)));
    days.set(3, new DayLoad(false, false, false, true, false, 0, 0, 0, 40, 80));
    days.set(25, lift(40, 60));
    assertThat(only(Measure.LIFT_VOLUME, days).heavier()).isTrue();
    days.set(25, new DayLoad(false, false, false, true, false, 0, 0, 0, 40, 60));
    assertThat(only(Measure.LIFT_VOLUME, days).heavier()).isFalse();
    days.set(25, new DayLoad(false, false, false, true, true, 0, 0, 0, 40, 60));
    assertThat(only(Measure.LIFT_VOLUME, days).heavier()).isTrue();
  }

  @Test
  void aSensorThatIsAddedIsNoJump() {
    List<DayLoad> days = days(5_000, 5_000);
    for (int day = 15; day < 28; day++) {
      days.set(day, bends(40));
    }
    assertThat(Loads.changes(days, 1.5)).extracting(LoadChange::measure).doesNotContain(BENDS);
  }

  @Test
  void aSensorThatIsWornMoreOftenIsNoJump() {
    List<DayLoad> days = days(5_000, 5_000);
    for (int day = 0; day < 28; day++) {
      if (day % 2 == 0 || day >= 21) {
        days.set(day, bends(40));
      }
    }
    LoadChange change = only(BENDS, days);
    assertThat(change.usualPerDay()).isEqualTo(40);
    assertThat(change.jump()).isFalse();
  }

  @Test
  void eachMeasureHasADayOfItsOwn() {
    List<DayLoad> days = days(5_000, 12_000);
    days.replaceAll(day -> new DayLoad(true, true, false, false, false, day.steps(), 60, 99, 0, 0));
    days.set(26, new DayLoad(false, true, false, false, false, 0, 60, 0, 0, 0));
    assertThat(only(Measure.STEPS, days).perDay()).isEqualTo(12_000);
    assertThat(only(Measure.ACTIVE_MINUTES, days).perDay()).isEqualTo(60);
    assertThat(Loads.changes(days, 1.5)).extracting(LoadChange::measure).doesNotContain(BENDS);
  }

  @Test
  void aDayWithoutALiftIsOneOfNoLiftsOnceTheWearerLogsThem() {
    List<DayLoad> days = new ArrayList<>(Collections.nCopies(28, DayLoad.NOTHING));
    for (int monday : new int[] {3, 10, 17, 24}) {
      days.set(monday, lift(2_000, 50));
    }
    LoadChange change = only(Measure.LIFT_VOLUME, days);
    assertThat(change.perDay()).isEqualTo(2_000 / 7.0, within(0.01));
    assertThat(change.usualPerDay()).isEqualTo(6_000 / 18.0, within(0.01));
    assertThat(change.jump()).isFalse();
    days.set(26, lift(3_000, 60));
    change = only(Measure.LIFT_VOLUME, days);
    assertThat(change.ratio()).isEqualTo(5_000 / 7.0 / (6_000 / 18.0), within(0.01));
    assertThat(change.jump()).isTrue();
    assertThat(change.heavier()).isTrue();
  }

  @Test
  void whoBeginsToLogLiftsHasNoUsualLoadYet() {
    List<DayLoad> days = new ArrayList<>(Collections.nCopies(28, steps(5_000)));
    for (int day : new int[] {10, 17, 24, 26}) {
      days.set(day, lift(2_000, 50));
    }
    assertThat(Loads.changes(days, 1.5))
        .extracting(LoadChange::measure)
        .doesNotContain(Measure.LIFT_VOLUME);
  }

  private static LoadChange only(Measure measure, List<DayLoad> days) {
    return Loads.changes(days, 1.5).stream()
        .filter(one -> one.measure() == measure)
        .findFirst()
        .orElseThrow();
  }

  private static DayLoad bends(int bends) {
    return new DayLoad(true, false, true, false, false, 5_000, 0, bends, 0, 0);
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
    return new DayLoad(true, false, false, false, false, steps, 0, 0, 0, 0);
  }

  private static DayLoad lift(float volume, float heaviest) {
    return new DayLoad(false, false, false, false, false, 0, 0, 0, volume, heaviest);
  }
}
