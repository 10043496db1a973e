package io.lumbar.reports.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Json;
import io.lumbar.model.LoadChange;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import io.lumbar.reports.render.TrendPage;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrendTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);

  @Test
  void leavesOutDaysOfWhichTooLittleWasSeen() {
    Trend trend =
        trend(
            4,
            List.of(
                day(0, 300, 900, List.of()),
                day(1, 100, 539, List.of()),
                day(3, 200, 540, List.of())));

    assertThat(trend.points())
        .extracting(Trend.Point::value)
        .containsExactly(300.0, null, null, 200.0);
    assertThat(trend.points().get(1).coverage()).isEqualTo(new Coverage(539, 900));
    assertThat(trend.points().get(2).coverage()).isNull();
  }

  @Test
  void showsADayThatWasKeptOutButCountsItInNoMedian() {
    List<DaySummary> days = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      days.add(day(i, 300, 900, List.of()));
    }
    days.add(day(8, 900, 900, List.of("ill")));

    Trend trend = trend(9, days);

    assertThat(trend.points().get(8).value()).isEqualTo(900);
    assertThat(trend.points().get(8).keptOut()).isTrue();
    assertThat(trend.points().get(8).week()).isEqualTo(300);
    assertThat(trend.usual().high()).isEqualTo(300);
  }

  /** Three hours forgotten of a day: what is left of it is shown, and is no measure for others. */
  @Test
  void showsADayWithForgottenTimeButCountsItInNoMedian() {
    List<DaySummary> days = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      days.add(day(i, 300, 900, List.of()));
    }
    days.add(without(day(8, 120, 900, List.of()), 8));

    Trend trend = trend(9, days);

    Trend.Point last = trend.points().get(8);
    assertThat(last.value()).isEqualTo(120);
    assertThat(last.keptOut()).isTrue();
    assertThat(last.forgotten()).isTrue();
    assertThat(last.week()).isEqualTo(300);
    assertThat(trend.usual().low()).isEqualTo(300);
    assertThat(trend.forgottenDates()).isEqualTo(1);
    assertThat(TrendPage.of("Mira", trend.from(), trend.to(), List.of(trend), List.of()))
        .contains("9 of 9 days measured. One day with forgotten time counts in no median.");
    assertThat(trend.points().get(7).keptOut()).isFalse();
  }

  /** Of two like halves one day is short of hours: that is no change. */
  @Test
  void aChangeIsOfWholeDays() {
    List<DaySummary> days = new ArrayList<>();
    for (int i = 0; i < 56; i++) {
      DaySummary day = day(i, 300, 900, List.of());
      days.add(i >= 28 && i < 48 ? without(day(i, 100, 900, List.of()), i) : day);
    }

    Trend trend = trend(56, days);

    assertThat(trend.change().estimate()).isZero();
    assertThat(trend.forgottenDates()).isEqualTo(20);
  }

  /** Told by the wearer, or told per hour: neither has less of it by what is forgotten. */
  @Test
  void whatIsNoSumCountsInSpiteOfForgottenTime() {
    DayEntry entry =
        DayEntries.of(
                List.of(without(day(0, 300, 900, List.of()), 0)),
                List.of(),
                WearerSettings.defaults())
            .get(0);
    assertThat(Figure.SITTING.isWhole(entry)).isFalse();
    assertThat(Figure.BREAKS.isWhole(entry)).isFalse();
    assertThat(Figure.PAIN.isWhole(entry)).isTrue();
    assertThat(Figure.LIFT_VOLUME.isWhole(entry)).isTrue();
    assertThat(Figure.SHIFTS.isWhole(entry)).isTrue();
    assertThat(Figure.PRONE.isWhole(entry)).as("no night").isTrue();
  }

  private static DaySummary without(DaySummary day, int date) {
    ObjectNode tree = Json.mapper().valueToTree(day);
    tree.putArray("forgotten")
        .addObject()
        .put("from", FIRST.plusDays(date) + "T12:00:00Z")
        .put("to", FIRST.plusDays(date) + "T15:00:00Z");
    return Json.read(Json.bytes(tree), DaySummary.class);
  }

  @Test
  void theLoggedLiftingOfTheWeekIsAFigureHoweverMuchWasSeen() {
    LoadChange lifted =
        new LoadChange(LoadChange.Measure.LIFT_VOLUME, 640, 410, 400, 56, 1.56, null, true);
    DaySummary day =
        new DaySummary(
            new WearerId("w_mira"),
            FIRST,
            ZoneId.of("UTC"),
            1,
            Map.of(Posture.SITTING, 30.0),
            new DaySummary.Sitting(1, 30, 30, 1, 1, 0, 0),
            100,
            30,
            new DaySummary.Wear(30, 900, 0.03, false),
            List.of(),
            0,
            null,
            List.of(lifted),
            List.of(),
            null,
            null);
    DayEntry entry = DayEntries.of(List.of(day), List.of(), WearerSettings.defaults()).get(0);
    assertThat(Figure.LIFT_VOLUME.of(entry)).hasValue(640);
    assertThat(Figure.LIFT_VOLUME.coverage(entry)).isEmpty();
    assertThat(Figure.STEPS.of(entry)).isEmpty();
  }

  @Test
  void tellsAChangeOnlyWithItsDoubt() {
    List<DaySummary> days = new ArrayList<>();
    for (int i = 0; i < 56; i++) {
      days.add(day(i, (i < 28 ? 480 : 400) + 10 * (i % 7), 900, List.of()));
    }

    Trend trend = trend(56, days);

    assertThat(trend.change().estimate()).isCloseTo(-80, within(1e-9));
    assertThat(trend.change().isClear()).isTrue();
    assertThat(trend(40, days).change().high()).isGreaterThan(trend.change().high());
  }

  @Test
  void isTheSameInWhateverOrderTheDaysCome() {
    List<DaySummary> days = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      days.add(day(i, 200 + 7 * (i % 13), 900, i % 9 == 0 ? List.of("holiday") : List.of()));
    }
    Trend ordered = trend(60, days);

    Collections.shuffle(days, new Random(3));

    assertThat(trend(60, days)).isEqualTo(ordered);
  }

  @Test
  void nobodyIsAwakeForTwentyFourHours() {
    DaySummary seenByDayOnly =
        new DaySummary(
            new WearerId("w_1"),
            FIRST,
            ZoneId.of("Europe/Berlin"),
            1,
            Map.of(Posture.SITTING, 320.0),
            new DaySummary.Sitting(1, 320, 320, 1, 1, 1, 0),
            0,
            320,
            new DaySummary.Wear(320, 1440, 320 / 1440.0, false),
            List.of(),
            0,
            null,
            List.of(),
            List.of(),
            null,
            null);

    assertThat(entries(List.of(seenByDayOnly)).get(0).awake()).isEqualTo(new Coverage(320, 900));
    assertThat(DayEntries.withAwake(seenByDayOnly, WearerSettings.defaults()).wear())
        .isEqualTo(new DaySummary.Wear(320, 900, 320 / 900.0, false));

    // A day with a flight may be that long, and is of a version that reckons otherwise.
    ObjectNode tree = Json.mapper().valueToTree(seenByDayOnly);
    tree.putObject("span").put("from", "2026-01-01T00:00:00Z").put("to", "2026-01-02T07:00:00Z");
    DaySummary flies = Json.read(Json.bytes(tree), DaySummary.class);
    assertThat(DayEntries.withAwake(flies, WearerSettings.defaults())).isEqualTo(flies);
  }

  /** Of 900 minutes awake, in which any sensor saw the posture, one on the trunk saw so many. */
  @Test
  void bendsAreOfTheTimeThatASensorOnTheTrunkSaw() {
    List<DaySummary> days = new ArrayList<>();
    for (double minutes : new double[] {0, 120, 539, 540, 1000}) {
      days.add(
          day(days.size(), 300, 900, List.of())
              .withBending(
                  new DaySummary.Bending(
                      30,
                      12,
                      5,
                      1,
                      2,
                      Map.of(),
                      new DaySummary.Bending.Forward(9, 4, 2, 1),
                      minutes)));
    }
    days.add(day(5, 300, 900, List.of()));
    Trend bends = Trend.of(Figure.BENDS, FIRST, FIRST.plusDays(5), entries(days));

    assertThat(bends.points())
        .extracting(Trend.Point::value)
        .containsExactly(null, null, null, 12.0, 12.0, null);
    assertThat(bends.points())
        .extracting(Trend.Point::coverage)
        .containsExactly(
            new Coverage(0, 900),
            new Coverage(120, 900),
            new Coverage(539, 900),
            new Coverage(540, 900),
            new Coverage(900, 900),
            null);
    for (Figure figure : List.of(Figure.BENDS_60, Figure.SUSTAINED_BENDS)) {
      Trend other = Trend.of(figure, FIRST, FIRST.plusDays(5), entries(days));
      assertThat(other.points()).filteredOn(point -> point.value() != null).hasSize(2);
    }
  }

  private static Trend trend(int days, List<DaySummary> summaries) {
    return Trend.of(Figure.SITTING, FIRST, FIRST.plusDays(days - 1L), entries(summaries));
  }

  private static List<DayEntry> entries(List<DaySummary> days) {
    return DayEntries.of(days, List.of(), WearerSettings.defaults());
  }

  private static DaySummary day(int index, double sitting, double seen, List<String> tags) {
    return new DaySummary(
        new WearerId("w_1"),
        FIRST.plusDays(index),
        ZoneId.of("Europe/Berlin"),
        1,
        Map.of(Posture.SITTING, sitting),
        new DaySummary.Sitting(5, sitting, 60, 3, 2, 1, 5),
        5000,
        seen,
        new DaySummary.Wear(seen, 900, seen / 900, true),
        List.of(),
        0,
        null,
        List.of(),
        tags,
        null,
        null);
  }
}
