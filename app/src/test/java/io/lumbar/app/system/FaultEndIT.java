package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.app.cli.StuckMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that cannot do its work any more ends, whatever does not let go. */
class FaultEndIT {
  @TempDir Path scratch;

  @Test
  void saysWhyAndEndsAsFailedThoughAPartDoesNotStop() throws Exception {
    Path errors = scratch.resolve("errors.txt");
    List<String> command = LumbarProcess.javaCommand(List.of("-Xmx256m"));
    command.addAll(
        List.of(
            StuckMain.class.getName(),
            "up",
            "--port",
            "0",
            "--data",
            scratch.resolve("data").toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("long before the part stops").isTrue();
      assertThat(Files.readString(errors)).contains("the part has stopped");
      assertThat(process.exitValue()).as("what a service manager starts again").isEqualTo(1);
    } finally {
      process.destroyForcibly();
    }
  }
}
