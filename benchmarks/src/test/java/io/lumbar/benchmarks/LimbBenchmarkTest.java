package io.lumbar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** That the benchmark measures what it says; measures only where {@code lumbar.jmh} asks for it. */
class LimbBenchmarkTest {
  @Test
  void judgesEverySampleAndFindsSteps() {
    LimbBenchmark benchmark = new LimbBenchmark();
    LimbBenchmark.Samples counter = new LimbBenchmark.Samples();
    assertThat(benchmark.decodeAndJudge(counter)).isGreaterThan(500);
    assertThat(counter.samples).isGreaterThan(100_000);
  }

  @Test
  @EnabledIfSystemProperty(named = "lumbar.jmh", matches = "true")
  void measure() throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(LimbBenchmark.class.getSimpleName())
                .addProfiler(GCProfiler.class)
                .forks(2)
                .warmupIterations(4)
                .warmupTime(TimeValue.seconds(4))
                .measurementIterations(6)
                .measurementTime(TimeValue.seconds(5))
                .timeUnit(TimeUnit.SECONDS)
                .jvmArgs("-Xmx512m", "-XX:+UseSerialGC")
                .build())
        .run();
  }
}
