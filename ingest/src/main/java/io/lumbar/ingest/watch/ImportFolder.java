package io.lumbar.ingest.watch;

import io.lumbar.ingest.watch.Importer.Answer;
import io.lumbar.ingest.watch.Importer.Arrival;
import io.lumbar.ingest.watch.Importer.Ending;
import io.lumbar.ingest.watch.SettlingState.Seen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports the files that appear in a folder, once each, and then moves them beside where they lay:
 * to {@code done/}, or to {@code failed/} with a text that says why. A file stays where it is until
 * its import has ended, so that a restart in between loses none; it goes on with that import. What
 * takes the place of a file under import is another file, and imported after it.
 */
public final class ImportFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImportFolder.class);
  private static final long EVERY_SECONDS = 5;
  private static final long STOP_SECONDS = 10;
  private static final int WITH_PLACE = 3;

  /**
   * Of one wearer's folder under import at once. Each is copied and waits for its turn, and how the
   * imports of an unpacked export of thousands of files ended is not remembered for long.
   */
  static final int MOST_AT_ONCE = 40;

  private final Path folder;
  private final Importer importer;
  private final Map<Path, Work> works = new HashMap<>();
  private final Set<Path> complainedOf = new HashSet<>();
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "import-folder");
            thread.setDaemon(true);
            return thread;
          });
  private SettlingState state = SettlingState.EMPTY;
  private volatile @Nullable String trouble;

  /** An import under way, or how it ended; of the file as it was when it was handed over. */
  private record Work(Sighting file, String id, @Nullable Ending ending) {}

  ImportFolder(Path folder, Importer importer) {
    this.folder = folder;
    this.importer = importer;
  }

  /**
   * Looks into a folder every five seconds, until closed.
   *
   * @throws UncheckedIOException when the folder is not there and cannot be made
   */
  public static ImportFolder watch(Path folder, Importer importer) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the import folder " + folder + " cannot be made", e);
    }
    ImportFolder watching = new ImportFolder(folder, importer);
    Future<?> unused =
        watching.worker.scheduleWithFixedDelay(
            watching::lookSafely, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    return watching;
  }

  /** What keeps it from importing, or empty. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  @Override
  public void close() {
    worker.shutdownNow();
    try {
      if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the import folder did not stop in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookSafely() {
    try {
      look(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    } catch (IOException e) {
      trouble = "the import folder cannot be read";
      LOG.debug("the import folder cannot be read", e);
    } catch (RuntimeException e) {
      if (trouble == null) {
        LOG.error("the import folder failed", e);
      }
      trouble = "the import folder does not work; the log says why";
    }
  }

  /** One look: hands over what has come, and moves away what is over. */
  void look(long nowMillis) throws IOException {
    Settling.Step step = Settling.look(state, FolderScan.of(folder), nowMillis);
    state = step.state();
    works.values().removeIf(work -> !isThere(work.file()));
    complainedOf.retainAll(state.seen().keySet());
    Map<String, Integer> open = new HashMap<>();
    works.values().forEach(work -> countOpen(work, open));
    for (Sighting file : step.settled()) {
      if (!works.containsKey(file.path())
          && open.getOrDefault(wearer(file.path()), 0) < MOST_AT_ONCE) {
        beginSafely(file);
        Work begun = works.get(file.path());
        if (begun != null) {
          countOpen(begun, open);
        }
      }
    }
    moveEnded();
    trouble =
        works.keySet().stream().anyMatch(complainedOf::contains)
            ? "files of the import folder cannot be moved away"
            : null;
  }

  /** Whether a file still is what it was. */
  private boolean isThere(Sighting file) {
    Seen seen = state.seen().get(file.path());
    return seen != null && seen.sighting().equals(file);
  }

  private void countOpen(Work work, Map<String, Integer> open) {
    if (work.ending() == null) {
      open.merge(wearer(work.file().path()), 1, Integer::sum);
    }
  }

  /** The name of the folder that a file lies in. */
  private String wearer(Path file) {
    return folder.relativize(file).getName(0).toString();
  }

  /** One file that breaks something must not keep the others from being imported. */
  private void beginSafely(Sighting file) {
    try {
      begin(file);
    } catch (RuntimeException e) {
      LOG.error("a file of the import folder could not be handed over", e);
      works.put(
          file.path(),
          new Work(
              file,
              "",
              new Ending(
                  false,
                  "Something went wrong here with this file; the log says what. Put it back to try again.")));
    }
  }

  private void begin(Sighting file) {
    Path inside = folder.relativize(file.path());
    if (inside.getNameCount() == 1) {
      Ending lost =
          new Ending(
              false,
              "Nobody knows whose file this is. Put it into a folder named after the wearer, such as Anna.");
      works.put(file.path(), new Work(file, "", lost));
      return;
    }
    String place = inside.getNameCount() == WITH_PLACE ? inside.getName(1).toString() : "";
    Answer answer =
        importer.begin(
            new Arrival(folder, file.path(), inside.getName(0).toString(), place, file.size()));
    if (answer instanceof Answer.Working working) {
      works.put(file.path(), new Work(file, working.id(), null));
    } else if (answer instanceof Answer.Refused refused) {
      works.put(file.path(), new Work(file, "", new Ending(false, refused.sentence())));
    }
  }

  private void moveEnded() {
    // How an import ended is remembered here: a file may not be moved away for longer than that is
    // known elsewhere.
    works.replaceAll((path, work) -> work.ending() == null ? asked(work) : work);
    works.values().removeIf(work -> work.ending() != null && move(work.file(), work.ending()));
  }

  private Work asked(Work work) {
    return importer
        .ending(work.id())
        .map(ending -> new Work(work.file(), work.id(), ending))
        .orElse(work);
  }

  /** False when it has to be tried again. */
  private boolean move(Sighting ended, Ending ending) {
    Path file = ended.path();
    try {
      BasicFileAttributes now =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (now.size() != ended.size()
          || now.lastModifiedTime().toMillis() != ended.modifiedMillis()) {
        // Another file has come since the look, and nobody has read it yet.
        return false;
      }
      Path target = file.resolveSibling(ending.done() ? FolderScan.DONE : FolderScan.FAILED);
      if (Files.isSymbolicLink(target)) {
        throw new IOException("a link, which could lead anywhere");
      }
      Files.createDirectories(target);
      Path free = free(target, String.valueOf(file.getFileName()));
      // The text comes first: a file without its reason would leave a person guessing.
      Path words = target.resolve(free.getFileName() + ".txt");
      Files.write(words, List.of(ending.words()));
      Files.move(file, free);
      complainedOf.remove(file);
      return true;
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      if (complainedOf.add(file)) {
        LOG.warn(
            "a file of the import folder cannot be moved away: {}", e.getClass().getSimpleName());
      }
      return false;
    }
  }

  private static Path free(Path folder, String name) {
    Path free = folder.resolve(name);
    for (int n = 2; Files.exists(free); n++) {
      free = folder.resolve(n + " " + name);
    }
    return free;
  }
}
