package io.lumbar.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The unzipped folder of a recording of the app Sensor Logger, packed again: its tables belong
 * together, because one says which way the axes of another point.
 */
final class RecordingFolder {
  /** Any of them, with the case that a file system may have changed, makes it a recording. */
  private static final Set<String> TABLES =
      Set.of(
          "metadata.csv",
          "totalacceleration.csv",
          "accelerometer.csv",
          "accelerometeruncalibrated.csv",
          "wristmotion.csv");

  private RecordingFolder() {}

  /** Whether it is a folder with such a table right in it. */
  static boolean isRecording(Path folder) {
    try {
      return Files.isDirectory(folder)
          && tables(folder).stream().anyMatch(file -> TABLES.contains(lowerName(file)));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Packs the folder's tables, and neither sounds nor pictures that the app may have recorded.
   *
   * @return a temporary file, which the caller deletes
   */
  static Path pack(Path folder) throws IOException {
    Path packed = Files.createTempFile("lumbar-import", ".zip");
    try (OutputStream file = Files.newOutputStream(packed);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.setLevel(Deflater.BEST_SPEED);
      for (Path table : tables(folder)) {
        zip.putNextEntry(new ZipEntry(String.valueOf(table.getFileName())));
        Files.copy(table, zip);
        zip.closeEntry();
      }
      return packed;
    } catch (IOException e) {
      Files.deleteIfExists(packed);
      throw e;
    }
  }

  private static List<Path> tables(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> lowerName(file).endsWith(".csv"))
          .sorted()
          .toList();
    }
  }

  private static String lowerName(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }
}
