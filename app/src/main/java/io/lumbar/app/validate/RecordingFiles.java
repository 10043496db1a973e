package io.lumbar.app.validate;

import io.lumbar.http.ApiException;
import io.lumbar.ingest.recording.UnusableFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The files of a folder of recordings, as people pass them on: unpacked on other systems, saved by
 * spreadsheets, some of them broken.
 */
final class RecordingFiles {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private RecordingFiles() {}

  /** What is done with one recording. */
  @FunctionalInterface
  interface Scored {
    /**
     * Reads and counts it.
     *
     * @param name without its folders
     * @throws IOException when it cannot be read; nothing of it may be counted then
     */
    void score(Path file, String name) throws IOException;
  }

  /**
   * The files anywhere inside whose names end so, in large or small letters, in the order of their
   * paths; hidden ones, which systems leave behind, do not count.
   */
  static List<Path> inside(Path folder, String end) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> name(file).toLowerCase(Locale.ROOT).endsWith(end))
          .filter(file -> !name(file).startsWith("."))
          .sorted()
          .toList();
    }
  }

  /** Scores one after the other; what cannot be read is named with the reason and left out. */
  static void each(List<Path> files, Progress progress, Score.Builder score, Scored scored) {
    int done = 0;
    for (Path file : files) {
      String name = name(file);
      progress.at(name, done++, files.size());
      try {
        scored.score(file, name);
      } catch (ApiException | UnusableFile e) {
        score.skip(name, String.valueOf(e.getMessage()));
      } catch (IOException | RuntimeException e) {
        // Files of others may be wrecked in any way; the next one is scored all the same.
        score.skip(name, "it cannot be read: " + e.getMessage());
      }
    }
  }

  /**
   * The lines of a text in UTF-16 or UTF-8 with a byte order mark, or in any encoding that has
   * ASCII in it, with any line ends.
   */
  static List<String> lines(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, charset(bytes));
    int from = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    return text.substring(from).lines().toList();
  }

  private static Charset charset(byte[] bytes) {
    int first = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
    return switch (first) {
      case 0xFFFE -> StandardCharsets.UTF_16LE;
      case 0xFEFF -> StandardCharsets.UTF_16BE;
      case 0xEFBB -> StandardCharsets.UTF_8;
      default -> StandardCharsets.ISO_8859_1;
    };
  }

  /** The name without its folders. */
  static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
