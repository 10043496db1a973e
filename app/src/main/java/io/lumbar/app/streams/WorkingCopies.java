package io.lumbar.app.streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stores of one topology on disk, and whether the last stop left them in order.
 *
 * <p>After a kill Kafka Streams rebuilds exactly-once stores from their changelogs in any case, but
 * first opens each of them twice to find out that it must; with dozens of stores that takes seconds
 * in which nobody is warned. So what a kill left is deleted beforehand.
 */
final class WorkingCopies {
  private static final Logger LOG = LoggerFactory.getLogger(WorkingCopies.class);
  private static final String TASK = "[0-9]*_[0-9]*";

  private final Path folder;
  private final Path inOrder;

  WorkingCopies(Path stateDir, String application) {
    folder = stateDir.resolve(application);
    inOrder = stateDir.resolve(application + ".stopped");
  }

  /** Deletes the stores unless they were left in order; from now on they are not. */
  void prepare() {
    try {
      if (!Files.deleteIfExists(inOrder) && Files.isDirectory(folder)) {
        LOG.info("the last run did not stop in order; its state is read back from Kafka");
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(folder, TASK)) {
          for (Path task : tasks) {
            delete(task);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear " + folder, e);
    }
  }

  /** Says that everything is written and closed. */
  void leaveInOrder() {
    try {
      if (Files.isDirectory(folder)) {
        Files.writeString(inOrder, "");
      }
    } catch (IOException e) {
      LOG.warn("cannot write {}; the next start takes longer", inOrder, e);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> found = Files.walk(folder)) {
      deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : deepestFirst) {
      Files.delete(each);
    }
  }
}
