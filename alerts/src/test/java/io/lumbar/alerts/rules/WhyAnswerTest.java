package io.lumbar.alerts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Decision;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhyAnswerTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant ASKED = Instant.parse("2026-03-02T13:10:00Z");

  @Test
  void theNearestDecisionAnswers() {
    List<Decision> decisions =
        List.of(
            decision(EpisodeKind.LONG_SITTING, "2026-03-02T13:02:00Z", "Far."),
            decision(EpisodeKind.LONG_SITTING, "2026-03-02T13:12:00Z", "Near."));
    assertThat(answer(decisions)).isEqualTo("14:12: Near.");
  }

  @Test
  void whatIsForTheReportAnswersOnlyBesideTheSitting() {
    Decision bend = decision(EpisodeKind.SUSTAINED_BEND, "2026-03-02T13:10:00Z", "A bend.");
    Decision far = decision(EpisodeKind.LONG_SITTING, "2026-03-02T13:02:00Z", "Far.");
    assertThat(answer(List.of(far, bend))).isEqualTo("14:02: Far.");
    assertThat(answer(List.of(bend)))
        .startsWith("14:10: A bend. ")
        .endsWith(answer(List.of()))
        .hasSizeGreaterThan("14:10: A bend. ".length());
  }

  private static String answer(List<Decision> decisions) {
    return WhyAnswer.of(decisions, List.of(), WearerSettings.defaults(), ASKED);
  }

  private static Decision decision(EpisodeKind kind, String at, String detail) {
    return new Decision(
        "n_" + at,
        new WearerId("w_anna"),
        "e_" + at,
        kind,
        0,
        Instant.parse(at),
        BERLIN,
        "stale",
        detail,
        null);
  }
}
