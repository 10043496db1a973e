package io.lumbar.ingest.recording;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** A file that is being read, and how far that is. For one thread. */
public final class InputFile {
  private final Path path;
  private final long limit;
  private final UnaryOperator<OutputStream> room;
  private long read;
  private long expected;

  /**
   * A file on disk.
   *
   * @param limit the most bytes that may come out of it, should it be packed
   */
  public InputFile(Path path, long limit) throws IOException {
    this(path, limit, UnaryOperator.identity());
  }

  /**
   * A file on disk that may be unpacked beside itself.
   *
   * @param room bounds what is written so
   */
  public InputFile(Path path, long limit, UnaryOperator<OutputStream> room) throws IOException {
    this.path = path;
    this.limit = limit;
    this.room = room;
    this.expected = Math.max(1, Files.size(path));
  }

  public Path path() {
    return path;
  }

  /** The share that has been read, 0 to 1. */
  public double progress() {
    return Math.min(1, (double) read / expected);
  }

  /** The first bytes. */
  public FileHead head() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      FileHead head = new FileHead(in.readNBytes(FileHead.BYTES), List.of());
      return head.isZip()
          ? new FileHead(new byte[] {'P', 'K', 3, 4}, ZipEntries.names(path))
          : head;
    }
  }

  /** The file from its beginning; what is read counts as progress. */
  public InputStream open() throws IOException {
    return counted(Files.newInputStream(path));
  }

  /**
   * What is unpacked into a file.
   *
   * @throws IOException when that cannot be written; writing fails with an {@link UnusableFile}
   *     where the room for it ends
   */
  public OutputStream unpack(Path to) throws IOException {
    return room.apply(Files.newOutputStream(to));
  }

  /** What this was unpacked to. */
  InputFile unpackedTo(Path to) throws IOException {
    return new InputFile(to, limit, room);
  }

  long limit() {
    return limit;
  }

  /** Says how much there will be to read, where that is not the file's size. */
  void expect(long bytes) {
    expected = Math.max(1, bytes);
  }

  InputStream counted(InputStream in) {
    return new Counting(in);
  }

  private final class Counting extends FilterInputStream {
    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      read += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int n = super.read(buffer, from, length);
      read += Math.max(0, n);
      return n;
    }
  }
}
