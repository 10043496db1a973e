package io.lumbar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StretchProfileTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 4);

  private static StretchProfile pregnant(LocalDate due) {
    return new StretchProfile(
        Set.of(HealthCondition.PREGNANT),
        false,
        due,
        null,
        Set.of(),
        Set.of(),
        StretchProfile.none().diary());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-01, PREGNANT",
    "2026-05-28, PREGNANT",
    "2026-05-27, PREGNANT PREGNANT_LATE",
    "2026-03-04, PREGNANT PREGNANT_LATE",
    "2026-03-03, AFTER_BIRTH",
    ", PREGNANT PREGNANT_LATE",
  })
  void aPregnancyIsLateTwelveWeeksBeforeTheDateAndCarefulWithoutOne(
      LocalDate due, String expected) {
    assertThat(pregnant(due).conditionsOn(DAY))
        .extracting(Enum::name)
        .containsExactly(expected.split(" "));
  }

  @Test
  void theDiaryAddsUpAndForgets() {
    StretchProfile profile = StretchProfile.none();
    for (int day = 0; day < 20; day++) {
      profile = profile.with(DAY.plusDays(day), List.of("walk"), null);
    }
    profile = profile.with(DAY.plusDays(19), List.of("walk", "cat-cow"), 4);
    profile = profile.with(DAY.plusDays(19), List.of(), 2);
    assertThat(profile.diary()).hasSize(14).doesNotContainKey(DAY.plusDays(5));
    assertThat(profile.doneOn(DAY.plusDays(19))).containsExactly("walk", "cat-cow");
    assertThat(profile.painOn(DAY.plusDays(19))).isEqualTo(4);
    assertThat(profile.painOn(DAY.plusDays(18))).isNull();
  }

  @Test
  void routinesOfADayStayApartFromEachOther() {
    StretchProfile profile = StretchProfile.none();
    for (int time = 0; time <= 8; time++) {
      profile = profile.withRoutine(DAY, new StretchProfile.Routine(time, null));
    }
    profile = profile.with(DAY, List.of("walk"), 3);
    StretchProfile.DiaryDay day = profile.diary().get(DAY);
    assertThat(day.routines()).hasSize(8);
    assertThat(day.routines().get(0).before()).as("the oldest is gone").isEqualTo(1);
    assertThat(day.pain()).as("which does not change what was the highest").isEqualTo(8);
    assertThat(Json.read(Json.bytes(profile), StretchProfile.class)).isEqualTo(profile);
  }

  @Test
  void aDayWithoutARoutineIsWrittenAsBeforeRoutinesWereKept() {
    StretchProfile profile = StretchProfile.none().with(DAY, List.of("walk"), 3);
    assertThat(new String(Json.bytes(profile), StandardCharsets.UTF_8))
        .contains("{\"done\":[\"walk\"],\"pain\":3}");
  }

  @Test
  void profilesOfBeforeSignsWereKeptAreRead() {
    byte[] old =
        "{\"conditions\":[\"stenosis\"],\"bendBackwards\":false,\"liked\":[],\"hurts\":[],\"own\":[],\"diary\":{\"2026-03-04\":{\"done\":[],\"pain\":3}}}"
            .getBytes(StandardCharsets.UTF_8);
    StretchProfile read = Json.read(old, StretchProfile.class);
    assertThat(read.redFlags()).isNull();
    assertThat(read.isStopped()).isFalse();
    StretchProfile told = read.answered(new RedFlagAnswer(RedFlagAnswer.Level.SEE_SOMEONE, DAY));
    assertThat(Json.read(Json.bytes(told), StretchProfile.class)).isEqualTo(told);
    assertThat(new String(Json.bytes(told), StandardCharsets.UTF_8))
        .contains("\"redFlags\":{\"level\":\"see-someone\",\"on\":\"2026-03-04\"}")
        .doesNotContain("stopped");
  }

  @Test
  void settingsOfBeforeThereWereProfilesAreRead() {
    String json =
        """
        {"longSittingMinutes":40,"repeatMinutes":15,"awakeFrom":"07:00:00","awakeTo":"22:00:00",\
        "quietFrom":null,"quietTo":null}\
        """;
    WearerSettings settings =
        Json.read(json.getBytes(StandardCharsets.UTF_8), WearerSettings.class);
    assertThat(settings.stretches()).isNull();
    WearerSettings with =
        settings.withStretches(StretchProfile.none().with(DAY, List.of("walk"), 3));
    assertThat(with.awakeFrom()).isEqualTo(LocalTime.of(7, 0));
    assertThat(Json.read(Json.bytes(with), WearerSettings.class)).isEqualTo(with);
  }

  @Test
  void aCountryHasTwoLetters() {
    assertThatThrownBy(
            () ->
                new StretchProfile(
                    Set.of(),
                    false,
                    null,
                    "Germany",
                    Set.of(),
                    Set.of(),
                    StretchProfile.none().diary()))
        .hasMessage("country: two capital letters, such as DE or GB");
  }
}
