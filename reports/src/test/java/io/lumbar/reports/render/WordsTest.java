package io.lumbar.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Experiment;
import io.lumbar.reports.daily.Report;
import io.lumbar.reports.experiment.ExperimentResult;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
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
          "busy",
          "quiet-hours",
          "outside-working-hours",
          "snoozed",
          "cooldown",
          "budget",
          "backed-off",
          "withheld-at-random",
          "snooze-limit",
          "morning-only",
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
}
