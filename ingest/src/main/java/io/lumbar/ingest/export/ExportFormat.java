package io.lumbar.ingest.export;

import io.lumbar.ingest.recording.FileFormat;
import io.lumbar.ingest.recording.InputFile;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Function;

/** A kind of file with what an app has worked out already. Stateless. */
public interface ExportFormat extends FileFormat {

  /**
   * Reads a file to its end, in bounded memory.
   *
   * @param zone the zone that holds around an instant, for times that have none
   * @throws io.lumbar.ingest.recording.UnusableFile with a sentence when it holds nothing that can
   *     be read
   */
  void read(InputFile file, Function<Instant, ZoneId> zone, ExportTaker taker) throws IOException;
}
