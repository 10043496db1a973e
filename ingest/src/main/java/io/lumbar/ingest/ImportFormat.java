package io.lumbar.ingest;

import io.lumbar.ingest.recording.FileHead;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.Origin;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A kind of file that can be imported. Stateless. */
interface ImportFormat {

  /** The name that {@code format=} takes. */
  String id();

  /** What such a file is, for the person whose file is none. */
  String description();

  /** Whether a file that begins so is one. */
  boolean recognises(FileHead head);

  /**
   * The device that a file's data is kept under, one per wearer, name and placement, so that
   * importing again adds nothing; and what must be told beside the file.
   *
   * @throws io.lumbar.ingest.recording.UnusableFile when nothing in it can be read
   */
  Origin origin(InputFile file) throws IOException;

  /**
   * Reads a file to its end.
   *
   * @param start when the recording began, where its times count from there
   * @throws io.lumbar.ingest.recording.UnusableFile when nothing in it can be read
   */
  void read(InputFile file, Source source, @Nullable Instant start, ImportSink sink)
      throws IOException;
}
