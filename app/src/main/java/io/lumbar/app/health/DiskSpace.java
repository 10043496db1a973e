package io.lumbar.app.health;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a folder's disk has room for what comes: 1 GB free, or a tenth of a small disk, and 256
 * MB at least. The embedded broker ends when it can write no more.
 */
public final class DiskSpace {
  private static final long ENOUGH = 1L << 30;
  private static final long LEAST = 256L << 20;
  private static final int SHARE = 10;

  private DiskSpace() {}

  /** Degraded with less room than that, and where it cannot be read. */
  public static Condition of(Path folder) {
    try {
      return Condition.degraded(fullOn(folder));
    } catch (IOException e) {
      return Condition.degraded(Optional.of("the disk's free space cannot be read"));
    }
  }

  /** Why nothing more should be written; empty where the free space cannot be read. */
  public static Optional<String> full(Path folder) {
    try {
      return fullOn(folder);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> fullOn(Path folder) throws IOException {
    FileStore disk = Files.getFileStore(folder);
    return full(disk.getUsableSpace(), disk.getTotalSpace());
  }

  /**
   * The same of a disk.
   *
   * @param free bytes that may be written
   * @param total its size in bytes
   */
  static Optional<String> full(long free, long total) {
    long enough = Math.min(ENOUGH, Math.max(LEAST, total / SHARE));
    return free >= enough
        ? Optional.empty()
        : Optional.of("the disk has only %d MB left; make room".formatted(free >> 20));
  }
}
