package io.lumbar.alerts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Bout;
import io.lumbar.model.Decision;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

  @Test
  void ofALongSittingWithoutAWordItCameTooLate() {
    assertThat(sat(List.of(), "2026-03-02T12:00:00Z"))
        .isEqualTo(
            "You had sat for 70 minutes since 13:00; the first reminder comes at 30. "
                + "Nothing was decided about it: what was measured then came too late for a word.");
    assertThat(sat(List.of(), "2026-03-02T12:50:00Z"))
        .isEqualTo("You had sat for 20 minutes since 13:50; the first reminder comes at 30.");
  }

  @Test
  void theLastWordOfTheSittingCountsHoweverLongAgo() {
    Decision sent = decision(EpisodeKind.LONG_SITTING, "2026-03-02T12:31:00Z", "Sent.");
    assertThat(sat(List.of(sent), "2026-03-02T12:00:00Z")).endsWith("comes at 30. 13:31: Sent.");
  }

  @Test
  void whatNoLongerStandsIsSaidToHaveChanged() {
    Decision sent = decision(EpisodeKind.LONG_SITTING, "2026-03-02T13:05:00Z", "Sent.");
    assertThat(
            new WhyAnswer(WearerSettings.defaults(), ASKED)
                .of(List.of(sent), List.of(sent), Set.of(), List.of()))
        .isEqualTo(
            "14:05: Sent. Data or a word that came later changed what is known of that time.");
  }

  private static String sat(List<Decision> before, String since) {
    Instant from = Instant.parse(since);
    Instant to = Instant.parse("2026-03-02T15:00:00Z");
    Bout bout =
        new Bout(
            "b_1",
            new WearerId("w_anna"),
            Posture.SITTING,
            from,
            to,
            to,
            BERLIN,
            Placement.THIGH,
            false,
            1,
            false,
            Map.of());
    return new WhyAnswer(WearerSettings.defaults(), ASKED)
        .of(List.of(), before, standing(before), List.of(bout));
  }

  private static String answer(List<Decision> decisions) {
    return new WhyAnswer(WearerSettings.defaults(), ASKED)
        .of(decisions, decisions, standing(decisions), List.of());
  }

  private static Set<String> standing(List<Decision> decisions) {
    return decisions.stream().map(Decision::episode).collect(Collectors.toSet());
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
