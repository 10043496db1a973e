package io.lumbar.ingest.export;

import io.lumbar.ingest.recording.FileHead;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.Origin;
import io.lumbar.ingest.recording.UnusableFile;
import io.lumbar.ingest.recording.ZipEntries;
import io.lumbar.model.Placement;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.zip.ZipEntry;

/** The database that the app Gadgetbridge exports, or the zip with it. */
public final class GadgetbridgeFile implements ExportFormat {
  /** Ten years of a sample each second are less. */
  private static final long LARGEST = 8L << 30;

  private static final String MAGIC = "SQLite format 3\u0000";

  @Override
  public String id() {
    return "gadgetbridge";
  }

  @Override
  public String description() {
    return "Gadgetbridge, its exported database or the zip with it";
  }

  @Override
  public boolean recognises(FileHead head) {
    return head.isZip() ? head.hasEntry(GadgetbridgeFile::isDatabase) : isSqlite(head);
  }

  @Override
  public Origin origin(InputFile file) throws IOException {
    if (!file.head().isZip()) {
      try (GadgetbridgeDatabase database = GadgetbridgeDatabase.open(file.path())) {
        database.requireSamples();
      }
    }
    return new Origin("Gadgetbridge import", Origin.Times.ABSOLUTE, Origin.Unit.G, Placement.WRIST);
  }

  @Override
  public void read(InputFile file, Function<Instant, ZoneId> zone, ExportTaker taker)
      throws IOException {
    if (!file.head().isZip()) {
      read(file.path(), taker);
      return;
    }
    Path beside = file.path().toAbsolutePath().getParent();
    Path unpacked = Files.createTempFile(beside, "gadgetbridge", ".part");
    try {
      try (ZipEntries entries = ZipEntries.open(file)) {
        ZipEntry entry = database(entries);
        entries.expect(List.of(entry));
        try (InputStream in = entries.open(entry, LARGEST);
            OutputStream out = file.unpack(unpacked)) {
          in.transferTo(out);
        }
      }
      read(unpacked, taker);
    } finally {
      Files.deleteIfExists(unpacked);
    }
  }

  private static void read(Path path, ExportTaker taker) throws IOException {
    try (GadgetbridgeDatabase database = GadgetbridgeDatabase.open(path)) {
      database.requireSamples();
      database.read(taker);
    }
  }

  private static boolean isDatabase(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.equals("gadgetbridge") || name.equals("gadgetbridge.db");
  }

  private static ZipEntry database(ZipEntries entries) throws IOException {
    for (ZipEntry entry : entries.all(GadgetbridgeFile::isDatabase)) {
      if (isSqlite(entries.head(entry))) {
        return entry;
      }
    }
    throw new UnusableFile("the archive has no database of Gadgetbridge");
  }

  private static boolean isSqlite(FileHead head) {
    return head.startsWith(MAGIC.chars().toArray());
  }
}
