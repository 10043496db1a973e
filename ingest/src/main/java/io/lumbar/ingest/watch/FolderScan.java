package io.lumbar.ingest.watch;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files of a folder that may be imported: {@code WEARER/file} and {@code WEARER/PLACE/file}.
 * Left alone are links, which could lead anywhere; what begins with a dot; and the names under
 * which Syncthing, Nextcloud, rsync and browsers write a file that is not whole yet.
 */
final class FolderScan {
  static final String DONE = "done";
  static final String FAILED = "failed";

  private static final int DEEPEST = 3;
  private static final Set<String> OTHERS = Set.of(DONE, FAILED);
  private static final Set<String> OF_SYSTEMS = Set.of("desktop.ini", "thumbs.db");
  private static final Pattern UNFINISHED =
      Pattern.compile("[.~].*|.*(~|\\.(tmp|temp|part|partial|crdownload|download|filepart|!sync))");

  private FolderScan() {}

  static List<Sighting> of(Path folder) throws IOException {
    List<Sighting> sightings = new ArrayList<>();
    Files.walkFileTree(
        folder,
        EnumSet.noneOf(FileVisitOption.class),
        DEEPEST,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
            String name = String.valueOf(each.getFileName());
            boolean skipped =
                !each.equals(folder) && (OTHERS.contains(name) || name.startsWith("."));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && isWhole(String.valueOf(each.getFileName()))) {
              sightings.add(
                  new Sighting(each, attributes.size(), attributes.lastModifiedTime().toMillis()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path each, IOException e) throws IOException {
            if (each.equals(folder)) {
              throw e;
            }
            // Something went away in the middle of the look, or is not ours to read.
            return FileVisitResult.CONTINUE;
          }
        });
    return sightings;
  }

  static boolean isWhole(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !UNFINISHED.matcher(lower).matches() && !OF_SYSTEMS.contains(lower);
  }
}
