package io.lumbar.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Decoding and judging the first hours of a simulated day of a thigh sensor at 50 Hz. */
@State(Scope.Thread)
public class LimbBenchmark {
  private final MotionRate motion = new MotionRate();

  /** Tri-axial samples a second. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Samples {
    public long samples;
  }

  @Benchmark
  public long decodeAndJudge(Samples counter) {
    counter.samples += motion.samples();
    return motion.pass();
  }
}
