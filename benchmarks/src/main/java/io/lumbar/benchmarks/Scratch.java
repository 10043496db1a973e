package io.lumbar.benchmarks;

import io.lumbar.app.fault.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The folder of a run and the processes that write in it. Closing it, which an interrupted run does
 * too, ends the processes and then removes the folder.
 */
final class Scratch implements AutoCloseable {
  private static final long DEAD_WITHIN_SECONDS = 5;

  private final Path folder;
  private final List<Process> children = new ArrayList<>();
  private final Thread atExit = new Thread(this::close, "bench-stop");
  private boolean closed;

  private Scratch(Path folder) {
    this.folder = folder;
  }

  static Scratch open() throws IOException {
    Scratch scratch = new Scratch(Files.createTempDirectory("lumbar-bench"));
    Runtime.getRuntime().addShutdownHook(scratch.atExit);
    return scratch;
  }

  /** A place in the folder. */
  Path resolve(String name) {
    return folder.resolve(name);
  }

  /**
   * Starts a process that does not outlive the folder.
   *
   * @throws UserMistake when the run is being interrupted
   */
  synchronized Process start(ProcessBuilder child) throws IOException {
    if (closed) {
      throw new UserMistake("interrupted");
    }
    Process started = child.start();
    children.add(started);
    return started;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    children.forEach(Process::destroyForcibly);
    try {
      for (Process child : children) {
        child.waitFor(DEAD_WITHIN_SECONDS, TimeUnit.SECONDS);
      }
      delete();
    } catch (IOException e) {
      System.err.println("some of " + folder + " is left: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (Thread.currentThread() != atExit) {
      forget();
    }
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process ends already; the hook finds nothing to do.
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
