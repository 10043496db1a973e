package io.lumbar.history;

import static io.lumbar.history.Samples.ANNA;
import static io.lumbar.history.Samples.BEN;
import static io.lumbar.history.Samples.ZONE;
import static io.lumbar.history.Samples.alert;
import static io.lumbar.history.Samples.at;
import static io.lumbar.history.Samples.batch;
import static io.lumbar.history.Samples.bout;
import static io.lumbar.history.Samples.day;
import static io.lumbar.history.Samples.decision;
import static io.lumbar.history.Samples.episode;
import static io.lumbar.history.Samples.night;
import static io.lumbar.history.Samples.response;
import static io.lumbar.history.Samples.sitting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.history.HistoryStore.AnsweredAlert;
import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.history.HistoryStore.HistoryRefused;
import io.lumbar.history.HistoryStore.Page;
import io.lumbar.history.HistoryStore.PassedBarrier;
import io.lumbar.history.HistoryStore.Range;
import io.lumbar.history.HistoryStore.Reading;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Experiment;
import io.lumbar.model.ForgottenDates;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every adapter of the store must do. */
public abstract class HistoryStoreContract {
  private static final Range ALL = Range.all(1000);

  protected HistoryStore store;

  /** An empty store. */
  protected abstract HistoryStore open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private static Range between(double from, double to) {
    return new Range(at(from), at(to), 1000, null);
  }

  private List<Bout> bouts() {
    return store.bouts(ANNA, null, ALL).items();
  }

  @Test
  void answersEmptyBeforeAnythingIsWritten() {
    assertThat(bouts()).isEmpty();
    assertThat(store.episodes(ANNA, ALL).items()).isEmpty();
    assertThat(store.alerts(ANNA, ALL).items()).isEmpty();
    assertThat(store.decisions(ANNA, ALL).items()).isEmpty();
    assertThat(store.days(ANNA, LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-31")))
        .isEmpty();
    LocalDate day = LocalDate.parse("2026-03-02");
    assertThat(store.dates(ANNA, day, day)).isEqualTo(new HistoryStore.Dates(List.of(), List.of()));
    assertThat(store.details(ANNA, at(0), at(30)))
        .isEqualTo(new HistoryStore.Details(List.of(), List.of(), List.of(), List.of()));
    assertThat(store.alert("a_none")).isEmpty();
    assertThat(store.latestBout(ANNA)).isEmpty();
    assertThat(store.passed(ANNA, "i_none")).isFalse();
    assertThat(store.check().ok()).as(store.check().detail()).isTrue();
  }

  @Test
  void givesBackEveryFieldOfEveryRecord() {
    Bout night = bout(ANNA, Posture.LYING, -600.00005, -60.5, 3, false);
    Bout open =
        new Bout(
            "b_open",
            ANNA,
            Posture.SITTING,
            at(0),
            at(20.5),
            at(260),
            ZONE,
            night.placement(),
            true,
            7,
            false,
            null);
    Alert alert = alert(ANNA, 0, 30, "You sat for 30 minutes.");
    Decision decision = decision(ANNA, 0, "sent", 30);
    store.write(batch(night, open, episode(ANNA, 0, 40, 2, false), alert, decision));

    assertThat(bouts()).containsExactly(night, open);
    assertThat(store.episodes(ANNA, ALL).items()).containsExactly(episode(ANNA, 0, 40, 2, false));
    assertThat(store.alerts(ANNA, ALL).items()).containsExactly(new AnsweredAlert(alert, null));
    assertThat(store.decisions(ANNA, ALL).items()).containsExactly(decision);
  }

  @Test
  void anAlertThatWasMissedStandsInTheListOnceAndAsMissed() {
    Alert sent = alert(ANNA, 0, 30, "You sat for 30 minutes.");
    Alert missed =
        new Alert(
            sent.id(),
            sent.wearer(),
            sent.episode(),
            sent.kind(),
            sent.step(),
            sent.at(),
            sent.since(),
            sent.zone(),
            sent.title(),
            sent.text(),
            sent.stretch(),
            "missed");
    store.write(batch(sent));
    store.write(batch(missed));

    assertThat(store.alerts(ANNA, ALL).items()).containsExactly(new AnsweredAlert(missed, null));
    assertThat(store.alert(sent.id())).map(AnsweredAlert::alert).contains(missed);
  }

  @Test
  void sameBatchAgainChangesNothing() {
    Alert alert = alert(ANNA, 0, 30, "text");
    var batch =
        batch(
            sitting(0, 40),
            episode(ANNA, 0, 40, 1, false),
            alert,
            response(alert, AlertResponse.Action.DONE, 31),
            decision(ANNA, 0, "sent", 30),
            day(ANNA, LocalDate.parse("2026-03-02"), ZONE, 1),
            new PassedBarrier(ANNA, "i_1", Topic.BOUTS.topicName()));
    store.write(batch);
    store.write(batch);

    assertThat(bouts()).hasSize(1);
    assertThat(store.episodes(ANNA, ALL).items()).hasSize(1);
    assertThat(store.alerts(ANNA, ALL).items()).hasSize(1);
    assertThat(store.decisions(ANNA, ALL).items()).hasSize(1);
    assertThat(store.days(ANNA, LocalDate.parse("2026-03-02"), LocalDate.parse("2026-03-02")))
        .hasSize(1);
    assertThat(store.passed(ANNA, "i_1")).isFalse();
  }

  @Test
  void emptyBatchIsFine() {
    store.write(batch());
    assertThat(bouts()).isEmpty();
  }

  @Test
  void higherRevisionReplacesLowerInAnyOrder() {
    Bout first = bout(ANNA, Posture.SITTING, 0, 10, 1, false);
    Bout second = bout(ANNA, Posture.SITTING, 0, 20, 2, false);
    Bout third = bout(ANNA, Posture.SITTING, 0, 30, 3, false);
    store.write(batch(third, first));
    assertThat(bouts()).containsExactly(third);
    store.write(batch(second));
    assertThat(bouts()).containsExactly(third);

    store.write(batch(episode(ANNA, 0, 50, 5, false)));
    store.write(batch(episode(ANNA, 0, 40, 4, false)));
    assertThat(store.episodes(ANNA, ALL).items()).containsExactly(episode(ANNA, 0, 50, 5, false));
  }

  @Test
  void anotherStoreOnTheSameDataKeepsRevisions() throws Exception {
    store.write(batch(bout(ANNA, Posture.SITTING, 0, 20, 2, false)));
    try (HistoryStore again = reopen()) {
      again.write(batch(bout(ANNA, Posture.SITTING, 0, 10, 1, false)));
      assertThat(again.bouts(ANNA, null, ALL).items())
          .containsExactly(bout(ANNA, Posture.SITTING, 0, 20, 2, false));
    }
  }

  /** Another store on the data of {@link #store}, as after a restart. */
  protected abstract HistoryStore reopen() throws Exception;

  @Test
  void retractedBoutsAndEpisodesVanishAndMayComeBack() {
    store.write(batch(sitting(0, 10), episode(ANNA, 0, 40, 1, false)));
    store.write(batch(bout(ANNA, Posture.SITTING, 0, 10, 2, true), episode(ANNA, 0, 40, 2, true)));
    assertThat(bouts()).isEmpty();
    assertThat(store.episodes(ANNA, ALL).items()).isEmpty();
    assertThat(store.latestBout(ANNA)).isEmpty();

    store.write(batch(sitting(0, 10), episode(ANNA, 0, 40, 1, false)));
    assertThat(bouts()).isEmpty();
    assertThat(store.episodes(ANNA, ALL).items()).isEmpty();

    Bout back = bout(ANNA, Posture.SITTING, 0, 12, 3, false);
    store.write(batch(back, episode(ANNA, 0, 41, 3, false)));
    assertThat(bouts()).containsExactly(back);
    assertThat(store.episodes(ANNA, ALL).items()).hasSize(1);
  }

  @Test
  void retractedBoutDoesNotHideAnotherPostureOfTheSameStart() {
    Bout standing = bout(ANNA, Posture.STANDING, 0, 10, 1, false);
    store.write(batch(sitting(0, 10)));
    store.write(batch(standing, bout(ANNA, Posture.SITTING, 0, 10, 2, true)));
    assertThat(bouts()).containsExactly(standing);
    assertThat(store.latestBout(ANNA)).contains(standing);
  }

  @Test
  void listsWhatOverlapsTheRangeWithItsEndExclusive() {
    Bout before = sitting(-20, 0);
    Bout across = bout(ANNA, Posture.LYING, 0.5, 15, 1, false);
    Bout inside = sitting(15, 20);
    Bout point = bout(ANNA, Posture.WALKING, 25, 25, 1, false);
    Bout after = sitting(30, 40);
    store.write(batch(after, point, inside, across, before));

    assertThat(store.bouts(ANNA, null, between(0, 30)).items())
        .containsExactly(across, inside, point);
    assertThat(store.bouts(ANNA, null, between(14, 15)).items()).containsExactly(across);
    assertThat(store.bouts(ANNA, null, between(25, 26)).items()).containsExactly(point);
    assertThat(store.bouts(ANNA, null, between(24, 25)).items()).isEmpty();
    assertThat(store.bouts(ANNA, null, new Range(null, at(15), 10, null)).items())
        .containsExactly(before, across);
    assertThat(store.bouts(ANNA, null, new Range(at(20), null, 10, null)).items())
        .containsExactly(point, after);
    assertThat(store.bouts(ANNA, null, new Range(Instant.MIN, Instant.MAX, 10, null)).items())
        .hasSize(5);
  }

  @Test
  void findsWhatBeganDaysBeforeTheRangeAndReachesIntoIt() {
    Bout recumbent = bout(ANNA, Posture.LYING, -5 * 1440, 10, 1, false);
    List<Object> years = new ArrayList<>();
    for (int day = 6; day < 200; day++) {
      years.add(sitting(-day * 1440, -day * 1440 + 30));
    }
    years.add(recumbent);
    years.add(episode(ANNA, -3 * 1440, 5, 1, false));
    years.add(sitting(10, 20));
    store.write(batch(years));

    assertThat(store.bouts(ANNA, null, between(0, 30)).items())
        .containsExactly(recumbent, sitting(10, 20));
    Page<Bout> first = store.bouts(ANNA, null, new Range(at(0), at(30), 1, null));
    assertThat(first.items()).containsExactly(recumbent);
    assertThat(store.bouts(ANNA, null, new Range(at(0), at(30), 1, first.next())).items())
        .containsExactly(sitting(10, 20));
    assertThat(store.bouts(ANNA, Posture.LYING, between(0, 30)).items()).containsExactly(recumbent);
    assertThat(store.episodes(ANNA, between(0, 30)).items()).hasSize(1);
  }

  @Test
  void tellsAllOfASpanAtOnceAsTheListsTellIt() {
    Alert answered = alert(ANNA, 0, 30, "You sat for 30 minutes.");
    store.write(
        batch(
            bout(ANNA, Posture.LYING, -5 * 1440, 40, 1, false),
            sitting(45, 50),
            sitting(80, 90),
            answered,
            alert(ANNA, 10, 60, "You sat for 60 minutes."),
            alert(ANNA, 20, 90, "Later."),
            response(answered, AlertResponse.Action.DONE, 31),
            response(answered, AlertResponse.Action.SNOOZE, 30.5),
            decision(ANNA, 10, "sent", 60),
            decision(ANNA, 0, "sent", 30),
            decision(ANNA, 20, "sent", 90)));
    HistoryStore.Details details = store.details(ANNA, at(30), at(75));

    assertThat(details.bouts())
        .hasSize(2)
        .isEqualTo(store.bouts(ANNA, null, between(30, 75)).items());
    assertThat(details.alerts()).hasSize(2).isEqualTo(store.alerts(ANNA, between(30, 75)).items());
    assertThat(details.decisions())
        .hasSize(2)
        .isEqualTo(store.decisions(ANNA, between(30, 75)).items());
    assertThat(details.experiments()).isEqualTo(store.experiments(ANNA));
    assertThat(store.details(BEN, at(30), at(75)))
        .isEqualTo(new HistoryStore.Details(List.of(), List.of(), List.of(), List.of()));
  }

  @Test
  void listsEpisodesThatOverlapTheRange() {
    store.write(batch(episode(ANNA, 0, 40, 1, false), episode(ANNA, 60, 100, 1, false)));
    assertThat(store.episodes(ANNA, between(39, 61)).items()).hasSize(2);
    assertThat(store.episodes(ANNA, between(40, 60)).items()).isEmpty();
  }

  @Test
  void listsOnePostureWhenAsked() {
    Bout standing = bout(ANNA, Posture.STANDING, 10, 20, 1, false);
    store.write(batch(sitting(0, 10), standing, sitting(20, 30)));
    assertThat(store.bouts(ANNA, Posture.STANDING, ALL).items()).containsExactly(standing);
    assertThat(store.bouts(ANNA, Posture.SITTING, ALL).items())
        .containsExactly(sitting(0, 10), sitting(20, 30));
  }

  @Test
  void latestBoutIsTheOneThatStartsLast() {
    store.write(batch(sitting(20, 30)));
    store.write(batch(bout(ANNA, Posture.STANDING, 0, 10, 1, false)));
    assertThat(store.latestBout(ANNA)).contains(sitting(20, 30));
  }

  @Test
  void keepsWearersApart() {
    Alert annas = alert(ANNA, 0, 30, "hers");
    Alert bens = alert(BEN, 0, 30, "his");
    store.write(
        batch(
            sitting(0, 10),
            bout(BEN, Posture.SITTING, 0, 20, 1, false),
            episode(ANNA, 0, 40, 1, false),
            annas,
            bens,
            decision(BEN, 0, "sent", 30),
            day(BEN, LocalDate.parse("2026-03-02"), ZONE, 1)));
    assertThat(bouts()).containsExactly(sitting(0, 10));
    assertThat(store.bouts(BEN, null, ALL).items()).hasSize(1);
    assertThat(store.episodes(BEN, ALL).items()).isEmpty();
    assertThat(store.alerts(BEN, ALL).items()).containsExactly(new AnsweredAlert(bens, null));
    assertThat(store.decisions(ANNA, ALL).items()).isEmpty();
    assertThat(store.days(ANNA, LocalDate.parse("2026-03-02"), LocalDate.parse("2026-03-02")))
        .isEmpty();
    assertThat(store.latestBout(BEN).orElseThrow().wearer()).isEqualTo(BEN);
  }

  @Test
  void pagesThroughEverythingOnce() {
    List<Object> records = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      records.add(sitting(i * 10, i * 10 + 10));
      records.add(alert(ANNA, i * 100, 3000, "all decided in one millisecond"));
      records.add(decision(ANNA, i * 100, "stale", 3000));
    }
    Collections.shuffle(records, new Random(1));
    store.write(batch(records));

    List<Bout> bouts = new ArrayList<>();
    List<String> alerts = new ArrayList<>();
    List<String> decisions = new ArrayList<>();
    String next = null;
    do {
      Page<Bout> page = store.bouts(ANNA, null, new Range(null, null, 7, next));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(7);
      bouts.addAll(page.items());
      next = page.next();
    } while (next != null);
    do {
      Page<AnsweredAlert> page = store.alerts(ANNA, new Range(at(0), null, 7, next));
      page.items().forEach(each -> alerts.add(each.alert().id()));
      next = page.next();
    } while (next != null);
    do {
      Page<Decision> page = store.decisions(ANNA, new Range(null, null, 7, next));
      page.items().forEach(each -> decisions.add(each.id()));
      next = page.next();
    } while (next != null);

    assertThat(bouts)
        .hasSize(25)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(Comparator.comparing(Bout::from));
    assertThat(alerts).hasSize(25).doesNotHaveDuplicates().isSorted();
    assertThat(decisions).hasSize(25).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void lastPageHasNoNextWhenItIsExactlyFull() {
    store.write(batch(sitting(0, 10), sitting(10, 20)));
    assertThat(store.bouts(ANNA, null, Range.all(2)).next()).isNull();
    assertThat(store.bouts(ANNA, null, Range.all(1)).next()).isNotNull();
  }

  @Test
  void refusesWhatIsNoCursor() {
    assertThatThrownBy(() -> store.bouts(ANNA, null, new Range(null, null, 10, "x' OR 1=1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a cursor");
  }

  @Test
  void cursorsWithQuotesStayCursors() {
    store.write(batch(sitting(0, 10)));
    Range range = new Range(null, null, 10, "0~' OR '1'='1");
    assertThat(store.bouts(ANNA, null, range).items()).hasSize(1);
    assertThat(store.alert("' OR ''='")).isEmpty();
    assertThat(store.passed(ANNA, "\\' OR '1'='1")).isFalse();
  }

  @Test
  void newestResponseWins() {
    Alert alert = alert(ANNA, 0, 30, "text");
    AlertResponse snooze = response(alert, AlertResponse.Action.SNOOZE, 31);
    AlertResponse done = response(alert, AlertResponse.Action.DONE, 40);
    store.write(batch(done));
    store.write(batch(alert, alert(ANNA, 60, 90, "unanswered")));
    store.write(batch(snooze));

    assertThat(store.alert(alert.id())).contains(new AnsweredAlert(alert, done));
    assertThat(store.alerts(ANNA, ALL).items())
        .containsExactly(
            new AnsweredAlert(alert, done),
            new AnsweredAlert(alert(ANNA, 60, 90, "unanswered"), null));
  }

  @Test
  void theEndOfASnoozeIsNoAnswerToItsAlert() {
    Alert alert = alert(ANNA, 0, 30, "text");
    Alert other = alert(ANNA, 60, 90, "unanswered");
    AlertResponse wrong = response(alert, AlertResponse.Action.WRONG, 31);
    store.write(batch(alert, other));
    store.write(batch(wrong));
    store.write(batch(endOfSnooze(alert, 40), endOfSnooze(other, 91)));

    assertThat(store.alert(alert.id())).contains(new AnsweredAlert(alert, wrong));
    assertThat(store.alerts(ANNA, ALL).items())
        .containsExactly(new AnsweredAlert(alert, wrong), new AnsweredAlert(other, null));
  }

  private static AlertResponse endOfSnooze(Alert alert, double at) {
    return new AlertResponse(
        alert.id(), alert.wearer(), AlertResponse.Action.SNOOZE, null, null, at(at), at(at));
  }

  @Test
  void listsAlertsAndDecisionsOfTheirInstantWithTheEndExclusive() {
    store.write(
        batch(
            alert(ANNA, 0, 30, "first"),
            alert(ANNA, 60, 90, "second"),
            decision(ANNA, 0, "sent", 30),
            decision(ANNA, 60, "sent", 90)));
    assertThat(store.alerts(ANNA, between(30, 90)).items())
        .extracting(each -> each.alert().text())
        .containsExactly("first");
    assertThat(store.decisions(ANNA, between(30.001, 90.001)).items())
        .containsExactly(decision(ANNA, 60, "sent", 90));
  }

  @Test
  void keepsAnyText() {
    String text = "Zeit aufzustehen 🧍‍♀️ \"quoted\", a=b\\, 'single'\nand a new line\t\\n \\";
    Alert alert = alert(ANNA, 0, 30, text);
    store.write(batch(alert));
    assertThat(store.alert(alert.id()).orElseThrow().alert().text()).isEqualTo(text);
  }

  @Test
  void listsDaysByLocalDateThroughClockChanges() {
    List<DaySummary> days = new ArrayList<>();
    for (LocalDate date = LocalDate.parse("2026-03-27");
        date.isBefore(LocalDate.parse("2026-04-01"));
        date = date.plusDays(1)) {
      days.add(day(ANNA, date, ZONE, 1));
    }
    LocalDate autumn = LocalDate.parse("2026-10-25");
    DaySummary long25 = day(ANNA, autumn, ZONE, 1);
    // In Cairo midnight itself is skipped: the day begins at 01:00.
    DaySummary noMidnight = day(ANNA, LocalDate.parse("2026-04-24"), ZoneId.of("Africa/Cairo"), 1);
    store.write(batch(days));
    store.write(batch(long25, noMidnight));

    assertThat(store.days(ANNA, LocalDate.parse("2026-03-28"), LocalDate.parse("2026-03-30")))
        .containsExactlyElementsOf(days.subList(1, 4));
    assertThat(store.days(ANNA, autumn, autumn)).containsExactly(long25);
    assertThat(store.days(ANNA, noMidnight.date(), noMidnight.date())).containsExactly(noMidnight);
    assertThat(store.days(ANNA, LocalDate.MIN, LocalDate.MAX)).hasSize(7);
    assertThat(store.days(ANNA, autumn, autumn.minusDays(1))).isEmpty();
  }

  @Test
  void dayIsReplacedByItsHigherRevisionEvenInAnotherZone() {
    LocalDate date = LocalDate.parse("2026-03-02");
    DaySummary far = day(ANNA, date, ZoneId.of("Pacific/Kiritimati"), 2);
    store.write(batch(day(ANNA, date, ZONE, 1)));
    store.write(batch(far));
    store.write(batch(day(ANNA, date, ZONE, 1)));
    assertThat(store.days(ANNA, date, date)).containsExactly(far);
    assertThat(store.days(ANNA, date.minusDays(1), date.minusDays(1))).isEmpty();
  }

  @Test
  void listsNightsByDateOfWakingAndLeavesOutWhatWasRetracted() {
    LocalDate date = LocalDate.parse("2026-03-29");
    NightSummary first = night(ANNA, date.minusDays(1), ZONE, 1, false);
    NightSummary second = night(ANNA, date, ZONE, 3, false);
    store.write(batch(second, first, night(BEN, date, ZONE, 1, false)));
    store.write(batch(night(ANNA, date, ZONE, 2, true)));
    assertThat(store.nights(ANNA, date.minusDays(1), date)).containsExactly(first, second);
    store.write(batch(day(ANNA, date, ZONE, 1)));
    assertThat(store.dates(ANNA, date, date))
        .isEqualTo(new HistoryStore.Dates(List.of(day(ANNA, date, ZONE, 1)), List.of(second)));
    assertThat(store.nights(ANNA, date.minusDays(1), date.minusDays(1))).containsExactly(first);
    store.write(batch(night(ANNA, date, ZONE, 4, true)));
    assertThat(store.nights(ANNA, LocalDate.MIN, LocalDate.MAX)).containsExactly(first);
    assertThat(store.nights(BEN, date, date)).hasSize(1);
    NightSummary again = night(ANNA, date, ZoneId.of("Pacific/Kiritimati"), 5, false);
    store.write(batch(again));
    assertThat(store.nights(ANNA, date, date)).containsExactly(again);
  }

  @Test
  void barrierIsPassedOnceSeenInBoutsEpisodesDaysAndNights() {
    store.write(
        batch(
            new PassedBarrier(ANNA, "i_1", Topic.BOUTS.topicName()),
            new PassedBarrier(ANNA, "i_1", Topic.DAYS.topicName()),
            new PassedBarrier(ANNA, "i_1", Topic.ALERTS.topicName()),
            new PassedBarrier(ANNA, "i_2", Topic.EPISODES.topicName()),
            new PassedBarrier(BEN, "i_1", Topic.EPISODES.topicName())));
    assertThat(store.passed(ANNA, "i_1")).isFalse();
    store.write(batch(new PassedBarrier(ANNA, "i_1", Topic.EPISODES.topicName())));
    assertThat(store.passed(ANNA, "i_1")).isFalse();
    store.write(batch(new PassedBarrier(ANNA, "i_1", Topic.NIGHTS.topicName())));
    assertThat(store.passed(ANNA, "i_1")).isTrue();
    assertThat(store.passed(BEN, "i_1")).isFalse();
    assertThat(store.passed(ANNA, "i_2")).isFalse();
  }

  @Test
  void erasesAWearerWholeAndNobodyElse() {
    Alert alert = alert(ANNA, 0, 30, "You sat for 30 minutes.");
    Alert others = alert(BEN, 0, 30, "You sat for 30 minutes.");
    LocalDate date = LocalDate.parse("2026-03-02");
    for (WearerId wearer : List.of(ANNA, BEN)) {
      store.write(
          batch(
              bout(wearer, Posture.SITTING, 0, 40, 1, false),
              bout(wearer, Posture.STANDING, 40, 45, 2, true),
              episode(wearer, 0, 40, 1, false),
              decision(wearer, 0, "sent", 30),
              day(wearer, date, ZONE, 1),
              night(wearer, date, ZONE, 1, false),
              new PassedBarrier(wearer, "i_1", Topic.BOUTS.topicName())));
    }
    store.write(batch(alert, others, response(alert, AlertResponse.Action.DONE, 31)));
    store.note(List.of(reading(ANNA, "days", 1)));

    Erasure erasure = Erasure.everything(ANNA, at(50));
    store.erase(erasure);
    store.erase(erasure);

    assertThat(bouts()).isEmpty();
    assertThat(store.episodes(ANNA, ALL).items()).isEmpty();
    assertThat(store.alerts(ANNA, ALL).items()).isEmpty();
    assertThat(store.alert(alert.id())).isEmpty();
    assertThat(store.decisions(ANNA, ALL).items()).isEmpty();
    assertThat(store.days(ANNA, date, date)).isEmpty();
    assertThat(store.nights(ANNA, date, date)).isEmpty();
    assertThat(store.readings(ANNA, at(-9000), at(9000))).isEmpty();
    assertThat(store.erasures(at(0))).containsExactly(erasure);
    assertThat(store.erasures(at(51))).isEmpty();
    // Who counted before the end may still want to write it down.
    store.note(List.of(reading(ANNA, "days", 2)));
    assertThat(store.readings(ANNA, at(-9000), at(9000))).isEmpty();
    assertThat(store.bouts(BEN, null, ALL).items()).hasSize(1);
    assertThat(store.alert(others.id())).isPresent();
    assertThat(store.nights(BEN, date, date)).hasSize(1);
  }

  @Test
  void forgetsWhatBeganInASpanAndWhatWasToldOfIt() {
    Alert before = alert(ANNA, -60, -30, "before");
    Alert within = alert(ANNA, 10, 40, "within");
    Alert toldLater = alert(ANNA, 50, 80, "of the span, told later");
    Alert after = alert(ANNA, 61, 91, "after");
    Bout early = sitting(-60, 5);
    Bout late = sitting(61, 100);
    store.write(
        batch(
            early,
            sitting(10, 45),
            late,
            episode(ANNA, 10, 45, 1, false),
            episode(ANNA, 61, 100, 1, false),
            before,
            within,
            toldLater,
            after,
            response(within, AlertResponse.Action.DONE, 41),
            decision(ANNA, 10, "cooldown", 42),
            decision(ANNA, 61, "sent", 91)));

    Erasure span = new Erasure(ANNA, at(0), at(60), at(120));
    store.erase(span);
    store.erase(span);

    assertThat(bouts()).containsExactly(early, late);
    assertThat(store.episodes(ANNA, ALL).items()).hasSize(1);
    assertThat(store.alerts(ANNA, ALL).items())
        .extracting(AnsweredAlert::alert)
        .containsExactly(before, after);
    assertThat(store.alert(within.id())).isEmpty();
    assertThat(store.decisions(ANNA, ALL).items()).hasSize(1);
    assertThat(store.erasures(at(0))).containsExactly(span);
    // Analytics takes back what began there, and starts what goes on at the end of the span.
    store.write(batch(bout(ANNA, Posture.SITTING, 10, 45, 2, true), sitting(60, 61)));
    assertThat(bouts()).containsExactly(early, sitting(60, 61), late);
  }

  @Test
  void ofASpanOfFortyDaysAgoTheDaysAndNightsThatCannotBeSummedAnewGoWhole() {
    LocalDate date = LocalDate.parse("2026-03-02");
    List<LocalDate> around = date.minusDays(2).datesUntil(date.plusDays(3)).toList();
    for (WearerId wearer : List.of(ANNA, BEN)) {
      for (LocalDate each : around) {
        store.write(batch(day(wearer, each, ZONE, 3), night(wearer, each, ZONE, 3, false)));
      }
    }
    Bout within = sitting(10, 45);
    store.write(batch(within));
    int asked = 40 * 1440;
    // From nine o'clock to eleven of the 2nd; whether the 3rd can be summed anew does not matter.
    ForgottenDates lost = new ForgottenDates(ANNA, at(0), at(120), around);

    for (int i = 0; i < 2; i++) {
      store.erase(new Erasure(ANNA, at(0), at(120), at(asked)));
      store.dropDays(lost);
      store.dropNights(lost);
    }

    assertThat(bouts()).isEmpty();
    assertThat(store.days(ANNA, around.get(0), around.get(4)))
        .extracting(DaySummary::date)
        .containsExactly(around.get(0), around.get(1), around.get(3), around.get(4));
    // The pain of that morning was told before noon perhaps.
    assertThat(store.nights(ANNA, around.get(0), around.get(4)))
        .extracting(NightSummary::date)
        .containsExactly(around.get(0), around.get(1), around.get(3), around.get(4));
    assertThat(store.days(BEN, date, date)).hasSize(1);
    assertThat(store.nights(BEN, date, date)).hasSize(1);
    // What is published after that is new, whatever its revision.
    store.write(batch(day(ANNA, date, ZONE, 1), night(ANNA, date, ZONE, 1, false)));
    assertThat(store.days(ANNA, date, date)).containsExactly(day(ANNA, date, ZONE, 1));
    assertThat(store.nights(ANNA, date, date)).hasSize(1);
  }

  @Test
  void aDateThatCanBeSummedAnewIsLeftToThat() {
    LocalDate date = LocalDate.parse("2026-03-02");
    store.write(batch(day(ANNA, date, ZONE, 3), night(ANNA, date, ZONE, 4, true)));
    ForgottenDates other = new ForgottenDates(ANNA, at(0), at(120), List.of(date.plusDays(1)));
    store.dropDays(other);
    store.dropNights(new ForgottenDates(ANNA, at(0), at(120), List.of(date)));
    assertThat(store.days(ANNA, date, date)).hasSize(1);
    // Of what was retracted the revision stays.
    store.write(batch(night(ANNA, date, ZONE, 3, false)));
    assertThat(store.nights(ANNA, date, date)).isEmpty();
  }

  @Test
  void ofAnAlertThatTellsOfTheFirstMomentOfASpanNothingStays() {
    Instant first = at(0).plusMillis(250);
    Alert edge = since(first, 90);
    Alert before = since(first.minusMillis(1), 95);
    store.write(batch(edge, before, response(edge, AlertResponse.Action.DONE, 91)));
    List<String> gone = store.erase(new Erasure(ANNA, first, at(60), at(120)));
    assertThat(gone).containsExactly(edge.id());
    assertThat(store.alerts(ANNA, ALL).items())
        .extracting(AnsweredAlert::alert)
        .containsExactly(before);
  }

  private static Alert since(Instant since, double at) {
    Alert one = alert(ANNA, at - 30, at, "told");
    return new Alert(
        one.id(),
        one.wearer(),
        one.episode(),
        one.kind(),
        one.step(),
        one.at(),
        since,
        one.zone(),
        one.title(),
        one.text(),
        one.stretch(),
        one.decision());
  }

  @Test
  void noteOfAnErasureThatMakesNoSenseHidesNoOther() {
    Erasure span = new Erasure(ANNA, at(0), at(60), at(120));
    store.erase(span);
    // Both ends are the same millisecond.
    store.erase(new Erasure(ANNA, at(5).plusNanos(100_000), at(5).plusNanos(400_000), at(121)));
    Erasure whole = Erasure.everything(BEN, at(122));
    store.erase(whole);

    assertThat(store.erasures(at(0))).containsExactly(span, whole);
  }

  @Test
  void letsGoWhatIsOlderThanIsKept() {
    LocalDate first = LocalDate.parse("2026-03-01");
    LocalDate second = LocalDate.parse("2026-03-02");
    Alert old = alert(ANNA, 0, 30, "old");
    Alert young = alert(ANNA, 100, 130, "young");
    store.write(
        batch(
            sitting(0, 40),
            sitting(50, 90),
            sitting(100, 140),
            episode(ANNA, 0, 40, 1, false),
            episode(ANNA, 50, 90, 1, false),
            old,
            young,
            decision(ANNA, 0, "sent", 30),
            day(ANNA, first, ZONE, 1),
            day(ANNA, second, ZONE, 1),
            night(ANNA, first, ZONE, 1, false),
            night(ANNA, second, ZONE, 1, false)));

    store.expire(at(60), null);

    assertThat(bouts()).containsExactly(sitting(100, 140));
    assertThat(store.episodes(ANNA, ALL).items()).isEmpty();
    assertThat(store.alerts(ANNA, ALL).items()).hasSize(1);
    assertThat(store.alert(old.id())).isEmpty();
    assertThat(store.alert(young.id())).isPresent();
    assertThat(store.decisions(ANNA, ALL).items()).isEmpty();
    assertThat(store.days(ANNA, first, second)).hasSize(2);

    store.expire(null, second);

    assertThat(store.days(ANNA, first, second)).extracting(DaySummary::date).containsOnly(second);
    assertThat(store.nights(ANNA, first, second))
        .extracting(NightSummary::date)
        .containsOnly(second);
    assertThat(bouts()).hasSize(1);
  }

  @Test
  void aDayOfWhichEverythingWasTakenBackIsGoneAndMayComeBack() throws Exception {
    LocalDate date = LocalDate.parse("2026-03-02");
    store.write(batch(dayWithPain(date, 1)));
    DaySummary nothing =
        new DaySummary(
            ANNA, date, ZONE, 2, Map.of(), new DaySummary.Sitting(0, 0, 0, 0, 0, 0, 0), 0, 0);
    store.write(batch(nothing));
    assertThat(store.days(ANNA, date, date)).isEmpty();
    assertThat(storedDays())
        .doesNotContain("sitting", "steps", "pain", "coverageMinutes", "coverage_minutes");
    store.write(batch(dayWithPain(date, 1)));
    assertThat(store.days(ANNA, date, date)).isEmpty();
    store.dropDays(new ForgottenDates(ANNA, at(0), at(120), List.of(date)));
    store.write(batch(nothing, day(ANNA, date, ZONE, 3)));
    assertThat(store.days(ANNA, date, date)).containsExactly(day(ANNA, date, ZONE, 3));
  }

  @Test
  void aNewerDayOrNightHasNothingOfTheOlderOne() {
    LocalDate date = LocalDate.parse("2026-03-02");
    store.write(batch(dayWithPain(date, 1), night(ANNA, date, ZONE, 1, false)));
    DaySummary bare = day(ANNA, date, ZONE, 2);
    store.write(batch(bare, night(ANNA, date, ZONE, 2, true)));
    assertThat(store.days(ANNA, date, date)).containsExactly(bare);
    assertThat(store.nights(ANNA, date, date)).isEmpty();
  }

  /** A day on which everything was told and measured that another revision may lack. */
  protected static DaySummary dayWithPain(LocalDate date, int revision) {
    return new DaySummary(
            ANNA,
            date,
            ZONE,
            revision,
            Map.of(Posture.SITTING, 300.0, Posture.LYING, 60.0),
            new DaySummary.Sitting(12, 300, 111.5, 6, 4, 1, 11),
            7_000,
            900.5,
            null,
            List.of(),
            0,
            null,
            List.of(),
            List.of(),
            7,
            4)
        .withBending(
            new DaySummary.Bending(
                40, 20, 9, 1, 2, Map.of(), new DaySummary.Bending.Forward(30, 20, 5, 1), 800));
  }

  @Test
  void whatWasHandedOverIsForgottenSomeDaysAfterItIsTooOldToSendAgain() {
    store.handOver(ANNA, "2026-03-02", at(0));
    store.expire(at(2 * 1440), null);
    assertThat(store.handOver(ANNA, "2026-03-02", at(10))).isFalse();
    store.expire(at(4 * 1440), null);
    assertThat(store.handOver(ANNA, "2026-03-02", at(20))).isTrue();
  }

  @Test
  void anExperimentGoesWithAllThatWasSaidOfItWhenItIsOverForLong() {
    LocalDate march = LocalDate.parse("2026-03-09");
    LocalDate april = LocalDate.parse("2026-04-06");
    // First told for April, then moved to March, so that what was said first is not over.
    store.write(experiments(new Experiment("s_1", at(0), false, april, Experiment.Change.PILLOW)));
    store.write(experiments(new Experiment("s_1", at(5), false, march, Experiment.Change.PILLOW)));
    Experiment young = new Experiment("s_2", at(1), false, april, Experiment.Change.ALERTS);
    store.write(experiments(young));

    store.expireLasting(null, march.plusDays(Experiment.DAYS - 1));
    assertThat(store.experiments(ANNA)).hasSize(2);
    store.expireLasting(null, null);
    assertThat(store.experiments(ANNA)).hasSize(2);

    store.expireLasting(null, march.plusDays(Experiment.DAYS));
    assertThat(store.experiments(ANNA)).containsExactly(young);
    store.expireLasting(march, null);
    assertThat(store.experiments(ANNA)).containsExactly(young);
  }

  /** Days as they stand in the store, for whoever reads it past the port. */
  protected abstract String storedDays() throws Exception;

  @Test
  void noZeroStandsForWhatNobodyCountedOrForWhatWasForgotten() throws Exception {
    LocalDate date = LocalDate.parse("2026-03-02");
    DaySummary uncounted =
        new DaySummary(
            ANNA,
            date,
            ZONE,
            1,
            Map.of(Posture.SITTING, 480.25),
            new DaySummary.Sitting(12, 480.25, 111.5, 6, 4, 1, 11),
            0,
            900.5);
    store.write(batch(uncounted));
    assertThat(store.days(ANNA, date, date)).containsExactly(uncounted);
    assertThat(storedDays().replace("stepsByHour", "")).contains("480.25").doesNotContain("steps");

    store.write(batch(day(ANNA, date, ZONE, 2)));
    assertThat(storedDays()).contains("480.25", "7002");

    DaySummary forgotten = Samples.forgotten(ANNA, date, 3);
    store.write(batch(forgotten));
    assertThat(store.days(ANNA, date, date)).containsExactly(forgotten);
    assertThat(storedDays().replace("stepsByHour", ""))
        .contains("w_anna", "2026-03-02")
        .doesNotContain("480.25", "7002", "steps", "sitting", "breaks", "coverage");
  }

  @Test
  void ofAnExperimentTheLatestWordCounts() {
    LocalDate from = LocalDate.parse("2026-03-09");
    Experiment told = new Experiment("s_1", at(0), false, from, Experiment.Change.PILLOW);
    Experiment moved =
        new Experiment("s_1", at(5), false, from.plusDays(2), Experiment.Change.PILLOW);
    Experiment other = new Experiment("s_2", at(1), false, from, Experiment.Change.EVENING_STRETCH);
    store.write(experiments(told, other));
    store.write(experiments(moved));
    store.write(experiments(told));
    assertThat(store.experiments(ANNA)).containsExactly(other, moved);
    assertThat(store.experiments(BEN)).isEmpty();

    store.write(
        experiments(new Experiment("s_2", at(9), true, from, Experiment.Change.EVENING_STRETCH)));
    assertThat(store.experiments(ANNA)).containsExactly(moved);
  }

  private static HistoryStore.Batch experiments(Experiment... told) {
    return new HistoryStore.Batch(
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Arrays.stream(told).map(one -> new HistoryStore.ToldExperiment(ANNA, one)).toList());
  }

  @Test
  void notesAHandOverOnceUntilTheWearerIsErased() {
    assertThat(store.handOver(ANNA, "2026-03-05", at(0))).isTrue();
    assertThat(store.handOver(ANNA, "2026-03-05", at(5))).isFalse();
    assertThat(store.handOver(ANNA, "2026-W10", at(5))).isTrue();
    assertThat(store.handOver(BEN, "2026-03-05", at(5))).isTrue();

    store.erase(Erasure.everything(ANNA, at(10)));
    assertThat(store.handOver(ANNA, "2026-03-06", at(11))).isFalse();
    assertThat(store.handOver(BEN, "2026-03-06", at(11))).isTrue();
  }

  @Test
  void tellsWhoReadWhatSummedOverTheProcessesThatCounted() {
    Reading first = reading(ANNA, "days", 2);
    Reading elsewhere = new Reading(ANNA, "owner", "days", first.hour(), "p_2", at(5), at(70), 3);
    store.note(List.of(first, reading(ANNA, "bouts", 1), reading(BEN, "days", 9)));
    store.note(List.of(elsewhere, reading(ANNA, "days", 4)));

    assertThat(store.readings(ANNA, first.hour(), first.hour().plusSeconds(1)))
        .containsExactly(
            new Reading(ANNA, "owner", "bouts", first.hour(), "", at(10), at(11), 1),
            new Reading(ANNA, "owner", "days", first.hour(), "", at(5), at(70), 7));
    assertThat(store.readings(ANNA, first.hour().plusSeconds(1), at(9000))).isEmpty();
  }

  private static Reading reading(WearerId wearer, String what, long times) {
    return new Reading(wearer, "owner", what, at(0), "p_1", at(10), at(10 + times), times);
  }

  @Test
  void keepsTenThousandBouts() {
    List<Bout> bouts = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      bouts.add(bout(ANNA, i % 2 == 0 ? Posture.SITTING : Posture.STANDING, i, i + 1, 1, false));
    }
    List<Bout> shuffled = new ArrayList<>(bouts);
    Collections.shuffle(shuffled, new Random(1));
    for (int i = 0; i < bouts.size(); i += 2000) {
      store.write(batch(shuffled.subList(i, i + 2000)));
    }
    assertThat(store.bouts(ANNA, null, Range.all(10_000)).items()).containsExactlyElementsOf(bouts);
    assertThat(store.bouts(ANNA, Posture.SITTING, between(9_990, 10_000)).items()).hasSize(5);
  }

  @Test
  void refusesATimeThatNobodyCanCountAndTakesTheRest() {
    Bout far =
        new Bout(
            "b_far",
            ANNA,
            Posture.SITTING,
            Instant.MAX.minusSeconds(60),
            Instant.MAX,
            Instant.MAX,
            ZONE,
            Placement.THIGH,
            false,
            1,
            false,
            null);
    assertThatThrownBy(() -> store.write(batch(sitting(0, 10), far)))
        .isInstanceOf(HistoryRefused.class);
    store.write(batch(sitting(0, 10)));
    assertThat(bouts()).containsExactly(sitting(0, 10));
  }

  @Test
  void closesTwice() {
    store.close();
    store.close();
  }
}
