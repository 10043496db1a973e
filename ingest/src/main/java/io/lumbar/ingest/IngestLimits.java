package io.lumbar.ingest;

import java.time.Duration;

/**
 * How much ingest takes at once.
 *
 * @param maxBodyBytes largest upload, after decompression
 * @param maxImportBytes largest imported file, after decompression
 * @param duplicateEntries how many elements the duplicate index remembers; an entry costs 16 bytes
 *     on disk and 20 to 50 in memory
 * @param confirmWithin how long an import waits for the history before it gives up
 */
public record IngestLimits(
    int maxBodyBytes, long maxImportBytes, int duplicateEntries, Duration confirmWithin) {

  public IngestLimits {
    if (maxBodyBytes < 1024 || maxImportBytes < 1024 || duplicateEntries < 1024) {
      throw new IllegalArgumentException("limits of ingest must be at least 1024 each");
    }
  }

  /** 8 MiB uploads, 2 GiB files, a million elements, ten minutes. */
  public static IngestLimits defaults() {
    return new IngestLimits(8 << 20, 2L << 30, 1_000_000, Duration.ofMinutes(10));
  }
}
