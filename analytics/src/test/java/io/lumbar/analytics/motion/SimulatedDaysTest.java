package io.lumbar.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.Confusion;
import io.lumbar.analytics.simulation.Mounting;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.Stamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whole days of a thigh sensor mounted at random, second by second against the truth; a few of
 * them, or as many as the system property {@code lumbar.days} says.
 *
 * <p>A thigh alone cannot tell lying on the back from sitting: here both count as resting.
 */
class SimulatedDaysTest {
  private static final Instant START = Instant.parse("2026-03-02T06:00:00Z");
  private static final Stamp THIGH =
      new Stamp(new DeviceId("d_thigh"), Placement.THIGH, ZoneOffset.UTC);

  @Test
  void whatIsDoneAllDayIsFound() {
    Confusion confusion =
        new Confusion(posture -> posture == Posture.LYING ? Posture.SITTING : posture);
    double worstSteps = 0;
    for (long seed = 1; seed <= Long.getLong("lumbar.days", 2); seed++) {
      Script day = Script.day(START, seed);
      LimbRecording recording = recording(day, seed);
      Confusion.Seconds judged = new Confusion.Seconds(day);
      for (LabelRun run : recording.runs()) {
        judged.set(
            Instant.ofEpochSecond(run.from()), Instant.ofEpochSecond(run.to()), run.posture());
      }
      confusion.add(day, judged);
      double made = new Simulation(day, seed).steps().size();
      worstSteps = Math.max(worstSteps, Math.abs(recording.steps() / made - 1));
    }
    confusion.tellWhoAsked("thigh alone, lying as sitting", worstSteps);
    assertThat(worstSteps).isLessThan(0.05);
    for (Posture posture : List.of(Posture.SITTING, Posture.STANDING, Posture.WALKING)) {
      assertThat(confusion.f1(posture)).as("%s%n%s", posture, confusion).isGreaterThan(0.98);
    }
    for (Posture posture : List.of(Posture.RUNNING, Posture.CYCLING)) {
      assertThat(confusion.f1(posture)).as("%s%n%s", posture, confusion).isGreaterThan(0.97);
    }
    for (Posture posture : List.of(Posture.STAIRS, Posture.UPRIGHT)) {
      assertThat(confusion.f1(posture)).as("%s%n%s", posture, confusion).isGreaterThan(0.85);
    }
  }

  private static LimbRecording recording(Script day, long seed) {
    Mounting mounting = Mounting.random(new SplittableRandom(seed));
    LimbRecording recording = new LimbRecording(Placement.THIGH);
    Simulation simulation = new Simulation(day, seed);
    simulation.worn(Wear.of(THIGH, 25).mounted(mounting)).forEach(recording::add);
    return recording;
  }
}
