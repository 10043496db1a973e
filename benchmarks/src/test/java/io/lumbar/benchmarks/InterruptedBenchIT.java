package io.lumbar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in the middle of a run. */
class InterruptedBenchIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  @TempDir Path temporary;

  /** A run, as a process that can be interrupted. */
  static final class Run {
    private Run() {}

    public static void main(String[] arguments) {
      new Bench(Plan.tiny(), Commands.ofClassPath(), InstantSource.system(), System.err)
          .measure(Part.of(List.of()));
    }
  }

  @Test
  void endsItsChildrenAndLeavesNoFolder() throws Exception {
    Process run =
        new ProcessBuilder(
                // A build in the background ignores Ctrl-C, and its children would with it.
                "/usr/bin/env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Run.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      await().atMost(SOON).until(() -> scratch().anyMatch(this::holdsABroker));
      List<ProcessHandle> children = run.descendants().toList();
      assertThat(children).isNotEmpty();

      new ProcessBuilder("kill", "-INT", Long.toString(run.pid())).inheritIO().start().waitFor();

      assertThat(run.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(run.exitValue()).isEqualTo(130);
      assertThat(scratch()).isEmpty();
      assertThat(children).noneMatch(ProcessHandle::isAlive);
    } finally {
      run.descendants().forEach(ProcessHandle::destroyForcibly);
      run.destroyForcibly();
    }
  }

  private Stream<Path> scratch() throws IOException {
    try (Stream<Path> all = Files.list(temporary)) {
      return all
          .filter(each -> each.getFileName().toString().startsWith("lumbar-bench"))
          .toList()
          .stream();
    }
  }

  private boolean holdsABroker(Path scratch) {
    return Files.exists(scratch.resolve("ingest/kafka/meta.properties"));
  }
}
