package io.lumbar.app.validate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a folder of recordings. */
final class RecordingFiles {
  private RecordingFiles() {}

  /** The files anywhere inside whose names end so, in the order of their paths. */
  static List<Path> inside(Path folder, String end) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> name(file).endsWith(end))
          .sorted()
          .toList();
    }
  }

  /** The name without its folders. */
  static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
