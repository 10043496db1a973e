package io.lumbar.analytics.trunk;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.POCKET;
import static io.lumbar.analytics.Rig.THIGH;
import static io.lumbar.analytics.Rig.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.Rig;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.Calibration;
import io.lumbar.model.Correction;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Json;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import io.lumbar.model.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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

  @Test
  void aForgottenShiftCountsNoMore() throws IOException {
    Body chest = walked(1).hold(Body.UPRIGHT, 300).hold(BACK_12, 300);
    List<Object> input = new ArrayList<>(batches(chest, walked(2).hold(SEAT, 600)));
    assertThat(shifts(input)).isEqualTo(1);
    input.add(
        new Correction(
            "s_forget", at("12:00"), false, at("10:00"), at("10:10"), Correction.Was.FORGET));
    assertThat(shifts(input)).isNull();
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

  @Test
  void aBatchOfHalfAnHourShowsWhatItsPiecesShow() throws IOException {
    Body chest = walked(1).hold(Body.UPRIGHT, 240).hold(BACK_12, 240).hold(Body.UPRIGHT, 1200);
    chest.hold(BACK_12, 200);
    List<MotionBatch> batches = new ArrayList<>(walked(2).hold(SEAT, 1880).batches(THIGH, 300, 1));
    batches.addAll(chest.batches(CHEST, Integer.MAX_VALUE, 1));
    assertThat(shifts(batches)).isEqualTo(3);
  }

  @Test
  void aPocketThatTurnsOutToBeATableTakesItsSeatBack() throws IOException {
    Body chest = walked(1).hold(Body.UPRIGHT, 300).hold(BACK_12, 335).hold(Body.UPRIGHT, 800);
    Body phone = walked(2).hold(SEAT, 605).rest(new Direction(0.05, 0, -1), 830);
    List<MotionBatch> whole = new ArrayList<>(phone.batches(POCKET, Integer.MAX_VALUE, 1));
    whole.addAll(chest.batches(CHEST, Integer.MAX_VALUE, 1));
    List<MotionBatch> live = new ArrayList<>(phone.batches(POCKET, 300, 1));
    live.addAll(chest.batches(CHEST, 300, 1));
    live.sort(Comparator.comparingLong(MotionBatch::startNanos));
    assertThat(shifts(live)).isEqualTo(shifts(whole)).isEqualTo(1);
  }

  @Test
  void whenThePoseThatTellsHowTheTrunkIsTurnedComesDoesNotMatter() throws IOException {
    Body chest =
        new Body(START, 25, 1)
            .mounted(TrunkAxes.of(new Direction(0, 0, 1), new Direction(1, 0, 0)))
            .hold(Body.UPRIGHT, 360)
            .hold(BACK_12, 300);
    List<Object> motion = new ArrayList<>(batches(chest, walked(2).hold(SEAT, 540)));
    assertThat(shifts(motion)).isNull();
    Instant from = Instant.ofEpochMilli(START).plusSeconds(10);
    Calibration pose =
        new Calibration(
            "s_stood",
            from.plusSeconds(20),
            false,
            CHEST.device(),
            CHEST.placement(),
            Calibration.Pose.STANDING,
            from,
            from.plusSeconds(10));
    List<Object> poseFirst = new ArrayList<>(motion);
    poseFirst.add(0, pose);
    motion.add(pose);
    assertThat(shifts(poseFirst)).isEqualTo(1);
    assertThat(shifts(motion)).isEqualTo(1);
  }

  @Test
  void aDeviceKeepsWhatItFeltWhereItWasWornBefore() throws IOException {
    List<MotionBatch> batches =
        batches(walked(1).hold(Body.UPRIGHT, 300).hold(BACK_12, 300), walked(2).hold(SEAT, 900));
    Stamp moved = Rig.stamp("d_chest", Placement.LOWER_BACK);
    batches.addAll(
        new Body(at("10:07:30").toEpochMilli(), 25, 3)
            .hold(Body.UPRIGHT, 120)
            .batches(moved, 300, 1));
    assertThat(shifts(batches)).isEqualTo(1);
  }

  private static Body walked(long seed) {
    return new Body(START, 25, seed).walk(120);
  }

  private static List<MotionBatch> batches(Body chest, Body thigh) {
    List<MotionBatch> batches = new ArrayList<>(chest.batches(CHEST, 300, 1));
    batches.addAll(thigh.batches(THIGH, 300, 1));
    return batches;
  }

  private Integer shifts(List<?> input) throws IOException {
    Path folder = Files.createTempDirectory(stateDir, "rig");
    try (Rig rig = new Rig(at("12:00"), folder)) {
      for (Object one : input) {
        if (one instanceof MotionBatch batch) {
          rig.upload(ANNA, batch);
        } else {
          rig.uploadBytes(Topic.CHECKINS, ANNA.value(), Json.bytes(one));
        }
      }
      rig.clockTo("13:00");
      // A trunk alone shows no posture, and such a day is not told.
      DaySummary day = rig.days(ANNA).get(Rig.DAY);
      return day == null ? null : day.seatedShifts();
    }
  }
}
