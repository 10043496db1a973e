package io.lumbar.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.alerts.stretches.Stretches;
import io.lumbar.model.HealthCondition;
import io.lumbar.model.StretchProfile;
import io.lumbar.reports.daily.Exercises;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueExercisesTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 5);
  private final Exercises exercises = new CatalogueExercises(Stretches.catalogue());

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

  private static StretchProfile profile(Set<HealthCondition> conditions) {
    return new StretchProfile(
        conditions, false, null, null, Set.of(), Set.of(), Collections.emptySortedMap());
  }
}
