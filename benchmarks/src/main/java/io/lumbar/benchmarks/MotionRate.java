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
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Reading and judging raw motion on one thread: the first hours of a simulated day of a thigh
 * sensor at 50 Hz, in records of a minute as they lie on the topic.
 */
final class MotionRate {
  private static final Stamp THIGH =
      new Stamp(new DeviceId("d_thigh"), Placement.THIGH, ZoneOffset.UTC);
  private static final Instant START = Instant.parse("2026-03-02T06:00:00Z");
  private static final int SCENES = 12;
  private static final int HERTZ = 50;

  /** Passes over these hours for each round of a plan. */
  private static final int PASSES = 20;

  private final List<byte[]> records = new ArrayList<>();
  private long samples;

  MotionRate() {
    Script day = Script.day(START, 1);
    Script hours = new Script(day.start(), day.scenes().subList(0, SCENES));
    Wear wear =
        Wear.of(THIGH, HERTZ)
            .mounted(Mounting.random(new SplittableRandom(1)))
            .batches(Duration.ofMinutes(1));
    for (MotionBatch batch : new Simulation(hours, 1).worn(wear)) {
      records.add(MotionCodec.encode(batch));
      samples += batch.size();
    }
  }

  /** Tri-axial samples in one pass. */
  long samples() {
    return samples;
  }

  /** One pass: decodes and judges everything; returns the steps, which take part in all of it. */
  long pass() {
    LimbRecording recording = new LimbRecording(Placement.THIGH);
    records.forEach(record -> recording.add(MotionCodec.decode(record)));
    return recording.steps();
  }

  /** The median of the rounds' samples a second. */
  Figure measure(Plan plan) {
    for (int i = 0; i < plan.warmUps(); i++) {
      round();
    }
    double[] rates = new double[plan.rounds()];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = round();
    }
    Arrays.sort(rates);
    return Figure.atLeast(
        "raw motion read and judged, one core",
        rates[rates.length / 2],
        "samples/s",
        10_000_000,
        "thigh at %d Hz, records of a minute".formatted(HERTZ));
  }

  private double round() {
    long start = System.nanoTime();
    for (int i = 0; i < PASSES; i++) {
      pass();
    }
    return PASSES * samples / ((System.nanoTime() - start) / 1e9);
  }
}
