package io.lumbar.app.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder for copies that are made to be sent, within the data folder, where nobody else reads
 * them and an erasure can be followed. What a stop left there goes at the next start.
 */
public final class Scratch {
  private Scratch() {}

  /**
   * Empties the folder, creating it when it is missing.
   *
   * @throws UncheckedIOException when that cannot be done
   */
  public static Path emptied(Path folder) {
    try {
      FolderBackup.delete(folder);
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " cannot be emptied", e);
    }
  }
}
