package io.lumbar.app.validate;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Scores the detectors on one kind of labelled recording. Calls the pure detectors: no broker, no
 * server, no clock; the same folder gives the same figures in every run.
 */
public interface FolderScorer {

  /** The name of the folder that it knows. */
  String folder();

  /**
   * Reads every recording and compares.
   *
   * <p>A recording that cannot be used is no failure: it is named by {@link Score.Builder#skip}.
   *
   * @param folder where the recordings are
   * @throws IOException when the folder cannot be read
   */
  Score score(Path folder, Progress progress) throws IOException;
}
