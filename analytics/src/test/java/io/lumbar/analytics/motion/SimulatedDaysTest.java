package io.lumbar.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.simulation.Mounting;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.Stamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
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
  private static final int DAY = 86_400;
  private static final Stamp THIGH =
      new Stamp(new DeviceId("d_thigh"), Placement.THIGH, ZoneOffset.UTC);

  @Test
  void restingStandingAndWalkingAreFound() {
    int[][] counts = new int[Posture.values().length][Posture.values().length];
    for (long seed = 1; seed <= Long.getLong("lumbar.days", 2); seed++) {
      count(seed, counts);
    }
    assertThat(f1(counts, Posture.SITTING)).isGreaterThan(0.98);
    assertThat(f1(counts, Posture.STANDING)).isGreaterThan(0.98);
    assertThat(f1(counts, Posture.WALKING)).isGreaterThan(0.98);
  }

  private static void count(long seed, int[][] counts) {
    Script day = Script.day(START, seed);
    Mounting mounting = Mounting.random(new SplittableRandom(seed));
    LimbRecording recording = new LimbRecording(Placement.THIGH);
    for (MotionBatch batch : new Simulation(day, seed).worn(Wear.of(THIGH, 25).mounted(mounting))) {
      recording.add(batch);
    }
    Posture[] judged = new Posture[DAY];
    Arrays.fill(judged, Posture.UNKNOWN);
    for (LabelRun run : recording.runs()) {
      for (long second = run.from(); second < run.to(); second++) {
        judged[(int) (second - START.getEpochSecond())] = resting(run.posture());
      }
    }
    for (Script.Truth truth : day.truth()) {
      Posture posture = resting(truth.activity().posture());
      for (long second = truth.from().getEpochSecond();
          second < truth.to().getEpochSecond();
          second++) {
        counts[posture.ordinal()][judged[(int) (second - START.getEpochSecond())].ordinal()]++;
      }
    }
  }

  private static Posture resting(Posture posture) {
    return posture == Posture.LYING ? Posture.SITTING : posture;
  }

  private static double f1(int[][] counts, Posture posture) {
    int found = counts[posture.ordinal()][posture.ordinal()];
    double ofTruth = 0;
    double judged = 0;
    for (int other = 0; other < counts.length; other++) {
      ofTruth += counts[posture.ordinal()][other];
      judged += counts[other][posture.ordinal()];
    }
    return 2 * found / (ofTruth + judged);
  }
}
