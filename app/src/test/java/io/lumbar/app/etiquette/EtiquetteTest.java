package io.lumbar.app.etiquette;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.WearerSettings;
import io.lumbar.model.WornObservation;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The manners that people ask of reminders, each as a day from what a device uploads to what the
 * wearer is told. A restart amid a sitting is in {@code TimerAlertIT}, with a real kill.
 */
class EtiquetteTest {
  /** The clocks go forward at two in its night. */
  private static final LocalDate BEFORE_SUMMER_TIME = LocalDate.of(2026, 3, 28);

  @TempDir Path state;
  private Household home;

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void aBreakOfMoreThanAMinuteStartsTheClockAnew() {
    start("09:00")
        .live(Posture.SITTING, "09:00", "09:31")
        .live(Posture.WALKING, "09:31", "09:32:15")
        .live(Posture.SITTING, "09:32:15", "10:04");
    assertThat(home.told()).containsExactly("30 at 09:30", "30 at 10:02");
    assertThat(home.sent()).extracting(Alert::episode).doesNotHaveDuplicates();
  }

  @Test
  void fiveSecondsOnTheFeetAreNoBreak() {
    start("09:00")
        .live(Posture.SITTING, "09:00", "09:31")
        .live(Posture.STANDING, "09:31", "09:31:05")
        .live(Posture.SITTING, "09:31:05", "10:04");
    assertThat(home.told()).containsExactly("30 at 09:30", "45 at 09:45");
  }

  @Test
  void aSnoozeEndsOnTheSecondAndASittingHasThree() {
    start("09:00").live(Posture.SITTING, "09:00", "09:31").answer(Action.SNOOZE, 15);
    home.live(Posture.SITTING, "09:31", "09:47").answer(Action.SNOOZE, 15);
    home.live(Posture.SITTING, "09:47", "10:03").answer(Action.SNOOZE, 15);
    home.live(Posture.SITTING, "10:03", "10:20").answer(Action.SNOOZE, 15);
    home.live(Posture.SITTING, "10:20", "10:40");
    assertThat(home.told())
        .containsExactly("30 at 09:30", "45 at 09:46", "60 at 10:02", "75 at 10:18");
    assertThat(home.decided()).contains("75 snooze-limit");
  }

  @Test
  void quietHoursHoldOverMidnightAndOverTheChangeOfClocks() {
    start(BEFORE_SUMMER_TIME, "21:30")
        .settings(quiet("22:00", "07:00"))
        .live(Posture.SITTING, "21:35", "22:30")
        .live(Posture.WALKING, "22:30", "22:35")
        .clockTo("30:20");
    home.live(Posture.SITTING, "30:20", "31:03");
    assertThat(home.told()).containsExactly("30 at 07:00");
    assertThat(home.decided()).contains("30 quiet-hours", "45 quiet-hours");
  }

  @Test
  void aWatchOnItsChargerDoesNotSit() {
    start("09:00").wearing("d_watch", Placement.WRIST).live(Posture.SITTING, "09:00", "09:10");
    home.upload(new WornObservation(home.device(), false, home.at("09:10"))).clockTo("11:10");
    assertThat(home.told()).isEmpty();
    assertThat(home.bouts()).noneMatch(bout -> bout.startsWith("sitting") && bout.endsWith("+"));
    assertThat(home.episodes(EpisodeKind.LONG_SITTING)).isEmpty();
  }

  @Test
  void sixHoursThatComeAtOnceAreHistoryAndNoAlert() {
    start("15:00")
        .upload(span(Posture.SITTING, "09:00", "10:20"))
        .upload(span(Posture.WALKING, "10:20", "10:30"))
        .upload(span(Posture.SITTING, "10:30", "12:00"))
        .upload(span(Posture.STANDING, "12:00", "12:40"))
        .upload(span(Posture.SITTING, "12:40", "14:50"))
        .clockTo("15:10");
    assertThat(home.told()).isEmpty();
    assertThat(home.bouts())
        .containsExactly(
            "sitting 09:00-10:20",
            "walking 10:20-10:30",
            "sitting 10:30-12:00",
            "standing 12:00-12:40",
            "sitting 12:40-14:50");
    assertThat(home.decided())
        .isNotEmpty()
        .allMatch(word -> word.endsWith("stale") || word.endsWith("superseded"));
  }

  @Test
  void whatComesByTwoWaysIsToldOnce() {
    start("09:00").uploadsTwice().live(Posture.SITTING, "09:00", "09:40");
    assertThat(home.told()).containsExactly("30 at 09:30");
  }

  @Test
  void whenDataStopsSittingDoesNotGoOnAndThatIsSaidOnce() {
    start("09:00")
        .settings(WearerSettings.defaults())
        .live(Posture.SITTING, "09:00", "09:20")
        .clockTo("10:19");
    assertThat(home.told()).isEmpty();
    home.clockTo("11:30").live(Posture.SITTING, "11:30", "11:40").clockTo("12:42");
    assertThat(home.sent())
        .singleElement()
        .matches(alert -> alert.kind() == EpisodeKind.DATA_SILENCE)
        .matches(alert -> alert.text().contains("60 minutes, since about 09:20"));
    assertThat(home.told()).containsExactly("60 at 10:20");
    assertThat(home.bouts()).containsExactly("sitting 09:00-09:20", "sitting 11:30-11:40");
    assertThat(home.decided()).containsExactly("60 sent", "60 budget");
  }

  @Test
  void aSilenceInQuietHoursIsNotSaidAfterwards() {
    start("13:00")
        .settings(quiet("14:00", "14:30"))
        .live(Posture.SITTING, "13:00", "13:20")
        .clockTo("14:35");
    assertThat(home.told()).isEmpty();
    assertThat(home.decided()).containsExactly("60 quiet-hours", "60 stale");
  }

  @Test
  void aShortTurnDoesNotMakeTwoEpisodesOfOneOnTheFront() {
    start("22:00")
        .wearing("d_chest", Placement.CHEST)
        .live(Posture.STANDING, "22:00", "22:30")
        .lying(SleepPosition.SUPINE, "22:30", "24:30")
        .lying(SleepPosition.PRONE, "24:30", "24:40")
        .lying(SleepPosition.LEFT, "24:40", "24:40:20")
        .lying(SleepPosition.PRONE, "24:40:20", "25:20");
    assertThat(home.episodes(EpisodeKind.PRONE_SLEEP)).hasSize(1);
    assertThat(home.told()).isEmpty();
    assertThat(home.decided()).containsExactly("0 morning-only");
  }

  private Household start(String time) {
    return start(Household.MONDAY, time);
  }

  private Household start(LocalDate day, String time) {
    home = new Household(state, day, time);
    return home;
  }

  private PostureObservation span(Posture posture, String from, String to) {
    return PostureObservation.span(home.device(), posture, home.at(from), home.at(to));
  }

  private static WearerSettings quiet(String from, String to) {
    WearerSettings usual = WearerSettings.defaults();
    return new WearerSettings(
        usual.longSittingMinutes(),
        usual.repeatMinutes(),
        usual.awakeFrom(),
        usual.awakeTo(),
        LocalTime.parse(from),
        LocalTime.parse(to));
  }
}
