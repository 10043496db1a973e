package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.analytics.stream.CalibrationLog;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.Calibration;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored of calibrations, and what was before it had a version. */
class CalibrationBytesTest {
  private static final String WITHOUT_VERSION =
      """
      {"standings":{"1772442000000":{"x":0.5,"y":0.25,"z":0.75}},"beds":{},\
      "refusals":{"1772445600000":"still to come: right"}}""";

  private static final String POSES_WITHOUT_VERSION =
      """
      [{"kind":"calibration","id":"s_1772438400","statedAt":"2026-03-02T08:00:10Z",\
      "device":"d_chest","placement":"chest","pose":"standing","from":"2026-03-02T08:00:00Z",\
      "to":"2026-03-02T08:00:10Z","v":1}]""";

  @Test
  void aSensorCalibrationWithoutAVersionIsRead() {
    SensorCalibration read = SensorCalibration.decode(bytes(WITHOUT_VERSION));
    assertThat(read.standings())
        .isEqualTo(Map.of(1_772_442_000_000L, new Direction(0.5, 0.25, 0.75)));
    assertThat(read.refusals()).containsValue("still to come: right");
    String now = new String(read.encode(), StandardCharsets.UTF_8);
    assertThat(now).contains("\"version\":2");
    assertThat(SensorCalibration.decode(bytes(now))).isEqualTo(read);
    assertThatThrownBy(
            () -> SensorCalibration.decode(bytes(now.replace("\"version\":2", "\"version\":3"))))
        .hasMessageContaining("version 3");
  }

  @Test
  void aStandingOfNothingButDropOutsDoesNotCount() {
    SensorCalibration read =
        SensorCalibration.decode(
                bytes(
                    """
                {"version":2,"standings":{"1772442000000":{"x":0.0,"y":0.0,"z":0.0},\
                "1772445600000":{"x":-1.0,"y":0.0,"z":0.0}},"beds":{},"refusals":{}}"""))
            .withoutDropOuts();
    assertThat(read.standing(1_772_442_000_000L)).contains(new Direction(-1, 0, 0));
    assertThat(read.standings()).containsOnlyKeys(1_772_445_600_000L);
  }

  @Test
  void aPoseThatIsToldEveryDayDoesNotDriveOutTheOthers() {
    Stamp chest = new Stamp(new DeviceId("d_chest"), Placement.CHEST, ZoneOffset.UTC);
    Stamp phone = new Stamp(new DeviceId("d_phone"), Placement.CHEST, ZoneOffset.UTC);
    CalibrationLog log = new CalibrationLog(TrunkSensorsTest.store(), "k");
    Calibration one = pose(chest, "2026-03-02T08:00:00Z");
    log.add(one);
    for (int day = 0; day < 70; day++) {
      log.add(pose(phone, Instant.parse("2026-03-03T08:00:00Z").plusSeconds(day * 86_400L)));
    }
    assertThat(log.of(chest)).containsExactly(one);
    assertThat(log.of(phone)).hasSize(24);
    assertThat(log.of(phone).get(0).from()).isEqualTo("2026-04-18T08:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void posesWhoseMotionMayStillBeJudgedAreNotDrivenOut(long seed) {
    Stamp phone = new Stamp(new DeviceId("d_phone"), Placement.TROUSER_POCKET, ZoneOffset.UTC);
    List<Calibration> poses = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      poses.add(pose(phone, Instant.parse("2026-03-03T08:00:00Z").plusSeconds(i * 36_000L)));
    }
    Collections.shuffle(poses, new Random(seed));
    CalibrationLog log = new CalibrationLog(TrunkSensorsTest.store(), "k");
    poses.forEach(log::add);
    // The newest is of 27 March, 22:00.
    assertThat(log.of(phone)).hasSize(39);
    assertThat(log.of(phone).get(0).from()).isEqualTo("2026-03-12T02:00:00Z");
    for (int i = 0; i < 450; i++) {
      log.add(pose(phone, Instant.parse("2026-04-20T08:00:00Z").plusSeconds(i * 60L)));
    }
    assertThat(log.of(phone)).hasSize(400);
    assertThat(log.of(phone).get(0).from()).isEqualTo("2026-04-20T08:50:00Z");
  }

  @Test
  void aZoneInWhichNothingWasFeltDoesNotHideWhyABedWasRefused() {
    long at = 1_772_442_000_000L;
    SensorCalibration felt =
        SensorCalibration.decode(
            bytes(
                """
                {"version":2,"standings":{},"beds":{},\
                "refusals":{"1772442000000":"left and right seem to be swapped"}}"""));
    SensorCalibration silent =
        SensorCalibration.decode(
            bytes(
                """
                {"version":2,"standings":{},"beds":{},\
                "refusals":{"1772442000000":"the pose back has too few readings: stay in it for \
                twenty seconds, with a tag that is heard seldom for a minute"}}"""));
    assertThat(felt.and(silent).refusals())
        .isEqualTo(silent.and(felt).refusals())
        .isEqualTo(Map.of(at, "left and right seem to be swapped"));
  }

  @Test
  void posesWithoutAVersionAreRead() {
    Stamp stamp = new Stamp(new DeviceId("d_chest"), Placement.CHEST, ZoneOffset.UTC);
    KeyValueStore<String, byte[]> store = TrunkSensorsTest.store();
    Calibration one = pose(stamp, "2026-03-02T08:00:00Z");
    store.put("k", bytes(POSES_WITHOUT_VERSION));
    CalibrationLog log = new CalibrationLog(store, "k");
    assertThat(log.of(stamp)).containsExactly(one);
    Calibration other = pose(stamp, "2026-03-02T09:00:00Z");
    log.add(other);
    assertThat(new String(store.get("k"), StandardCharsets.UTF_8)).contains("\"version\":2");
    assertThat(new CalibrationLog(store, "k").of(stamp)).containsExactly(one, other);
  }

  private static Calibration pose(Stamp stamp, String at) {
    return pose(stamp, Instant.parse(at));
  }

  private static Calibration pose(Stamp stamp, Instant from) {
    Instant to = from.plusSeconds(10);
    Calibration.Pose standing = Calibration.Pose.STANDING;
    return new Calibration(
        "s_" + from.getEpochSecond(),
        to,
        false,
        stamp.device(),
        stamp.placement(),
        standing,
        from,
        to);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
