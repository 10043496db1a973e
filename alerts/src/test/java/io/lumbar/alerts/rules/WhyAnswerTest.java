package io.lumbar.alerts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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

  /** A low battery is told once and says nothing about the sitting. */
  @ParameterizedTest
  @EnumSource(names = {"DEVICE_CARE", "DATA_SILENCE", "SUSTAINED_BEND", "LOAD_JUMP"})
  void whatIsAboutASensorOrForTheReportStandsBesideTheAnswer(EpisodeKind kind) {
    Decision word = decision(kind, "2026-03-02T13:10:00Z", "A word.");
    Decision far = decision(EpisodeKind.LONG_SITTING, "2026-03-02T13:02:00Z", "Far.");
    assertThat(answer(List.of(far, word))).isEqualTo("14:02: Far.");
    assertThat(answer(List.of(word))).isEqualTo(answer(List.of()) + " 14:10: A word.");
    assertThat(sat(List.of(word), "2026-03-02T12:50:00Z"))
        .isEqualTo(
            "You had sat for 20 minutes since 13:50; the first reminder comes at 30."
                + " 14:10: A word.");
  }

  @Test
  void aWordAboutTheSittingBeforeStandsBehindWhatWentOn() {
    Decision ended = decision(EpisodeKind.LONG_SITTING, "2026-03-02T12:58:00Z", "It was over.");
    assertThat(sat(List.of(ended), "2026-03-02T13:00:00Z"))
        .isEqualTo(
            "You had sat for 10 minutes since 14:00; the first reminder comes at 30."
                + " 13:58: It was over.");
    Bout walk = bout(Posture.WALKING, "2026-03-02T12:57:30Z", "2026-03-02T13:20:00Z");
    assertThat(why(List.of(ended), List.of(walk), List.of(), List.of()))
        .isEqualTo("13:58: It was over.");
    walk = bout(Posture.WALKING, "2026-03-02T12:59:00Z", "2026-03-02T13:20:00Z");
    assertThat(why(List.of(ended), List.of(walk), List.of(), List.of()))
        .isEqualTo("You were not sitting then (walking). 13:58: It was over.");
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_WORN, 'No sensor was worn then, and nothing is told of time that nobody measured.'",
    "LYING, 'You were lying down then, and reminders are about sitting.'",
    "UNKNOWN, 'Your sensors could not tell your posture then, and nothing is told of what is not "
        + "known.'",
    "STANDING, 'You were not sitting then (standing).'"
  })
  void saysWhatWentOnInsteadOfSitting(Posture posture, String words) {
    Bout bout = bout(posture, "2026-03-02T12:00:00Z", "2026-03-02T14:00:00Z");
    assertThat(why(List.of(), List.of(bout), List.of(), List.of())).isEqualTo(words);
  }

  @Test
  void aPostureThatWasToldOnceGoesOn() {
    Bout told = bout(Posture.SITTING, "2026-03-02T12:50:00Z", "2026-03-02T13:00:00Z");
    Bout held =
        new Bout(
            told.id(),
            told.wearer(),
            told.posture(),
            told.from(),
            told.to(),
            Instant.parse("2026-03-02T14:50:00Z"),
            BERLIN,
            told.placement(),
            true,
            1,
            false,
            Map.of());
    assertThat(why(List.of(), List.of(held), List.of(), List.of()))
        .isEqualTo("You had sat for 20 minutes since 13:50; the first reminder comes at 30.");
  }

  @Test
  void ofStepsAloneItSaysHowMany() {
    // From ten past one on, twelve cells of which one has 120 steps.
    assertThat(
            why(
                List.of(),
                List.of(),
                List.of(),
                List.of(day(900, -158, 0, 0, 120, 0, 0, 0, 0, 0, 0, 0, 0, 0))))
        .isEqualTo(
            "Only your steps are known of that time: 120 in the hour before. The first reminder "
                + "comes after 60 minutes with fewer than 50 steps, all of them counted and in "
                + "your waking hours.");
    assertThat(why(List.of(), List.of(), List.of(), List.of(day(900))))
        .startsWith("Only your steps are known of that time, and not closely enough");
    assertThat(why(List.of(), List.of(), List.of(), List.of(day(0))))
        .isEqualTo("Nothing is known about that time, so nothing was decided.");
  }

  @Test
  void ofAnHourWithHardlyAnyStepsTheLastWordCounts() {
    Episode still = still("2026-03-02T12:30:00Z", "2026-03-02T13:30:00Z");
    assertThat(why(List.of(), List.of(), List.of(still), List.of()))
        .isEqualTo(
            "Only your steps are known of that time: hardly any for 40 minutes, since 13:30; "
                + "the first reminder comes at 60.");
    Episode longer = still("2026-03-02T11:30:00Z", "2026-03-02T13:30:00Z");
    Decision sent =
        new Decision(
            "n_1",
            new WearerId("w_anna"),
            longer.id(),
            EpisodeKind.INACTIVE,
            60,
            Instant.parse("2026-03-02T12:30:00Z"),
            BERLIN,
            "quiet-hours",
            "Quiet.",
            null);
    assertThat(why(List.of(), List.of(sent), List.of(), List.of(longer), List.of()))
        .endsWith(
            "hardly any for 100 minutes, since 12:30; the first reminder comes at 60. 13:30: Quiet.");
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
                .of(
                    List.of(sent),
                    new WhyAnswer.Past(List.of(sent), List.of(), List.of(), List.of())))
        .isEqualTo(
            "14:05: Sent. Data or a word that came later changed what is known of that time.");
  }

  private static String sat(List<Decision> near, String since) {
    Bout bout = bout(Posture.SITTING, since, "2026-03-02T15:00:00Z");
    return why(near, List.of(bout), List.of(), List.of());
  }

  private static String answer(List<Decision> decisions) {
    return why(decisions, List.of(), List.of(), List.of());
  }

  private static String why(
      List<Decision> all, List<Bout> bouts, List<Episode> episodes, List<DaySummary> days) {
    Instant around = ASKED.minusSeconds(900);
    List<Decision> near = all.stream().filter(one -> !one.at().isBefore(around)).toList();
    return why(near, all, bouts, episodes, days);
  }

  private static String why(
      List<Decision> near,
      List<Decision> all,
      List<Bout> bouts,
      List<Episode> episodes,
      List<DaySummary> days) {
    List<Episode> standing = new ArrayList<>(episodes);
    all.forEach(one -> standing.add(standing(one)));
    return new WhyAnswer(WearerSettings.defaults(), ASKED)
        .of(near, new WhyAnswer.Past(all, standing, bouts, days));
  }

  private static Bout bout(Posture posture, String from, String to) {
    return new Bout(
        "b_1",
        new WearerId("w_anna"),
        posture,
        Instant.parse(from),
        Instant.parse(to),
        Instant.parse(to),
        BERLIN,
        Placement.THIGH,
        false,
        1,
        false,
        Map.of());
  }

  private static Episode still(String from, String to) {
    return episode("e_still", EpisodeKind.INACTIVE, Instant.parse(from), Instant.parse(to));
  }

  /** What a decision was about, at a time that plays no part. */
  private static Episode standing(Decision decision) {
    return episode(decision.episode(), decision.kind(), Instant.EPOCH, Instant.EPOCH);
  }

  private static Episode episode(String id, EpisodeKind kind, Instant from, Instant to) {
    return new Episode(
        id,
        new WearerId("w_anna"),
        kind,
        from,
        to,
        BERLIN,
        60,
        false,
        1,
        false,
        new Episode.Evidence(to, to, 0, Posture.INACTIVE, Placement.WRIST),
        "steps");
  }

  private static DaySummary day(long steps, Integer... cells) {
    ObjectNode day =
        Json.mapper()
            .valueToTree(
                new DaySummary(
                    new WearerId("w_anna"),
                    LocalDate.of(2026, 3, 2),
                    BERLIN,
                    1,
                    Map.of(),
                    new DaySummary.Sitting(0, 0, 0, 0, 0, 0, 0),
                    steps,
                    0));
    if (cells.length > 0) {
      day.putPOJO("stepTrack", List.of(cells));
    }
    return Json.read(Json.bytes(day), DaySummary.class);
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
