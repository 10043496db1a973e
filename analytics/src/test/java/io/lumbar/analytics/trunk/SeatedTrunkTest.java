package io.lumbar.analytics.trunk;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.Rig;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.DaySummary;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shifts on a seat that the trunk shows and the thigh does not, in the day's sum. */
class SeatedTrunkTest {
  private static final Stamp CHEST = Rig.stamp("d_chest", Placement.CHEST);
  private static final long START = at("9:55").toEpochMilli();
  private static final Direction SEAT = new Direction(0.1, 0, -1);
  private static final Direction BACK_12 = new Direction(0.978, 0, 0.208);
  private static final Direction ASIDE_6 = new Direction(0.995, 0.105, 0);

  @TempDir Path stateDir;

  @Test
  void leaningBackInTheChairCountsAndAFewDegreesDoNot() throws IOException {
    Body chest = walked(1).hold(Body.UPRIGHT, 300).hold(ASIDE_6, 120).hold(Body.UPRIGHT, 120);
    chest.hold(BACK_12, 300).hold(Body.UPRIGHT, 300);
    assertThat(shifts(batches(chest, walked(2).hold(SEAT, 1140)))).isEqualTo(2);
  }

  @Test
  void onTheFeetOrWithoutAThighSensorNobodyShiftsOnASeat() throws IOException {
    Body chest = walked(1).hold(Body.UPRIGHT, 300).hold(BACK_12, 300).hold(Body.UPRIGHT, 300);
    assertThat(shifts(batches(chest, walked(2).hold(Body.UPRIGHT, 900)))).isNull();
    assertThat(shifts(chest.batches(CHEST, 300, 1))).isNull();
  }

  @Test
  void whatThighAndTrunkBothFeelCountsOnce() throws IOException {
    Body chest = walked(1).hold(Body.UPRIGHT, 300).hold(BACK_12, 300);
    Body thigh = walked(2).hold(SEAT, 300).hold(new Direction(0.4, 0, -0.92), 300);
    assertThat(shifts(batches(chest, thigh))).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theOrderInWhichSensorsAreHeardDoesNotMatter(long seed) throws IOException {
    Body chest = walked(1).hold(Body.UPRIGHT, 240).hold(BACK_12, 240).hold(Body.UPRIGHT, 240);
    chest.hold(BACK_12, 300);
    List<MotionBatch> batches = batches(chest, walked(2).hold(SEAT, 1020));
    Collections.shuffle(batches, new Random(seed));
    assertThat(shifts(batches)).isEqualTo(3);
  }

  private static Body walked(long seed) {
    return new Body(START, 25, seed).walk(120);
  }

  private static List<MotionBatch> batches(Body chest, Body thigh) {
    List<MotionBatch> batches = new ArrayList<>(chest.batches(CHEST, 300, 1));
    batches.addAll(thigh.batches(Rig.THIGH, 300, 1));
    return batches;
  }

  private Integer shifts(List<MotionBatch> batches) throws IOException {
    Path folder = Files.createTempDirectory(stateDir, "rig");
    try (Rig rig = new Rig(at("12:00"), folder)) {
      batches.forEach(batch -> rig.upload(ANNA, batch));
      rig.clockTo("13:00");
      // A trunk alone shows no posture, and such a day is not told.
      DaySummary day = rig.days(ANNA).get(Rig.DAY);
      return day == null ? null : day.seatedShifts();
    }
  }
}
