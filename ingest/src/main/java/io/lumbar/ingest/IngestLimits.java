package io.lumbar.ingest;

import java.time.Duration;

/**
 * How much ingest takes at once.
 *
 * @param maxBodyBytes largest upload, after decompression
 * @param maxElements most elements of one upload
 * @param maxImportBytes largest imported file, after decompression
 * @param duplicateEntries how many elements the duplicate index remembers; an entry costs 16 bytes
 *     on disk and 20 to 50 in memory
 * @param confirmWithin how long an import waits for the history before it gives up
 */
public record IngestLimits(
    int maxBodyBytes,
    int maxElements,
    long maxImportBytes,
    int duplicateEntries,
    Duration confirmWithin) {

  public IngestLimits {
    if (maxElements < 1) {
      throw new IllegalArgumentException("an upload must be allowed to have an element");
    }
    if (maxBodyBytes < 1024 || maxImportBytes < 1024 || duplicateEntries < 1024) {
      throw new IllegalArgumentException("limits of ingest must be at least 1024 each");
    }
  }

  /** 8 MiB and 200,000 elements an upload, 2 GiB files, a million remembered, ten minutes. */
  public static IngestLimits defaults() {
    return uploads(8 << 20, 200_000);
  }

  /** The same with other limits of an upload. */
  public static IngestLimits uploads(int maxBodyBytes, int maxElements) {
    return new IngestLimits(maxBodyBytes, maxElements, 2L << 30, 1_000_000, Duration.ofMinutes(10));
  }
}
