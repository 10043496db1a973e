package io.lumbar.ingest;

import java.time.Duration;

/**
 * How much ingest takes at once.
 *
 * @param maxBodyBytes largest upload, after decompression
 * @param maxElements most elements of one upload
 * @param maxImportBytes largest imported file, after decompression
 * @param queuedImports most imports of one wearer that may wait or be under way
 * @param importsBytes most bytes of all files under import together
 * @param leastFreeBytes what imports leave free on the disk
 * @param duplicateEntries how many elements the duplicate index remembers; an entry costs 16 bytes
 *     on disk and 20 to 50 in memory
 * @param confirmWithin how long an import waits for the history before it gives up
 */
public record IngestLimits(
    int maxBodyBytes,
    int maxElements,
    long maxImportBytes,
    int queuedImports,
    long importsBytes,
    long leastFreeBytes,
    int duplicateEntries,
    Duration confirmWithin) {

  private static final long LEAST_FREE = 2L << 30;

  public IngestLimits {
    if (maxElements < 1 || queuedImports < 1) {
      throw new IllegalArgumentException("at least an element and an import must be allowed");
    }
    if (maxBodyBytes < 1024 || maxImportBytes < 1024 || duplicateEntries < 1024) {
      throw new IllegalArgumentException("limits of ingest must be at least 1024 each");
    }
  }

  /**
   * 8 MiB and 200,000 elements an upload, 2 GiB files, 50 imports of 10 GiB, 2 GiB left free, a
   * million remembered, ten minutes.
   */
  public static IngestLimits defaults() {
    return of(8 << 20, 200_000, 2L << 30, 50, 10L << 30);
  }

  /** The same with other limits of uploads and imports. */
  public static IngestLimits of(
      int maxBodyBytes,
      int maxElements,
      long maxImportBytes,
      int queuedImports,
      long importsBytes) {
    return new IngestLimits(
        maxBodyBytes,
        maxElements,
        maxImportBytes,
        queuedImports,
        importsBytes,
        LEAST_FREE,
        1_000_000,
        Duration.ofMinutes(10));
  }
}
