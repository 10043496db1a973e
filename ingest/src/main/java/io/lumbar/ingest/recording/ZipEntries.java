package io.lumbar.ingest.recording;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The files inside a zip archive. Nothing is ever unpacked to disk; names that lead out of a
 * folder, tens of thousands of entries, and entries that inflate beyond the limit or more than 200
 * times, are refused all the same. All that is read of an archive together has a limit too: entries
 * may overlap, so that a small archive holds the same bytes thousands of times.
 */
public final class ZipEntries implements Closeable {
  private static final int MOST_ENTRIES = 20_000;
  private static final int MOST_INFLATION = 200;
  private static final long SMALL = 10 << 20;

  /** Some formats look through a file before they read it. */
  static final int PASSES = 4;

  private static final long MOST_DIRECTORY = 4 << 20;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int SHORTEST_END = 22;
  private static final int LONGEST_END = SHORTEST_END + 0xFFFF;
  private static final int END_DIRECTORY_BYTES = 12;

  private final ZipFile zip;
  private final InputFile file;
  private final List<ZipEntry> entries = new ArrayList<>();
  private long left;

  private ZipEntries(ZipFile zip, InputFile file) throws IOException {
    this.zip = zip;
    this.file = file;
    long inflated = SMALL + MOST_INFLATION * Files.size(file.path());
    this.left = PASSES * Math.min(file.limit(), inflated);
  }

  /**
   * Opens an archive.
   *
   * @throws UnusableFile when it is broken or plays a trick
   */
  public static ZipEntries open(InputFile file) throws IOException {
    ZipFile zip = zip(file.path());
    ZipEntries opened = new ZipEntries(zip, file);
    try {
      opened.check();
      return opened;
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /**
   * Names of the files in an archive.
   *
   * @throws UnusableFile when it is broken or plays a trick
   */
  static List<String> names(Path path) throws IOException {
    try (ZipFile zip = zip(path)) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }

  private static ZipFile zip(Path path) throws IOException {
    // A directory of millions of entries would fill the memory before the first could be looked at.
    if (directoryBytes(path) > MOST_DIRECTORY) {
      throw tooMany();
    }
    try {
      ZipFile zip = new ZipFile(path.toFile());
      if (zip.size() > MOST_ENTRIES) {
        zip.close();
        throw tooMany();
      }
      return zip;
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw broken();
    }
  }

  /** The size that the end of the archive states for its directory. */
  private static long directoryBytes(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] tail = new byte[(int) Math.min(file.length(), LONGEST_END)];
      file.seek(file.length() - tail.length);
      file.readFully(tail);
      ByteBuffer end = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = tail.length - SHORTEST_END; at >= 0; at--) {
        if (end.getInt(at) == END_SIGNATURE) {
          return Integer.toUnsignedLong(end.getInt(at + END_DIRECTORY_BYTES));
        }
      }
    }
    throw broken();
  }

  private static UnusableFile broken() {
    return new UnusableFile("the zip archive is broken; was the whole of it copied?");
  }

  private static UnusableFile tooMany() {
    return new UnusableFile("the zip archive has more than %d entries".formatted(MOST_ENTRIES));
  }

  private static UnusableFile inflates() {
    return new UnusableFile("the zip archive inflates beyond what a recording could");
  }

  private void check() throws UnusableFile {
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName();
      boolean leadsOut =
          name.startsWith("/")
              || name.contains("\\")
              || name.matches("[A-Za-z]:.*")
              || List.of(name.split("/")).contains("..");
      if (leadsOut) {
        throw new UnusableFile("the zip archive has an entry whose name leads out of its folder");
      }
      entries.add(entry);
    }
  }

  /** The file of a name, in whatever folder of the archive; case does not matter. */
  Optional<ZipEntry> find(String name) {
    return all(path -> path.substring(path.lastIndexOf('/') + 1).equalsIgnoreCase(name)).stream()
        .findFirst();
  }

  /** The files whose path, in lower case, is like this, in the order of the archive. */
  public List<ZipEntry> all(Predicate<String> path) {
    return entries.stream()
        .filter(entry -> !entry.isDirectory())
        .filter(entry -> path.test(entry.getName().toLowerCase(Locale.ROOT)))
        .toList();
  }

  /**
   * Says which entries will be read, for the progress.
   *
   * @throws UnusableFile when one of them says itself that it inflates beyond the limit; one that
   *     does not say so is stopped while it is read
   */
  public void expect(List<ZipEntry> wanted) throws UnusableFile {
    for (ZipEntry entry : wanted) {
      if (entry.getSize() > most(entry)) {
        throw inflates();
      }
    }
    file.expect(wanted.stream().mapToLong(entry -> Math.max(0, entry.getSize())).sum());
  }

  /** How an entry begins. */
  public FileHead head(ZipEntry entry) throws IOException {
    try (InputStream in = limited(entry, FileHead.BYTES)) {
      return new FileHead(in.readNBytes(FileHead.BYTES), List.of());
    }
  }

  /** The lines of an entry, which ends with {@link UnusableFile} at the limit. */
  TextLines lines(ZipEntry entry) throws IOException {
    return new TextLines(open(entry));
  }

  /** The bytes of an entry, which end with {@link UnusableFile} at the limit. */
  public InputStream open(ZipEntry entry) throws IOException {
    return open(entry, Long.MAX_VALUE);
  }

  /** The same, with a limit of its own. */
  public InputStream open(ZipEntry entry, long most) throws IOException {
    return file.counted(limited(entry, most));
  }

  private InputStream limited(ZipEntry entry, long most) throws IOException {
    try {
      return new Limited(zip.getInputStream(entry), Math.min(most, most(entry)));
    } catch (ZipException e) {
      throw broken();
    }
  }

  private long most(ZipEntry entry) {
    return Math.min(
        file.limit(), Math.max(SMALL, MOST_INFLATION * Math.max(0, entry.getCompressedSize())));
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private final class Limited extends FilterInputStream {
    private long own;

    Limited(InputStream in, long own) {
      super(in);
      this.own = own;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      // A file by itself ends so, an archive does not; and it may only be looked through for now.
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("reading an archive was interrupted");
      }
      int n;
      try {
        n = super.read(buffer, from, length);
      } catch (ZipException | EOFException e) {
        throw broken();
      }
      own -= Math.max(0, n);
      left -= Math.max(0, n);
      if (own < 0 || left < 0) {
        throw inflates();
      }
      return n;
    }
  }
}
