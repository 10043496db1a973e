package io.lumbar.ingest;

import io.lumbar.ingest.recording.FileHead;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.Origin;
import io.lumbar.ingest.recording.TextLines;
import io.lumbar.model.Placement;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events and EventsEx files of the thigh-worn activPAL. */
final class ActivPalFile implements ImportFormat {
  private static final int HEADER_WITHIN_LINES = 5;

  @Override
  public String id() {
    return "activpal";
  }

  @Override
  public String description() {
    return "activPAL Events or EventsEx (CSV with the columns Time, Interval or Duration, ActivityCode or Event Type)";
  }

  @Override
  public boolean recognises(FileHead head) {
    return head.lines().stream()
        .limit(HEADER_WITHIN_LINES)
        .anyMatch(line -> ActivPalHeader.parse(line).isPresent());
  }

  @Override
  public Origin origin(InputFile file) {
    return new Origin("activPAL import", Origin.Times.LOCAL, Origin.Unit.G, Placement.THIGH);
  }

  @Override
  public void read(InputFile file, Source source, @Nullable Instant start, ImportSink sink)
      throws IOException {
    try (TextLines lines = new TextLines(file.open())) {
      read(lines, source, sink);
    }
  }

  static void read(TextLines file, Source source, ImportSink sink) throws IOException {
    ActivPalRows rows = null;
    int lineNumber = 0;
    for (String line = file.next(); line != null; line = file.next()) {
      lineNumber++;
      if (line.isBlank()) {
        continue;
      }
      if (rows != null) {
        rows.take(line, lineNumber);
        continue;
      }
      Optional<ActivPalHeader> header = ActivPalHeader.parse(line);
      if (header.isPresent()) {
        rows = new ActivPalRows(header.get(), source, sink);
      }
    }
    if (rows != null) {
      rows.finish();
    }
  }
}
