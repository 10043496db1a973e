package io.lumbar.ingest.format;

import io.lumbar.http.ApiException;

/**
 * Understands what one kind of client sends. Holds no state of its own that a restart would miss.
 */
public interface Adapter {

  /** The name in the upload's path. */
  String format();

  /** How the client wants to be answered. */
  Answer answer();

  /**
   * Hands over everything that an upload holds: each of its elements exactly once, kept, refused or
   * ignored.
   *
   * @throws ApiException 400 when the upload as a whole cannot be understood; nothing of it is kept
   */
  void read(Upload upload, Sender sender, Intake intake);
}
