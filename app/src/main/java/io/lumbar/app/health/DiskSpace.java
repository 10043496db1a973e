package io.lumbar.app.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a folder's disk has room for what comes. */
public final class DiskSpace {
  private static final long LEAST_FREE = 1L << 30;

  private DiskSpace() {}

  /** Degraded with less than 1 GB free: the embedded broker ends when it can write no more. */
  public static Condition of(Path folder) {
    try {
      return of(Files.getFileStore(folder).getUsableSpace());
    } catch (IOException e) {
      return Condition.degraded(Optional.of("the disk's free space cannot be read"));
    }
  }

  static Condition of(long freeBytes) {
    return Condition.degraded(full(freeBytes));
  }

  /** Why nothing more should be written; empty where the free space cannot be read. */
  static Optional<String> full(Path folder) {
    try {
      return full(Files.getFileStore(folder).getUsableSpace());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<String> full(long freeBytes) {
    return freeBytes >= LEAST_FREE
        ? Optional.empty()
        : Optional.of("the disk has only %d MB left; make room".formatted(freeBytes / (1 << 20)));
  }
}
