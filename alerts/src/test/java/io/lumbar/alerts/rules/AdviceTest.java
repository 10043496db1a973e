package io.lumbar.alerts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.alerts.rules.AdviceRoutes.Corrections;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.Bout;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdviceTest {
  private static final WearerId ANNA = new WearerId("w_anna");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant MONDAY = Instant.parse("2026-03-02T07:00:00Z");

  @Test
  void whoSeldomSitsLongIsRemindedAtThirty() {
    assertThat(ThresholdProposal.of(days(3, 20, 20, 20, 35, 35, 50), 30))
        .contains(new ThresholdProposal(3, 20, 3.0, 30, 3.0));
  }

  @Test
  void whoOftenSitsLongIsRemindedLaterSoThatItStaysSixADay() {
    List<Bout> bouts = days(4, 31, 33, 36, 38, 41, 44, 47, 52, 61);
    assertThat(ThresholdProposal.of(bouts, 30))
        .contains(new ThresholdProposal(4, 41, 9.0, 40, 5.0));
    assertThat(ThresholdProposal.of(days(4, 61, 61, 61, 61, 61, 61, 61, 61), 30))
        .map(ThresholdProposal::minutes)
        .contains(60);
  }

  @Test
  void twoDaysAreTooFewAndShortOnesDoNotCount() {
    assertThat(ThresholdProposal.of(days(2, 60, 60, 60), 30)).isEmpty();
    assertThat(ThresholdProposal.of(days(5, 30, 30, 30), 30)).isEmpty();
    assertThat(ThresholdProposal.of(List.of(), 30)).isEmpty();
  }

  @Test
  void threeCorrectionsOfAKindAreALotAndTwoAreNot() {
    List<AlertResponse> answers =
        Stream.of("standing", "standing", "driving", "standing", "driving", null)
            .map(was -> new AlertResponse("a", ANNA, Action.WRONG, null, was, MONDAY))
            .collect(Collectors.toCollection(ArrayList::new));
    answers.add(new AlertResponse("a", ANNA, Action.DONE, null, null, MONDAY));
    assertThat(AdviceRoutes.corrections(answers)).containsExactly(new Corrections("standing", 3));
  }

  /** So many days with sittings of so many minutes, two minutes of walking after each. */
  private static List<Bout> days(int count, int... minutes) {
    List<Bout> bouts = new ArrayList<>();
    for (int day = 0; day < count; day++) {
      Instant at = MONDAY.plus(Duration.ofDays(day));
      for (int length : minutes) {
        Instant up = at.plus(Duration.ofMinutes(length));
        bouts.add(bout(Posture.SITTING, at, up));
        at = up.plus(Duration.ofMinutes(2));
        bouts.add(bout(Posture.WALKING, up, at));
      }
    }
    return bouts;
  }

  private static Bout bout(Posture posture, Instant from, Instant to) {
    return new Bout(
        "b_" + from,
        ANNA,
        posture,
        from,
        to,
        to,
        BERLIN,
        Placement.THIGH,
        false,
        1,
        false,
        Map.of());
  }
}
