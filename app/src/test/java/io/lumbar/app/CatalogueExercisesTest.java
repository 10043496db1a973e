package io.lumbar.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.alerts.stretches.Stretches;
import io.lumbar.model.HealthCondition;
import io.lumbar.model.RedFlagAnswer;
import io.lumbar.model.StretchProfile;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import io.lumbar.reports.daily.Exercises;
import io.lumbar.reports.daily.Report;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueExercisesTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 5);
  private final Exercises exercises =
      new CatalogueExercises(
          Stretches.catalogue(), Optional.of(URI.create("https://lumbar.example/")));

  @ParameterizedTest
  @CsvSource({
    "OSTEOPOROSIS, knee-to-chest, false",
    "CANNOT_STAND, half-kneeling-hip-stretch, false",
    "CANNOT_STAND, short-walk, false",
    "CANNOT_STAND, seated-figure-four, true"
  })
  void reportsSuggestByTheTableOfTheAlerts(HealthCondition condition, String id, boolean suits) {
    assertThat(exercises.suits(id, profile(Set.of(condition)), TODAY)).isEqualTo(suits);
  }

  @Test
  void strongPainAndPainThatRoseThreeTimesHoldExercisesBack() {
    StretchProfile rising = profile(Set.of());
    for (int day = 0; day < 4; day++) {
      rising = rising.with(TODAY.minusDays(3 - day), List.of(), 2 + day);
    }
    assertThat(exercises.heldBack(rising, TODAY)).contains(Exercises.HeldBack.RISING);
    assertThat(exercises.heldBack(profile(Set.of()).with(TODAY, List.of(), 7), TODAY))
        .contains(Exercises.HeldBack.PAIN);
    assertThat(exercises.heldBack(profile(Set.of()).with(TODAY, List.of(), 6), TODAY)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, Call 112",
    "America/New_York, Call 911",
    "Europe/London, Call 999",
    "Antarctica/Troll, call the ambulance number of the place"
  })
  void aReportSaysTheNumberOfThePages(String zone, String call) {
    Wearer anna =
        new Wearer(
            new WearerId("w_anna"),
            "Anna",
            "00",
            List.of(new Wearer.ZoneFrom(ZoneId.of(zone), Instant.EPOCH)),
            WearerSettings.defaults());
    StretchProfile told =
        profile(Set.of()).answered(new RedFlagAnswer(RedFlagAnswer.Level.EMERGENCY, TODAY));
    Exercises.Stopped stopped =
        exercises.stopped(told, anna, Instant.parse("2026-03-05T08:00:00Z")).orElseThrow();
    assertThat(stopped.title()).isEqualTo("Please get help now");
    assertThat(stopped.text()).contains(call, "Do no exercises.");
    assertThat(exercises.stopped(profile(Set.of()), anna, Instant.EPOCH)).isEmpty();
  }

  @Test
  void aRoutineOfTenToFifteenMinutesSuitsAndThePlayerGetsJustIt() {
    Report.Routine free = routine(profile(Set.of()));
    assertThat(free.minutes()).isBetween(10.0, 15.0);
    assertThat(free.guide())
        .hasToString(
            "https://lumbar.example/stretches/routine?exercises="
                + free.exercises().stream()
                    .map(Report.Exercise::id)
                    .collect(Collectors.joining(",")));

    StretchProfile seated = profile(Set.of(HealthCondition.CANNOT_STAND));
    assertThat(routine(seated).minutes()).as("in rounds").isBetween(10.0, 15.0);
    assertThat(routine(seated).exercises())
        .anyMatch(step -> step.name().endsWith(" (once more)"))
        .allMatch(step -> exercises.suits(step.id(), seated, TODAY));
  }

  @Test
  void whatIsDoneLaterInTheDayLeavesTheRoutineAsItWas() {
    StretchProfile before = profile(Set.of()).with(TODAY.minusDays(1), List.of("cat-cow"), null);
    StretchProfile after = before.with(TODAY, List.of("glute-bridge", "pelvic-tilt"), 2);
    assertThat(routine(after.asOfMorning(TODAY)).exercises())
        .isEqualTo(routine(before.with(TODAY, List.of(), 2)).exercises());
  }

  private Report.Routine routine(StretchProfile profile) {
    return exercises.routine(profile, TODAY, List.of(), null).orElseThrow();
  }

  private static StretchProfile profile(Set<HealthCondition> conditions) {
    return new StretchProfile(
        conditions, false, null, null, Set.of(), Set.of(), Collections.emptySortedMap());
  }
}
