package io.lumbar.analytics.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.analytics.day.SittingPattern.Length;
import io.lumbar.model.SittingMetrics;
import java.util.List;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SittingPatternTest {
  private static final Offset<Double> SEVEN_DIGITS = within(5e-8);

  @Test
  void givesTheFiguresOfTheLiterature() {
    SittingMetrics metrics =
        SittingPattern.of(lengths(2, 3, 5, 8, 12, 20, 35, 45, 60, 90), 10, 10, 1);
    assertThat(metrics.meanMinutes()).isEqualTo(28);
    assertThat(metrics.medianMinutes()).isEqualTo(16);
    assertThat(metrics.breakRate()).isEqualTo(2.1429, within(5e-5));
    assertThat(metrics.fragmentation()).isEqualTo(0.035714, within(5e-7));
    assertThat(metrics.alpha()).isEqualTo(1.3715063, SEVEN_DIGITS);
    assertThat(metrics.x05()).isEqualTo(6.4609408, SEVEN_DIGITS);
    assertThat(metrics.w05Share()).isEqualTo(0.9642857, SEVEN_DIGITS);
    assertThat(metrics.halfLifeBoutMinutes()).isEqualTo(60);
    assertThat(metrics.gini()).isEqualTo(0.5873016, SEVEN_DIGITS);
    assertThat(metrics.minutesOf30()).isEqualTo(230);
    assertThat(metrics.minutesOf60()).isEqualTo(150);
  }

  @Test
  void theOrderOfBoutsDoesNotMatter() {
    assertThat(SittingPattern.of(lengths(90, 2, 60, 3, 45, 5), 6, 6, 1))
        .isEqualTo(SittingPattern.of(lengths(2, 3, 5, 45, 60, 90), 6, 6, 1));
  }

  @Test
  void aBoutThatWasCutCountsWithItsLengthButNotAsAnEnd() {
    List<Length> cut =
        List.of(
            new Length(2, true),
            new Length(4, true),
            new Length(8, true),
            new Length(16, true),
            new Length(32, true),
            new Length(64, false));
    SittingMetrics metrics = SittingPattern.of(cut, 5, 5, 1);
    assertThat(metrics.fragmentation()).isEqualTo(5.0 / 126, SEVEN_DIGITS);
    assertThat(metrics.alpha()).isEqualTo(1 + 5 / (21 * Math.log(2)), SEVEN_DIGITS);
    assertThat(metrics.minutesOf60()).isEqualTo(64);
  }

  @Test
  void saysNothingOfAPowerLawWithFewOrEqualBouts() {
    assertThat(SittingPattern.of(lengths(2, 3, 5, 8), 4, 4, 1).alpha()).isNull();
    assertThat(SittingPattern.of(lengths(2, 3, 5, 8, 12), 4, 4, 1).w05Share()).isNull();
    assertThat(SittingPattern.of(lengths(5, 5, 5, 5, 5, 5), 6, 6, 1).x05()).isNull();
    assertThat(SittingPattern.of(lengths(5), 1, 1, 1).gini()).isNull();
  }

  private static List<Length> lengths(double... minutes) {
    return DoubleStream.of(minutes).mapToObj(one -> new Length(one, true)).toList();
  }
}
