package io.lumbar.ingest.recording;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** How a file begins, to tell what it is. */
public final class FileHead {
  /** How much of a file is looked at. */
  public static final int BYTES = 16 << 10;

  private static final int MOST_LINES = 40;

  private final byte[] bytes;
  private final List<String> lines;
  private final List<String> entries;

  /**
   * A beginning.
   *
   * @param entries what is inside, if it is a zip archive
   */
  public FileHead(byte[] bytes, List<String> entries) {
    this.bytes = bytes;
    this.entries = List.copyOf(entries);
    String text = new String(bytes, StandardCharsets.UTF_8);
    lines =
        (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().limit(MOST_LINES).toList();
  }

  /** The first lines, if it is text; without a byte order mark. */
  public List<String> lines() {
    return lines;
  }

  /** Whether a zip archive has a file of a name, in whatever folder. */
  boolean hasEntry(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return hasEntry(entry -> entry.equals(lower) || entry.endsWith("/" + lower));
  }

  /** Whether a zip archive has a file whose path, in lower case, is like this. */
  public boolean hasEntry(Predicate<String> path) {
    return entries.stream().map(entry -> entry.toLowerCase(Locale.ROOT)).anyMatch(path);
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  public boolean isZip() {
    return startsWith('P', 'K', 3, 4) || startsWith('P', 'K', 5, 6);
  }

  /** True when bytes are there that no text has. */
  public boolean isBinary() {
    for (byte each : bytes) {
      if (each >= 0 && each < ' ' && each != '\t' && each != '\n' && each != '\r') {
        return true;
      }
    }
    return false;
  }

  /** Whether the file begins with these bytes. */
  public boolean startsWith(int... wanted) {
    if (bytes.length < wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if ((bytes[i] & 0xFF) != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
