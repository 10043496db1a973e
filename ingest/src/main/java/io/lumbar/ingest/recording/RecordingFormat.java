package io.lumbar.ingest.recording;

import java.io.IOException;

/** A kind of file with raw motion. Stateless. */
public interface RecordingFormat extends FileFormat {

  /**
   * Reads a file to its end, in bounded memory.
   *
   * @throws UnusableFile with a sentence when it holds nothing that can be read
   */
  void read(InputFile file, LocalClock clock, SampleTaker taker) throws IOException;
}
