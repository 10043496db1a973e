package io.lumbar.benchmarks;

import io.lumbar.app.cli.Main;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How children are started.
 *
 * @param lumbar the command line, without a command
 * @param ingest broker and ingest alone; takes {@code --port} and {@code --data} behind
 */
record Commands(List<String> lumbar, List<String> ingest) {

  /** As a person starts it, with the launcher's own memory and archive. */
  static Commands ofLauncher(Path home) {
    return new Commands(List.of(home.resolve("lumbar").toString()), java(IngestServer.class));
  }

  /** From the classes of this process. */
  static Commands ofClassPath() {
    return new Commands(java(Main.class), java(IngestServer.class));
  }

  /** Everything in one process; takes {@code --port} and {@code --data} behind. */
  List<String> up() {
    return of("up");
  }

  /** A command that takes its arguments behind. */
  List<String> of(String command) {
    return Stream.concat(lumbar.stream(), Stream.of(command)).toList();
  }

  // The memory and collector that the launcher gives.
  private static List<String> java(Class<?> main) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-Xms384m",
        "-Xmx512m",
        "-Xmn224m",
        "-XX:SurvivorRatio=4",
        "-Xss512k",
        "-cp",
        System.getProperty("java.class.path"),
        main.getName());
  }
}
