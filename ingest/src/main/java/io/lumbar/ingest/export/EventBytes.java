package io.lumbar.ingest.export;

import io.lumbar.ingest.recording.UnusableFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes that an XML parser reads, of which one tag, text or comment may take only so many: the
 * parser holds it whole.
 */
final class EventBytes extends FilterInputStream {
  private static final int MOST = 4 << 20;

  private int sinceEvent;

  EventBytes(InputStream in) {
    super(in);
  }

  /** The parser has handed on what it read so far. */
  void onEvent() {
    sinceEvent = 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int from, int length) throws IOException {
    int n = super.read(buffer, from, length);
    sinceEvent += Math.max(0, n);
    if (sinceEvent > MOST) {
      throw new UnusableFile("one of its records is larger than %d MiB".formatted(MOST >> 20));
    }
    return n;
  }
}
