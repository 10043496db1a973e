package io.lumbar.app.backup;

import io.lumbar.app.fault.UserMistake;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A data folder on which nothing runs, as one zip, and back. */
public final class FolderBackup {
  private static final Set<String> LEFT_OUT = Set.of("lock", "instance.json", "logs");

  /** What unfinished copies begin with, one of which may lie in the folder itself. */
  private static final String PART = ".lumbar-backup";

  private FolderBackup() {}

  /**
   * Writes all files of a folder that the caller holds, into a file that is not there yet; it is
   * there whole or not at all.
   *
   * @throws IOException when one cannot be read or the zip cannot be written
   */
  public static void write(Path folder, Path zipFile) throws IOException {
    // A fresh temporary file is for its owner's eyes alone, as what it holds has to be.
    Path part = Files.createTempFile(zipFile.toAbsolutePath().getParent(), PART, ".part");
    try {
      zip(folder, part);
      Files.move(part, zipFile);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void zip(Path folder, Path zipFile) throws IOException {
    try (OutputStream out = Files.newOutputStream(zipFile);
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
      for (Path file : all) {
        Path name = folder.relativize(file);
        String first = name.getName(0).toString();
        if (!LEFT_OUT.contains(first) && !first.startsWith(PART)) {
          zip.putNextEntry(new ZipEntry(name.toString().replace('\\', '/')));
          Files.copy(file, zip);
          zip.closeEntry();
        }
      }
    }
  }

  /**
   * Unpacks a backup into a folder that is not there yet.
   *
   * @throws UserMistake when it is there already, or the file is no backup of Lumbar's
   */
  public static void restore(Path zipFile, Path folder) {
    Path target = folder.toAbsolutePath().normalize();
    if (Files.exists(target)) {
      throw new UserMistake(
          target + " is there already; restore into a folder that is not, with --data DIR");
    }
    Path parent = target.getParent();
    try {
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Path fresh = Files.createTempDirectory(parent, ".lumbar-restore");
      try {
        if (!unpack(zipFile, fresh)) {
          throw new UserMistake(zipFile + " is no backup of Lumbar's: it has no history.db");
        }
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        delete(fresh);
      }
    } catch (ZipException e) {
      throw new UserMistake(zipFile + " is damaged or no zip file");
    } catch (IOException e) {
      throw new UserMistake(
          zipFile + " cannot be unpacked into " + target + " (" + e.getMessage() + ")");
    }
  }

  /** A folder with all that is in it; nothing where there is none. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static boolean unpack(Path zipFile, Path folder) throws IOException {
    boolean complete = false;
    try (InputStream in = Files.newInputStream(zipFile);
        ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (entry.isDirectory() || !file.startsWith(folder)) {
          continue;
        }
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        complete |= entry.getName().equals("history.db");
      }
    }
    return complete;
  }
}
