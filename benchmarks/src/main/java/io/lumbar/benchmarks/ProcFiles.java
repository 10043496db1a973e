package io.lumbar.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux tells about a process. */
record ProcFiles(long pid) {
  private static final double TICKS_PER_SECOND = 100;

  static boolean available() {
    return Files.isReadable(Path.of("/proc/self/stat"));
  }

  /** Processor time used so far, of all its threads. */
  double cpuSeconds() {
    String stat = String.join(" ", lines("stat"));
    // The name in brackets may hold spaces; the fields after it are user and system time.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** Memory that it holds, in megabytes of a million bytes. */
  double residentMegabytes() {
    for (String line : lines("status")) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6;
      }
    }
    throw new IllegalStateException("no VmRSS of " + pid);
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
