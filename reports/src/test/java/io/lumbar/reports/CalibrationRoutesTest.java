package io.lumbar.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Calibration;
import io.lumbar.model.CalibrationResult;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.SleepPosition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CalibrationRoutesTest {
  private static final String PATH = "/api/v1/wearers/Mira/calibrations";
  private static final Instant BED = Instant.parse("2026-03-02T21:00:00Z");

  @Test
  void theNewestResultOfEachSensorIsTold() {
    try (ReportsServer server = new ReportsServer(InstantSource.fixed(BED))) {
      assertThat(server.get("w_mira", PATH).body()).isEqualTo("{\"items\":[],\"next\":null}");
      server.calibrations.take(
          result(new CalibrationResult.Bed(BED, false, "lie down", null, null, Map.of(), null)));
      assertThat(server.get("w_mira", PATH).body()).contains("\"refused\":\"lie down\"");
      Map<Calibration.Pose, Map<SleepPosition, Integer>> judged =
          Map.of(Calibration.Pose.BACK, Map.of(SleepPosition.SUPINE, 60));
      server.calibrations.take(
          result(new CalibrationResult.Bed(BED, true, null, 8.0, 21.0, judged, List.of())));
      assertThat(server.get("w_mira", PATH).body())
          .isEqualTo(
              "{\"items\":[{\"device\":\"d_chest\",\"placement\":\"chest\","
                  + "\"bed\":{\"from\":\"2026-03-02T22:00:00+01:00\",\"accepted\":true,"
                  + "\"flatDegrees\":8.0,\"proppedDegrees\":21.0,"
                  + "\"judged\":{\"back\":{\"supine\":60}},\"warnings\":[]},"
                  + "\"bedLearned\":\"2026-03-02T21:59:00+01:00\"}],\"next\":null}");
    }
  }

  @Test
  void aRecordFromBeforeItSaidWhichBedWasLearnedIsRead() {
    String old =
        """
        {"v":1,"wearer":"w_mira","device":"d_chest","placement":"chest",\
        "bed":{"from":"2026-03-02T21:00:00Z","accepted":%s,"judged":{},"warnings":[]}}""";
    assertThat(read(old.formatted(true)).bedLearned()).isEqualTo(BED);
    assertThat(read(old.formatted(false)).bedLearned()).isNull();
  }

  private static CalibrationResult read(String json) {
    return Json.read(json.getBytes(StandardCharsets.UTF_8), CalibrationResult.class);
  }

  @Test
  void aStrangerReadsNothing() {
    try (ReportsServer server = new ReportsServer(InstantSource.fixed(BED))) {
      assertThat(server.get("w_tom", PATH).statusCode()).isEqualTo(404);
    }
  }

  private static CalibrationResult result(CalibrationResult.Bed bed) {
    return new CalibrationResult(
        ReportsServer.MIRA.id(),
        new DeviceId("d_chest"),
        Placement.CHEST,
        null,
        bed,
        BED.minusSeconds(60));
  }
}
