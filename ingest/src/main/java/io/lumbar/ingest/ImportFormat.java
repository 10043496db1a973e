package io.lumbar.ingest;

import io.lumbar.model.Placement;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/** A kind of file that can be imported. */
interface ImportFormat {

  /** The name that {@code format=} takes. */
  String id();

  /** What such a file is, for the person whose file is none. */
  String description();

  /**
   * The device that its data is kept under: one per wearer, so that importing again adds nothing.
   */
  String deviceName();

  /** Where that device sits. */
  Placement placement();

  /** Whether a file that starts with these lines is one. */
  boolean recognises(List<String> firstLines);

  /** Reads a file to its end. */
  void read(BufferedReader file, Source source, ImportSink sink) throws IOException;
}
