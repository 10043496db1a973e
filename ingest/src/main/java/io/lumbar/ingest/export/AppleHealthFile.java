package io.lumbar.ingest.export;

import io.lumbar.ingest.recording.FileHead;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.Origin;
import io.lumbar.ingest.recording.UnusableFile;
import io.lumbar.ingest.recording.ZipEntries;
import io.lumbar.model.Placement;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/**
 * What the iPhone's app Health exports: the zip, or the {@code export.xml} in it, of any size. The
 * name of the file is in the phone's language; its folder is not.
 */
public final class AppleHealthFile implements ExportFormat {
  private static final Pattern ENTRY = Pattern.compile("apple_health_export/[^/]+\\.xml");
  private static final Pattern BEGINNING = Pattern.compile("(?s).*<(!DOCTYPE )?HealthData\\b.*");

  @Override
  public String id() {
    return "apple-health";
  }

  @Override
  public String description() {
    return "Apple Health, the zip that the iPhone exports or the export.xml in it";
  }

  @Override
  public boolean recognises(FileHead head) {
    return head.isZip()
        ? head.hasEntry(path -> ENTRY.matcher(path).matches())
        : !head.isBinary() && BEGINNING.matcher(String.join("\n", head.lines())).matches();
  }

  @Override
  public Origin origin(InputFile file) {
    return new Origin("Apple Health import", Origin.Times.ABSOLUTE, Origin.Unit.G, Placement.WRIST);
  }

  @Override
  public void read(InputFile file, Function<Instant, ZoneId> zone, ExportTaker taker)
      throws IOException {
    AppleHealthRecords records = new AppleHealthRecords(taker);
    if (!file.head().isZip()) {
      try (InputStream in = file.open()) {
        records.read(in);
      }
      return;
    }
    try (ZipEntries entries = ZipEntries.open(file)) {
      ZipEntry entry = export(entries);
      entries.expect(List.of(entry));
      try (InputStream in = entries.open(entry)) {
        records.read(in);
      }
    }
  }

  private static ZipEntry export(ZipEntries entries) throws IOException {
    for (ZipEntry entry : entries.all(path -> ENTRY.matcher(path).matches())) {
      if (BEGINNING.matcher(String.join("\n", entries.head(entry).lines())).matches()) {
        return entry;
      }
    }
    throw new UnusableFile("the archive has no export of Apple Health in apple_health_export/");
  }
}
