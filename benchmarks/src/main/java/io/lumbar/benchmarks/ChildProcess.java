package io.lumbar.benchmarks;

import io.lumbar.app.data.DataFolder;
import io.lumbar.app.data.Instance;
import io.lumbar.app.fault.UserMistake;
import io.lumbar.model.KafkaConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Lumbar in a process of its own, on a free port and a data folder of the run. */
final class ChildProcess implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

  private final Process process;
  private final Instance instance;
  private final Duration ready;

  private ChildProcess(Process process, Instance instance, Duration ready) {
    this.process = process;
    this.instance = instance;
    this.ready = ready;
  }

  /**
   * Starts a command and returns when it has printed that it runs.
   *
   * @param name of its data folder in the scratch folder; a folder used before is used again
   * @throws UserMistake with the child's last words when it does not
   */
  static ChildProcess start(List<String> command, Scratch scratch, String name) {
    Path data = scratch.resolve(name);
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of("--port", "0", "--data", data.toString()));
    Path errors = data.resolveSibling(data.getFileName() + ".err");
    try {
      long before = System.nanoTime();
      ProcessBuilder builder = new ProcessBuilder(whole).redirectError(errors.toFile());
      Process process = scratch.start(builder);
      // The reader is left open: closing it would end a child that still prints.
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("Lumbar runs")) {
          Duration ready = Duration.ofNanos(System.nanoTime() - before);
          Optional<Instance> instance = DataFolder.runningIn(data);
          if (instance.isPresent()) {
            return new ChildProcess(process, instance.get(), ready);
          }
          break;
        }
        if (System.nanoTime() - before > READY_WITHIN.toNanos()) {
          break;
        }
      }
      process.destroyForcibly();
      throw new UserMistake("a child did not start: " + Files.readString(errors).strip());
    } catch (IOException e) {
      throw new UserMistake("cannot start " + command.get(0) + ": " + e.getMessage());
    }
  }

  /** From the start of the process to the line that says that it runs. */
  Duration ready() {
    return ready;
  }

  URI url() {
    return URI.create(instance.url());
  }

  String ownerToken() {
    return instance.ownerToken();
  }

  KafkaConnection kafka() {
    return KafkaConnection.plain(instance.kafka());
  }

  ProcFiles proc() {
    return new ProcFiles(process.pid());
  }

  /** As kill -9. */
  void kill() {
    process.destroyForcibly();
    await();
  }

  @Override
  public void close() {
    process.destroy();
    if (!await()) {
      kill();
    }
  }

  private boolean await() {
    try {
      return process.waitFor(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
