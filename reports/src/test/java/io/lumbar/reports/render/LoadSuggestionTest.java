package io.lumbar.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Json;
import io.lumbar.model.LoadChange;
import io.lumbar.model.LoadChange.Measure;
import io.lumbar.reports.daily.Report.Suggestion;
import io.lumbar.reports.daily.ReportFacts;
import io.lumbar.reports.daily.ReportMaker;
import io.lumbar.reports.trends.DayEntry;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a report says of a load that is another one than usual. */
class LoadSuggestionTest {
  private static final String PLAN = "00:00 lying 07:00 standing 12:00 walking 22:00 lying 24:00";

  @Test
  void theLargestJumpIsTold() {
    Suggestion told =
        suggestion(
            yesterday(
                jump(Measure.STEPS, 60, false),
                jump(Measure.BENDS, 120, false),
                new LoadChange(Measure.LIFT_VOLUME, 9, 1, 1, 800, 9, null, false)));
    assertThat(told.title()).isEqualTo("A lighter day");
    assertThat(told.reason()).isEqualTo("This week has 120 % more bending than your weeks before.");
  }

  @Test
  void afterATaggedDayTheAdviceIsToBuildUpGradually() {
    assertThat(suggestion(yesterday(jump(Measure.STEPS, 60, true))).title())
        .isEqualTo("Build up gradually");
  }

  @Test
  void aHeavierWeightIsToldWithoutAJump() {
    LoadChange lifts =
        new LoadChange(Measure.LIFT_VOLUME, 300, 290, 290, 3, 1.03, null, false, false, true);
    Suggestion told = suggestion(yesterday(lifts));
    assertThat(told.title()).isEqualTo("A lighter day");
    assertThat(told.reason()).isEqualTo("You lifted heavier than usual this week.");
    assertThat(Words.load(lifts)).endsWith("You lifted heavier than in those weeks.");
  }

  @Test
  void theWearersWordIsEnoughForSevenDays() {
    ReportFacts facts = yesterday();
    assertThat(reasons(heavierBefore(facts, 7)))
        .contains("You lifted heavier than usual this week.");
    assertThat(reasons(heavierBefore(facts, 8)))
        .doesNotContain("You lifted heavier than usual this week.");
    assertThat(reasons(heavierBefore(facts, 0)))
        .doesNotContain("You lifted heavier than usual this week.");
  }

  private static List<String> reasons(ReportFacts facts) {
    return suggestions(facts).stream().map(Suggestion::reason).toList();
  }

  private static ReportFacts heavierBefore(ReportFacts facts, int days) {
    return new ReportFacts(
        facts.wearer(),
        facts.date(),
        facts.entries().stream()
            .map(one -> one.date().equals(facts.date().minusDays(days)) ? heavier(one) : one)
            .toList(),
        facts.bouts(),
        facts.alerts(),
        facts.decisions());
  }

  private static DayEntry heavier(DayEntry entry) {
    ObjectNode day = Json.mapper().valueToTree(entry.day());
    day.putPOJO("lifting", new DaySummary.Lifting(0, 0, true));
    return new DayEntry(
        entry.date(),
        entry.awake(),
        Json.mapper().convertValue(day, DaySummary.class),
        entry.night(),
        entry.keptOut());
  }

  private static LoadChange jump(Measure measure, double percent, boolean afterBreak) {
    return new LoadChange(
        measure, 9, 5, 5, percent, 1 + percent / 100, null, true, afterBreak, false);
  }

  private static ReportFacts yesterday(LoadChange... load) {
    return new Scene(LocalDate.of(2026, 3, 3))
        .before(12, false)
        .yesterday(PLAN, 8_000, load)
        .facts();
  }

  private static Suggestion suggestion(ReportFacts facts) {
    assertThat(suggestions(facts)).hasSize(1);
    return suggestions(facts).get(0);
  }

  private static List<Suggestion> suggestions(ReportFacts facts) {
    return new ReportMaker(Scene.EXERCISES).make(facts).suggestions();
  }
}
