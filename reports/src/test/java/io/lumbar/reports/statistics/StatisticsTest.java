package io.lumbar.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void takesQuantilesBetweenTheValues() {
    double[] values = {9, 1, 5, 3};

    assertThat(Quantiles.median(values)).isEqualTo(4);
    assertThat(Quantiles.of(values, 0)).isEqualTo(1);
    assertThat(Quantiles.of(values, 1)).isEqualTo(9);
    assertThat(Quantiles.of(values, 0.9)).isCloseTo(7.8, within(1e-9));
    assertThat(values).containsExactly(9, 1, 5, 3);
    assertThatThrownBy(() -> Quantiles.median(new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knowsNoHabitBeforeTheSeventhDay() {
    assertThat(Usual.of(new double[] {1, 2, 3, 4, 5, 6})).isEmpty();

    Usual usual = Usual.of(new double[] {10, 20, 30, 40, 50, 60, 70}).orElseThrow();

    assertThat(usual).isEqualTo(new Usual(40, 16, 64, 7));
    assertThat(usual.place(15.9)).isEqualTo(Usual.Place.BELOW);
    assertThat(usual.place(16)).isEqualTo(Usual.Place.WITHIN);
    assertThat(usual.place(64.1)).isEqualTo(Usual.Place.ABOVE);
  }

  @Test
  void ranksTiesAtTheirMean() {
    assertThat(Spearman.ranks(new double[] {5, 1, 5, 0})).containsExactly(3.5, 2, 3.5, 1);
  }

  @Test
  void agreesWithATextbookCorrelation() {
    // Differences of ranks: 1 - 6 * 194 / (10 * 99).
    double[] x = {106, 100, 86, 101, 99, 103, 97, 113, 112, 110};
    double[] y = {7, 27, 2, 50, 28, 29, 20, 12, 6, 17};

    Spearman.Correlation found = Spearman.of(x, y).orElseThrow();

    assertThat(found.rho()).isCloseTo(-0.17575757, within(1e-7));
    assertThat(found.low()).isLessThan(found.rho());
    assertThat(found.high()).isGreaterThan(found.rho());
    assertThat(found.p()).isBetween(0.6, 0.7);
    assertThat(found.days()).isEqualTo(10);
  }

  @Test
  void survivesAPerfectOrderAndRefusesAConstant() {
    double[] up = IntStream.range(0, 28).asDoubleStream().toArray();

    Spearman.Correlation perfect = Spearman.of(up, up).orElseThrow();

    assertThat(perfect.rho()).isCloseTo(1, within(1e-12));
    assertThat(perfect.low()).isBetween(0.99, 1.0);
    assertThat(perfect.p()).isLessThan(1e-6);
    assertThat(Spearman.of(up, new double[28])).isEmpty();
    assertThat(Spearman.of(new double[4], new double[4])).isEmpty();
  }

  @Test
  void itsIntervalHoldsTheTruthAboutAsOftenAsItSays() {
    Random random = new Random(11);
    int held = 0;
    int rejected = 0;
    int runs = 2000;
    for (int run = 0; run < runs; run++) {
      double[] x = random.doubles(28).toArray();
      double[] y = random.doubles(28).toArray();
      Spearman.Correlation found = Spearman.of(x, y).orElseThrow();
      held += found.low() <= 0 && found.high() >= 0 ? 1 : 0;
      rejected += found.p() < 0.05 ? 1 : 0;
    }

    assertThat(held / (double) runs).isBetween(0.93, 0.97);
    assertThat(rejected / (double) runs).isBetween(0.03, 0.07);
  }

  @Test
  void holmCountsEveryQuestionThatWasAsked() {
    assertThat(Holm.adjusted(new double[] {0.04, 0.01, 0.03}))
        .containsExactly(new double[] {0.06, 0.03, 0.06}, within(1e-12));
    assertThat(Holm.adjusted(new double[] {0.7, 0.6})).containsExactly(1, 1);
    assertThat(Holm.adjusted(new double[0])).isEmpty();
  }

  @Test
  void findsAShiftAndSaysHowSureItIs() {
    double[] earlier = {300, 310, 290, 305, 295, 308, 900};
    double[] later = {240, 250, 230, 245, 235, 248, 10};

    Shift shift = Shift.between(earlier, later).orElseThrow();

    assertThat(shift.estimate()).isCloseTo(-60, within(6.0));
    assertThat(shift.isClear()).isTrue();
    assertThat(shift.low()).isLessThan(shift.estimate());
    assertThat(Shift.between(earlier, earlier).orElseThrow().isClear()).isFalse();
    assertThat(Shift.between(earlier, new double[] {1, 2, 3})).isEmpty();
  }

  @Test
  void theNormalTailsAreThoseOfTheTables() {
    assertThat(Normal.beyond(Normal.Z95)).isCloseTo(0.05, within(1e-6));
    assertThat(Normal.beyond(0)).isCloseTo(1, within(1e-6));
    assertThat(Normal.beyond(-2.575829)).isCloseTo(0.01, within(1e-6));
  }
}
