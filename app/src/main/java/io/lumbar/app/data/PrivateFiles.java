package io.lumbar.app.data;

import io.lumbar.app.fault.UserMistake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Folders and files that nobody but the owner may read. */
final class PrivateFiles {
  private PrivateFiles() {}

  /** Creates a folder of mode 700; one that exists keeps its mode. */
  static void createFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    @Nullable Path parent = folder.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      Files.createDirectory(folder, mode(folder, "rwx------"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  /** Replaces a file of mode 600 in one step, so that a reader never sees half of it. */
  static void write(Path file, byte[] content) {
    Path folder = Objects.requireNonNull(file.getParent());
    try {
      Path fresh = Files.createTempFile(folder, ".", ".new", mode(folder, "rw-------"));
      Files.write(fresh, content);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UserMistake("cannot write " + file + " (" + reason(e) + ")");
    }
  }

  /** The text of a file, which is made first when it is missing. */
  static String keep(Path file, Supplier<String> fresh) {
    try {
      if (!Files.exists(file)) {
        createFolder(Objects.requireNonNull(file.getParent()));
        write(file, (fresh.get() + "\n").getBytes(StandardCharsets.UTF_8));
      }
      String text = Files.readString(file).strip();
      if (text.isEmpty()) {
        throw new UserMistake(file + " is empty; delete it to get a new one");
      }
      return text;
    } catch (IOException e) {
      throw new UserMistake("cannot read " + file + " (" + reason(e) + ")");
    }
  }

  /** Why the file system refused, in two or three words. */
  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof FileSystemException refused && refused.getReason() != null) {
      return refused.getReason();
    }
    return e.getClass().getSimpleName();
  }

  private static FileAttribute<?>[] mode(Path near, String permissions) {
    return near.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
