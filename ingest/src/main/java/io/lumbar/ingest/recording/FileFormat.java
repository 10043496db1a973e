package io.lumbar.ingest.recording;

import java.io.IOException;

/** A kind of file that can be imported. Stateless. */
public interface FileFormat {

  /** The name that {@code format=} takes. */
  String id();

  /** What such a file is, for the person whose file is none. */
  String description();

  /** Whether a file that begins so is one; the file's name plays no part. */
  boolean recognises(FileHead head);

  /** Whether a file that begins so can be read as one, where somebody says that it is one. */
  default boolean accepts(FileHead head) {
    return recognises(head);
  }

  /**
   * The device that a file's data is kept under, one per wearer, name and placement, so that
   * importing again adds nothing; and what must be told beside the file.
   *
   * @throws UnusableFile with a sentence when it holds nothing that can be read
   */
  Origin origin(InputFile file) throws IOException;
}
