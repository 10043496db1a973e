package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lumbar.app.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while the demo still starts, and while it plays. */
class InterruptedDemoIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  @TempDir Path temporary;

  @Test
  void leavesNoFolderBehindABrokerThatOnlyStarts() throws Exception {
    assertTidyAfterInterruptAt("kafka/meta.properties");
  }

  @Test
  void leavesNoFolderBehindAServerThatRuns() throws Exception {
    assertTidyAfterInterruptAt("instance.json");
  }

  private void assertTidyAfterInterruptAt(String file) throws Exception {
    Path output = temporary.resolve("output.txt");
    List<String> command =
        LumbarProcess.javaCommand(List.of("-Xmx512m", "-Djava.io.tmpdir=" + temporary));
    command.addAll(List.of(Main.class.getName(), "demo", "--port", "0"));
    Process demo =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> scratch().anyMatch(each -> Files.exists(each.resolve("data/" + file))));

      new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).inheritIO().start().waitFor();

      assertThat(demo.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(demo.exitValue()).isEqualTo(130);
      assertThat(scratch()).isEmpty();
      assertThat(Files.readString(output)).doesNotContain("gone", "rror");
    } finally {
      demo.destroyForcibly();
    }
  }

  private Stream<Path> scratch() throws IOException {
    try (Stream<Path> all = Files.list(temporary)) {
      return all
          .filter(each -> each.getFileName().toString().startsWith("lumbar-demo"))
          .toList()
          .stream();
    }
  }
}
