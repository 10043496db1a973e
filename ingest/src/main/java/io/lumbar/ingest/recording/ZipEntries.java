package io.lumbar.ingest.recording;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The files inside a zip archive. Nothing is ever unpacked to disk; names that lead out of a
 * folder, thousands of entries, and entries that inflate beyond the limit or more than 200 times
 * are refused all the same.
 */
final class ZipEntries implements Closeable {
  private static final int MOST_ENTRIES = 1_000;
  private static final int MOST_INFLATION = 200;
  private static final long SMALL = 10 << 20;

  private final ZipFile zip;
  private final InputFile file;
  private final List<ZipEntry> entries = new ArrayList<>();

  private ZipEntries(ZipFile zip, InputFile file) {
    this.zip = zip;
    this.file = file;
  }

  /**
   * Opens an archive.
   *
   * @throws UnusableFile when it is broken or plays a trick
   */
  static ZipEntries open(InputFile file) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.path().toFile());
    } catch (ZipException e) {
      throw new UnusableFile("the zip archive is broken; was the whole of it copied?");
    }
    ZipEntries opened = new ZipEntries(zip, file);
    try {
      opened.check();
      return opened;
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /** Names of the files in an archive, or none when it cannot be opened. */
  static List<String> names(Path path) {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      List<String> names = new ArrayList<>();
      Collections.list(zip.entries()).stream()
          .limit(MOST_ENTRIES)
          .forEach(entry -> names.add(entry.getName()));
      return names;
    } catch (IOException | IllegalArgumentException e) {
      return List.of();
    }
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
      if (entries.size() == MOST_ENTRIES) {
        throw new UnusableFile("the zip archive has more than %d entries".formatted(MOST_ENTRIES));
      }
      entries.add(entry);
    }
  }

  /** The file of a name, in whatever folder of the archive; case does not matter. */
  Optional<ZipEntry> find(String name) {
    return entries.stream()
        .filter(entry -> !entry.isDirectory())
        .filter(
            entry ->
                entry
                    .getName()
                    .substring(entry.getName().lastIndexOf('/') + 1)
                    .equalsIgnoreCase(name))
        .findFirst();
  }

  /** Says which entries will be read, for the progress. */
  void expect(List<ZipEntry> wanted) {
    file.expect(wanted.stream().mapToLong(entry -> Math.max(0, entry.getSize())).sum());
  }

  /** How an entry begins. */
  FileHead head(ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return new FileHead(in.readNBytes(FileHead.BYTES), List.of());
    }
  }

  /** The lines of an entry, which ends with {@link UnusableFile} at the limit. */
  TextLines lines(ZipEntry entry) throws IOException {
    return new TextLines(file.counted(new Limited(zip.getInputStream(entry), most(entry))));
  }

  private long most(ZipEntry entry) {
    return Math.min(
        file.limit(), Math.max(SMALL, MOST_INFLATION * Math.max(0, entry.getCompressedSize())));
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private static final class Limited extends FilterInputStream {
    private long left;

    Limited(InputStream in, long left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int n = super.read(buffer, from, length);
      left -= Math.max(0, n);
      if (left < 0) {
        throw new UnusableFile("the zip archive inflates beyond what a recording could");
      }
      return n;
    }
  }
}
