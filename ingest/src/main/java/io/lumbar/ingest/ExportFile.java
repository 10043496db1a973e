package io.lumbar.ingest;

import io.lumbar.ingest.export.ExportFormat;
import io.lumbar.ingest.export.ExportTaker;
import io.lumbar.ingest.recording.FileHead;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.Origin;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.StepsObservation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A file of what an app has worked out, on its way to observations. */
record ExportFile(ExportFormat format) implements ImportFormat {

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
  public Origin origin(InputFile file) throws IOException {
    return format.origin(file);
  }

  @Override
  public void read(InputFile file, Source source, @Nullable Instant start, ImportSink sink)
      throws IOException {
    format.read(file, source::zoneAt, new Stamping(source, sink));
  }

  /** Makes observations, and refuses spans that cannot be. */
  private record Stamping(Source source, ImportSink sink) implements ExportTaker {

    @Override
    public void steps(String path, int rows, int steps, Instant from, Instant to) {
      if (isSpan(path, from, to)) {
        sink.take(
            new Element.Reading(
                path, rows, new StepsObservation(source.stampAt(from), steps, from, to)));
      }
    }

    @Override
    public void posture(String path, int rows, Posture posture, Instant from, Instant to) {
      if (isSpan(path, from, to)) {
        sink.take(
            new Element.Reading(
                path, rows, PostureObservation.span(source.stampAt(from), posture, from, to)));
      }
    }

    private boolean isSpan(String path, Instant from, Instant to) {
      boolean fits =
          from.isBefore(to)
              && Duration.between(from, to).compareTo(PostureObservation.LONGEST) <= 0;
      if (!fits) {
        refused(path, "its end must be behind its start, by at most 24 h");
      }
      return fits;
    }

    @Override
    public void ignored(int rows) {
      sink.take(new Element.Ignored(rows));
    }

    @Override
    public void refused(String path, String reason) {
      sink.take(new Element.Refused(path, reason, null));
    }

    @Override
    public void note(String sentence) {
      sink.note(sentence);
    }
  }
}
