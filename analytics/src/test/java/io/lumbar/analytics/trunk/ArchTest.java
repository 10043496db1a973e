package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.analytics.trunk.Arch.Judgement;
import io.lumbar.analytics.trunk.Arch.Kind;
import io.lumbar.analytics.trunk.Arch.Pitches;
import io.lumbar.model.SleepPosition;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ArchTest {
  private static final Lie FRONT = new Lie(SleepPosition.PRONE, false);
  private static final ArchReference FLAT = new ArchReference(2, 5, true);

  @ParameterizedTest
  @CsvSource({"2, 5, FLAT, 0", "10, 5, FLAT, 8", "20, 5, ARCHED, 18", "30, 0, STRONGLY_ARCHED, 33"})
  void twoSensorsMeasureAnArchAgainstTheWearersFlat(
      double chest, double back, Kind kind, double degrees) {
    Judgement judgement = Arch.judge(FRONT, Pitches.ofBoth(chest, back), FLAT, false);
    assertThat(judgement.kind()).isEqualTo(kind);
    assertThat(judgement.degrees().orElseThrow()).isCloseTo(degrees, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"2, FLAT", "16, FLAT", "18, CHEST_RAISED", "60, CHEST_RAISED", "-30, FLAT"})
  void aChestSensorAloneNeverSaysArched(double chest, Kind kind) {
    assertThat(Arch.judge(FRONT, Pitches.ofChest(chest), FLAT, false).kind()).isEqualTo(kind);
  }

  @Test
  void aLowerBackSensorAloneSaysPossiblyWithLittleConfidence() {
    Judgement alone = Arch.judge(FRONT, Pitches.ofLowerBack(25), FLAT, false);
    assertThat(alone.kind()).isEqualTo(Kind.POSSIBLY_ARCHED);
    Pitches both =
        new Pitches(OptionalDouble.empty(), OptionalDouble.of(35), OptionalDouble.of(10));
    Judgement withThigh = Arch.judge(FRONT, both, FLAT, false);
    assertThat(withThigh.kind()).isEqualTo(Kind.POSSIBLY_ARCHED);
    assertThat(alone.confidence()).isLessThan(withThigh.confidence()).isLessThanOrEqualTo(0.3);
  }

  @Test
  void aLowerBackSensorWithoutAReferenceKnowsNothing() {
    assertThat(Arch.judge(FRONT, Pitches.ofLowerBack(25), ArchReference.NONE, false).kind())
        .isEqualTo(Kind.UNKNOWN);
  }

  @Test
  void whoIsAwakeAndProppedProbablyReads() {
    assertThat(Arch.judge(FRONT, Pitches.ofBoth(40, 0), FLAT, true).kind())
        .isEqualTo(Kind.PROPPED_AWAKE);
    assertThat(Arch.judge(FRONT, Pitches.ofBoth(2, 5), FLAT, true).kind()).isEqualTo(Kind.FLAT);
  }

  @ParameterizedTest
  @EnumSource(
      value = SleepPosition.class,
      names = {"SUPINE", "LEFT", "RIGHT"})
  void nothingButTheFrontArches(SleepPosition side) {
    assertThat(Arch.judge(new Lie(side, false), Pitches.ofBoth(50, 0), FLAT, false).kind())
        .isEqualTo(Kind.FLAT);
  }

  @Test
  void nearTheLimitTheWordIsWorthLess() {
    double near = Arch.judge(FRONT, Pitches.ofBoth(19, 10), FLAT, false).confidence();
    double far = Arch.judge(FRONT, Pitches.ofBoth(40, 10), FLAT, false).confidence();
    assertThat(near).isLessThan(far);
  }
}
