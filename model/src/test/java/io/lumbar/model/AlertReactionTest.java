package io.lumbar.model;

import static io.lumbar.model.AlertReaction.Outcome.ALREADY_UP;
import static io.lumbar.model.AlertReaction.Outcome.NO_DATA;
import static io.lumbar.model.AlertReaction.Outcome.PENDING;
import static io.lumbar.model.AlertReaction.Outcome.STAYED;
import static io.lumbar.model.AlertReaction.Outcome.UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertReactionTest {
  private static final Instant AT = time("09:30:00");
  private static final Instant LATER = time("12:00:00");

  @Test
  void upForAMinuteWithinFiveIsAnAnswer() {
    List<Bout> day =
        List.of(
            bout(Posture.SITTING, "09:00:00", "09:32:10"),
            bout(Posture.WALKING, "09:32:10", "09:34:00"),
            bout(Posture.STANDING, "09:34:05", "09:35:10"),
            bout(Posture.SITTING, "09:35:10", "10:30:00"));
    assertThat(AlertReaction.of(AT, day, LATER)).isEqualTo(new AlertReaction(UP, 130, 180, 110));
  }

  @Test
  void theOrderOfBoutsChangesNothing() {
    List<Bout> day =
        new ArrayList<>(
            List.of(
                bout(Posture.SITTING, "09:00:00", "09:32:10"),
                bout(Posture.WALKING, "09:32:10", "09:34:00"),
                bout(Posture.SITTING, "09:34:00", "10:30:00")));
    AlertReaction expected = AlertReaction.of(AT, day, LATER);
    Collections.reverse(day);
    assertThat(AlertReaction.of(AT, day, LATER)).isEqualTo(expected);
  }

  @Test
  void fiftyNineSecondsAreNoBreakAndSixtyAre() {
    assertThat(outcome(upBetween("09:33:00", "09:33:59"))).isEqualTo(STAYED);
    assertThat(outcome(upBetween("09:33:00", "09:34:00"))).isEqualTo(UP);
  }

  @Test
  void fiveMinutesAreInTimeAndASecondMoreIsNot() {
    assertThat(outcome(upBetween("09:35:00", "09:40:00"))).isEqualTo(UP);
    assertThat(outcome(upBetween("09:35:01", "09:40:00"))).isEqualTo(STAYED);
  }

  @Test
  void whoWasOnTheFeetBeforeTheAlertDoesNotAnswerIt() {
    assertThat(outcome(upBetween("09:29:50", "09:31:00"))).isEqualTo(ALREADY_UP);
    assertThat(outcome(upBetween("09:20:00", "09:29:00"))).isEqualTo(STAYED);
  }

  @Test
  void notWornOrUnknownIsNoAnswer() {
    assertThat(
            outcome(
                List.of(
                    bout(Posture.SITTING, "09:00:00", "09:31:00"),
                    bout(Posture.NOT_WORN, "09:31:00", "10:30:00"))))
        .isEqualTo(NO_DATA);
    assertThat(outcome(List.of(bout(Posture.SITTING, "09:00:00", "09:33:30")))).isEqualTo(NO_DATA);
    assertThat(outcome(List.of(bout(Posture.SITTING, "09:00:00", "09:34:00")))).isEqualTo(STAYED);
    assertThat(outcome(List.of(bout(Posture.INACTIVE, "09:00:00", "10:30:00")))).isEqualTo(NO_DATA);
  }

  @Test
  void nothingIsSaidBeforeItIsOver() {
    List<Bout> sitting = List.of(bout(Posture.SITTING, "09:00:00", "09:35:59"));
    assertThat(AlertReaction.of(AT, sitting, time("09:35:59")).outcome()).isEqualTo(PENDING);
    assertThat(AlertReaction.of(AT, sitting, time("09:36:00")).outcome()).isEqualTo(STAYED);
    List<Bout> up = upBetween("09:31:00", "09:32:00");
    assertThat(AlertReaction.of(AT, up, time("09:32:00")))
        .isEqualTo(new AlertReaction(UP, 60, 60, null));
    assertThat(AlertReaction.of(AT, up, time("09:59:59")).walkingSeconds()).isNull();
    assertThat(AlertReaction.of(AT, up, time("10:00:00")).walkingSeconds()).isEqualTo(60);
  }

  @Test
  void aPostureSentAsAChangeHolds() {
    Bout sitting = open(Posture.SITTING, "09:00:00", "09:00:00", "11:00:00");
    assertThat(AlertReaction.of(AT, List.of(sitting), time("09:40:00")).outcome())
        .isEqualTo(STAYED);
    Bout before = bout(Posture.SITTING, "09:00:00", "09:31:00");
    Bout standing = open(Posture.STANDING, "09:31:00", "09:31:00", "11:00:00");
    assertThat(AlertReaction.of(AT, List.of(before, standing), time("09:31:59")).outcome())
        .isEqualTo(PENDING);
    assertThat(AlertReaction.of(AT, List.of(before, standing), time("09:32:00")).outcome())
        .isEqualTo(UP);
  }

  @Test
  void whatWasTakenBackDoesNotCount() {
    Bout gone = bout(Posture.WALKING, "09:31:00", "09:34:00");
    Bout retracted =
        new Bout(
            gone.id(),
            gone.wearer(),
            gone.posture(),
            gone.from(),
            gone.to(),
            gone.holdsUntil(),
            gone.zone(),
            gone.placement(),
            false,
            2,
            true,
            Map.of());
    assertThat(outcome(List.of(bout(Posture.SITTING, "09:00:00", "10:30:00"), retracted)))
        .isEqualTo(STAYED);
  }

  private static AlertReaction.Outcome outcome(List<Bout> bouts) {
    return AlertReaction.of(AT, bouts, LATER).outcome();
  }

  private static List<Bout> upBetween(String from, String to) {
    return List.of(
        bout(Posture.SITTING, "09:00:00", from),
        bout(Posture.WALKING, from, to),
        bout(Posture.SITTING, to, "10:30:00"));
  }

  private static Bout bout(Posture posture, String from, String to) {
    return made(posture, from, to, to, false);
  }

  private static Bout open(Posture posture, String from, String to, String holdsUntil) {
    return made(posture, from, to, holdsUntil, true);
  }

  private static Bout made(
      Posture posture, String from, String to, String holdsUntil, boolean open) {
    return new Bout(
        "b_" + from,
        new WearerId("w_anna"),
        posture,
        time(from),
        time(to),
        time(holdsUntil),
        ZoneOffset.UTC,
        Placement.THIGH,
        open,
        1,
        false,
        Map.of());
  }

  private static Instant time(String clock) {
    return LocalDate.of(2026, 3, 2).atTime(LocalTime.parse(clock)).toInstant(ZoneOffset.UTC);
  }
}
