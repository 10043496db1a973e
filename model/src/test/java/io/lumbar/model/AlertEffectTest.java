package io.lumbar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.model.AlertEffect.Lift;
import io.lumbar.model.AlertEffect.Reacted;
import io.lumbar.model.AlertReaction.Outcome;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlertEffectTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final String HELD = "withheld-at-random";

  /** The first and the last example of Newcombe 1998, table II, method 10. */
  @Test
  void theIntervalIsThePublishedOne() {
    Lift lift = Lift.of(56, 70, 48, 80);
    assertThat(lift.difference()).isCloseTo(0.2, within(1e-9));
    assertThat(lift.low()).isCloseTo(0.0524, within(5e-5));
    assertThat(lift.high()).isCloseTo(0.3339, within(5e-5));
    Lift few = Lift.of(9, 10, 3, 10);
    assertThat(few.low()).isCloseTo(0.1705, within(5e-5));
    assertThat(few.high()).isCloseTo(0.8090, within(5e-5));
  }

  @Test
  void fortyNineWithheldSayNothingAndFiftyDo() {
    List<Reacted> all = new ArrayList<>(many("sent", 100, 60, 0));
    all.addAll(many(HELD, 49, 20, 0));
    assertThat(AlertEffect.of(all).lift()).isNull();
    assertThat(AlertEffect.of(all).withheld()).isEqualTo(49);

    all.add(one("h50", HELD, Outcome.STAYED, null, 30, 120));
    AlertEffect effect = AlertEffect.of(all);
    assertThat(effect.lift()).isEqualTo(Lift.of(60, 100, 20, 50));
    assertThat(effect.sent()).isEqualTo(100);
    assertThat(effect.up()).isEqualTo(60);
  }

  @Test
  void countsAsNoDataWhatNobodyKnows() {
    List<Reacted> all =
        List.of(
            one("a", "sent", Outcome.UP, 40, 30, 0),
            one("b", "sent", Outcome.UP, 100, 30, 1),
            one("c", "sent", Outcome.UP, 200, 30, 2),
            one("d", "sent", Outcome.STAYED, null, 30, 3),
            one("e", "sent", Outcome.NO_DATA, null, 30, 4),
            one("f", "sent", Outcome.PENDING, null, 30, 5),
            one("g", "sent", Outcome.ALREADY_UP, null, 30, 6),
            one("h", HELD, Outcome.NO_DATA, null, 30, 7),
            one("i", "cooldown", Outcome.UP, 10, 30, 8));
    assertThat(AlertEffect.of(all)).isEqualTo(new AlertEffect(4, 3, 100, null, 1, 0, null));
  }

  @Test
  void oneSittingCountsOnceInTheComparison() {
    List<Reacted> all = new ArrayList<>(many(HELD, 50, 25, 0));
    all.add(one("s", "sent", Outcome.STAYED, null, 30, 10));
    all.add(one("s", "sent", Outcome.UP, 60, 45, 25));
    AlertEffect effect = AlertEffect.of(all);
    assertThat(effect.sent()).isEqualTo(2);
    assertThat(effect.lift()).isEqualTo(Lift.of(0, 1, 25, 50));
  }

  @Test
  void alertsFromBeforeTheConsentAndFromAfterItAreNotCompared() {
    List<Reacted> all = new ArrayList<>(many("sent", 10, 10, -100));
    all.addAll(many(HELD, 50, 25, 0));
    all.addAll(many("sent", 10, 3, 40));
    all.addAll(many("sent", 10, 10, 200));
    assertThat(AlertEffect.of(all).lift()).isEqualTo(Lift.of(3, 10, 25, 50));
    assertThat(AlertEffect.of(all).sent()).isEqualTo(30);
  }

  @Test
  void stepsAreTheMiddleOnesOfThoseThatAreKnown() {
    List<Reacted> sent =
        List.of(
            walked("a", "sent", 0, 120),
            walked("b", "sent", 1, null),
            walked("c", "sent", 2, 480),
            walked("d", "sent", 3, 40));
    assertThat(AlertEffect.of(sent).medianSteps()).isEqualTo(120);
    List<Reacted> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(walked("held" + i, HELD, i, i));
    }
    assertThat(AlertEffect.of(all).medianSteps()).isNull();
    all.add(walked("sent", "sent", 20, 300));
    Lift lift = AlertEffect.of(all).lift();
    assertThat(lift.medianSteps()).isEqualTo(300);
    assertThat(lift.withheldMedianSteps()).isEqualTo(24);
  }

  /** The first {@code up} of them got up; a minute apart from each other. */
  private static List<Reacted> many(String decision, int count, int up, int fromMinute) {
    List<Reacted> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Outcome outcome = i < up ? Outcome.UP : Outcome.STAYED;
      all.add(
          one(
              decision + fromMinute + "-" + i,
              decision,
              outcome,
              i < up ? 60 : null,
              30,
              fromMinute + i));
    }
    return all;
  }

  private static Reacted one(
      String episode,
      String decision,
      Outcome outcome,
      @Nullable Integer latency,
      int step,
      int minute) {
    return reacted(
        episode, decision, step, minute, new AlertReaction(outcome, latency, null, null, null));
  }

  private static Reacted walked(
      String episode, String decision, int minute, @Nullable Integer steps) {
    return reacted(
        episode, decision, 30, minute, new AlertReaction(Outcome.STAYED, null, null, null, steps));
  }

  private static Reacted reacted(
      String episode, String decision, int step, int minute, AlertReaction reaction) {
    Instant at = START.plusSeconds(60L * minute);
    Alert alert =
        new Alert(
            "a_" + episode + step,
            new WearerId("w_anna"),
            episode,
            EpisodeKind.LONG_SITTING,
            step,
            at,
            at,
            ZoneOffset.UTC,
            "title",
            "text",
            null,
            decision);
    return new Reacted(alert, reaction);
  }
}
