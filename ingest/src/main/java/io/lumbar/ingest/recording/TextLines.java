package io.lumbar.ingest.recording;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads text line by line in bounded memory: a file without line ends is refused and not gathered.
 * A byte order mark is left out; UTF-8 that is none becomes replacement characters.
 */
public final class TextLines implements Closeable {
  private static final int LONGEST = 64 << 10;
  private static final int BUFFER = 64 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;
  private byte[] line = new byte[512];
  private boolean begun;

  public TextLines(InputStream in) {
    this.in = in;
  }

  /**
   * The next line without its end, or null behind the last.
   *
   * @throws UnusableFile when a line is longer than 64 KiB
   */
  public @Nullable String next() throws IOException {
    int length = 0;
    while (true) {
      if (from == to) {
        from = 0;
        to = in.read(buffer, 0, buffer.length);
        if (to <= 0) {
          to = 0;
          return length == 0 ? null : text(length);
        }
      }
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      length = append(length, end);
      boolean ended = end < to;
      from = ended ? end + 1 : end;
      if (ended) {
        return text(length);
      }
    }
  }

  private int append(int length, int end) throws UnusableFile {
    int grown = length + end - from;
    if (grown > LONGEST) {
      throw new UnusableFile("a line of the file is longer than 64 KiB; is it text at all?");
    }
    if (grown > line.length) {
      line = Arrays.copyOf(line, Math.max(grown, 2 * line.length));
    }
    System.arraycopy(buffer, from, line, length, end - from);
    return grown;
  }

  private String text(int length) {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    String text = new String(line, 0, end, StandardCharsets.UTF_8);
    boolean marked = !begun && text.startsWith("\uFEFF");
    begun = true;
    return marked ? text.substring(1) : text;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
