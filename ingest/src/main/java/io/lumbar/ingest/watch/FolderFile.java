package io.lumbar.ingest.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Opens a file that was found in a folder, and none outside of it: since the file was found a link
 * may have taken its place, or that of a folder on the way to it.
 */
public final class FolderFile {
  private FolderFile() {}

  /**
   * The file's content.
   *
   * @throws IOException when it cannot be read, or a link leads to it
   */
  public static InputStream open(Path folder, Path file) throws IOException {
    Path inside = folder.relativize(file);
    try (DirectoryStream<Path> top = Files.newDirectoryStream(folder)) {
      if (top instanceof SecureDirectoryStream<Path> secure) {
        return open(secure, inside);
      }
    }
    // Where folders cannot be held open, as on Windows.
    InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    if (!file.toRealPath().equals(folder.toRealPath().resolve(inside))) {
      in.close();
      throw new IOException("a link leads to this file");
    }
    return in;
  }

  private static InputStream open(SecureDirectoryStream<Path> folder, Path inside)
      throws IOException {
    if (inside.getNameCount() == 1) {
      return Channels.newInputStream(
          folder.newByteChannel(
              inside, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    }
    try (SecureDirectoryStream<Path> next =
        folder.newDirectoryStream(inside.getName(0), LinkOption.NOFOLLOW_LINKS)) {
      return open(next, inside.subpath(1, inside.getNameCount()));
    }
  }
}
