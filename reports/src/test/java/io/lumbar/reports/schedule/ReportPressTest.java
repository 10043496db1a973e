package io.lumbar.reports.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.DaySummary;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.ReportSettings;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import io.lumbar.reports.daily.ReportFactsReader;
import io.lumbar.reports.daily.ReportMaker;
import io.lumbar.reports.period.PeriodReader;
import io.lumbar.reports.testing.InMemoryHistory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPressTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final LocalDate MORNING = LocalDate.of(2026, 3, 5);
  private static final Wearer MIRA =
      new Wearer(
          new WearerId("w_mira"),
          "Mira",
          "00",
          List.of(new Wearer.ZoneFrom(ZONE, Instant.EPOCH)),
          WearerSettings.defaults());

  @TempDir Path folder;
  private Wearer mira = MIRA;
  private final InMemoryHistory history = new InMemoryHistory();
  private final List<MailWay.Letter> letters = new ArrayList<>();
  private ReportPost.Outcome mailing = ReportPost.Outcome.TAKEN;
  private final List<String> told = new ArrayList<>();
  private boolean isMine = true;
  private boolean isKnown = true;
  private boolean isRegistryBroken;
  private ReportFolder.Kept kept = new ReportFolder.Kept(Optional.empty(), Optional.empty());
  private Set<WearerId> changed = Set.of(MIRA.id());
  private Instant now = at("08:00");

  private ReportPost.Outcome take(MailWay.Letter letter) {
    if (mailing == ReportPost.Outcome.TAKEN) {
      letters.add(letter);
    }
    return mailing;
  }

  private CompletionStage<ReportPost.Outcome> tell(ChannelWay.Word word, ChannelSettings to) {
    if (mailing == ReportPost.Outcome.TAKEN) {
      told.add(to.name() + " " + word.title() + " " + word.link());
    }
    return CompletableFuture.completedFuture(mailing);
  }

  @Test
  void comesAtNineWhereNoNightIsMeasured() {
    history.days(day(1, 400));
    ReportPress press = press();

    look(press, "08:58");
    assertThat(press.made()).isZero();
    look(press, "09:00");

    assertThat(press.made()).isEqualTo(1);
    assertThat(folder.resolve("w_mira/2026-03-05.html")).exists();
    assertThat(
            new ReportFolder(folder).edition(MIRA.id(), MORNING.toString()).orElseThrow().number())
        .isEqualTo(1);
  }

  @Test
  void oldReportsGoOnceTheyAreKeptNoLonger() {
    history.days(day(1, 400));
    look(press(), "09:00");
    kept = new ReportFolder.Kept(Optional.of(60), Optional.empty());
    look(press(), "10:00");
    assertThat(folder.resolve("w_mira/2026-03-05.html")).exists();
    now = at("10:00").plus(Duration.ofDays(61));
    press().lookAtAll();
    assertThat(folder.resolve("w_mira/2026-03-05.html")).doesNotExist();
    assertThat(folder.resolve("w_mira/2026-03-05.json")).doesNotExist();
  }

  @Test
  void comesHalfAnHourAfterTheMainSleepWheneverThatIs() {
    history.days(day(1, 400));
    history.nights(night(at("15:00"), false, 1));
    ReportPress press = press();
    look(press, "15:29");
    assertThat(press.made()).isZero();
    look(press, "15:30");
    assertThat(press.made()).isEqualTo(1);

    assertThat(ReportDue.at(MIRA, MORNING, night(at("08:40"), true, 1), List.of()))
        .isEqualTo(at("18:00"));
    assertThat(ReportDue.at(MIRA, MORNING, null, List.of())).isEqualTo(at("09:00"));
  }

  @Test
  void isMadeAgainWhenLateDataChangesItAndSaysSo() throws IOException {
    history.days(day(1, 400));
    ReportPress press = press();
    look(press, "09:00");

    history.days(day(2, 520));
    look(press, "14:10");

    assertThat(press.made()).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("w_mira/2026-03-05.html")))
        .contains("Made again on Thursday 5 March at 14:10", "8\u00a0h\u00a040\u00a0min");
  }

  /** Nothing but what the morning brought of the date itself counts, and that does. */
  @Test
  void isMadeAgainForAWordOfTheMorningAndForNoneOfTheEvening() throws IOException {
    history.days(day(1, 400));
    ReportPress press = press();
    look(press, "09:00");

    history.days(dayOf(MORNING, 1, 60).withMorning(8, null));
    look(press, "09:21");
    assertThat(press.made()).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("w_mira/2026-03-05.html")))
        .contains("Made again on Thursday 5 March at 09:21", "8 of 10");

    history.days(dayOf(MORNING, 2, 400).withMorning(8, null));
    look(press, "21:00");
    assertThat(press.made()).isEqualTo(2);
  }

  @Test
  void isNotMadeAgainByARestartASecondProcessOrAChangeThatNobodySees() {
    history.days(day(1, 400));
    look(press(), "09:00");
    ReportPress restarted = press();
    ReportPress second = press();

    look(restarted, "09:30");
    look(second, "09:31");
    history.days(day(2, 400));
    look(restarted, "10:00");
    look(second, "10:01");

    assertThat(restarted.made()).isZero();
    assertThat(second.made()).isZero();
    assertThat(
            new ReportFolder(folder).edition(MIRA.id(), MORNING.toString()).orElseThrow().number())
        .isEqualTo(1);
  }

  @Test
  void waitsUntilADayStandsStill() {
    ReportPress press = press();
    for (int revision = 1; revision <= 5; revision++) {
      history.days(day(revision, 300 + revision));
      now = at("10:0" + revision);
      press.lookAtAll();
    }
    assertThat(press.made()).isZero();

    press.lookAtAll();

    assertThat(press.made()).isEqualTo(1);
  }

  @Test
  void goesOnWhenTheHistoryComesBack() {
    history.days(day(1, 400));
    ReportPress press = press();
    history.away = true;
    look(press, "09:00");
    assertThat(press.failed()).isPositive();

    history.away = false;
    look(press, "09:05");

    assertThat(press.made()).isEqualTo(1);
  }

  @Test
  void goesOnAfterAFaultThatIsNoWearersOwn() {
    history.days(day(1, 400));
    ReportPress press = press();
    isRegistryBroken = true;
    look(press, "09:00");
    assertThat(press.failed()).isPositive();

    isRegistryBroken = false;
    look(press, "09:05");

    assertThat(press.made()).isEqualTo(1);
  }

  @Test
  void makesAWeekAfterItsSundayAndAgainWhenLateDataChangesIt() throws IOException {
    LocalDate monday = LocalDate.of(2026, 2, 23);
    for (int i = 0; i < 7; i++) {
      history.days(dayOf(monday.plusDays(i), 1, 400 + 10 * i));
    }
    ReportPress press = press();
    now = monday.plusDays(7).atTime(8, 59).atZone(ZONE).toInstant();
    press.lookAtAll();
    press.lookAtAll();
    Path week = folder.resolve("w_mira/2026-W09.html");
    assertThat(week).doesNotExist();

    look(press, "09:00");
    assertThat(Files.readString(week)).contains("Week from 23 February to 1 March 2026");
    assertThat(folder.resolve("w_mira/2026-02.json")).exists();

    history.days(dayOf(monday, 2, 700));
    look(press, "14:10");
    assertThat(Files.readString(week)).contains("Made again on Thursday 5 March at 14:10");
  }

  @Test
  void isMailedOnceToWhomAskedForItByTheProcessThatHasTheWearer() {
    mira = mailed(ReportSettings.Edition.DAILY);
    history.days(day(1, 400));
    isMine = false;
    look(press(), "09:00");
    assertThat(letters).isEmpty();

    // Another process on the same folder takes over.
    isMine = true;
    mailing = ReportPost.Outcome.NOT_TAKEN;
    ReportPress press = press();
    look(press, "09:01");
    assertThat(letters).isEmpty();
    mailing = ReportPost.Outcome.TAKEN;
    look(press, "09:05");
    look(press, "09:06");
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).to()).isEqualTo("mira@example.org");
    assertThat(letters.get(0).subject()).isEqualTo("Lumbar: Thursday 5 March 2026");
    assertThat(letters.get(0).text()).contains("You sat for 6 h 40 min");
    assertThat(letters.get(0).html()).contains("max-width:600px");

    // Another process, whose folder is empty, takes over; and late data comes.
    folder = folder.resolve("another");
    history.days(day(2, 520));
    look(press(), "10:00");
    assertThat(letters).hasSize(1);
  }

  @Test
  void aLinkGoesOnceByEachChannelThatWasAskedForWhoeverHasTheWearer() {
    mira = linked("phone", "gone", "desk");
    history.days(day(1, 400));
    isMine = false;
    look(press(), "09:00");
    assertThat(told).isEmpty();

    isMine = true;
    mailing = ReportPost.Outcome.NOT_TAKEN;
    ReportPress press = press();
    look(press, "09:01");
    mailing = ReportPost.Outcome.TAKEN;
    look(press, "09:05");
    look(press, "09:06");
    assertThat(told)
        .containsExactlyInAnyOrder(
            "phone Thursday 5 March 2026 https://lumbar.example/reports/w_mira/2026-03-05",
            "desk Thursday 5 March 2026 https://lumbar.example/reports/w_mira/2026-03-05");

    // Another process takes over, and late data comes.
    folder = folder.resolve("another");
    history.days(day(2, 520));
    look(press(), "10:00");
    assertThat(told).hasSize(2);
    assertThat(letters).isEmpty();
  }

  @Test
  void aLinkThatWaitsIsNotSentByAChannelThatTheSettingsNameNoLonger() {
    mira = linked("phone");
    history.days(day(1, 400));
    mailing = ReportPost.Outcome.NOT_TAKEN;
    ReportPress press = press();
    look(press, "09:00");

    mailing = ReportPost.Outcome.TAKEN;
    mira = linked("desk");
    look(press, "09:05");
    assertThat(told)
        .containsExactly(
            "desk Thursday 5 March 2026 https://lumbar.example/reports/w_mira/2026-03-05");
  }

  @Test
  void aMailThatWaitsIsNotSentOfAWearerWhoIsGone() {
    mira = mailed(ReportSettings.Edition.DAILY);
    history.days(day(1, 400));
    mailing = ReportPost.Outcome.NOT_TAKEN;
    ReportPress press = press();
    look(press, "09:00");
    assertThat(folder.resolve("w_mira")).isNotEmptyDirectory();

    mailing = ReportPost.Outcome.TAKEN;
    isKnown = false;
    look(press, "09:05");
    assertThat(letters).isEmpty();
    // The registry may only be behind.
    assertThat(folder.resolve("w_mira")).isNotEmptyDirectory();

    history.erase(Erasure.everything(MIRA.id(), now));
    look(press, "09:06");
    assertThat(letters).isEmpty();
    assertThat(folder.resolve("w_mira")).doesNotExist();
  }

  @Test
  void reportsOfWhomWasErasedWhileNothingRanHereAreDeleted() {
    history.days(day(1, 400));
    look(press(), "09:00");
    assertThat(folder.resolve("w_mira")).isNotEmptyDirectory();

    isKnown = false;
    history.erase(Erasure.everything(MIRA.id(), now));
    look(press(), "09:05");

    assertThat(folder.resolve("w_mira")).doesNotExist();
  }

  @Test
  void reportsAboutASpanThatIsForgottenAreDeletedHoweverOld() throws IOException {
    Path mine = Files.createDirectories(folder.resolve("w_mira"));
    for (String name : List.of("2026-01-19", "2026-01-20", "2026-01-21", "2026-W04", "2026-02")) {
      Files.writeString(
          mine.resolve(name + ".json"),
          "{\"edition\":{\"number\":1,\"madeAt\":\"2026-02-02T09:00:00+01:00\"}}");
      Files.writeString(mine.resolve(name + ".html"), "<p>");
    }
    Files.writeString(
        mine.resolve("2026-01.json"),
        "{\"edition\":{\"number\":2,\"madeAt\":\"2026-03-05T08:30:00+01:00\"}}");
    Instant monday = Instant.parse("2026-01-19T12:00:00Z");
    history.erase(new Erasure(MIRA.id(), monday, monday.plusSeconds(60), at("08:00")));
    look(press(), "08:40");

    try (Stream<Path> left = Files.list(mine)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              // Made after the word.
              "2026-01.json", "2026-01-21.json", "2026-01-21.html", "2026-02.json", "2026-02.html");
    }
  }

  @Test
  void isMadeAgainWhenAnAnswerComesLate() throws IOException {
    history.days(day(1, 400));
    Instant noon = MORNING.minusDays(1).atTime(12, 0).atZone(ZONE).toInstant();
    Alert alert =
        new Alert(
            "a_1",
            MIRA.id(),
            "e_1",
            EpisodeKind.LONG_SITTING,
            30,
            noon,
            noon.minusSeconds(1800),
            ZONE,
            "Time to stand up",
            "You sat for 30 minutes.",
            null,
            "sent");
    history.alerts(alert);
    ReportPress press = press();
    look(press, "09:00");
    history.responses(
        new AlertResponse(
            "a_1", MIRA.id(), AlertResponse.Action.DONE, null, null, noon.plusSeconds(60)));
    look(press, "10:00");

    assertThat(press.made()).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("w_mira/2026-03-05.json"))).contains("\"done\"");
  }

  /** A Monday's day gains as many revisions as its night had, which goes. */
  @Test
  void aWeekIsMadeAgainWhenANightGoesAndWhenAnAnswerComesLate() throws IOException {
    LocalDate monday = LocalDate.of(2026, 2, 23);
    Instant up = monday.atTime(7, 0).atZone(ZONE).toInstant();
    for (int i = 0; i < 7; i++) {
      history.days(dayOf(monday.plusDays(i), 1, 400 + 10 * i));
    }
    NightSummary night = nightOf(monday, up.minusSeconds(25_000), up);
    history.nights(night);
    Instant noon = monday.atTime(12, 0).atZone(ZONE).toInstant();
    history.alerts(
        new Alert(
            "a_1",
            MIRA.id(),
            "e_1",
            EpisodeKind.LONG_SITTING,
            30,
            noon,
            noon.minusSeconds(1800),
            ZONE,
            "Time to stand up",
            "You sat for 30 minutes.",
            null,
            "sent"));
    ReportPress press = press();
    look(press, "09:00");
    ReportFolder files = new ReportFolder(folder);
    assertThat(files.edition(MIRA.id(), "2026-W09").orElseThrow().number()).isEqualTo(1);

    history.nights(night.with(2, true, null));
    history.days(dayOf(monday, 2, 700));
    look(press, "10:00");
    assertThat(files.edition(MIRA.id(), "2026-W09").orElseThrow().number()).isEqualTo(2);

    history.responses(
        new AlertResponse(
            "a_1", MIRA.id(), AlertResponse.Action.DONE, null, null, noon.plusSeconds(60)));
    look(press, "11:00");
    assertThat(files.edition(MIRA.id(), "2026-W09").orElseThrow().number()).isEqualTo(3);
    assertThat(Files.readString(folder.resolve("w_mira/2026-02.html"))).contains("answered 1 with");
  }

  /** Sixteen mornings, three or four weeks, two months. */
  @Test
  void keepsNoMoreInMindHoweverLongItRuns() {
    mira = mailed(ReportSettings.Edition.DAILY);
    ReportPress press = press(Optional.empty());
    for (int i = 0; i < 200; i++) {
      history.days(dayOf(MORNING.plusDays(i - 1), 1, 400));
      now = MORNING.plusDays(i).atTime(9, 0).atZone(ZONE).toInstant();
      press.lookAtAll();
      press.lookAtAll();
      assertThat(press.remembered()).isLessThanOrEqualTo(22);
    }
    assertThat(press.remembered()).isGreaterThan(16);
  }

  /** The last data is of 3 March; that of the 4th has until the evening to come. */
  @Test
  void aDayWithoutDataIsReportedInTheEveningForTwoDaysAndNoLonger() throws IOException {
    mira = mailed(ReportSettings.Edition.DAILY);
    history.days(dayOf(MORNING.minusDays(2), 1, 400));
    ReportPress press = press();
    look(press, "17:59");
    assertThat(folder.resolve("w_mira/2026-03-05.html")).doesNotExist();
    look(press, "18:00");
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).text())
        .contains("Nothing was measured yesterday.")
        .containsPattern("The last data is\\s+from\\s+Tuesday 3\\s+March");

    for (int i = 1; i <= 5; i++) {
      now = at("18:00").plusSeconds(86_400L * i);
      press.lookAtAll();
      press.lookAtAll();
    }
    assertThat(letters).hasSize(2);
    assertThat(folder.resolve("w_mira/2026-03-06.html")).exists();
    assertThat(folder.resolve("w_mira/2026-03-07.html")).doesNotExist();

    history.days(day(1, 400));
    press.lookAtAll();
    press.lookAtAll();
    assertThat(Files.readString(folder.resolve("w_mira/2026-03-05.html")))
        .contains("Made again on", "6\u00a0h\u00a040\u00a0min");
  }

  @Test
  void asksTheHistoryOnlyWhereSomethingChangedOrFallsDue() {
    history.days(day(1, 400));
    changed = Set.of();
    ReportPress press = press();
    look(press, "08:10");
    history.away = true;
    look(press, "08:30");
    assertThat(press.failed()).isZero();
    history.away = false;
    look(press, "09:00");
    assertThat(press.made()).isEqualTo(1);

    history.days(day(2, 520));
    look(press, "09:20");
    assertThat(press.made()).isEqualTo(1);
    changed = Set.of(MIRA.id());
    look(press, "09:21");
    assertThat(press.made()).isEqualTo(2);
    changed = Set.of();

    // Not told of, as when this process was away from Kafka.
    history.days(day(3, 100));
    look(press, "10:25");
    assertThat(press.made()).isEqualTo(3);
  }

  @Test
  void isNotMailedWhileSharingIsPaused() {
    Wearer asked = mailed(ReportSettings.Edition.DAILY);
    mira =
        new Wearer(
            asked.id(),
            asked.name(),
            asked.tokenHash(),
            asked.zones(),
            asked.settings().withSharingPausedUntil(at("12:00")));
    history.days(day(1, 400));
    ReportPress press = press();
    look(press, "09:00");
    assertThat(letters).isEmpty();
    look(press, "12:00");
    assertThat(letters).hasSize(1);
  }

  @Test
  void isMailedWhereNoFolderIs() {
    mira = mailed(ReportSettings.Edition.DAILY);
    history.days(day(1, 400));
    ReportPress press = press(Optional.empty());
    look(press, "09:00");
    look(press, "09:02");

    assertThat(letters).hasSize(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aNightThatGoesOnAfterABreakIsNotReportedInItsMiddle() {
    history.days(day(1, 400));
    Instant up = at("00:30");
    history.nights(nightOf(MORNING, up.minusSeconds(12_600), up));
    ReportPress press = press();
    look(press, "00:54");
    lies(at("00:55"), at("01:00"));
    look(press, "01:00");
    lies(at("00:55"), at("06:10"));
    look(press, "06:10");
    assertThat(press.made()).isZero();

    lies(at("00:55"), at("07:00"));
    history.nights(nightOf(MORNING, at("00:55"), at("07:00")));
    look(press, "07:29");
    assertThat(press.made()).isZero();
    look(press, "07:30");
    assertThat(press.made()).isEqualTo(1);
  }

  @Test
  void whoSleepsByDayGetsNoReportWithoutTheNightAtNine() {
    mira = mailed(ReportSettings.Edition.DAILY);
    history.days(day(1, 400));
    lies(at("08:30"), at("08:59"));
    ReportPress press = press();
    look(press, "09:00");
    lies(at("08:30"), at("15:00"));
    look(press, "15:00");
    assertThat(letters).isEmpty();

    history.nights(nightOf(MORNING, at("08:30"), at("15:00")));
    look(press, "15:30");
    assertThat(letters).hasSize(1);
  }

  @Test
  void whoUsuallyHasNightsIsWaitedForBeyondNine() {
    history.days(day(1, 400));
    for (int i = 1; i <= 4; i++) {
      LocalDate date = MORNING.minusDays(i);
      Instant end = date.atTime(8, 15).atZone(ZONE).toInstant();
      history.nights(nightOf(date, end.minusSeconds(25_000), end));
    }
    ReportPress press = press();
    look(press, "09:30");
    assertThat(folder.resolve("w_mira/2026-03-05.html")).doesNotExist();
    look(press, "10:15");
    assertThat(folder.resolve("w_mira/2026-03-05.html")).exists();
  }

  @Test
  void lyingThatEndedWithTheNightHoldsNothingUp() {
    NightSummary night = nightOf(MORNING, at("00:10"), at("07:00"));
    Optional<Bout> lay = Optional.of(lying(at("00:10"), at("07:00")));
    assertThat(ReportDue.waits(MIRA, MORNING, night, lay, at("07:30"))).isFalse();
    assertThat(ReportDue.waits(MIRA, MORNING, null, lay, at("09:00"))).isTrue();
    assertThat(ReportDue.waits(MIRA, MORNING, null, lay, at("10:30"))).isFalse();
    assertThat(ReportDue.waits(MIRA, MORNING, null, lay, at("18:00"))).isFalse();
  }

  private void lies(Instant from, Instant to) {
    history.bouts(lying(from, to));
  }

  private static Bout lying(Instant from, Instant to) {
    return new Bout(
        "b_" + from,
        MIRA.id(),
        Posture.LYING,
        from,
        to,
        to,
        ZONE,
        Placement.THIGH,
        true,
        1,
        false,
        Map.of());
  }

  private static NightSummary nightOf(LocalDate date, Instant from, Instant to) {
    return new NightSummary(
        MIRA.id(),
        date,
        ZONE,
        1,
        false,
        false,
        from,
        to,
        null,
        Map.of(SleepPosition.LEFT, 200.0),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        200,
        null,
        null,
        null);
  }

  @Test
  void aMailThatWaitsIsNotSentToAnAddressThatTheSettingsNameNoLonger() {
    mira = mailed(ReportSettings.Edition.DAILY);
    history.days(day(1, 400));
    mailing = ReportPost.Outcome.NOT_TAKEN;
    ReportPress press = press();
    look(press, "09:00");

    mailing = ReportPost.Outcome.TAKEN;
    mira = MIRA;
    look(press, "09:05");
    mira = mailed(ReportSettings.Edition.DAILY);
    look(press, "09:10");

    assertThat(letters).isEmpty();
  }

  @Test
  void isNotMailedWhenItWasDueMoreThanADayAgo() {
    mira = mailed(ReportSettings.Edition.DAILY);
    history.days(dayOf(MORNING.minusDays(2), 1, 400));

    look(press(), "09:01");

    assertThat(folder.resolve("w_mira/2026-03-04.html")).exists();
    assertThat(letters).isEmpty();
  }

  @Test
  void isMailedWhenTheHistoryComesBack() {
    mira = mailed(ReportSettings.Edition.DAILY);
    history.days(day(1, 400));
    ReportPress press = press();
    history.away = true;
    look(press, "09:00");

    history.away = false;
    look(press, "09:05");

    assertThat(letters).hasSize(1);
  }

  private static Wearer mailed(ReportSettings.Edition edition) {
    return new Wearer(
        MIRA.id(),
        MIRA.name(),
        MIRA.tokenHash(),
        MIRA.zones(),
        MIRA.settings().withReports(new ReportSettings("mira@example.org", Set.of(edition))));
  }

  /** Asks for links by channels, of which there are two: phone and desk. */
  private static Wearer linked(String... channels) {
    List<ChannelSettings> known =
        Stream.of("phone", "desk")
            .map(
                name ->
                    new ChannelSettings(
                        name,
                        ChannelSettings.Type.MQTT,
                        ChannelSettings.When.ALWAYS,
                        Set.of(),
                        null,
                        null,
                        List.of()))
            .toList();
    WearerSettings settings =
        MIRA.settings()
            .withAlerts(MIRA.settings().alerts().withChannels(known))
            .withReports(new ReportSettings(null, List.of(channels), Set.of()));
    return new Wearer(MIRA.id(), MIRA.name(), MIRA.tokenHash(), MIRA.zones(), settings);
  }

  /** Twice, because a report waits until the days stand still between two looks. */
  private void look(ReportPress press, String time) {
    now = at(time);
    press.lookAtAll();
    press.lookAtAll();
  }

  private ReportPress press() {
    return press(Optional.of(new ReportFolder(folder)));
  }

  private ReportPress press(Optional<ReportFolder> files) {
    return new ReportPress(
        this::known,
        () -> changed,
        new ReportFactsReader(history),
        new PeriodReader(history),
        new ReportMaker(id -> Optional.empty()),
        files,
        kept,
        List.of(
            new ReportPost(history, new MailWay(this::take), wearer -> isMine, () -> now),
            new ReportPost(
                history,
                new ChannelWay(this::tell, Optional.of(URI.create("https://lumbar.example/"))),
                wearer -> isMine,
                () -> now)),
        () -> now);
  }

  private List<Wearer> known() {
    if (isRegistryBroken) {
      throw new IllegalStateException("broken");
    }
    return isKnown ? List.of(mira) : List.of();
  }

  private static Instant at(String time) {
    return MORNING.atTime(LocalTime.parse(time)).atZone(ZONE).toInstant();
  }

  private static DaySummary day(int revision, double sitting) {
    return dayOf(MORNING.minusDays(1), revision, sitting);
  }

  private static DaySummary dayOf(LocalDate date, int revision, double sitting) {
    return new DaySummary(
        MIRA.id(),
        date,
        ZONE,
        revision,
        Map.of(Posture.SITTING, sitting, Posture.STANDING, 300.0),
        new DaySummary.Sitting(10, sitting, 60, 3, 2, 1, 5),
        5000,
        sitting + 300);
  }

  private static NightSummary night(Instant to, boolean open, int revision) {
    return new NightSummary(
        MIRA.id(),
        MORNING,
        ZONE,
        revision,
        false,
        open,
        to.minusSeconds(7 * 3600),
        to,
        null,
        Map.of(SleepPosition.LEFT, 400.0),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        400,
        null,
        null,
        null);
  }
}
