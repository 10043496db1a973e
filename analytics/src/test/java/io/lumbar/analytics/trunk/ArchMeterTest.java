package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.analytics.trunk.TrunkSlot.Trunk;
import io.lumbar.model.Placement;
import io.lumbar.model.SleepPosition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ArchMeterTest {
  private static final TrunkFrame CHEST = frame(2, true);
  private static final TrunkFrame BACK = frame(5, true);

  @ParameterizedTest
  @CsvSource({"2, 5, 0", "10, 5, 8", "20, 5, 18", "30, 0, 33", "-30, 5, -32"})
  void twoSensorsMeasureAnArchAgainstTheWearersFlat(double chest, double back, double degrees) {
    TrunkSlot upper = slot(10_000, SleepPosition.PRONE, chest);
    TrunkSlot lower = slot(10_000, SleepPosition.PRONE, back);
    ArchMeter byChest = ArchMeter.both(Placement.CHEST, CHEST, List.of(lower), BACK);
    ArchMeter byBack = ArchMeter.both(Placement.LOWER_BACK, BACK, List.of(upper), CHEST);
    assertThat(byChest.degrees(upper).orElseThrow()).isCloseTo(degrees, within(1e-9));
    assertThat(byBack.degrees(lower).orElseThrow()).isCloseTo(degrees, within(1e-9));
  }

  @Test
  void theWordOfTwoIsWorthWhatTheyKnowOfFlat() {
    assertThat(confidence(CHEST, BACK)).isEqualTo(ArchMeter.BOTH_CALIBRATED);
    assertThat(confidence(frame(0, false), frame(0, false))).isEqualTo(ArchMeter.BOTH);
    assertThat(confidence(CHEST, frame(0, false))).isEqualTo(ArchMeter.ONE_CALIBRATED);
    assertThat(confidence(frame(0, false), BACK)).isEqualTo(ArchMeter.ONE_CALIBRATED);
  }

  @Test
  void aChestSensorAloneSaysNothing() {
    assertThat(ArchMeter.alone(Placement.CHEST, CHEST)).isEmpty();
  }

  @Test
  void aLowerBackSensorAloneMeasuresOnceItsWearerWasInBedForItAndIsWorthLittle() {
    ArchMeter alone = ArchMeter.alone(Placement.LOWER_BACK, BACK).orElseThrow();
    assertThat(alone.degrees(slot(0, SleepPosition.PRONE, 25)).orElseThrow())
        .isCloseTo(20, within(1e-9));
    assertThat(alone.confidence()).isLessThanOrEqualTo(0.3);
    assertThat(ArchMeter.alone(Placement.LOWER_BACK, frame(0, false))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = SleepPosition.class,
      names = {"SUPINE", "LEFT", "RIGHT"})
  void nothingButTheFrontArches(SleepPosition side) {
    TrunkSlot prone = slot(0, SleepPosition.PRONE, 0);
    TrunkSlot other = slot(0, side, 50);
    assertThat(ArchMeter.both(Placement.CHEST, CHEST, List.of(prone), BACK).degrees(other))
        .isEmpty();
    assertThat(ArchMeter.both(Placement.CHEST, CHEST, List.of(other), BACK).degrees(prone))
        .isEmpty();
    assertThat(ArchMeter.alone(Placement.LOWER_BACK, BACK).orElseThrow().degrees(other)).isEmpty();
  }

  @Test
  void theOtherSensorWasHeardInTheMinuteBefore() {
    List<TrunkSlot> lower = List.of(slot(0, SleepPosition.PRONE, 5));
    ArchMeter meter = ArchMeter.both(Placement.CHEST, CHEST, lower, BACK);
    assertThat(meter.degrees(slot(60_000, SleepPosition.PRONE, 22))).isPresent();
    assertThat(meter.degrees(slot(60_001, SleepPosition.PRONE, 22))).isEmpty();
  }

  private static double confidence(TrunkFrame chest, TrunkFrame back) {
    return ArchMeter.both(Placement.CHEST, chest, List.of(), back).confidence();
  }

  private static TrunkFrame frame(double flatDegrees, boolean calibrated) {
    return new TrunkFrame(
        TrunkAxes.STANDARD, Optional.of(TrunkAxes.STANDARD), flatDegrees, calibrated, true);
  }

  /** Five seconds in which the trunk lay so, its head's end raised. */
  static TrunkSlot slot(long at, SleepPosition side, double headUp) {
    double pitch = Math.toRadians(headUp);
    Tilt tilt = new Tilt(Math.sin(pitch), 0, -Math.cos(pitch));
    return new TrunkSlot(at, Trunk.of(side), new Lie(side, false), tilt, false);
  }
}
