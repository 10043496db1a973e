package io.lumbar.app.system;

import io.lumbar.app.cli.Main;
import io.lumbar.app.data.DataFolder;
import io.lumbar.app.data.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The product as a process of its own on a data folder that outlives it, started with the options
 * of the launcher. Closing it kills what is left.
 */
final class LumbarProcess implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Path ENV = Path.of("/usr/bin/env");
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Process process;
  private final Path output;
  private final Instance instance;
  private final Duration readyAfter;

  /** What a command that has ended said. */
  record Ended(int code, String out, String err) {}

  private LumbarProcess(Process process, Path output, Instance instance, Duration readyAfter) {
    this.process = process;
    this.output = output;
    this.instance = instance;
    this.readyAfter = readyAfter;
  }

  /** Everything in one process; returns when {@code /health} says that every part works. */
  static LumbarProcess up(Path data) {
    return up(data, Map.of());
  }

  static LumbarProcess up(Path data, Map<String, String> environment) {
    return started(
        data, environment, List.of("up", "--port", "0", "--data", data.toString()), data);
  }

  /** One role of a cluster; its variables say where it listens and what it speaks to. */
  static LumbarProcess role(String role, Path data, Map<String, String> environment) {
    return started(data, environment, List.of(role, "--data", data.toString()), data.resolve(role));
  }

  /** Runs a command until it ends. */
  static Ended run(Map<String, String> environment, String... arguments) {
    return run(List.of(), environment, arguments);
  }

  /**
   * Runs a command until it ends.
   *
   * @param by a program, with its options, that starts another
   */
  static Ended run(List<String> by, Map<String, String> environment, String... arguments) {
    try {
      Path out = Files.createTempFile("lumbar", ".out");
      Path err = Files.createTempFile("lumbar", ".err");
      ProcessBuilder builder = builder(environment, List.of(arguments));
      builder.command().addAll(0, by);
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      try {
        if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
          throw new AssertionError(List.of(arguments) + " did not end within " + START);
        }
      } finally {
        process.destroyForcibly();
      }
      Ended ended = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return ended;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static LumbarProcess started(
      Path data, Map<String, String> environment, List<String> arguments, Path published) {
    try {
      Path folder = Files.createDirectories(data.resolveSibling(data.getFileName() + "-output"));
      Path output = folder.resolve(NUMBER.incrementAndGet() + "-" + arguments.get(0) + ".txt");
      long begin = System.nanoTime();
      Process process =
          builder(environment, arguments)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        Instance instance = awaitReady(process, published, output, begin);
        return new LumbarProcess(process, output, instance, since(begin));
      } catch (Throwable e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Instance awaitReady(Process process, Path folder, Path output, long begin)
      throws IOException, InterruptedException {
    while (since(begin).compareTo(START) < 0) {
      if (!process.isAlive()) {
        throw new AssertionError(
            "ended with " + process.exitValue() + ": " + Files.readString(output));
      }
      // The file of a process that was killed still lies there.
      Optional<Instance> instance =
          DataFolder.runningIn(folder).filter(each -> each.pid() == process.pid());
      if (instance.isPresent() && new Api(instance.get().url(), "").get("/health").is(200)) {
        return instance.get();
      }
      Thread.sleep(20);
    }
    signal(process, "QUIT");
    Thread.sleep(1000);
    throw new AssertionError("not ready within " + START + ": " + Files.readString(output));
  }

  private static ProcessBuilder builder(Map<String, String> environment, List<String> arguments) {
    List<String> command =
        javaCommand(List.of("-Xms384m", "-Xmx512m", "-Xmn224m", "-XX:SurvivorRatio=4", "-Xss512k"));
    command.add(Main.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> inherited = new HashMap<>(builder.environment());
    inherited.keySet().removeIf(name -> name.startsWith("LUMBAR_"));
    builder.environment().clear();
    builder.environment().putAll(inherited);
    builder.environment().putAll(environment);
    return builder;
  }

  /** This Java with the class path of the tests. */
  static List<String> javaCommand(List<String> options) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(ENV)) {
      // A build in the background ignores Ctrl-C, and its children would with it.
      command.addAll(List.of(ENV.toString(), "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    return command;
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  /** From the start of the process to the first good answer of {@code /health}. */
  Duration readyAfter() {
    return readyAfter;
  }

  String url() {
    return instance.url();
  }

  String kafka() {
    return instance.kafka();
  }

  /** The API with the owner's token. */
  Api owner() {
    return new Api(instance.url(), instance.ownerToken());
  }

  /** The API with another token. */
  Api with(String token) {
    return new Api(instance.url(), token);
  }

  /** What it printed so far. */
  String printed() throws IOException {
    return Files.readString(output);
  }

  /** kill -9. */
  void killHard() {
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(5));
  }

  /** Ctrl-C. Returns the exit code, and fails when it takes longer than 10 s. */
  int interrupt() {
    return stop("INT");
  }

  /** What a service manager does. Returns the exit code, and fails when it takes over 10 s. */
  int terminate() {
    return stop("TERM");
  }

  private int stop(String signal) {
    try {
      signal(process, signal);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    awaitEnd(Duration.ofSeconds(10));
    return process.exitValue();
  }

  private static void signal(Process process, String name)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
        .inheritIO()
        .start()
        .waitFor();
  }

  private void awaitEnd(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still running after " + limit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(5));
  }
}
