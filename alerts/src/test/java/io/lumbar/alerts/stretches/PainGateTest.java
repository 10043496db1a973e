package io.lumbar.alerts.stretches;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.RedFlagAnswer;
import io.lumbar.model.RedFlagAnswer.Level;
import io.lumbar.model.StretchProfile;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PainGateTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 4);
  private final PainGate gate = PainGate.bundled();

  /** Pain by day, the last one today; a dash is a day without a word. */
  private static StretchProfile pains(String days) {
    String[] pains = days.split(" ");
    StretchProfile profile = StretchProfile.none();
    for (int i = 0; i < pains.length; i++) {
      if (!pains[i].equals("-")) {
        profile =
            profile.with(
                TODAY.minusDays(pains.length - 1L - i), List.of(), Integer.valueOf(pains[i]));
      }
    }
    return profile;
  }

  @ParameterizedTest
  @CsvSource({
    "0, open",
    "6, open",
    "7, PAIN",
    "10, PAIN",
  })
  void closesFromSevenOn(int now, String expected) {
    assertThat(gate.check(StretchProfile.none(), TODAY, now).map(Enum::name).orElse("open"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1 2 3 4, RISING",
    "0 2 3 6, RISING",
    "2 3 4, open",
    "1 2 2 3, open",
    "1 2 - 4, open",
    "4 3 2 1, open",
    "1 2 3 -, open",
  })
  void closesAfterThreeDaysThatWereEachWorse(String days, String expected) {
    assertThat(gate.check(pains(days), TODAY, null).map(Enum::name).orElse("open"))
        .isEqualTo(expected);
  }

  @Test
  void staysClosedForTheDayUntilLessPainIsTold() {
    StretchProfile morning = StretchProfile.none().with(TODAY, List.of(), 8);
    assertThat(gate.check(morning, TODAY, null)).contains(PainGate.Closed.PAIN);
    assertThat(gate.check(morning, TODAY, 4)).isEmpty();
    assertThat(gate.check(morning, TODAY.plusDays(1), null)).isEmpty();
  }

  @Test
  void aSignStopsExercisesUntilItIsAnsweredAnew() {
    StretchProfile stopped = StretchProfile.none().answered(answer(Level.EMERGENCY, TODAY));
    assertThat(gate.check(stopped, TODAY.plusDays(40), 0)).contains(PainGate.Closed.STOPPED);
    assertThat(gate.check(stopped.with(TODAY, List.of("walk"), 1), TODAY, null))
        .contains(PainGate.Closed.STOPPED);

    StretchProfile skipped = stopped.answered(answer(Level.SKIPPED, TODAY.plusDays(1)));
    assertThat(gate.check(skipped, TODAY.plusDays(1), null)).contains(PainGate.Closed.STOPPED);
    StretchProfile over = skipped.answered(answer(Level.NONE, TODAY.plusDays(2)));
    assertThat(gate.check(over, TODAY.plusDays(2), null)).isEmpty();
    StretchProfile appointment = over.answered(answer(Level.SEE_SOMEONE, TODAY));
    assertThat(gate.check(appointment, TODAY, null)).isEmpty();
  }

  @Test
  void theSameSignKeepsItsFirstDay() {
    StretchProfile twice =
        StretchProfile.none()
            .answered(answer(Level.URGENT, TODAY))
            .answered(answer(Level.URGENT, TODAY.plusDays(3)));
    assertThat(twice.redFlags()).isEqualTo(answer(Level.URGENT, TODAY));
  }

  @ParameterizedTest
  @CsvSource({
    "URGENT, SEE_SOMEONE, URGENT, 0",
    "URGENT, SKIPPED, URGENT, 0",
    "URGENT, NONE, NONE, 3",
    "URGENT, EMERGENCY, EMERGENCY, 3",
    "EMERGENCY, SEE_SOMEONE, EMERGENCY, 0",
    "EMERGENCY, URGENT, EMERGENCY, 0",
    "EMERGENCY, NONE, NONE, 3",
    "SEE_SOMEONE, NONE, NONE, 3",
  })
  void noLesserSignTakesOneBackThatStopsExercises(
      Level first, Level then, Level kept, int daysLater) {
    StretchProfile profile =
        StretchProfile.none()
            .answered(answer(first, TODAY))
            .answered(answer(then, TODAY.plusDays(3)));
    assertThat(profile.redFlags()).isEqualTo(answer(kept, TODAY.plusDays(daysLater)));
  }

  @ParameterizedTest
  @CsvSource({
    // answer, days ago, pain today, expected
    ", , , FIRST_RUN",
    "SKIPPED, 0, , -",
    "SKIPPED, 6, , -",
    "SKIPPED, 7, , FIRST_RUN",
    "NONE, 400, , -",
    "SEE_SOMEONE, 400, , -",
    "NONE, 2, 6, -",
    "NONE, 2, 7, PAIN",
    "NONE, 0, 9, -",
    "SKIPPED, 0, 9, -",
    "SKIPPED, 9, 9, PAIN",
    ", , 8, PAIN",
    "URGENT, 2, 9, -"
  })
  void asksUntilItIsAnsweredAndOnceOnADayOfStrongPain(
      Level answered, Integer daysAgo, Integer pain, String expected) {
    StretchProfile profile = StretchProfile.none().with(TODAY, List.of(), pain);
    if (answered != null) {
      profile = profile.answered(answer(answered, TODAY.minusDays(daysAgo)));
    }
    assertThat(gate.asks(profile, TODAY).map(Enum::name).orElse("-")).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(
      value = Level.class,
      names = {"SKIPPED", "SEE_SOMEONE"})
  void isNotAskedAgainOnADayOnWhichAnAppointmentWasToldOfAgainOrLeftOpen(Level today) {
    StretchProfile profile =
        StretchProfile.none()
            .with(TODAY, List.of(), 8)
            .answered(answer(Level.SEE_SOMEONE, TODAY.minusDays(5)));
    assertThat(gate.asks(profile, TODAY)).contains(PainGate.Ask.PAIN);
    StretchProfile asked = profile.answered(answer(today, TODAY));
    assertThat(asked.redFlags()).isEqualTo(answer(Level.SEE_SOMEONE, TODAY));
    assertThat(gate.asks(asked, TODAY)).isEmpty();
  }

  private static RedFlagAnswer answer(Level level, LocalDate on) {
    return new RedFlagAnswer(level, on);
  }
}
