package io.lumbar.alerts.stretches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lumbar.alerts.stretches.RoutineBuilder.Wish;
import io.lumbar.model.HealthCondition;
import io.lumbar.model.Json;
import io.lumbar.model.OwnStretch;
import io.lumbar.model.StretchProfile;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnStretchTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 5);
  private static final OwnStretch WALL_SIT =
      new OwnStretch(
          "own-wall-sit",
          "Wall sit",
          List.of("Lean against the wall.", "Slide down a little."),
          "standing",
          20,
          3,
          1,
          2);

  @Test
  void comesIntoRoutinesEvenAThirdDayRunning() {
    StretchProfile profile =
        profile(Set.of())
            .with(TODAY.minusDays(2), List.of("own-wall-sit"), null)
            .with(TODAY.minusDays(1), List.of("own-wall-sit"), null);
    assertThat(routine(profile)).contains("own-wall-sit");
  }

  @Test
  void isLeftOutWhereItsPlaceDoesNotSuit() {
    assertThat(routine(profile(EnumSet.of(HealthCondition.CANNOT_STAND))))
        .isNotEmpty()
        .doesNotContain("own-wall-sit");
  }

  @Test
  void staysOutOfTheCatalogueOfOthers() {
    assertThat(Stretches.catalogue().byId("own-wall-sit")).isEmpty();
    assertThat(Stretches.catalogue().all()).noneMatch(one -> one.id().startsWith("own-"));
    Stretches mine = Stretches.catalogue().with(List.of(WALL_SIT), Texts.in(Language.DE));
    assertThat(mine.byId("own-wall-sit").orElseThrow().evidence()).isEqualTo("Ihre eigene");
    assertThat(mine.all()).hasSize(Stretches.catalogue().all().size() + 1);
  }

  @Test
  void isKeptWithTheProfileAndOlderProfilesHaveNone() {
    StretchProfile profile = profile(Set.of());
    assertThat(Json.read(Json.bytes(profile), StretchProfile.class)).isEqualTo(profile);
    byte[] old = "{\"conditions\":[],\"liked\":[],\"hurts\":[]}".getBytes(StandardCharsets.UTF_8);
    assertThat(Json.read(old, StretchProfile.class).own()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "wall-sit, Wall sit, standing, 20, 3, 2, an id is own-",
    "own-a, '', standing, 20, 3, 2, a name has",
    "own-a, Wall sit, sofa, 20, 3, 2, place is chair",
    "own-a, Wall sit, standing, 90, 3, 2, takes longer than minutes",
    "own-a, Wall sit, standing, 20, 0, 2, repetitions is from 1",
    "own-a, Wall sit, standing, 20, 3, 99, minutes is from 0.5"
  })
  void refusesWhatCannotBe(
      String id, String name, String place, int hold, int times, double minutes, String rule) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new OwnStretch(id, name, List.of("Step."), place, hold, times, 1, minutes))
        .withMessageContaining(rule);
  }

  private static List<String> routine(StretchProfile profile) {
    Stretches mine = Stretches.catalogue().with(profile.own(), Texts.in(Language.EN));
    Wish wish =
        new Wish(
            profile,
            TODAY,
            new DayFacts(75, 3, 0, 0, false, false),
            EnumSet.allOf(Place.class),
            14);
    return new RoutineBuilder(mine, Suitability.table())
        .build(wish, Map.of(Cause.LONG_SITTING, 3)).items().stream()
            .map(item -> item.stretch().id())
            .toList();
  }

  private static StretchProfile profile(Set<HealthCondition> conditions) {
    return new StretchProfile(
        conditions,
        false,
        null,
        null,
        Set.of(),
        Set.of(),
        List.of(WALL_SIT),
        null,
        Collections.emptySortedMap());
  }
}
