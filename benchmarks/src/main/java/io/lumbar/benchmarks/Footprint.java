package io.lumbar.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a process takes to start, to be there, and to come back. */
final class Footprint {
  private static final double START_SECONDS = 8;
  private static final double IDLE_MEGABYTES = 600;
  private static final double IDLE_CORE_PERCENT = 20;
  private static final double RETURN_SECONDS = 15;

  private final List<String> up;
  private final Scratch scratch;
  private final InstantSource clock;

  Footprint(List<String> up, Scratch scratch, InstantSource clock) {
    this.up = up;
    this.scratch = scratch;
    this.clock = clock;
  }

  /** A start on an empty folder, and the idle process after it. */
  List<Figure> idle(String name, Duration settle, Duration watched) throws InterruptedException {
    try (ChildProcess process = ChildProcess.start(up, scratch, name)) {
      Thread.sleep(settle.toMillis());
      double before = process.proc().cpuSeconds();
      Thread.sleep(watched.toMillis());
      double percent = (process.proc().cpuSeconds() - before) * 100_000 / watched.toMillis();
      double resident = process.proc().residentMegabytes();
      return List.of(
          Figure.atMost(
              "start, new folder", seconds(process.ready()), "s", START_SECONDS, "./lumbar up"),
          Figure.atMost(
              "resident memory, idle",
              resident,
              "MB",
              IDLE_MEGABYTES,
              "VmRSS %d s after the start".formatted(settle.plus(watched).toSeconds())),
          Figure.atMost(
              "processor, idle",
              percent,
              "%",
              IDLE_CORE_PERCENT,
              "of one core, over %d s".formatted(watched.toSeconds())));
    }
  }

  /** A start on a folder that was closed cleanly. */
  Figure again(String name) {
    try (ChildProcess process = ChildProcess.start(up, scratch, name)) {
      return Figure.atMost(
          "start, folder in use before", seconds(process.ready()), "s", START_SECONDS, "");
    }
  }

  /** Kills a process and starts another on its data. */
  List<Figure> afterKill(ChildProcess process, String name, String state)
      throws IOException, InterruptedException {
    Subject subject =
        Subject.add(process, "survivor-" + process.proc().pid(), 1, clock.instant()).get(0);
    process.kill();
    long before = System.nanoTime();
    try (ChildProcess next = ChildProcess.start(up, scratch, name);
        HttpConnection connection = new HttpConnection(next.url())) {
      Sitter sitter = Sitter.sit(next, connection, subject, clock.instant());
      sitter.cross(connection, clock.instant());
      try (LiveStream stream = sitter.stream()) {
        long came = stream.alert().get(2, TimeUnit.MINUTES);
        return List.of(
            Figure.atMost(
                "ready after kill -9, " + state, seconds(next.ready()), "s", RETURN_SECONDS, ""),
            Figure.atMost(
                "alerting after kill -9, " + state,
                (came - before) / 1e9,
                "s",
                RETURN_SECONDS,
                "from the start of the process to an alert on the page's stream"));
      } catch (ExecutionException | TimeoutException e) {
        throw new IOException("no alert after kill -9", e);
      }
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
