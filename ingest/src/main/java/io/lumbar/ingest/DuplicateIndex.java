package io.lumbar.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hashes of what was acknowledged in the last 48 hours, in generations of six hours: each a set
 * in memory and a file that is only appended to. Beyond the number of entries it may hold, the
 * oldest generation goes first.
 *
 * <p>Losing any of it does no harm: {@code duplicate} in receipts is a lower bound, and what counts
 * as accepted a second time is removed downstream. Thread-safe.
 */
final class DuplicateIndex implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DuplicateIndex.class);
  private static final Duration KEPT = Duration.ofDays(2);
  private static final Duration GENERATION = Duration.ofHours(6);
  private static final int ENTRY_BYTES = 16;
  private static final String PREFIX = "seen-";

  private final Path folder;
  private final int mostEntries;
  private final Deque<Generation> newestFirst = new ArrayDeque<>();

  private DuplicateIndex(Path folder, int mostEntries) {
    this.folder = folder;
    this.mostEntries = mostEntries;
  }

  /**
   * Reads what a run before has left.
   *
   * @throws UncheckedIOException when the folder cannot be read
   */
  static DuplicateIndex open(Path folder, int mostEntries, Instant now) {
    DuplicateIndex index = new DuplicateIndex(folder, mostEntries);
    try {
      Files.createDirectories(folder);
      List<Long> starts = new ArrayList<>();
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*")) {
        for (Path file : files) {
          starts.add(Long.parseLong(file.getFileName().toString().substring(PREFIX.length())));
        }
      }
      Collections.sort(starts);
      for (long start : starts) {
        index.newestFirst.addFirst(Generation.open(folder, Instant.ofEpochSecond(start)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the duplicate index in " + folder + " cannot be read", e);
    }
    index.drop(now);
    return index;
  }

  synchronized boolean contains(long high, long low) {
    for (Generation generation : newestFirst) {
      if (generation.hashes.contains(high, low)) {
        return true;
      }
    }
    return false;
  }

  /** Remembers hashes, given as pairs of high and low, from now on for 48 hours. */
  synchronized void addAll(long[] pairs, int count, Instant now) {
    try {
      drop(now);
      current(now).add(pairs, count);
    } catch (IOException e) {
      LOG.warn("the duplicate index cannot be written: {}", e.toString());
    }
  }

  @Override
  public synchronized void close() {
    newestFirst.forEach(Generation::close);
    newestFirst.clear();
  }

  private Generation current(Instant now) throws IOException {
    Generation newest = newestFirst.peekFirst();
    boolean fits =
        newest != null
            && now.isBefore(newest.start.plus(GENERATION))
            // So that dropping the oldest always leaves something.
            && newest.hashes.size() < mostEntries / 4;
    if (newest != null && fits) {
      return newest;
    }
    Instant start = Instant.ofEpochSecond(now.getEpochSecond());
    if (newest != null && !start.isAfter(newest.start)) {
      start = newest.start.plusSeconds(1);
    }
    Generation next = Generation.open(folder, start);
    newestFirst.addFirst(next);
    return next;
  }

  private void drop(Instant now) {
    long total = newestFirst.stream().mapToLong(generation -> generation.hashes.size()).sum();
    while (!newestFirst.isEmpty()) {
      Generation oldest = newestFirst.getLast();
      boolean expired = now.isAfter(oldest.start.plus(GENERATION).plus(KEPT));
      if (!expired && total <= mostEntries) {
        return;
      }
      total -= oldest.hashes.size();
      newestFirst.removeLast().delete();
    }
  }

  private static final class Generation {
    private final Instant start;
    private final Path file;
    private final FileChannel log;
    private final HashSet128 hashes;

    private Generation(Instant start, Path file, FileChannel log, HashSet128 hashes) {
      this.start = start;
      this.file = file;
      this.log = log;
      this.hashes = hashes;
    }

    static Generation open(Path folder, Instant start) throws IOException {
      Path file = folder.resolve(PREFIX + start.getEpochSecond());
      FileChannel log =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      long entries = log.size() / ENTRY_BYTES;
      HashSet128 hashes = new HashSet128((int) Math.min(entries, 1 << 24));
      ByteBuffer buffer = ByteBuffer.allocate(ENTRY_BYTES * 4096);
      log.position(0);
      while (log.read(buffer) >= 0 || buffer.position() >= ENTRY_BYTES) {
        buffer.flip();
        while (buffer.remaining() >= ENTRY_BYTES) {
          hashes.add(buffer.getLong(), buffer.getLong());
        }
        buffer.compact();
      }
      // A kill may have cut the last entry short.
      log.truncate(entries * ENTRY_BYTES);
      log.position(entries * ENTRY_BYTES);
      return new Generation(start, file, log, hashes);
    }

    void add(long[] pairs, int count) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(count * ENTRY_BYTES);
      for (int i = 0; i < 2 * count; i += 2) {
        if (hashes.add(pairs[i], pairs[i + 1])) {
          buffer.putLong(pairs[i]).putLong(pairs[i + 1]);
        }
      }
      buffer.flip();
      while (buffer.hasRemaining()) {
        log.write(buffer);
      }
    }

    void close() {
      try {
        log.close();
      } catch (IOException e) {
        LOG.warn("{} cannot be closed: {}", file, e.toString());
      }
    }

    void delete() {
      close();
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        LOG.warn("{} cannot be deleted: {}", file, e.toString());
      }
    }
  }
}
