package io.lumbar.ingest;

import java.util.Optional;

/**
 * Says why nothing can be taken at the moment, as when others' data that nobody has read yet would
 * be lost for it. Asked by every upload, so that it must answer at once. Thread-safe.
 */
@FunctionalInterface
public interface UploadGate {

  /** Takes all. */
  UploadGate OPEN = Optional::empty;

  /** A sentence without an end, for who sends, or empty when uploads are taken. */
  Optional<String> closed();

  /**
   * As {@link #closed}, for imports: they can wait, and must leave room to what is measured now,
   * whose sender may not come back.
   */
  default Optional<String> closedForImports() {
    return closed();
  }
}
