package io.lumbar.ingest.export;

import io.lumbar.model.Posture;
import java.time.Instant;

/** Takes what a reader finds, in the order of the file. */
public interface ExportTaker {

  /**
   * Steps within [from, to).
   *
   * @param rows how many rows of the file this stands for
   */
  void steps(String path, int rows, int steps, Instant from, Instant to);

  /** A posture within [from, to). */
  void posture(String path, int rows, Posture posture, Instant from, Instant to);

  /** Rows that hold nothing for us. */
  void ignored(int rows);

  /** One row that cannot be read. */
  void refused(String path, String reason);

  /** A sentence for the person who imports. */
  void note(String sentence);
}
