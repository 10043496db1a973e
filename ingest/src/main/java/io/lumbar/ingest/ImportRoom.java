package io.lumbar.ingest;

import io.lumbar.http.ApiException;
import io.lumbar.ingest.recording.UnusableFile;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether there is room on the disk for files under import: so much for all of them together, and
 * so much is left free, because an embedded broker ends when it can write no more. Looked at before
 * a file is taken and while it is copied or unpacked. Thread-safe.
 */
final class ImportRoom {
  private static final Logger LOG = LoggerFactory.getLogger(ImportRoom.class);
  private static final int LOOK_EVERY_BYTES = 16 << 20;
  private static final int RETRY_SECONDS = 300;
  private static final Duration WARN_EVERY = Duration.ofMinutes(10);

  private final Path folder;
  private final long mostBytes;
  private final long leastFree;
  private final AtomicLong warnedAt = new AtomicLong();

  /**
   * Of a folder.
   *
   * @param mostBytes of all files in it
   * @param leastFree what is to stay free on its disk
   */
  ImportRoom(Path folder, long mostBytes, long leastFree) {
    this.folder = folder;
    this.mostBytes = mostBytes;
    this.leastFree = leastFree;
  }

  /**
   * Refuses a file for which there is no room now.
   *
   * @param size as far as it is known, or 0
   * @throws ApiException 503
   */
  void require(long size) {
    if (!has(size)) {
      throw ApiException.unavailable(
          "there is no room on the server's disk for this file now; send it when other imports are"
              + " over, or after room was made",
          RETRY_SECONDS);
    }
  }

  /**
   * A file that fails with an {@link UnusableFile} when it grows beyond a limit or beyond the room
   * there is.
   */
  OutputStream bounded(OutputStream out, long limit) {
    return new Bounded(out, limit);
  }

  private boolean has(long more) {
    try {
      boolean has =
          Files.getFileStore(folder).getUsableSpace() - more >= leastFree
              && held() + more <= mostBytes;
      if (!has) {
        warn();
      }
      return has;
    } catch (IOException e) {
      LOG.warn("the room for imports cannot be seen: {}", e.toString());
      return false;
    }
  }

  /** Files in a folder wait without an answer, so the log says why; now and then. */
  private void warn() {
    long now = System.nanoTime();
    long last = warnedAt.get();
    if ((last == 0 || now - last > WARN_EVERY.toNanos()) && warnedAt.compareAndSet(last, now)) {
      LOG.warn(
          "files to import wait: less than {} MiB would be left on the disk, or more than {} MiB are"
              + " under import",
          leastFree >> 20,
          mostBytes >> 20);
    }
  }

  private long held() throws IOException {
    long held = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{data,part}")) {
      for (Path file : files) {
        held += size(file);
      }
    }
    return held;
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      // Its import has just ended.
      return 0;
    }
  }

  private final class Bounded extends FilterOutputStream {
    private final long limit;
    private long written;
    private long lookAt;

    Bounded(OutputStream out, long limit) {
      super(out);
      this.limit = limit;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      written += length;
      if (written > limit) {
        throw new UnusableFile("unpacked it is larger than %d MiB".formatted(limit >> 20));
      }
      if (written > lookAt) {
        lookAt = written + LOOK_EVERY_BYTES;
        if (!has(LOOK_EVERY_BYTES)) {
          throw new UnusableFile(
              "there is no room for it on the server's disk; make room and import it again");
        }
      }
      out.write(from, offset, length);
    }
  }
}
