package io.lumbar.analytics.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedRecordingTest {
  private static final Instant START = Instant.parse("2026-03-02T06:00:00Z");
  private static final Script SCRIPT =
      Script.of(START, Activity.STANDING, Duration.ofSeconds(20))
          .then(Activity.STAIRS_UP, Duration.ofSeconds(30))
          .then(Activity.LYING_THREE_QUARTER_PRONE, Duration.ofSeconds(40));

  private final SimulatedRecording recording = new SimulatedRecording(new Simulation(SCRIPT, 4));
  private final StringBuilder text = new StringBuilder();

  @Test
  void samplesAreThoseThatTheSensorFelt() throws IOException {
    Stamp chest = new Stamp(new DeviceId("d_chest"), Placement.CHEST, ZoneOffset.UTC);
    Wear wear = Wear.of(chest, 40).mounted(Mounting.UPSIDE_DOWN);
    recording.writeSamples(wear, text);

    List<String> lines = text.toString().lines().toList();
    assertThat(lines.get(0)).isEqualTo("epoch,x,y,z");
    int at = 1;
    for (MotionBatch batch : new Simulation(SCRIPT, 4).worn(wear)) {
      for (int i = 0; i < batch.size(); i++) {
        String[] cells = lines.get(at++).split(",", -1);
        long nanos = batch.startNanos() + batch.offsetMicros()[i] * 1_000L;
        assertThat(new BigDecimal(cells[0])).isEqualTo(BigDecimal.valueOf(nanos / 1_000, 6));
        assertThat(Double.parseDouble(cells[1])).isCloseTo(batch.x()[i], within(0.00006));
        assertThat(Double.parseDouble(cells[2])).isCloseTo(batch.y()[i], within(0.00006));
        assertThat(Double.parseDouble(cells[3])).isCloseTo(batch.z()[i], within(0.00006));
      }
    }
    assertThat(lines).hasSize(at).hasSizeBetween(3_500, 3_700);
    assertThat(text).contains(",-0.").contains(",-1.");
  }

  @Test
  void theTruthHasARowForEachScene() throws IOException {
    recording.writeTruth(text);
    assertThat(text)
        .hasToString(
            """
            from,to,activity,posture,position
            2026-03-02T06:00:00Z,2026-03-02T06:00:20Z,standing,standing,
            2026-03-02T06:00:20Z,2026-03-02T06:00:50Z,stairs-up,stairs,
            2026-03-02T06:00:50Z,2026-03-02T06:01:30Z,lying-three-quarter-prone,lying,three-quarter-prone
            """);
  }

  @Test
  void theStepsAreThoseOfTheFeet() throws IOException {
    recording.writeSteps(text);
    List<String> lines = text.toString().lines().toList();
    assertThat(lines.get(0)).isEqualTo("at");
    List<Instant> steps = lines.stream().skip(1).map(Instant::parse).toList();
    assertThat(steps).isEqualTo(new Simulation(SCRIPT, 4).steps()).hasSizeGreaterThan(30);
    assertThat(steps).allMatch(at -> at.isAfter(START.plusSeconds(20)));
    assertThat(steps).allMatch(at -> at.isBefore(START.plusSeconds(50)));
  }

  @Test
  void theBeginningOfAScriptEndsInTheMiddleOfAScene() {
    Script first = SCRIPT.first(Duration.ofSeconds(25));
    assertThat(first.truth())
        .extracting(Script.Truth::to)
        .containsExactly(START.plusSeconds(20), START.plusSeconds(25));
    assertThat(SCRIPT.first(Duration.ofSeconds(20)).scenes()).hasSize(1);
    assertThat(SCRIPT.first(Duration.ofHours(2))).isEqualTo(SCRIPT);
  }
}
