package io.lumbar.benchmarks;

import io.lumbar.analytics.motion.LimbRecording;
import io.lumbar.analytics.simulation.Mounting;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.MotionCodec;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Decoding and judging the first hours of a simulated day of a thigh sensor at 50 Hz. */
@State(Scope.Thread)
public class LimbBenchmark {
  private static final Stamp THIGH =
      new Stamp(new DeviceId("d_thigh"), Placement.THIGH, ZoneOffset.UTC);
  private static final int SCENES = 12;

  private final List<byte[]> records = new ArrayList<>();

  /** Tri-axial samples a second. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Samples {
    public long samples;
  }

  @Setup
  public void simulate() {
    Script day = Script.day(Instant.parse("2026-03-02T06:00:00Z"), 1);
    Script hours = new Script(day.start(), day.scenes().subList(0, SCENES));
    Wear wear =
        Wear.of(THIGH, 50)
            .mounted(Mounting.random(new SplittableRandom(1)))
            .batches(Duration.ofMinutes(1));
    for (MotionBatch batch : new Simulation(hours, 1).worn(wear)) {
      records.add(MotionCodec.encode(batch));
    }
  }

  @Benchmark
  public long decodeAndJudge(Samples counter) {
    LimbRecording recording = new LimbRecording(Placement.THIGH);
    for (byte[] record : records) {
      MotionBatch batch = MotionCodec.decode(record);
      recording.add(batch);
      counter.samples += batch.size();
    }
    return recording.steps();
  }
}
