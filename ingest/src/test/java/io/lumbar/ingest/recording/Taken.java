package io.lumbar.ingest.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** What a reader found in a file. */
final class Taken implements SampleTaker {
  record Sample(long nanos, float x, float y, float z) {
    Instant at() {
      return Instant.ofEpochSecond(0, nanos);
    }
  }

  final List<Sample> samples = new ArrayList<>();
  final List<Integer> gapsBefore = new ArrayList<>();
  final List<String> refused = new ArrayList<>();
  final List<String> notes = new ArrayList<>();
  int parts;
  int ignored;

  static Taken from(RecordingFormat format, Path file, String zone, Instant start)
      throws IOException {
    Taken taken = new Taken();
    InputFile input = new InputFile(file, 1 << 30);
    format.read(input, new LocalClock(at -> ZoneId.of(zone), start), taken);
    return taken;
  }

  @Override
  public void sample(long nanos, float x, float y, float z) {
    samples.add(new Sample(nanos, x, y, z));
  }

  @Override
  public void gap() {
    if (!samples.isEmpty()) {
      gapsBefore.add(samples.size());
    }
  }

  @Override
  public void parts(int count) {
    parts += count;
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
