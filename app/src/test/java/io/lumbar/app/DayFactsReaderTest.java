package io.lumbar.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.alerts.stretches.DayFacts;
import io.lumbar.model.DaySummary;
import io.lumbar.model.DaySummary.Bending;
import io.lumbar.model.Json;
import io.lumbar.model.WearerId;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DayFactsReaderTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-03-20");

  @Test
  void nothingIsKnownOfADayThatIsNotThere() {
    assertThat(DayFactsReader.of(TODAY, List.of(day(TODAY.minusDays(2), 9, 1)), null))
        .isEqualTo(DayFacts.none());
  }

  @Test
  void thePainThatWasToldCountsBeforeTheHistorys() {
    Map<LocalDate, Integer> told = new HashMap<>();
    told.put(TODAY, 8);
    told.put(TODAY.minusDays(1), null);
    DayFacts known = DayFacts.none().withTold(Map.of(TODAY.minusDays(1), 7, TODAY.minusDays(2), 3));
    assertThat(known.withTold(told).pains()).isEqualTo(Map.of(TODAY, 8, TODAY.minusDays(2), 3));
  }

  @Test
  void manyBendsAreThoseAboveNineOfTenOfTheWearersOwnDays() {
    List<DaySummary> days = new ArrayList<>();
    for (int back = 10; back > 0; back--) {
      days.add(day(TODAY.minusDays(back), back, 0));
    }
    days.add(day(TODAY, 10, 0));
    assertThat(DayFactsReader.of(TODAY, days, null).muchBending()).isFalse();
    days.set(10, day(TODAY, 11, 0));
    assertThat(DayFactsReader.of(TODAY, days, null).muchBending()).isTrue();
  }

  /** In the morning of a day nothing has happened yet, and yesterday is what the body remembers. */
  @Test
  void aMorningKnowsOfTheDayBefore() {
    DaySummary empty = day(TODAY, 0, 0);
    assertThat(
            DayFactsReader.of(TODAY, List.of(day(TODAY.minusDays(1), 1, 1), empty), null)
                .muchBending())
        .isTrue();
    assertThat(DayFactsReader.of(TODAY, List.of(sat(TODAY.minusDays(1)), empty), null))
        .isEqualTo(new DayFacts(95, 3, 0, 0, false, false));
  }

  @Test
  void withoutAWeekBeforeOnlyALongHoldIsMuch() {
    assertThat(DayFactsReader.of(TODAY, List.of(day(TODAY, 40, 0)), null).muchBending()).isFalse();
    assertThat(DayFactsReader.of(TODAY, List.of(day(TODAY, 1, 1)), null).muchBending()).isTrue();
  }

  @Test
  void theWordThatALiftWasHeavierIsAHeavyDay() {
    assertThat(DayFactsReader.of(TODAY, List.of(day(TODAY, 0, 0)), null).loadJump()).isFalse();
    ObjectNode heavier = Json.mapper().valueToTree(day(TODAY, 0, 0));
    heavier.putPOJO("lifting", new DaySummary.Lifting(0, 0, true));
    DaySummary day = Json.mapper().convertValue(heavier, DaySummary.class);
    assertThat(DayFactsReader.of(TODAY, List.of(day), null).loadJump()).isTrue();
  }

  @Test
  void thePainOfTheLastFourDaysIsKnown() throws JsonProcessingException {
    List<DaySummary> days = new ArrayList<>();
    for (int back = 5; back >= 0; back--) {
      ObjectNode day = Json.mapper().valueToTree(sat(TODAY.minusDays(back)));
      if (back != 2) {
        day.put("pain", 8 - back);
      }
      days.add(Json.mapper().treeToValue(day, DaySummary.class));
    }
    assertThat(DayFactsReader.of(TODAY, days, null).pains())
        .isEqualTo(Map.of(TODAY.minusDays(3), 5, TODAY.minusDays(1), 7, TODAY, 8));
  }

  private static DaySummary sat(LocalDate date) {
    return new DaySummary(
        new WearerId("w_mira"),
        date,
        ZoneOffset.UTC,
        1,
        Map.of(),
        new DaySummary.Sitting(6, 300, 95, 4, 3, 1, 6),
        0,
        0);
  }

  private static DaySummary day(LocalDate date, int of60, int sustained) {
    return new DaySummary(
            new WearerId("w_mira"),
            date,
            ZoneOffset.UTC,
            1,
            Map.of(),
            new DaySummary.Sitting(0, 0, 0, 0, 0, 0, 0),
            0,
            0)
        .withBending(
            new Bending(of60, of60, of60, 0, sustained, Map.of(), new Bending.Forward(0, 0, 0, 0)));
  }
}
