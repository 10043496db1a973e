package io.lumbar.model;

import static io.lumbar.model.AlertReaction.Outcome.ALREADY_UP;
import static io.lumbar.model.AlertReaction.Outcome.NO_DATA;
import static io.lumbar.model.AlertReaction.Outcome.PENDING;
import static io.lumbar.model.AlertReaction.Outcome.STAYED;
import static io.lumbar.model.AlertReaction.Outcome.UP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
    assertThat(AlertReaction.of(AT, day, List.of(), LATER))
        .isEqualTo(new AlertReaction(UP, 130, 180, 110, null));
  }

  @Test
  void theOrderOfBoutsChangesNothing() {
    List<Bout> day =
        new ArrayList<>(
            List.of(
                bout(Posture.SITTING, "09:00:00", "09:32:10"),
                bout(Posture.WALKING, "09:32:10", "09:34:00"),
                bout(Posture.SITTING, "09:34:00", "10:30:00")));
    AlertReaction expected = AlertReaction.of(AT, day, List.of(), LATER);
    Collections.reverse(day);
    assertThat(AlertReaction.of(AT, day, List.of(), LATER)).isEqualTo(expected);
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
    assertThat(AlertReaction.of(AT, sitting, List.of(), time("09:35:59")).outcome())
        .isEqualTo(PENDING);
    assertThat(AlertReaction.of(AT, sitting, List.of(), time("09:36:00")).outcome())
        .isEqualTo(STAYED);
    List<Bout> up = upBetween("09:31:00", "09:32:00");
    assertThat(AlertReaction.of(AT, up, List.of(), time("09:32:00")))
        .isEqualTo(new AlertReaction(UP, 60, 60, null, null));
    assertThat(AlertReaction.of(AT, up, List.of(), time("09:59:59")).walkingSeconds()).isNull();
    assertThat(AlertReaction.of(AT, up, List.of(), time("10:00:00")).walkingSeconds())
        .isEqualTo(60);
  }

  @Test
  void aPostureSentAsAChangeHolds() {
    Bout sitting = open(Posture.SITTING, "09:00:00", "09:00:00", "11:00:00");
    assertThat(AlertReaction.of(AT, List.of(sitting), List.of(), time("09:40:00")).outcome())
        .isEqualTo(STAYED);
    Bout before = bout(Posture.SITTING, "09:00:00", "09:31:00");
    Bout standing = open(Posture.STANDING, "09:31:00", "09:31:00", "11:00:00");
    assertThat(
            AlertReaction.of(AT, List.of(before, standing), List.of(), time("09:31:59")).outcome())
        .isEqualTo(PENDING);
    assertThat(
            AlertReaction.of(AT, List.of(before, standing), List.of(), time("09:32:00")).outcome())
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

  @Test
  void stepsAreThoseOfTheHalfHourAfterTheAlert() {
    // Cells from 09:20 on; the alert comes at 09:30.
    DaySummary day = day("2026-03-02", ZoneOffset.UTC, -112, 900, 0, 120, 80, 0, 0, 30, 10, 700);
    assertThat(steps(AT, day)).isEqualTo(240);
    assertThat(AlertReaction.of(AT, List.of(), List.of(day), time("09:59:59")).steps())
        .as("the half hour is not over")
        .isNull();
  }

  @Test
  void theCellOfTheAlertCountsWholeAndTheLastWithItsShare() {
    DaySummary day = day("2026-03-02", ZoneOffset.UTC, -114, 120, 0, 0, 0, 0, 0, 100);
    assertThat(steps(time("09:33:00"), day)).isEqualTo(180);
  }

  @Test
  void tenMinutesMayBeUnknownAndMoreMayNot() {
    assertThat(steps(AT, day("2026-03-02", ZoneOffset.UTC, -114, -2, 5, 5, 5, 5))).isEqualTo(20);
    assertThat(steps(AT, day("2026-03-02", ZoneOffset.UTC, -114, -3, 5, 5, 5))).isNull();
    assertThat(steps(AT)).isNull();
  }

  @Test
  void aWalkOverMidnightCountsOnBothDays() {
    Instant late = LocalDate.of(2026, 3, 2).atTime(23, 45).toInstant(ZoneOffset.UTC);
    DaySummary before = day("2026-03-02", ZoneOffset.UTC, -285, 10, 20, 30);
    DaySummary after = day("2026-03-03", ZoneOffset.UTC, 40, 50, 60, 70);
    assertThat(steps(late, after, before)).isEqualTo(210);
  }

  @Test
  void hoursThatTwoDatesOfATravellerShareCountOnce() {
    // 23:30 in Berlin is 22:30 UTC; the next date, in Tokyo, began at 15:00 UTC.
    Instant at = Instant.parse("2026-03-02T22:30:00Z");
    DaySummary berlin = day("2026-03-02", ZoneId.of("Europe/Berlin"), -282, 10, 10, 10, 10, 10, 10);
    DaySummary tokyo = day("2026-03-03", ZoneId.of("Asia/Tokyo"), -90, 10, 10, 10, 10, 10, 10);
    assertThat(steps(at, berlin, tokyo)).isEqualTo(60);
  }

  @Test
  void aTrackIsAnArrayOfNumbers() {
    StepTrack track = new StepTrack(List.of(-3, 12, 0));
    assertThat(new String(Json.bytes(track), StandardCharsets.UTF_8)).isEqualTo("[-3,12,0]");
    assertThat(Json.read(Json.bytes(track), StepTrack.class)).isEqualTo(track);
  }

  private static @Nullable Integer steps(Instant at, DaySummary... days) {
    return AlertReaction.of(at, List.of(), List.of(days), LATER.plusSeconds(86_400)).steps();
  }

  private static DaySummary day(String date, ZoneId zone, Integer... cells) {
    ObjectNode day =
        Json.mapper()
            .valueToTree(
                new DaySummary(
                    new WearerId("w_anna"),
                    LocalDate.parse(date),
                    zone,
                    1,
                    Map.of(),
                    new DaySummary.Sitting(0, 0, 0, 0, 0, 0, 0),
                    0,
                    0));
    day.putPOJO("stepTrack", List.of(cells));
    return Json.read(Json.bytes(day), DaySummary.class);
  }

  private static AlertReaction.Outcome outcome(List<Bout> bouts) {
    return AlertReaction.of(AT, bouts, List.of(), LATER).outcome();
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
