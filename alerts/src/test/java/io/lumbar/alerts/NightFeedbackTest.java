package io.lumbar.alerts;

import static io.lumbar.alerts.Episodes.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.alerts.night.NightFeedback;
import io.lumbar.model.Alert;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.StretchProfile;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NightFeedbackTest {
  private final Timeline time = new Timeline();

  @Test
  void nobodyIsToldAtNightUnlessTheySwitchedItOn() {
    assertThat(time.see(at("02:12"), arched("02:00", "02:12", 1)))
        .containsExactly("0 morning-only");
    assertThat(time.alerts).isEmpty();
  }

  @Test
  void theFirstWeekOnlyMeasures() {
    from("2026-03-02T01:13:00Z");
    assertThat(time.see(at("02:12"), arched("02:00", "02:12", 1)))
        .containsExactly("10 baseline-week");
    assertThat(time.due()).as("nothing waits for the end of a week").isEmpty();
    assertThat(time.see(at("02:13"), arched("02:00", "02:13", 2))).containsExactly("10 sent");
  }

  @Test
  void theLevelRisesThreeTimesInQuietHoursAndThenItIsStill() {
    switchedOn();
    time.settings =
        new WearerSettings(
            30,
            15,
            LocalTime.of(7, 0),
            LocalTime.of(22, 0),
            LocalTime.of(22, 0),
            LocalTime.of(7, 0),
            null,
            time.settings.alerts(),
            null);
    assertThat(time.see(at("02:09"), arched("02:00", "02:09", 1))).isEmpty();
    assertThat(time.see(at("02:10"), arched("02:00", "02:10", 2))).containsExactly("10 sent");
    assertThat(time.see(at("02:11"), arched("02:00", "02:11", 3))).isEmpty();
    assertThat(time.see(at("02:15"), arched("02:00", "02:15", 4))).containsExactly("15 sent");
    assertThat(time.see(at("02:20"), arched("02:00", "02:20", 5))).containsExactly("20 sent");
    assertThat(time.see(at("02:55"), arched("02:00", "02:55", 6))).isEmpty();
    assertThat(time.alerts).extracting(Alert::step).containsExactly(10, 15, 20);
    assertThat(time.alerts.get(0).text())
        .contains("02:00", "may have been arched", "turn to the side");
    assertThat(time.alerts).allMatch(alert -> alert.stretch() == null);
    assertThat(time.state.heard()).as("nobody answers asleep").isEmpty();
  }

  @Test
  void anotherPositionWithinTheCooldownIsLeftAlone() {
    switchedOn();
    time.see(at("02:10"), arched("02:00", "02:10", 1));
    time.see(at("02:13"), closed("02:00", "02:12", 2));
    assertThat(time.see(at("02:30"), arched("02:18", "02:30", 1))).containsExactly("10 cooldown");
    assertThat(time.see(at("02:40"), arched("02:18", "02:40", 2))).contains("20 sent");
  }

  @Test
  void pausesSnoozesAndTheBudgetHoldAtNightToo() {
    switchedOn();
    time.manners("{'pausedUntil':'2026-03-02T02:00:00Z'}");
    assertThat(time.see(at("02:10"), arched("02:00", "02:10", 1))).containsExactly("10 paused");
    time.manners("{'pausedUntil':null,'dailyBudget':{'arched-sleep':0}}");
    assertThat(time.see(at("02:11"), arched("02:00", "02:11", 2)))
        .containsExactly("10 switched-off");
  }

  @Test
  void oldDataSaysNothing() {
    switchedOn();
    assertThat(time.see(at("06:00"), arched("02:00", "02:12", 1))).containsExactly("10 stale");
  }

  @Test
  void whoWasToldToBendBackwardsHearsNothing() {
    switchedOn();
    StretchProfile none = StretchProfile.none();
    time.settings =
        time.settings.withStretches(
            new StretchProfile(
                none.conditions(), true, null, null, none.liked(), none.hurts(), none.diary()));
    assertThat(time.see(at("02:12"), arched("02:00", "02:12", 1)))
        .containsExactly("0 feedback-off");
  }

  @Test
  void levelsGoFromOneToThree() {
    assertThat(List.of(10, 14, 15, 20, 45))
        .map(NightFeedback::level)
        .containsExactly(1, 1, 2, 3, 3);
  }

  /** However records come in, a position is told at most three times, each step once. */
  @Property(tries = 200)
  void eachStepIsToldOnce(@ForAll @IntRange(min = 1, max = 60) int minutes, @ForAll long seed) {
    Timeline night = new Timeline();
    night.settings =
        night.settings.withAlerts(night.settings.alerts().nightFeedbackFrom(Instant.EPOCH));
    Random random = new Random(seed);
    List<Integer> steps = new ArrayList<>();
    Instant start = at("02:00");
    for (int revision = 1; revision <= minutes; revision++) {
      Instant to = start.plus(Duration.ofMinutes(revision));
      if (random.nextInt(3) > 0) {
        night.see(to.plusSeconds(random.nextInt(100)), episode(start, to, revision, true, null));
      }
    }
    night.alerts.forEach(alert -> steps.add(alert.step()));
    assertThat(steps).doesNotHaveDuplicates().isSorted().isSubsetOf(NightFeedback.STEPS);
  }

  private void switchedOn() {
    from("2026-02-20T20:00:00Z");
  }

  private void from(String instant) {
    time.settings =
        time.settings.withAlerts(time.settings.alerts().nightFeedbackFrom(Instant.parse(instant)));
  }

  private static Episode arched(String from, String to, int revision) {
    return episode(at(from), at(to), revision, true, null);
  }

  private static Episode closed(String from, String to, int revision) {
    return episode(at(from), at(to), revision, false, "right");
  }

  /** As one sensor on the back tells it: possible only. */
  private static Episode episode(
      Instant from, Instant to, int revision, boolean open, @Nullable String endedBy) {
    return new Episode(
        "e_arch_" + from,
        Episodes.ANNA,
        EpisodeKind.ARCHED_SLEEP,
        from,
        to,
        Episodes.BERLIN,
        10,
        open,
        revision,
        false,
        new Episode.Evidence(
            to,
            to,
            Duration.between(from, to).toSeconds(),
            Posture.LYING,
            Placement.LOWER_BACK,
            0.4),
        endedBy);
  }
}
