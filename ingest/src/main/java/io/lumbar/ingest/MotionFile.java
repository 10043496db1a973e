package io.lumbar.ingest;

import io.lumbar.ingest.recording.FileHead;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.LocalClock;
import io.lumbar.ingest.recording.Origin;
import io.lumbar.ingest.recording.RecordingFormat;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A file with raw motion, on its way to batches. */
record MotionFile(RecordingFormat format) implements ImportFormat {

  @Override
  public String id() {
    return format.id();
  }

  @Override
  public String description() {
    return format.description();
  }

  @Override
  public boolean recognises(FileHead head) {
    return format.recognises(head);
  }

  @Override
  public boolean accepts(FileHead head) {
    return format.accepts(head);
  }

  @Override
  public Origin origin(InputFile file) throws IOException {
    return format.origin(file);
  }

  @Override
  public void read(InputFile file, Source source, @Nullable Instant start, ImportSink sink)
      throws IOException {
    SampleBatches batches = new SampleBatches(source, format.origin(file).unit(), sink);
    format.read(file, new LocalClock(source::zoneAt, start), batches);
    batches.finish();
  }
}
