package io.lumbar.alerts;

import static io.lumbar.alerts.Episodes.at;
import static io.lumbar.alerts.Episodes.inactive;
import static io.lumbar.alerts.Episodes.sitting;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.alerts.stretches.Language;
import io.lumbar.alerts.stretches.Place;
import io.lumbar.alerts.stretches.Stretch;
import io.lumbar.alerts.stretches.Stretches;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.HealthCondition;
import io.lumbar.model.Json;
import io.lumbar.model.OwnStretch;
import io.lumbar.model.Posture;
import io.lumbar.model.RedFlagAnswer;
import io.lumbar.model.StableIds;
import io.lumbar.model.StretchProfile;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlertPolicyTest {
  private final Timeline time = new Timeline();

  @Test
  void alertsAtThirtyAndFortyFiveMinutesAndThenKeepsSilent() {
    Episodes sit = sitting("09:00");
    assertThat(time.see("09:30", sit.until("09:30"))).containsExactly("30 sent");
    assertThat(time.see("09:40", sit.until("09:40").revision(2))).isEmpty();
    assertThat(time.see("09:45", sit.until("09:45").revision(2).level(45)))
        .containsExactly("45 sent");
    for (int level : new int[] {60, 75, 90}) {
      Instant then = at("09:00").plus(Duration.ofMinutes(level));
      Episodes grown = sit.until(then).revision(level).level(level);
      assertThat(time.see(then, grown.build())).isEmpty();
    }
    assertThat(time.see("10:31", sit.until("10:30").revision(99).level(90).closed())).isEmpty();
    assertThat(time.alerts).extracting(Alert::step).containsExactly(30, 45);
  }

  @Test
  void saysTheRealMinutesSinceWhenFromWhichSensorAndOneAction() {
    time.see("14:36", sitting("14:05").until("14:36:20"));
    Alert alert = time.alerts.get(0);
    assertThat(alert.text()).contains("31 minutes", "14:05", "thigh sensor");
    String stretch = Stretches.catalogue().byId(alert.stretch()).orElseThrow().name();
    assertThat(alert.text()).contains(stretch);
    assertThat(alert.id()).isEqualTo(StableIds.alert(alert.episode(), 30));
    assertThat(alert.since()).isEqualTo(at("14:05"));
    assertThat(alert.at()).isEqualTo(at("14:36"));
    assertThat(alert.decision()).isEqualTo("sent");
  }

  @Test
  void whoCannotStandIsNeverToldTo() {
    StretchProfile none = StretchProfile.none();
    time.settings =
        time.settings.withStretches(
            new StretchProfile(
                EnumSet.of(HealthCondition.CANNOT_STAND),
                none.bendBackwards(),
                null,
                null,
                none.liked(),
                none.hurts(),
                none.diary()));
    for (int hour = 8; hour < 15; hour++) {
      String from = "%02d:00".formatted(hour);
      String now = "%02d:30".formatted(hour);
      time.see(now, sitting(from).until(now));
    }
    assertThat(time.alerts).hasSizeGreaterThan(5);
    assertThat(time.alerts)
        .allSatisfy(
            alert ->
                assertThat(Stretches.catalogue().byId(alert.stretch()).orElseThrow().place())
                    .isEqualTo(Place.CHAIR));
  }

  @Test
  void onADayOfStrongPainAnAlertNamesNothingButAWalk() {
    time.settings =
        time.settings.withStretches(
            StretchProfile.none().with(LocalDate.of(2026, 3, 2), List.of(), 8));
    for (int hour = 8; hour < 12; hour++) {
      time.see(
          "%02d:30".formatted(hour),
          sitting("%02d:00".formatted(hour)).until("%02d:30".formatted(hour)));
    }
    assertThat(time.alerts).hasSize(4);
    assertThat(time.alerts).extracting(Alert::stretch).containsOnly("short-walk");
  }

  @Test
  void whileASignStandsAnAlertNamesNoExerciseButAChangeOfPosition() {
    time.settings =
        time.settings.withStretches(
            StretchProfile.none()
                .answered(new RedFlagAnswer(RedFlagAnswer.Level.URGENT, LocalDate.of(2026, 1, 2))));
    for (int hour = 8; hour < 12; hour++) {
      time.see(
          "%02d:30".formatted(hour),
          sitting("%02d:00".formatted(hour)).until("%02d:30".formatted(hour)));
    }
    assertThat(time.alerts)
        .hasSize(4)
        .allMatch(alert -> alert.stretch() == null)
        .allMatch(alert -> alert.text().contains("a change of position"));
  }

  @Test
  void strongPainOfACheckInLeavesNothingButAWalkUntilItIsTakenBack() {
    time.feels("07:00", pain("c_1", "07:00", "07:00", 9, false));
    time.see("08:30", sitting("08:00").until("08:30"));
    time.see("09:30", sitting("09:00").until("09:30"));
    assertThat(time.alerts).hasSize(2);
    assertThat(time.alerts).extracting(Alert::stretch).containsOnly("short-walk");

    time.feels("10:00", pain("c_1", "10:00", "07:00", 9, true));
    time.see("10:40", sitting("10:10").until("10:40"));
    time.see("11:40", sitting("11:10").until("11:40"));
    assertThat(time.alerts.subList(2, 4)).extracting(Alert::stretch).doesNotContain("short-walk");
  }

  @Test
  void checkInsAreASetWhateverTheOrder() {
    CheckIn told = pain("c_1", "07:00", "07:00", 9, false);
    CheckIn amended = pain("c_1", "08:00", "07:00", 3, false);
    CheckIn other = pain("c_2", "07:30", "07:30", 5, false);
    CheckIn over = pain("c_2", "09:00", "07:30", 5, true);
    for (List<CheckIn> order :
        List.of(
            List.of(told, amended, other, over),
            List.of(over, amended, other, told),
            List.of(amended, over, told, other, told))) {
      AlertState state = AlertState.empty();
      for (CheckIn one : order) {
        state = state.feels(one, at("10:00"));
      }
      assertThat(state.pains(ZoneId.of("Europe/Berlin")))
          .containsExactly(Map.entry(LocalDate.of(2026, 3, 2), 3));
      assertThat(Json.read(Json.bytes(state), AlertState.class)).isEqualTo(state);
    }
  }

  /** The player posts one for each exercise. */
  @Test
  void exercisesThatAreLoggedDoNotPushOutThePainBeforeThem() {
    List<CheckIn> all = new ArrayList<>();
    all.add(pain("c_pain", "07:00", "07:00", 9, false));
    all.add(pain("c_back", "07:05", "07:01", 10, true));
    for (int second = 0; second < 60; second++) {
      Instant then = at("08:00").plusSeconds(second);
      all.add(new CheckIn("c_" + second, then, false, then, null, null, null, null, false, "walk"));
    }
    AlertState inOrder = felt(all);
    assertThat(inOrder.pains(ZoneId.of("Europe/Berlin")))
        .containsExactly(Map.entry(LocalDate.of(2026, 3, 2), 9));
    assertThat(inOrder.checkIns()).hasSize(48);
    assertThat(inOrder.feels(pain("c_back", "07:01", "07:01", 10, false), at("10:00")))
        .as("taken back stays taken back")
        .isEqualTo(inOrder);
    Collections.shuffle(all, new Random(7));
    assertThat(felt(all)).isEqualTo(inOrder);
  }

  private static AlertState felt(List<CheckIn> all) {
    AlertState state = AlertState.empty();
    for (CheckIn one : all) {
      state = state.feels(one, at("10:00"));
    }
    return state;
  }

  private static CheckIn pain(String id, String said, String at, int pain, boolean revoked) {
    return new CheckIn(id, at(said), revoked, at(at), pain, null, null, null, false, null);
  }

  @Test
  void aDeepBendIsToldToWhoAskedForItOnceADayAndOnlyWhileItIsNews() {
    Duration nine = Duration.ofSeconds(9);
    assertThat(time.see("08:00", Episodes.bend(at("07:59"), nine))).isEmpty();
    time.manners("{'dailyBudget':{'deep-bend':5}}");
    assertThat(time.see("09:00", Episodes.bend(at("08:55"), nine))).as("known late").isEmpty();
    assertThat(time.see("09:10", Episodes.bend(at("09:09"), nine))).containsExactly("1 sent");
    assertThat(time.see("09:11", Episodes.bend(at("09:09"), nine).revision(3)))
        .as("amended")
        .isEmpty();
    assertThat(time.see("15:00", Episodes.bend(at("14:59"), nine))).containsExactly("1 budget");
    assertThat(time.withheld).as("the list has the one that was told").isEmpty();
    Alert alert = time.alerts.get(0);
    assertThat(alert.text()).contains("72\u00b0", "09:09", "chest sensor").doesNotContain("{");
    assertThat(alert.stretch()).isIn("sit-to-stand", "short-walk", "seated-march", "side-reach");
    assertThat(time.state.heard()).as("it asks for no answer").isEmpty();
    Instant tomorrow = at("09:10").plus(Duration.ofDays(1));
    assertThat(time.see(tomorrow, Episodes.bend(tomorrow.minusSeconds(30), nine).build()))
        .containsExactly("1 sent");
  }

  @ParameterizedTest
  @EnumSource(
      value = HealthCondition.class,
      names = {"CANNOT_STAND", "HIP_REPLACEMENT"})
  void whoMayNotGoDownOnTheKneesHearsNothingOfIt(HealthCondition condition) {
    time.manners("{'dailyBudget':{'deep-bend':1}}");
    StretchProfile none = StretchProfile.none();
    time.settings =
        time.settings.withStretches(
            new StretchProfile(
                EnumSet.of(condition),
                false,
                null,
                null,
                none.liked(),
                none.hurts(),
                none.diary()));
    for (int day = 0; day < 20; day++) {
      Instant then = at("09:10").plus(Duration.ofDays(day));
      assertThat(time.see(then, Episodes.bend(then.minusSeconds(9), Duration.ofSeconds(9)).build()))
          .containsExactly("1 sent");
    }
    assertThat(time.alerts)
        .allMatch(alert -> alert.title().equals("A word about bending"))
        .noneMatch(alert -> alert.text().contains("knees"));
  }

  @Test
  void manyBendsDoNotPushOutASittingThatWaits() {
    time.manners(
        "{'dailyBudget':{'deep-bend':1,'long-sitting':8},'pausedUntil':'2026-03-02T09:00:00Z'}");
    time.see("09:30", sitting("09:00").until("09:30").holds("11:30"));
    for (int second = 0; second < 60; second++) {
      Instant from = at("09:31").plusSeconds(10L * second);
      time.see(from.plusSeconds(5), Episodes.bend(from, Duration.ofSeconds(4)).build());
    }
    assertThat(time.tick("10:00")).containsExactly("30 sent");
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void manyBendsDoNotMakeASittingThatWasToldTooOldToTell(int bendsADay) {
    time.manners("{'dailyBudget':{'deep-bend':" + bendsADay + ",'long-sitting':8}}");
    Episodes told = sitting("09:00").until("09:30");
    assertThat(time.see("09:30", told)).containsExactly("30 sent");
    Episodes closed = told.until("09:34").closed();
    time.see("09:35", closed);
    assertThat(revisedBehindManyBends(closed)).isEmpty();
  }

  @Test
  void manyBendsDoNotMakeASittingTooOldToTellThatWasToldUnderAnotherId() {
    time.manners("{'dailyBudget':{'deep-bend':1,'long-sitting':8}}");
    time.see("09:30", sitting("09:00").until("09:30"));
    Episodes moved = sitting("08:55").until("09:31");
    assertThat(time.see("09:31", moved)).containsExactly("30 already-alerted");
    Episodes closed = moved.until("09:34").closed();
    assertThat(time.see("09:35", closed)).isEmpty();
    assertThat(revisedBehindManyBends(closed)).isEmpty();
  }

  /**
   * What comes of a late revision of a sitting, a day and more bends later than are kept in mind.
   */
  private List<String> revisedBehindManyBends(Episodes sitting) {
    for (int number = 0; number < 40; number++) {
      Instant from = at("10:00").plusSeconds(10L * number);
      time.see(from.plusSeconds(5), Episodes.bend(from, Duration.ofSeconds(4)).build());
    }
    return time.see(at("09:00").plus(Duration.ofDays(1)), sitting.revision(7).build());
  }

  @Test
  void whatIsNeverToldIsNotRemembered() {
    time.see("09:30", sitting("09:00").until("09:30"));
    AlertState before = time.state;
    time.see("09:40", Episodes.bend(at("09:39"), Duration.ofSeconds(9)));
    assertThat(time.state).isEqualTo(before);
  }

  /** As a former version watched a load jump, which a snooze had made due. */
  @Test
  void whatIsNeverToldAndWasRememberedAllTheSameIsLetGo() {
    Episode bend = Episodes.bend(at("09:39"), Duration.ofSeconds(9)).build();
    time.state =
        AlertState.empty()
            .watch(
                new AlertState.Watched(
                    bend.id(), bend.revision(), Set.of(), bend, at("09:39"), at("09:40")));
    time.tick("09:41");
    assertThat(time.state.watched()).isEmpty();
  }

  @Test
  void whatTheWearerWroteDownIsNamedToo() {
    OwnStretch own =
        new OwnStretch(
            "own-wall-sit", "Wall sit", List.of("Lean on the wall."), "standing", 20, 2, 1, 1);
    StretchProfile none = StretchProfile.none();
    Set<String> others =
        Stretches.catalogue().all().stream().map(Stretch::id).collect(Collectors.toSet());
    time.settings =
        time.settings.withStretches(
            new StretchProfile(
                Set.of(), false, null, null, Set.of(), others, List.of(own), null, none.diary()));
    time.see("09:30", sitting("09:00").until("09:30"));
    time.see("12:00", inactive("11:00").until("12:00"));
    assertThat(time.alerts)
        .hasSize(2)
        .allMatch(alert -> alert.text().contains("\u201cWall sit\u201d"))
        .allMatch(alert -> own.id().equals(alert.stretch()));
  }

  @Test
  void noPhraseAsksToStandOrToWalk() {
    for (EpisodeKind kind : List.of(EpisodeKind.LONG_SITTING, EpisodeKind.INACTIVE)) {
      assertThat(Messages.in(Language.EN).phrases(kind))
          .extracting(Messages.Phrase::title)
          .noneMatch(title -> title.toLowerCase(Locale.ROOT).matches(".*(step|stand|walk).*"));
      assertThat(Messages.in(Language.DE).phrases(kind))
          .extracting(Messages.Phrase::title)
          .noneMatch(
              title -> title.toLowerCase(Locale.ROOT).matches(".*(schritt|steh|geh|lauf).*"));
    }
  }

  @Test
  void aNewSittingAfterARealBreakIsAlertedAgain() {
    time.see("09:30", sitting("09:00").until("09:30"));
    assertThat(time.see("09:33", sitting("09:00").until("09:32").closed())).isEmpty();
    assertThat(time.see("10:04", sitting("09:34").until("10:04"))).containsExactly("30 sent");
  }

  @Test
  void tellsOnlyTheHighestStepOfAnEpisodeThatAppearsLate() {
    assertThat(time.see("09:46", sitting("09:00").until("09:46").level(45)))
        .containsExactly("30 superseded", "45 sent");
    assertThat(time.see("09:47", sitting("09:00").until("09:46").level(45))).isEmpty();
    assertThat(time.see("09:48", sitting("09:00").until("09:48").revision(5)))
        .as("back to the lower level")
        .isEmpty();
  }

  @Test
  void bufferedDataOfSixHoursGivesDecisionsAndNoAlert() {
    Episodes first = sitting("08:00");
    assertThat(time.see("15:00", first.until("08:30"))).containsExactly("30 stale");
    assertThat(time.see("15:00", first.until("08:45").level(45)))
        .containsExactly("30 superseded", "45 stale");
    assertThat(time.see("15:00", first.until("08:50").level(45).closed())).isEmpty();
    assertThat(time.see("15:00", sitting("10:00").until("10:40").closed()))
        .containsExactly("30 stale");
    assertThat(time.alerts).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"09:30:00, 09:32:00, 30 sent", "09:30:00, 09:32:01, 30 stale"})
  void evidenceIsFreshForTwoMinutes(String until, String now, String expected) {
    assertThat(time.see(now, sitting("09:00").until(until))).containsExactly(expected);
  }

  @Test
  void aLiveHorizonIsFreshAndASpentOneIsNot() {
    assertThat(time.see("09:40", sitting("09:00").until("09:30").holds("11:00")))
        .containsExactly("30 sent");
    assertThat(time.see("13:40", sitting("12:00").until("12:30").holds("13:30")))
        .containsExactly("30 stale");
  }

  @Test
  void aStaleEpisodeThatCatchesUpWhileItGoesOnIsAlerted() {
    assertThat(time.see("09:50", sitting("09:00").until("09:35"))).containsExactly("30 stale");
    assertThat(time.see("09:50", sitting("09:00").until("09:49").level(45)))
        .containsExactly("30 superseded", "45 sent");
  }

  @Test
  void anEpisodeThatIsOverBeforeItCouldBeToldIsEnded() {
    assertThat(time.see("09:32", sitting("09:00").until("09:31").closed()))
        .containsExactly("30 ended");
    assertThat(time.see("09:33", sitting("09:00").until("09:31").closed())).isEmpty();
  }

  @Test
  void anotherEpisodeOverTheSameTimeIsNotAlertedAgain() {
    Episodes told = sitting("09:00").until("09:30");
    assertThat(time.see("09:30", told)).containsExactly("30 sent");
    assertThat(time.see("09:31", told.takenBack())).isEmpty();
    Episodes moved = sitting("08:55").until("09:31");
    assertThat(time.see("09:31", moved)).containsExactly("30 already-alerted");
    assertThat(time.see("09:40", moved.until("09:40").revision(2).level(45)))
        .containsExactly("45 sent");
    Episodes movedAgain = sitting("09:02").until("09:48").level(45);
    assertThat(time.see("09:48", movedAgain))
        .containsExactly("30 already-alerted", "45 already-alerted");
  }

  @Test
  void aStepIsDecidedToThoughAHigherOneWasToldOfTheEpisodeThatBrokeOff() {
    assertThat(time.see("09:46", sitting("09:00").until("09:46").level(45)))
        .containsExactly("30 superseded", "45 sent");
    Episodes second = sitting("09:44");
    assertThat(time.see("10:14", second.until("10:14"))).containsExactly("30 already-alerted");
    assertThat(time.see("10:29", second.until("10:29").revision(2).level(45)))
        .containsExactly("45 already-alerted");
    assertThat(time.see("10:31", second.until("10:31").revision(3).level(45))).isEmpty();
  }

  @Test
  void aStepIsDecidedToWhenTheSittingThatBrokeOffReachesTheNextNoMore() {
    Episodes second = oneThatBrokeOff();
    assertThat(time.see("10:29", second.until("10:29").revision(2).level(45)))
        .containsExactly("45 already-alerted");
    assertThat(time.see("10:31", second.until("10:31").revision(3).level(45).closed())).isEmpty();
  }

  @Test
  void aStepIsDecidedToWhenTheSittingBehindOneThatBrokeOffIsOver() {
    Episodes second = oneThatBrokeOff();
    assertThat(time.see("10:31", second.until("10:29").revision(2).level(45).closed()))
        .containsExactly("45 already-alerted");
    assertThat(time.see("10:32", second.until("10:30").revision(3).level(45).closed())).isEmpty();
  }

  /** The second of two sittings, seen when they still touched and the first had reached more. */
  private Episodes oneThatBrokeOff() {
    Episodes first = sitting("09:00");
    assertThat(time.see("09:46", first.until("09:46").level(45)))
        .containsExactly("30 superseded", "45 sent");
    Episodes second = sitting("09:44");
    assertThat(time.see("10:14", second.until("10:14"))).containsExactly("30 already-alerted");
    assertThat(time.see("10:15", first.until("09:40").revision(2).level(45).closed())).isEmpty();
    return second;
  }

  @Test
  void aChainOfRenamedEpisodesIsStillOne() {
    time.see("09:30", sitting("09:00").until("09:30"));
    assertThat(time.see("09:44", sitting("09:10").until("09:44")))
        .containsExactly("30 already-alerted");
    assertThat(time.see("10:05", sitting("09:35").until("10:05")))
        .containsExactly("30 already-alerted");
  }

  @ParameterizedTest
  @CsvSource({
    "travelling, travelling",
    "lying, in-bed",
    "not-worn, not-worn",
    "unknown, unknown-posture",
    "standing, on-the-feet",
    "cycling, on-the-feet"
  })
  void aPostureThatIsNoSittingHoldsTheAlertBackUntilItIsAgain(String posture, String reason) {
    Episodes sit = sitting("09:00").until("09:30");
    assertThat(time.see("09:30", sit.posture(Posture.of(posture)))).containsExactly("30 " + reason);
    assertThat(time.see("09:31", sit.until("09:31").revision(4).posture(Posture.of(posture))))
        .isEmpty();
    assertThat(time.see("09:32", sit.until("09:32").revision(8))).containsExactly("30 sent");
  }

  @Test
  void quietHoursRunOverMidnightAndTheAlertComesAfterThemWhileItIsTrue() {
    time.settings = Timeline.quiet("22:00", "07:00");
    Episodes sit = sitting("06:20").until("06:50").holds("08:00");
    assertThat(time.see("06:50", sit)).containsExactly("30 quiet-hours");
    assertThat(time.due()).contains(at("07:00"));
    assertThat(time.tick("06:59:59")).isEmpty();
    assertThat(time.tick("07:00")).containsExactly("30 sent");
    assertThat(time.alerts.get(0).text()).contains("40 minutes");
    assertThat(time.see("22:00", sitting("21:30").until("22:00")))
        .containsExactly("30 quiet-hours");
  }

  @Test
  void snoozeIsHonouredToTheSecondAndTheNextStepComesThen() {
    Episodes sit = sitting("09:00");
    time.see("09:30", sit.until("09:30"));
    time.answer("09:30:20", Action.SNOOZE, null);
    Episodes grown = sit.until("09:45").level(45).holds("11:00");
    assertThat(time.see("09:45", grown)).containsExactly("45 snoozed");
    assertThat(time.tick("09:45:19")).isEmpty();
    assertThat(time.tick("09:45:20")).containsExactly("45 sent");
    assertThat(time.tick("09:45:21")).isEmpty();
  }

  @Test
  void aSnoozedStepIsForgottenWhenTheWearerGetsUp() {
    Episodes sit = sitting("09:00");
    time.see("09:30", sit.until("09:30"));
    time.answer("09:31", Action.SNOOZE, 30);
    assertThat(time.see("09:45", sit.until("09:45").level(45))).containsExactly("45 snoozed");
    assertThat(time.see("09:50", sit.until("09:49").revision(7).level(45).closed()))
        .containsExactly("45 ended");
    assertThat(time.due()).isEmpty();
    assertThat(time.tick("10:01")).isEmpty();
  }

  @Test
  void anUpdateAfterTheSnoozeReleasesTheStepToo() {
    Episodes sit = sitting("09:00");
    time.see("09:30", sit.until("09:30"));
    time.answer("09:31", Action.SNOOZE, 30);
    time.see("09:45", sit.until("09:45").level(45));
    assertThat(time.see("10:01:30", sit.until("10:01").revision(9).level(60)))
        .containsExactly("45 sent");
    assertThat(time.alerts.get(1).text()).contains("61 minutes");
  }

  @Test
  void aSnoozedStepWithoutFreshEvidenceIsStaleWhenTheSnoozeEnds() {
    Episodes sit = sitting("09:00");
    time.see("09:30", sit.until("09:30"));
    time.answer("09:31", Action.SNOOZE, 30);
    time.see("09:45", sit.until("09:45").level(45));
    assertThat(time.tick("10:01")).containsExactly("45 stale");
    assertThat(time.tick("10:02")).isEmpty();
  }

  @Test
  void anAnswerThatItIsWrongSilencesTheEpisodeWhateverItsId() {
    time.see("09:30", sitting("09:00").until("09:30"));
    time.answer("09:31", Action.WRONG, null);
    assertThat(time.see("09:45", sitting("09:00").until("09:45").level(45)))
        .containsExactly("45 marked-wrong");
    assertThat(time.see("09:46", sitting("08:58").until("09:46").level(45)))
        .containsExactly("30 already-alerted", "45 marked-wrong");
    assertThat(time.see("11:00", sitting("10:30").until("11:00"))).containsExactly("30 sent");
  }

  @Test
  void anAnswerThatItIsWrongHoldsAlongAChainOfRenamedEpisodes() {
    time.see("09:30", sitting("09:00").until("09:30"));
    time.answer("09:31", Action.WRONG, null);
    time.see("09:50", sitting("08:58").until("09:50").level(45));
    assertThat(time.see("10:20", sitting("09:35").until("10:20").level(45)))
        .containsExactly("30 already-alerted", "45 marked-wrong");
  }

  @Test
  void doneAndDismissedChangeNothing() {
    time.see("09:30", sitting("09:00").until("09:30"));
    AlertState before = time.state;
    time.answer("09:31", Action.DONE, null);
    time.answer("09:31", Action.DISMISS, null);
    assertThat(time.state).isEqualTo(before.answered(time.alerts.get(0).id()));
    assertThat(time.see("09:45", sitting("09:00").until("09:45").level(45)))
        .containsExactly("45 sent");
  }

  @Test
  void anAlertOfAnotherKindWaitsTenMinutes() {
    assertThat(time.see("09:30", sitting("09:00").until("09:30"))).containsExactly("30 sent");
    Episodes still = inactive("08:35").until("09:35").holds("10:30");
    assertThat(time.see("09:35", still)).containsExactly("60 cooldown");
    assertThat(time.tick("09:39:59")).isEmpty();
    assertThat(time.tick("09:40")).containsExactly("60 sent");
    assertThat(time.alerts.get(1).text()).contains("from steps alone", "watch");
  }

  @Test
  void stepsFollowTheSettings() {
    time.settings = new WearerSettings(40, 5, LocalTime.of(7, 0), LocalTime.of(22, 0), null, null);
    assertThat(time.see("09:30", sitting("09:00").until("09:30"))).isEmpty();
    assertThat(time.see("09:40", sitting("09:00").until("09:40").level(40)))
        .containsExactly("40 sent");
    assertThat(time.see("09:45", sitting("09:00").until("09:45").revision(4).level(45)))
        .containsExactly("45 sent");
  }

  @Test
  void aRetractedEpisodeThatWaitsIsNotTold() {
    time.settings = Timeline.quiet("09:00", "10:00");
    Episodes sit = sitting("09:00").until("09:30").holds("12:00");
    assertThat(time.see("09:30", sit)).containsExactly("30 quiet-hours");
    assertThat(time.see("09:35", sit.takenBack())).containsExactly("30 retracted");
    assertThat(time.tick("10:00")).isEmpty();
  }

  @Test
  void aRetractionOfWhatWasOldAnywayIsNoNews() {
    Episodes old = sitting("09:00").until("09:30");
    assertThat(time.see("15:00", old)).containsExactly("30 stale");
    assertThat(time.see("15:00", old.takenBack())).isEmpty();
  }

  @Test
  void anOlderRevisionChangesNothing() {
    Episodes sit = sitting("09:00").until("09:31");
    time.see("09:31", sit.revision(3).closed());
    AlertState before = time.state;
    assertThat(time.see("09:31", sit.revision(2))).isEmpty();
    assertThat(time.state).isEqualTo(before);
  }

  @Test
  void aNightIsToldInTheMorningOnlyAndThatIsWrittenOnce() {
    var nights = sitting("02:00").until("02:40").build();
    var prone =
        new Episode(
            "e_prone",
            nights.wearer(),
            EpisodeKind.PRONE_SLEEP,
            nights.from(),
            nights.to(),
            nights.zone(),
            90,
            true,
            1,
            false,
            nights.evidence(),
            null);
    assertThat(time.see(at("02:40"), prone)).containsExactly("0 morning-only");
    assertThat(time.see(at("02:41"), prone)).isEmpty();
    assertThat(time.withheld).isEmpty();
  }

  @Test
  void whatIsForTheReportIsDecidedOnceAndNotOfOldFiles() {
    for (EpisodeKind kind : List.of(EpisodeKind.SUSTAINED_BEND, EpisodeKind.LOAD_JUMP)) {
      Episodes one = Episodes.bend(at("07:59"), Duration.ofMinutes(6)).of(kind);
      assertThat(time.see("08:10", one.revision(1)))
          .as("%s", kind)
          .containsExactly("0 report-only");
      assertThat(time.see("08:20", one.revision(2))).isEmpty();
      assertThat(time.see("08:30", one.revision(1).takenBack())).isEmpty();
      assertThat(time.see(at("08:10").plus(Duration.ofDays(1)), one.revision(1).build())).isEmpty();
    }
    assertThat(time.state.watched()).isEmpty();
    assertThat(time.withheld).isEmpty();
  }

  @Test
  void forgetsWhatIsOlderThanTwoDaysAndMoreThanItsFill() {
    time.see("09:30", sitting("09:00").until("09:30"));
    for (int day = 3; day < 60; day++) {
      Duration later = Duration.ofDays(day);
      Episodes old = sitting("09:00");
      Episodes moved =
          new Episodes(
              old.wearer(),
              old.kind(),
              old.from().minus(later),
              old.from().minus(later).plusSeconds(2400),
              old.from().minus(later).plusSeconds(2400),
              30,
              false,
              1,
              false,
              Posture.SITTING,
              old.source());
      assertThat(time.see(at("10:00"), moved.build())).containsExactly("30 stale");
    }
    assertThat(time.state.watched()).hasSize(AlertState.MOST_WATCHED);
    Instant fourDaysOn = at("10:00").plus(Duration.ofDays(4));
    Episodes next = sitting("12:00").until(fourDaysOn);
    time.see(fourDaysOn, next.build());
    assertThat(time.state.told()).extracting(AlertState.Told::from).doesNotContain(at("09:00"));
    assertThat(time.state.watched()).hasSize(1);
  }
}
