package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.SleepPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SleepPositionsTest {
  private SleepPositionState state = SleepPositionState.START;

  @ParameterizedTest
  @CsvSource({
    "0, SUPINE, false", "40, SUPINE, false", "50, LEFT, false", "90, LEFT, false",
    "125, LEFT, true", "140, PRONE, true", "170, PRONE, false", "-170, PRONE, false",
    "-140, PRONE, true", "-120, RIGHT, true", "-90, RIGHT, false", "-30, SUPINE, false"
  })
  void tellsTheSideByTheRoll(double roll, SleepPosition side, boolean threeQuarter) {
    read(0, roll, 0);
    assertThat(state.lie()).isEqualTo(new Lie(side, threeQuarter));
  }

  @Test
  void aReadingJustOverTheEdgeMustStayThereForAQuarterOfAMinute() {
    read(0, 40, 0);
    read(1, 50, 0);
    assertThat(side()).isEqualTo(SleepPosition.SUPINE);
    read(5, 44, 0);
    read(6, 50, 0);
    read(20, 50, 0);
    assertThat(side()).isEqualTo(SleepPosition.SUPINE);
    read(21, 50, 0);
    assertThat(side()).isEqualTo(SleepPosition.LEFT);
  }

  @Test
  void aClearTurnCountsAtOnce() {
    read(0, 40, 0);
    read(1, 60, 0);
    assertThat(side()).isEqualTo(SleepPosition.LEFT);
    read(2, 178, 0);
    assertThat(side()).isEqualTo(SleepPosition.PRONE);
    read(3, -178, 0);
    assertThat(side()).isEqualTo(SleepPosition.PRONE);
  }

  @Test
  void theLastPositionHoldsWhileTheChestIsNearVertical() {
    read(0, 180, 0);
    read(60, 20, 74);
    assertThat(side()).isEqualTo(SleepPosition.PRONE);
    read(120, 180, 60);
    assertThat(side()).isEqualTo(SleepPosition.PRONE);
  }

  @Test
  void nothingIsKnownBeforeTheTrunkLies() {
    read(0, 0, 85);
    assertThat(state.lie()).isNull();
  }

  @Test
  void aTagThatIsHeardRarelyNeedsNoHysteresis() {
    read(0, 40, 0);
    read(200, 50, 0);
    assertThat(side()).isEqualTo(SleepPosition.LEFT);
  }

  @Test
  void aJoltDecidesNothing() {
    read(0, 0, 0);
    state = SleepPositions.advance(state, 1000, new Tilt(0, 2, 0));
    assertThat(side()).isEqualTo(SleepPosition.SUPINE);
  }

  private SleepPosition side() {
    assertThat(state.lie()).isNotNull();
    return state.lie().side();
  }

  private void read(long second, double roll, double headUp) {
    double across = Math.cos(Math.toRadians(headUp));
    double r = Math.toRadians(roll);
    Tilt tilt =
        new Tilt(Math.sin(Math.toRadians(headUp)), across * Math.sin(r), across * Math.cos(r));
    state = SleepPositions.advance(state, second * 1000, tilt);
  }
}
