package io.lumbar.ingest.recording;

import java.io.IOException;

/** A kind of file with raw motion. Stateless. */
public interface RecordingFormat {

  /** The name that {@code format=} takes. */
  String id();

  /** What such a file is, for the person whose file is none. */
  String description();

  /** Whether a file that begins so is one; the file's name plays no part. */
  boolean recognises(FileHead head);

  /**
   * What a file says about itself before it is read.
   *
   * @throws UnusableFile with a sentence when it holds nothing that can be read
   */
  Origin origin(InputFile file) throws IOException;

  /**
   * Reads a file to its end, in bounded memory.
   *
   * @throws UnusableFile with a sentence when it holds nothing that can be read
   */
  void read(InputFile file, LocalClock clock, SampleTaker taker) throws IOException;
}
