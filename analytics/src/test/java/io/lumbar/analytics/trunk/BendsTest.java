package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.analytics.trunk.Bend.Style;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BendsTest {
  private static final LongToDoubleFunction NO_THIGH = at -> Double.NaN;

  @ParameterizedTest
  @ValueSource(doubles = {5, 12.5, 25, 100})
  void aBendHasAPeakAndADurationAtAnyRate(double hertz) {
    Body body = new Body(0, hertz, 1).hold(Body.UPRIGHT, 5).bend(75, 4).hold(Body.UPRIGHT, 10);
    List<Bend> bends = bends(body, NO_THIGH);
    assertThat(bends).hasSize(1);
    Bend bend = bends.get(0);
    assertThat(bend.peakDegrees()).isCloseTo(75, within(4.0));
    assertThat(bend.seconds()).isCloseTo(3, within(0.5));
    assertThat(bend.peakAt()).isBetween(6_500L, 7_700L);
    assertThat(bend.style()).isEqualTo(Style.UNKNOWN);
  }

  @Test
  void leaningAndNoddingAreNoBends() {
    Body body = new Body(0, 25, 2).hold(Body.UPRIGHT, 5);
    body.bend(28, 3).hold(Body.UPRIGHT, 5).bend(33, 3).hold(Body.UPRIGHT, 5).bend(80, 0.5);
    assertThat(bends(body.hold(Body.UPRIGHT, 10), NO_THIGH)).isEmpty();
  }

  @Test
  void leaningToTheSideIsNoBend() {
    Body body = new Body(0, 25, 3).hold(Body.UPRIGHT, 5);
    body.hold(new Direction(0.6, 0.8, 0), 3).hold(Body.UPRIGHT, 10);
    assertThat(bends(body, NO_THIGH)).isEmpty();
  }

  @Test
  void lyingDownIsNoBend() {
    Body body = new Body(0, 25, 4).hold(Body.UPRIGHT, 5).bend(50, 2).hold(Body.SUPINE, 30);
    body.bend(50, 2).hold(Body.UPRIGHT, 20);
    assertThat(bends(body, NO_THIGH)).isEmpty();
  }

  @Test
  void theThighTellsStoopFromSquat() {
    Body body = new Body(0, 25, 5).hold(Body.UPRIGHT, 5).bend(75, 3).hold(Body.UPRIGHT, 10);
    assertThat(bends(body, at -> 10))
        .singleElement()
        .extracting(Bend::style)
        .isEqualTo(Style.STOOP);
    assertThat(bends(body, at -> at > 5_500 && at < 7_500 ? 80 : 5))
        .singleElement()
        .extracting(Bend::style)
        .isEqualTo(Style.SQUAT);
    assertThat(bends(body, at -> at > 5_500 && at < 7_500 ? 40 : 5))
        .singleElement()
        .extracting(Bend::style)
        .isEqualTo(Style.MIXED);
  }

  @Test
  void sittingDownAndStandingUpAreNoBendsForWhoWearsAThighSensor() {
    Body body = new Body(0, 25, 6).hold(Body.UPRIGHT, 5).bend(55, 2);
    body.hold(Body.UPRIGHT, 5).bend(55, 2).hold(Body.UPRIGHT, 10);
    assertThat(bends(body, at -> at > 6_000 && at < 13_000 ? 85 : 5)).isEmpty();
    assertThat(bends(body, NO_THIGH)).hasSize(2);
  }

  @Test
  void aGapEndsABendWithoutCountingIt() {
    Body body = new Body(0, 25, 7).hold(Body.UPRIGHT, 5);
    body.hold(new Direction(0.2, 0, -1), 2).silence(3).hold(Body.UPRIGHT, 10);
    assertThat(bends(body, NO_THIGH)).isEmpty();
  }

  @Test
  void bendsInARowAreCountedOneByOne() {
    Body body = new Body(0, 25, 8).hold(Body.UPRIGHT, 5);
    for (int i = 0; i < 10; i++) {
      body.bend(70, 2).hold(Body.UPRIGHT, 1);
    }
    assertThat(bends(body.hold(Body.UPRIGHT, 10), NO_THIGH)).hasSize(10);
  }

  private static List<Bend> bends(Body body, LongToDoubleFunction thigh) {
    List<Bend> bends = new ArrayList<>();
    BendState state = BendState.START;
    for (Reading one : body.readings()) {
      Direction value = one.value();
      Tilt tilt = TrunkAxes.STANDARD.tilt(value.x(), value.y(), value.z());
      Bends.Step step = Bends.advance(state, one.at(), tilt, thigh.applyAsDouble(one.at()), false);
      state = step.state();
      if (step.bend() != null) {
        bends.add(step.bend());
      }
    }
    Bends.atEnd(state).stream().filter(Bend::isBend).forEach(bends::add);
    return bends;
  }
}
