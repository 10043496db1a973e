package io.lumbar.ingest;

import io.lumbar.ingest.recording.FileFormat;
import io.lumbar.ingest.recording.InputFile;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A kind of file on its way to elements. Stateless. */
interface ImportFormat extends FileFormat {

  /**
   * Reads a file to its end.
   *
   * @param start when the recording began, where its times count from there
   * @throws io.lumbar.ingest.recording.UnusableFile when nothing in it can be read
   */
  void read(InputFile file, Source source, @Nullable Instant start, ImportSink sink)
      throws IOException;
}
