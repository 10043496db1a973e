package io.lumbar.reports.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.DaySummary;
import io.lumbar.model.NightSummary;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final List<ReportMail.Letter> letters = new ArrayList<>();
  private ReportMail.Outcome mailing = ReportMail.Outcome.TAKEN;
  private boolean isMine = true;
  private boolean isKnown = true;
  private boolean isRegistryBroken;
  private Instant now = at("08:00");

  private ReportMail.Outcome take(ReportMail.Letter letter) {
    if (mailing == ReportMail.Outcome.TAKEN) {
      letters.add(letter);
    }
    return mailing;
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
  void comesHalfAnHourAfterTheMainSleepWheneverThatIs() {
    history.days(day(1, 400));
    history.nights(night(at("15:00"), false, 1));
    ReportPress press = press();
    look(press, "15:29");
    assertThat(press.made()).isZero();
    look(press, "15:30");
    assertThat(press.made()).isEqualTo(1);

    assertThat(ReportDue.at(MIRA, MORNING, night(at("08:40"), true, 1))).isEqualTo(at("18:00"));
    assertThat(ReportDue.at(MIRA, MORNING, null)).isEqualTo(at("09:00"));
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
    assertThat(Files.readString(week)).contains("Week from 23 February to 1 March");
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
    mailing = ReportMail.Outcome.NOT_TAKEN;
    ReportPress press = press();
    look(press, "09:01");
    assertThat(letters).isEmpty();
    mailing = ReportMail.Outcome.TAKEN;
    look(press, "09:05");
    look(press, "09:06");
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).to()).isEqualTo("mira@example.org");
    assertThat(letters.get(0).subject()).isEqualTo("Lumbar: Thursday 5 March");
    assertThat(letters.get(0).text()).contains("You sat for 6 h 40 min");
    assertThat(letters.get(0).html()).contains("max-width:600px");

    // Another process, whose folder is empty, takes over; and late data comes.
    folder = folder.resolve("another");
    history.days(day(2, 520));
    look(press(), "10:00");
    assertThat(letters).hasSize(1);
  }

  @Test
  void aMailThatWaitsIsNotSentOfAWearerWhoIsGone() {
    mira = mailed(ReportSettings.Edition.DAILY);
    history.days(day(1, 400));
    mailing = ReportMail.Outcome.NOT_TAKEN;
    ReportPress press = press();
    look(press, "09:00");
    assertThat(folder.resolve("w_mira")).isNotEmptyDirectory();

    mailing = ReportMail.Outcome.TAKEN;
    isKnown = false;
    look(press, "09:05");

    assertThat(letters).isEmpty();
    assertThat(folder.resolve("w_mira")).doesNotExist();
  }

  @Test
  void aMailThatWaitsIsNotSentToAnAddressThatTheSettingsNameNoLonger() {
    mira = mailed(ReportSettings.Edition.DAILY);
    history.days(day(1, 400));
    mailing = ReportMail.Outcome.NOT_TAKEN;
    ReportPress press = press();
    look(press, "09:00");

    mailing = ReportMail.Outcome.TAKEN;
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

  /** Twice, because a report waits until the days stand still between two looks. */
  private void look(ReportPress press, String time) {
    now = at(time);
    press.lookAtAll();
    press.lookAtAll();
  }

  private ReportPress press() {
    return new ReportPress(
        this::known,
        new ReportFactsReader(history),
        new PeriodReader(history),
        new ReportMaker(id -> Optional.empty()),
        new ReportFolder(folder),
        Optional.of(new ReportMail(history, this::take, wearer -> isMine, () -> now)),
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
