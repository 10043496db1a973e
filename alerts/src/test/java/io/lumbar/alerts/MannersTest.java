package io.lumbar.alerts;

import static io.lumbar.alerts.Episodes.at;
import static io.lumbar.alerts.Episodes.inactive;
import static io.lumbar.alerts.Episodes.sitting;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Experiment;
import io.lumbar.model.Json;
import io.lumbar.model.Posture;
import io.lumbar.model.StretchProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MannersTest {
  private final Timeline time = new Timeline();

  @Test
  void aSittingIsSnoozedAsOftenAsTheWearerAllowsAndComesBackAtTheNextLevel() {
    Episodes sit = sitting("09:00").holds("12:00");
    assertThat(time.see("09:30", sit.until("09:30").holds("12:00"))).containsExactly("30 sent");
    time.answer("09:30", Action.SNOOZE, 15);
    assertThat(time.see("09:45", sit.until("09:45").level(45))).containsExactly("45 sent");
    time.answer("09:45", Action.SNOOZE, 15);
    assertThat(time.see("10:00", sit.until("10:00").revision(5).level(60)))
        .containsExactly("60 sent");
    time.answer("10:00", Action.SNOOZE, 15);
    assertThat(time.see("10:15", sit.until("10:15").revision(7).level(75)))
        .containsExactly("75 sent");
    assertThat(time.answer("10:15", Action.SNOOZE, 15)).containsExactly("75 snooze-limit");
    assertThat(time.state.snoozedUntil()).isEqualTo(at("10:15"));
    assertThat(time.see("10:30", sit.until("10:30").revision(9).level(90)))
        .as("75 was not snoozed, so it was the last")
        .isEmpty();
  }

  @Test
  void whoTriesWhatAlertsChangeGetsNoneOnTheDaysWithout() {
    Experiment off = trial(false, false, "2026-03-01T08:00:00Z");
    time.tries("09:00", off);
    Episodes sit = sitting("09:00").until("09:30").holds("23:59");
    assertThat(time.see("09:30", sit)).containsExactly("30 experiment");
    assertThat(time.withheld).hasSize(1);
    assertThat(time.withheld.get(0).text()).contains("you are trying what alerts change");
    assertThat(time.due()).contains(at("00:00").plus(Duration.ofDays(1)));

    // Taken back, and an older word comes late.
    time.tries("09:40", trial(false, true, "2026-03-02T08:40:00Z"));
    time.tries("09:40", off);
    assertThat(time.see("09:45", sit.until("09:45").revision(2).level(45)))
        .containsExactly("30 superseded", "45 sent");
  }

  @Test
  void onTheDaysWithAlertsTheyComeAndOtherTrialsAreNotTheirs() {
    time.tries("09:00", trial(true, false, "2026-03-01T08:00:00Z"));
    assertThat(time.see("09:30", sitting("09:00").until("09:30"))).containsExactly("30 sent");
    assertThat(Json.read(Json.bytes(time.state), AlertState.class)).isEqualTo(time.state);
  }

  /** One of which 2 March is a day with or without alerts. */
  private static Experiment trial(boolean with, boolean revoked, String statedAt) {
    LocalDate day = LocalDate.of(2026, 3, 2);
    return Stream.of(day, day.minusDays(Experiment.BLOCK))
        .map(
            from ->
                new Experiment(
                    "s_trial", Instant.parse(statedAt), revoked, from, Experiment.Change.ALERTS))
        .filter(one -> one.isWith(day) == with)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSnoozeOfFiveMinutesMeansFiveAndTheNextStepKeepsItsDistance() {
    Episodes sit = sitting("09:00").until("09:30").holds("11:00");
    time.see("09:30", sit);
    time.answer("09:31", Action.SNOOZE, 5);
    assertThat(time.due()).contains(at("09:36"));
    assertThat(time.see("09:33", sit.until("09:33").holds("11:00").revision(2))).isEmpty();
    assertThat(time.tick("09:35:59")).isEmpty();
    assertThat(time.tick("09:36")).containsExactly("36 sent");
    assertThat(time.alerts.get(1).text()).contains("36 minutes");
    assertThat(time.tick("09:36:01")).isEmpty();
    assertThat(time.see("09:45", sit.level(45))).containsExactly("45 cooldown");
    assertThat(time.tick("09:46")).containsExactly("45 sent");
  }

  @Test
  void aSnoozeAfterTheLastLevelSpeaksAtItsEndToo() {
    time.manners("{'repeats':4}");
    Episodes sit = sitting("09:00").until("10:30").level(90).holds("12:00");
    assertThat(time.see("10:30", sit)).endsWith("90 sent");
    time.answer("10:30", Action.SNOOZE, 15);
    assertThat(time.tick("10:45")).containsExactly("105 sent");
    time.answer("10:46", Action.SNOOZE, 30);
    assertThat(time.tick("11:16")).containsExactly("136 sent");
  }

  @Test
  void puttingOffGetsHarderForWhoWantsThatAndTheSameAnswerCountsOnce() {
    time.manners("{'harderSnoozes':true,'repeats':0}");
    Episodes sit = sitting("09:00").until("09:30").holds("13:00");
    time.see("09:30", sit);
    time.answer("09:30", Action.SNOOZE, 60);
    assertThat(time.state.snoozedUntil()).isEqualTo(at("10:30"));
    assertThat(time.tick("10:30")).containsExactly("90 sent");
    time.answer("10:31", Action.SNOOZE, 60);
    time.answer("10:31", Action.SNOOZE, 60);
    assertThat(time.state.snoozedUntil()).isEqualTo(at("10:46"));
    assertThat(time.tick("10:46")).containsExactly("106 sent");
    time.answer("10:47", Action.SNOOZE, 30);
    assertThat(time.state.snoozedUntil()).isEqualTo(at("10:52"));
    assertThat(time.tick("10:52")).containsExactly("112 sent");
    assertThat(time.answer("10:53", Action.SNOOZE, 5)).containsExactly("112 snooze-limit");
  }

  @Test
  void afterASnoozeAllOtherMannersHold() {
    time.manners("{'dailyBudget':{'long-sitting':1}}");
    Episodes sit = sitting("09:00").until("09:30").holds("11:00");
    time.see("09:30", sit);
    time.answer("09:31", Action.SNOOZE, 5);
    assertThat(time.tick("09:36")).containsExactly("36 budget");
  }

  @Test
  void aSnoozeOfASittingThatIsOverIsNotFollowedByAnything() {
    Episodes sit = sitting("09:00").until("09:30").holds("11:00");
    time.see("09:30", sit);
    time.answer("09:31", Action.SNOOZE, 5);
    assertThat(time.see("09:35", sit.until("09:33").closed())).isEmpty();
    assertThat(time.due()).isEmpty();
    assertThat(time.tick("09:36")).isEmpty();
  }

  @Test
  void aSnoozeDuringWhichTheWearerStoodUpForAMomentWaitsForTheNextRecord() {
    Episodes sit = sitting("09:00").until("09:30").holds("11:00");
    time.see("09:30", sit);
    time.answer("09:31", Action.SNOOZE, 5);
    assertThat(time.see("09:35:50", sit.revision(2).posture(Posture.STANDING))).isEmpty();
    assertThat(time.tick("09:36")).containsExactly("36 on-the-feet");
    assertThat(time.see("09:36:20", sit.revision(5))).containsExactly("36 sent");
  }

  @Test
  void aRealBreakGivesBackAllSnoozes() {
    time.manners("{'snoozeLimit':1}");
    Episodes first = sitting("09:00");
    time.see("09:30", first.until("09:30"));
    time.answer("09:30", Action.SNOOZE, 5);
    time.see("09:45", first.until("09:45").level(45));
    assertThat(time.answer("09:46", Action.SNOOZE, 5)).containsExactly("45 snooze-limit");
    time.see("09:48", first.until("09:46").revision(5).level(45).closed());
    time.see("10:18", sitting("09:48").until("10:18"));
    assertThat(time.answer("10:18", Action.SNOOZE, 5)).isEmpty();
    assertThat(time.state.snoozedUntil()).isEqualTo(at("10:23"));
  }

  @Test
  void aShorterSnoozeAndTheEndOfOneHoldAndCountToNoLimit() {
    time.manners("{'snoozeLimit':1,'repeats':0}");
    Episodes sit = sitting("09:00").until("09:30").holds("13:00");
    time.see("09:30", sit);
    time.answer("09:30", Action.SNOOZE, 120);
    assertThat(time.answer("09:31", Action.SNOOZE, 10)).isEmpty();
    assertThat(time.state.snoozedUntil()).isEqualTo(at("09:41"));
    assertThat(time.due()).contains(at("09:41"));
    assertThat(time.snoozeUntil(at("09:35"), at("09:35"))).isEmpty();
    assertThat(time.tick("09:35")).containsExactly("35 sent");
    assertThat(time.answer("09:36", Action.SNOOZE, 10)).containsExactly("35 snooze-limit");
  }

  @Test
  void theEndOfASnoozeIsNoAnswerToItsAlert() {
    time.manners("{'repeats':0}");
    time.see("09:30", sitting("09:00").until("09:30").holds("13:00"));
    String alert = time.alerts.get(0).id();
    time.snoozeUntil(at("09:31"), at("09:31"));
    assertThat(time.state.heard()).containsExactly(new AlertState.Heard(alert, false));
    time.answer("09:32", Action.SNOOZE, 30);
    assertThat(time.state.heard()).containsExactly(new AlertState.Heard(alert, true));
    time.snoozeUntil(at("09:33"), at("09:33"));
    assertThat(time.state.heard()).containsExactly(new AlertState.Heard(alert, true));
    time.answer("09:34", Action.WRONG, null);
    time.snoozeUntil(at("09:35"), at("09:35"));
    assertThat(time.state.heard()).isEmpty();
    assertThat(time.state.told()).extracting(AlertState.Told::wrong).containsExactly(true);
  }

  @Test
  void aChangeOfTheLimitHoldsForTheSnoozeThatRunsToo() {
    Episodes sit = sitting("09:00").until("09:30").holds("13:00");
    time.see("09:30", sit);
    time.answer("09:31", Action.SNOOZE, 5);
    time.answer("09:32", Action.SNOOZE, 60);
    assertThat(time.state.snoozedUntil()).isEqualTo(at("10:32"));
    time.manners("{'snoozeLimit':1}");
    time.settingsChanged("09:40");
    assertThat(time.state.snoozedUntil()).isEqualTo(at("09:36"));
    assertThat(time.state.told()).extracting(AlertState.Told::snoozes).containsExactly(1);
    time.manners("{'snoozeLimit':2}");
    time.settingsChanged("09:41");
    assertThat(time.state.snoozedUntil()).isEqualTo(at("10:32"));
    assertThat(time.state.told()).extracting(AlertState.Told::snoozes).containsExactly(2);
  }

  @Test
  void theSameAnswersInAnyOrderLeaveTheSameEnd() {
    List<AlertResponse> answers = new ArrayList<>();
    time.see("09:30", sitting("09:00").until("09:30").holds("13:00"));
    String alert = time.alerts.get(0).id();
    int[][] said = {{31, 60}, {35, 20}, {36, 240}, {37, 5}, {38, 90}};
    for (int[] one : said) {
      answers.add(
          new AlertResponse(alert, Episodes.ANNA, Action.SNOOZE, one[1], null, at("09:" + one[0])));
    }
    AlertState sent = time.state;
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(answers, new Random(seed));
      time.state = sent;
      answers.forEach(one -> time.hear(one, at("09:40")));
      // 60, 20 and 240 minutes, of which the second counts not; 5 neither; 90 is the third.
      assertThat(time.state.snoozedUntil()).as("seed %s", seed).isEqualTo(at("11:08"));
      assertThat(time.state.told().get(0).snoozes()).isEqualTo(3);
    }
  }

  @Test
  void aSnoozeSentTwiceCountsOnce() {
    time.manners("{'snoozeLimit':1}");
    time.see("09:30", sitting("09:00").until("09:30"));
    assertThat(time.answer("09:30:10", Action.SNOOZE, 15)).isEmpty();
    assertThat(time.answer("09:30:20", Action.SNOOZE, 15)).isEmpty();
    assertThat(time.state.told()).extracting(AlertState.Told::snoozes).containsExactly(1);
  }

  @Test
  void aSnoozeUntilTomorrowLastsUntilThen() {
    time.see("09:30", sitting("09:00").until("09:30"));
    Instant tomorrow = at("07:00").plus(Duration.ofDays(1));
    time.snoozeUntil(at("09:31"), tomorrow);
    assertThat(time.see("15:00", sitting("14:30").until("15:00"))).containsExactly("30 snoozed");
    assertThat(time.state.snoozedUntil()).isEqualTo(tomorrow);
  }

  @Test
  void twoSittingsOfAKindKeepTheCooldownAndStepsOfOneTheirOwnDistance() {
    time.manners("{'cooldownMinutes':60}");
    Episodes first = sitting("09:00");
    time.see("09:30", first.until("09:30"));
    assertThat(time.see("09:45", first.until("09:45").level(45))).containsExactly("45 sent");
    time.see("09:47", first.until("09:46").revision(5).level(45).closed());
    Episodes second = sitting("09:47").until("10:17").holds("12:00");
    assertThat(time.see("10:17", second)).containsExactly("30 cooldown");
    assertThat(time.due()).contains(at("10:45"));
    assertThat(time.tick("10:44:59")).isEmpty();
    assertThat(time.tick("10:45")).containsExactly("30 sent");
    assertThat(time.withheld).extracting(Alert::decision).containsExactly("cooldown");
  }

  @Test
  void onADayNoMoreThanTheBudgetAreSentAndAfterMidnightAgain() {
    time.manners("{'dailyBudget':{'long-sitting':2}}");
    time.see("09:30", sitting("09:00").until("09:30"));
    time.see("09:45", sitting("09:00").until("09:45").level(45));
    Episodes late = sitting("23:20").until("23:50").holds("23:59");
    assertThat(time.see("23:50", late)).containsExactly("30 budget");
    Instant midnight = at("00:00").plus(Duration.ofDays(1));
    assertThat(time.due()).contains(midnight);
    Episodes still = sitting("23:20").until(midnight).level(30);
    assertThat(time.see(midnight, still.build())).containsExactly("30 sent");
  }

  @Test
  void aBudgetOfNoneStopsAKindAndNoOther() {
    time.manners("{'dailyBudget':{'long-sitting':0}}");
    Episodes stopped = sitting("09:00").until("09:30").holds("11:00");
    assertThat(time.see("09:30", stopped)).containsExactly("30 switched-off");
    assertThat(time.withheld.get(0).text())
        .isEqualTo(
            "No alert at 30 minutes: alerts of this kind are switched off in your settings.");
    assertThat(time.see("10:30", inactive("09:30").until("10:30"))).containsExactly("60 sent");
  }

  @Test
  void aKindThatIsSwitchedOnAgainIsToldWithinASecond() {
    time.manners("{'dailyBudget':{'long-sitting':0}}");
    Episodes waiting = sitting("09:00").until("09:30").holds("11:00");
    assertThat(time.see("09:30", waiting)).containsExactly("30 switched-off");
    assertThat(time.tick("09:33")).isEmpty();
    time.manners("{'dailyBudget':{}}");
    time.settingsChanged("09:34");
    assertThat(time.tick("09:34")).containsExactly("30 sent");
  }

  @Test
  void workingHoursHoldBackWhatComesOutsideAndOpenAtTheirStart() {
    time.manners("{'workingHours':[{'days':['mon','tue'],'from':'09:00','to':'17:00'}]}");
    Episodes early = sitting("08:20").until("08:50").holds("10:00");
    assertThat(time.see("08:50", early)).containsExactly("30 outside-working-hours");
    assertThat(time.tick("08:59:59")).isEmpty();
    assertThat(time.tick("09:00")).containsExactly("30 sent");
    assertThat(time.see("17:00", sitting("16:30").until("17:00")))
        .containsExactly("30 outside-working-hours");
    assertThat(time.due()).contains(at("09:00").plus(Duration.ofDays(1)));
  }

  @Test
  void quietHoursOfAWeekdayHoldOnItAlone() {
    time.manners("{'quietHours':[{'days':['mon'],'from':'12:00','to':'13:00'}]}");
    assertThat(time.see("12:30", sitting("12:00").until("12:30")))
        .containsExactly("30 quiet-hours");
    Instant tuesday = at("12:30").plus(Duration.ofDays(1));
    Episodes next = sitting("12:00");
    Episodes shifted =
        new Episodes(
            next.wearer(),
            next.kind(),
            tuesday.minusSeconds(1800),
            tuesday,
            tuesday,
            30,
            true,
            1,
            false,
            Posture.SITTING,
            next.source());
    assertThat(time.see(tuesday, shifted.build())).containsExactly("30 sent");
  }

  @Test
  void aPauseAndTheListeningDaysEndByThemselves() {
    time.manners("{'listenUntil':'%s','pausedUntil':'%s'}".formatted(at("09:40"), at("09:50")));
    Episodes sit = sitting("09:00").until("09:30").holds("11:00");
    assertThat(time.see("09:30", sit)).containsExactly("30 listening");
    assertThat(time.tick("09:40")).containsExactly("30 paused");
    assertThat(time.tick("09:49:59")).isEmpty();
    assertThat(time.tick("09:50")).containsExactly("30 sent");
    assertThat(time.withheld).extracting(Alert::decision).containsExactly("listening", "paused");
    assertThat(time.withheld).extracting(Alert::id).doesNotHaveDuplicates();
  }

  @Test
  void aMeetingHoldsBackUntilItEnds() {
    time.manners("{'busy':[{'from':'%s','to':'%s'}]}".formatted(at("09:20"), at("10:00")));
    Episodes sit = sitting("09:00").until("09:30").holds("11:00");
    assertThat(time.see("09:30", sit)).containsExactly("30 busy");
    assertThat(time.tick("09:59:59")).isEmpty();
    assertThat(time.tick("10:00")).containsExactly("30 sent");
  }

  @Test
  void whoWasToldToBendBackwardsHearsNothingOfAnArch() {
    StretchProfile none = StretchProfile.none();
    time.settings =
        time.settings.withStretches(
            new StretchProfile(
                none.conditions(), true, null, null, none.liked(), none.hurts(), none.diary()));
    assertThat(time.see(at("02:40"), asleep(EpisodeKind.ARCHED_SLEEP)))
        .containsExactly("0 feedback-off");
    assertThat(time.see(at("02:40"), asleep(EpisodeKind.PRONE_SLEEP)))
        .containsExactly("0 morning-only");
  }

  private static Episode asleep(EpisodeKind kind) {
    Episodes base = sitting("02:00");
    return new Episodes(
            base.wearer(),
            kind,
            at("02:00"),
            at("02:40"),
            at("02:40"),
            10,
            true,
            1,
            false,
            Posture.LYING,
            base.source())
        .build();
  }

  @Test
  void tenUnansweredAlertsMoveTheFirstStepAndEveryAlertThenSaysSo() {
    time.manners("{'dailyBudget':{}}");
    List<String> decided = new ArrayList<>();
    for (int sitting = 0; sitting < 6; sitting++) {
      decided.addAll(sit(at("00:00").plusSeconds(sitting * 3600L), Duration.ofMinutes(55)));
    }
    assertThat(decided).filteredOn(word -> word.endsWith("sent")).hasSize(11);
    assertThat(decided).endsWith("30 backed-off", "30 superseded", "45 sent");
    assertThat(time.alerts.get(10).text()).contains("come later for now");
    assertThat(time.alerts.get(9).text()).doesNotContain("come later for now");
    assertThat(time.withheld).extracting(Alert::decision).containsExactly("backed-off");
  }

  @Test
  void gettingUpWithinFiveMinutesAnswersAnAlert() {
    time.manners("{'dailyBudget':{}}");
    for (int sitting = 0; sitting < 14; sitting++) {
      sit(at("00:00").plusSeconds(sitting * 3600L), Duration.ofMinutes(34));
    }
    assertThat(time.alerts).hasSize(14);
    assertThat(time.state.heard()).hasSize(10).allMatch(AlertState.Heard::answered);
  }

  @Test
  void whoseAlertsDoNotComeLaterIsNotToldSo() {
    time.settings = Timeline.longSittingAfter(60, time.settings);
    time.manners("{'dailyBudget':{},'repeats':0}");
    for (int sitting = 0; sitting < 11; sitting++) {
      sit(at("00:00").plusSeconds(sitting * 7200L), Duration.ofMinutes(80));
    }
    assertThat(time.alerts).hasSize(11);
    assertThat(time.alerts).noneMatch(alert -> alert.text().contains("come later for now"));
  }

  @Test
  void anAlertThatWasWrongIsNeitherAnAnswerNorASilence() {
    time.see("09:30", sitting("09:00").until("09:30"));
    time.hear(
        new AlertResponse(
            time.alerts.get(0).id(), Episodes.ANNA, Action.WRONG, null, "standing", at("09:31")),
        at("09:31"));
    assertThat(time.state.heard()).isEmpty();
    assertThat(time.state.told().get(0).wrong()).isTrue();
  }

  @Test
  void aSensorTakenOffAfterAnAlertIsNeitherAnAnswerNorASilence() {
    Episodes sit = sitting("09:00");
    time.see("09:30", sit.until("09:30"));
    time.see("09:33", sit.until("09:32").closed("not-worn"));
    assertThat(time.state.heard()).isEmpty();
    time.see("10:04", sitting("09:34").until("10:04"));
    time.see("10:07", sitting("09:34").until("10:06").closed("walking"));
    assertThat(time.state.heard()).singleElement().matches(AlertState.Heard::answered);
  }

  @Test
  void whatReachedNoChannelCountsNeitherAsUnansweredNorTowardsTheBudgetButIsNotSaidAgain() {
    time.manners("{'dailyBudget':{'long-sitting':1}}");
    Episodes sit = sitting("09:00").until("09:30").holds("11:00");
    time.see("09:30", sit);
    time.missed();
    assertThat(time.state.heard()).isEmpty();
    assertThat(time.see("09:33", sit.revision(2))).isEmpty();
    assertThat(time.see("09:45", sit.level(45))).containsExactly("45 sent");
    time.answer("09:46", Action.DONE, null);
    time.missed();
    assertThat(time.state.heard()).as("the page showed it").hasSize(1);
  }

  @Test
  void whatThePageAloneShowedIsSnoozedLikeAnyOther() {
    time.manners("{'dailyBudget':{},'repeats':0}");
    Episodes sit = sitting("09:00").until("09:30").holds("11:00");
    time.see("09:30", sit);
    time.missed();
    time.answer("09:31", Action.SNOOZE, 5);
    assertThat(time.state.nextDue()).contains(at("09:36"));
    assertThat(time.tick("09:36")).hasSize(1).allMatch(one -> one.endsWith(" sent"));
  }

  @Test
  void whatThePageAloneShowedKeepsItsDistance() {
    time.manners("{'dailyBudget':{}}");
    time.see("09:30", sitting("09:00").until("09:30").holds("11:00"));
    time.missed();
    assertThat(time.see("09:35", inactive("08:35").until("09:35"))).containsExactly("60 cooldown");
  }

  @Test
  void whatWasToldBeforeTheMissedWereMarkedIsStillRead() {
    String kept =
        """
        {"alert":"a_1","episode":"e_1","kind":"long-sitting","step":30,
        "from":"2026-03-02T08:00:00Z","to":"2026-03-02T08:30:00Z","at":"2026-03-02T08:30:00Z",
        "sent":true,"wrong":false,"snoozes":1,"zone":"Europe/Berlin"}
        """;
    AlertState.Told told = Json.read(kept.getBytes(StandardCharsets.UTF_8), AlertState.Told.class);
    assertThat(told.missed()).isFalse();
    assertThat(told.sent()).isTrue();
    assertThat(told.snoozes()).isEqualTo(1);
  }

  @Test
  void aSittingHeldBackAtRandomStaysSoWhenLateDataMovesItsStart() {
    time.manners("{'dailyBudget':{},'withholdPercent':20}");
    int moved = 0;
    for (int minute = 0; minute < 60; minute++) {
      Timeline each = new Timeline();
      each.settings = time.settings;
      Episodes first = sitting("08:%02d".formatted(minute)).until("09:40");
      if (each.see("09:40", first).contains("30 withheld-at-random")) {
        moved++;
        each.see("09:41", first.takenBack());
        for (int other = 0; other < 8; other++) {
          Episodes again = sitting("08:5" + other).until("09:41");
          each.see("09:41", again);
          each.see("09:41", again.takenBack());
        }
        assertThat(each.alerts).isEmpty();
        assertThat(each.withheld)
            .as("one sitting counts once in the effect")
            .extracting(Alert::decision)
            .containsExactly("withheld-at-random");
      }
    }
    assertThat(moved).isPositive();
  }

  @Test
  void aBackOffThatIsSwitchedOffIsHeededByASittingThatWaits() {
    time.manners("{'dailyBudget':{},'repeats':0}");
    for (int sitting = 0; sitting < 10; sitting++) {
      sit(at("00:00").plusSeconds(sitting * 3600L), Duration.ofMinutes(40));
    }
    Episodes waiting = sitting("10:00").until("10:30").holds("12:00");
    assertThat(time.see("10:30", waiting)).containsExactly("30 backed-off");
    assertThat(time.due()).isEmpty();
    time.settingsChanged("10:34");
    assertThat(time.tick("10:34")).as("another setting").isEmpty();
    time.manners("{'backOff':false}");
    time.settingsChanged("10:35");
    assertThat(time.due()).contains(at("10:35"));
    assertThat(time.tick("10:35")).containsExactly("30 sent");
    time.settingsChanged("10:36");
    assertThat(time.tick("10:36")).as("told once").isEmpty();
  }

  @Test
  void backOffCanBeSwitchedOff() {
    time.manners("{'dailyBudget':{},'backOff':false}");
    for (int sitting = 0; sitting < 6; sitting++) {
      sit(at("00:00").plusSeconds(sitting * 3600L), Duration.ofMinutes(55));
    }
    assertThat(time.alerts).hasSize(12);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "20, 150, 250"})
  void aShareOfSittingsIsWithheldWholeAndAlwaysTheSameOnes(int percent, int least, int most) {
    time.manners("{'dailyBudget':{},'backOff':false,'withholdPercent':" + percent + "}");
    int withheld = 0;
    for (int day = 0; day < 1000; day++) {
      Instant start = at("09:00").plus(Duration.ofDays(day));
      List<String> decided = sit(start, Duration.ofMinutes(50));
      boolean held = decided.contains("30 withheld-at-random");
      assertThat(decided)
          .isEqualTo(
              held
                  ? List.of(
                      "30 withheld-at-random", "30 superseded", "45 withheld-at-random", "45 ended")
                  : List.of("30 sent", "45 sent"));
      withheld += held ? 1 : 0;
    }
    assertThat(withheld).isBetween(least, most);
    assertThat(time.withheld)
        .as("in the list once for a sitting, at its first step")
        .hasSize(withheld)
        .allMatch(alert -> alert.step() == 30);
  }

  @Test
  void furtherRepeatsFollowTheLevels() {
    time.manners("{'repeats':4}");
    assertThat(sit(at("09:00"), Duration.ofMinutes(100)))
        .containsExactly("30 sent", "45 sent", "60 sent", "75 sent", "90 sent");
  }

  @Test
  void statesFromBeforeThereWereMannersStillRead() {
    AlertState old =
        Json.read(
            """
            {"told":[{"alert":"a_1","episode":"e_1","kind":"long-sitting","step":30,
             "from":"2026-03-02T08:00:00Z","to":"2026-03-02T08:30:00Z","at":"2026-03-02T08:30:00Z",
             "sent":true,"wrong":false}],"watched":[],"snoozedUntil":"2026-03-02T09:00:00Z"}\
            """
                .getBytes(StandardCharsets.UTF_8),
            AlertState.class);
    assertThat(old.told().get(0).snoozes()).isZero();
    assertThat(old.told().get(0).zone()).isNull();
    assertThat(old.heard()).isEmpty();
    assertThat(old.spoken()).isEmpty();
    time.state = old;
    assertThat(time.see("09:45", sitting("09:00").until("09:45").level(45)))
        .containsExactly("30 already-alerted", "45 snoozed");
  }

  /** One sitting as the stream brings it, each level when it is reached, and its end. */
  private List<String> sit(Instant start, Duration length) {
    List<String> decided = new ArrayList<>();
    Episodes base = sitting("09:00");
    int revision = 1;
    for (int level : new int[] {30, 45, 60, 75, 90}) {
      Instant reached = start.plus(Duration.ofMinutes(level));
      if (reached.isAfter(start.plus(length))) {
        break;
      }
      decided.addAll(time.see(reached, grown(base, start, reached, level, revision++, true)));
    }
    Instant end = start.plus(length);
    int level = (int) Math.min(90, length.toMinutes() / 15 * 15);
    decided.addAll(time.see(end.plusSeconds(60), grown(base, start, end, level, revision, false)));
    return decided;
  }

  private static Episode grown(
      Episodes base, Instant start, Instant end, int level, int revision, boolean open) {
    return new Episodes(
            base.wearer(),
            EpisodeKind.LONG_SITTING,
            start,
            end,
            end,
            level,
            open,
            revision,
            false,
            Posture.SITTING,
            base.source())
        .build();
  }
}
