package io.lumbar.ingest.export;

import io.lumbar.ingest.recording.InputFile;
import io.lumbar.model.Posture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** What a reader found in a file. */
final class Found implements ExportTaker {
  record Steps(int steps, Instant from, Instant to) {}

  record Span(Posture posture, Instant from, Instant to) {}

  final List<Steps> steps = new ArrayList<>();
  final List<Span> spans = new ArrayList<>();
  final List<String> refused = new ArrayList<>();
  final List<String> notes = new ArrayList<>();
  int rows;
  int ignored;

  /** Looks at a file as an import does, and reads it. */
  static Found in(Path file, String zone, ExportFormat format) throws IOException {
    Found found = new Found();
    InputFile input = new InputFile(file, 1 << 30);
    format.origin(input);
    format.read(input, at -> ZoneId.of(zone), found);
    return found;
  }

  int received() {
    return rows + ignored + refused.size();
  }

  @Override
  public void steps(String path, int count, int number, Instant from, Instant to) {
    rows += count;
    steps.add(new Steps(number, from, to));
  }

  @Override
  public void posture(String path, int count, Posture posture, Instant from, Instant to) {
    rows += count;
    spans.add(new Span(posture, from, to));
  }

  @Override
  public void ignored(int count) {
    ignored += count;
  }

  @Override
  public void refused(String path, String reason) {
    refused.add(path + ": " + reason);
  }

  @Override
  public void note(String sentence) {
    notes.add(sentence);
  }
}
