package io.lumbar.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Experiment;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.SleepPosition;
import io.lumbar.reports.daily.Report;
import io.lumbar.reports.daily.Section;
import io.lumbar.reports.experiment.ExperimentResult;
import io.lumbar.reports.statistics.Usual;
import io.lumbar.reports.trends.Coverage;
import io.lumbar.reports.trends.DayEntry;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Unit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WordsTest {
  /** As the alerts name them; what only tells how the software works is left out. */
  private static final List<String> REASONS =
      List.of(
          "stale",
          "missed",
          "marked-wrong",
          "travelling",
          "in-bed",
          "not-worn",
          "unknown-posture",
          "on-the-feet",
          "listening",
          "paused",
          "experiment",
          "busy",
          "quiet-hours",
          "outside-working-hours",
          "snoozed",
          "cooldown",
          "budget",
          "switched-off",
          "backed-off",
          "withheld-at-random",
          "snooze-limit",
          "morning-only",
          "report-only",
          "baseline-week",
          "feedback-off");

  private static final LocalDate FROM = LocalDate.of(2026, 3, 2);
  private static final Experiment PILLOW =
      new Experiment("s_pillow", Instant.EPOCH, false, FROM, Experiment.Change.PILLOW);

  @Test
  void everyReasonHasWordsOfItsOwn() {
    assertThat(REASONS)
        .allSatisfy(reason -> assertThat(Words.KEPT_BACK).as(reason).containsKey(reason));
  }

  @Test
  void anExperimentIsNotJudgedOnItsLastMorning() {
    ExperimentResult running = ExperimentResult.of(PILLOW, List.of(), PILLOW.end());
    assertThat(Words.trial(new Report.Trial(running, null)))
        .isEqualTo("Your experiment, another pillow: its last morning is today's.");

    ExperimentResult over = ExperimentResult.of(PILLOW, List.of(), PILLOW.end().plusDays(1));
    assertThat(Words.trial(new Report.Trial(over, null))).contains("it cannot be told");
  }

  @Test
  void ofANightThatWasHardlySeenNoTotalIsTold() {
    assertThat(plain(night(Map.of(SleepPosition.LEFT, 200.0))))
        .isEqualTo("Last night 3 h 20 min seen of 7 h 55 min in bed: too little for totals.");
  }

  @Test
  void noneOnTheFrontIsSaidOfWhatWasSeenAlone() {
    assertThat(plain(night(Map.of(SleepPosition.LEFT, 200.0, SleepPosition.SUPINE, 130.0))))
        .endsWith("; how you lay is known for 5 h 30 min, none of that on your front.");
    assertThat(night(Map.of(SleepPosition.LEFT, 300.0, SleepPosition.SUPINE, 160.0)))
        .endsWith(", none of it on your front.");
  }

  private static String plain(String text) {
    return text.replace('\u00a0', ' ');
  }

  private static String night(Map<SleepPosition, Double> positions) {
    LocalDate morning = LocalDate.of(2026, 3, 5);
    Scene scene =
        new Scene(morning)
            .night(
                Scene.night(
                    morning,
                    Scene.at(morning.minusDays(1), "22:40"),
                    Scene.at(morning, "06:35"),
                    positions,
                    3,
                    0,
                    null));
    return Words.headline(scene.report()).get(1);
  }

  @Test
  void whatAThighTellsOfANightIsCalledAnEstimate() {
    Report report = Scenes.estimatedNight().report();
    assertThat(plain(Words.headline(report).get(1)))
        .startsWith("You were in bed for 7 h 55 min last night, by estimate 2 h 29 min of it on");
    assertThat(report.suggestions().get(0).reason()).startsWith("You probably lay on your front");
    NightSummary night = report.night().optional().orElseThrow().summary();
    assertThat(Words.estimate(night)).startsWith("How you lay is an estimate from the thigh, ");
    assertThat(Words.estimate(Scene.with(night, tree -> tree.putObject("positionMinutes"))))
        .isEmpty();
    assertThat(Words.estimate(Scene.with(night, tree -> tree.put("estimatedFrom", "wrist"))))
        .isEqualTo("How you lay is an estimate from the wrist.");
    assertThat(Words.estimate(Scene.with(night, tree -> tree.remove("estimatedFrom")))).isEmpty();
  }

  @Test
  void stepsStandByTheHourAndHowSureAnArchIs() {
    assertThat(Words.stepsByHour(List.of(0L, 1200L, 0L, 5L)))
        .isEqualTo("Steps by the hour: from 01:00\u00a01\u202f200, 03:00\u00a05.");
    assertThat(Words.stepsByHour(List.of(0L))).isEmpty();
    NightSummary night = Scenes.goodDay().report().night().optional().orElseThrow().summary();
    assertThat(Words.arch(night)).isEmpty();
    ObjectNode tree = Json.mapper().valueToTree(night);
    tree.putObject("raisedChest").put("minutes", 40).put("degrees", 27.6).put("awakeMinutes", 12);
    assertThat(Words.arch(Json.read(Json.bytes(tree), NightSummary.class)))
        .isEqualTo(
            "On your front your chest was raised for 40 min, by 28\u00b0; one sensor cannot tell"
                + " whether your back was arched. Propped on your front and probably awake, as when"
                + " reading: 12 min.");
    // By one device that says it itself, whatever it is made of.
    ObjectNode told = tree.deepCopy().put("archedMinutes", 30.0);
    assertThat(Words.arch(Json.read(Json.bytes(told), NightSummary.class)))
        .isEqualTo("An arched back is the word of the device, which does not say how sure it is.");
    tree.put("possiblyArchedMinutes", 20.0).put("archConfidence", 0.4);
    assertThat(Words.arch(Json.read(Json.bytes(tree), NightSummary.class)))
        .isEqualTo(
            "An arched back is only possible: one sensor cannot tell it from a raised chest; 40 %"
                + " sure.");
  }

  @Test
  void aRangeHasBothEndsUnlessTheyReadTheSame() {
    assertThat(Words.range(Unit.MINUTES, usual(60, 82))).isEqualTo("1 h to 1 h 22 min");
    assertThat(Words.range(Unit.MINUTES, usual(59.6, 60.4))).isEqualTo("1 h");
    assertThat(Words.range(Unit.COUNT, usual(1, 12))).isEqualTo("1 to 12");
    assertThat(Words.range(Unit.PER_HOUR, usual(1.9, 2.6))).isEqualTo("1.9 to 2.6 an hour");
    assertThat(Words.range(Unit.PER_HOUR, usual(1.91, 1.94))).isEqualTo("1.9 an hour");
    assertThat(Words.range(Unit.SCALE, usual(1, 3))).isEqualTo("1 to 3 of 10");
    assertThat(Words.range(Unit.SCALE, usual(1, 1))).isEqualTo("1 of 10");
    assertThat(Words.range(Unit.KILOGRAMS, usual(12, 12))).isEqualTo("12 kg");
    assertThat(Words.range(Unit.KILOGRAMS, usual(1, 1200))).isEqualTo("1 to 1\u202f200 kg");
  }

  private static Usual usual(double low, double high) {
    return new Usual((low + high) / 2, low, high, 28);
  }

  @Test
  void anOutcomeTellsWhatWasDoneAndNotWhatWasLeft() {
    assertThat(Words.outcome(told(Report.Outcome.DONE, 2, 1240)))
        .isEqualTo("done, got up after 2 min, 1\u202f240 steps in the half hour after it");
    assertThat(Words.outcome(told(Report.Outcome.GOT_UP, 0, null))).isEqualTo("got up at once");
    assertThat(Words.outcome(told(Report.Outcome.NONE, null, 1))).isEqualTo("no break seen");
    assertThat(Words.outcome(told(Report.Outcome.NOT_SEEN, null, 1)))
        .isEqualTo("1 step in the half hour after it");
    assertThat(Words.outcome(told(Report.Outcome.NOT_SEEN, null, null)))
        .isEqualTo("what followed was not measured");
    assertThat(Words.outcome(told(Report.Outcome.NO_ANSWER, null, null))).isEqualTo("no answer");
    assertThat(Words.outcome(told(Report.Outcome.NONE, null, 0))).isEqualTo("no break seen");
  }

  private static Report.Told told(
      Report.Outcome outcome, @Nullable Integer upAfter, @Nullable Integer steps) {
    return new Report.Told(Instant.EPOCH, EpisodeKind.LONG_SITTING, 30, outcome, upAfter, steps);
  }

  /** On 29 March the clock in Berlin leaves out 02:00 to 03:00. */
  @Test
  void barsOfStepsStandUnderTheirHourOnADayOf23() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    LocalDate spring = LocalDate.of(2026, 3, 29);
    List<Long> steps = new ArrayList<>(Collections.nCopies(24, 0L));
    steps.set(12, 500L);
    Report.Day day =
        new Report.Day(
            spring,
            berlin,
            spring.atStartOfDay(berlin).toInstant(),
            spring.plusDays(1).atStartOfDay(berlin).toInstant(),
            new Coverage(900, 900),
            0,
            List.of(),
            List.of(),
            steps,
            Section.absent(""),
            null,
            null);
    // Twelve is eleven hours after midnight.
    double width = 100.0 / 23;
    assertThat(StepBars.of(day)).contains("x=\"" + Html.number(11 * width + 0.1 * width) + "\"");
  }

  @Test
  void whatWasToldInTheEveningIsNoWordOfTheMorning() {
    Scene scene = Scenes.goodDay();
    DayEntry told = scene.facts().entries().get(3);
    DayEntry evening = new DayEntry(told.date(), told.awake(), told.day(), null, false);
    assertThat(Figure.PAIN.of(evening)).isPresent();
    assertThat(Figure.PAIN.ofMorning(evening)).isEmpty();
    assertThat(Figure.PAIN.ofMorning(told)).isPresent();
    assertThat(Figure.STEPS.ofMorning(evening)).isEqualTo(Figure.STEPS.of(evening));
  }
}
