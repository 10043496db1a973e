package io.lumbar.ingest.export;

import io.lumbar.ingest.recording.UnusableFile;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

/** XML without its document type declaration, and with it without any entities of its own. */
final class WithoutDoctype extends FilterInputStream {
  /** Apple's is a tenth of this. */
  private static final int LONGEST = 128 << 10;

  private static final String BEGINNING = "<!DOCTYPE";

  WithoutDoctype(InputStream in) throws IOException {
    super(cut(in));
  }

  private static InputStream cut(InputStream in) throws IOException {
    byte[] head = in.readNBytes(LONGEST);
    // One character for each byte, whatever the encoding: the marks are ASCII.
    String text = new String(head, StandardCharsets.ISO_8859_1);
    int begin = text.indexOf(BEGINNING);
    if (begin < 0) {
      return new SequenceInputStream(new ByteArrayInputStream(head), in);
    }
    int simple = text.indexOf('>', begin);
    int subset = text.indexOf('[', begin);
    int end = subset >= 0 && subset < simple ? text.indexOf("]>", subset) + 1 : simple;
    if (end <= 0) {
      throw new UnusableFile("its document type does not end; export it again");
    }
    return new SequenceInputStream(
        new SequenceInputStream(
            new ByteArrayInputStream(head, 0, begin),
            new ByteArrayInputStream(head, end + 1, head.length - end - 1)),
        in);
  }
}
