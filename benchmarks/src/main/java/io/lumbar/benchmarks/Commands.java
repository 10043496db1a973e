package io.lumbar.benchmarks;

import io.lumbar.app.cli.Main;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How children are started; each takes {@code --port} and {@code --data} behind.
 *
 * @param up everything in one process
 * @param ingest broker and ingest alone
 */
record Commands(List<String> up, List<String> ingest) {

  /** As a person starts it, with the launcher's own memory and archive. */
  static Commands ofLauncher(Path home) {
    return new Commands(List.of(home.resolve("lumbar").toString(), "up"), java(IngestServer.class));
  }

  /** From the classes of this process. */
  static Commands ofClassPath() {
    List<String> main = java(Main.class);
    return new Commands(
        Stream.concat(main.stream(), Stream.of("up")).toList(), java(IngestServer.class));
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
