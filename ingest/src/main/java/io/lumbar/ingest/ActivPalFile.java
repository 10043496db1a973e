package io.lumbar.ingest;

import io.lumbar.model.Placement;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

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
  public String deviceName() {
    return "activPAL import";
  }

  @Override
  public Placement placement() {
    return Placement.THIGH;
  }

  @Override
  public boolean recognises(List<String> firstLines) {
    return firstLines.stream()
        .limit(HEADER_WITHIN_LINES)
        .anyMatch(line -> ActivPalHeader.parse(bare(line)).isPresent());
  }

  @Override
  public void read(BufferedReader file, Source source, ImportSink sink) throws IOException {
    ActivPalRows rows = null;
    int lineNumber = 0;
    for (String line = file.readLine(); line != null; line = file.readLine()) {
      lineNumber++;
      if (line.isBlank()) {
        continue;
      }
      if (rows != null) {
        rows.take(line, lineNumber);
        continue;
      }
      Optional<ActivPalHeader> header = ActivPalHeader.parse(bare(line));
      if (header.isPresent()) {
        rows = new ActivPalRows(header.get(), source, sink);
      }
    }
    if (rows != null) {
      rows.finish();
    }
  }

  private static String bare(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }
}
