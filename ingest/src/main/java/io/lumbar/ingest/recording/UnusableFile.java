package io.lumbar.ingest.recording;

import java.io.IOException;

/** A file that cannot be read at all, with a sentence for the person who sent it. */
@SuppressWarnings("serial") // never serialised
public final class UnusableFile extends IOException {

  public UnusableFile(String sentence) {
    super(sentence);
  }
}
