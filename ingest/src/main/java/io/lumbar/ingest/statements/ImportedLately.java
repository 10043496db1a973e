package io.lumbar.ingest.statements;

import io.lumbar.model.WearerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a file was last imported for a wearer, by day, over restarts: what an import has built stays
 * open for a while, however old it is. Thread-safe.
 *
 * <p>A text file: since when imports are noted, then a line with day and wearer for each that had
 * an import on a day. Before it knows for long enough, every wearer may have had one. What cannot
 * be written is known until the process ends.
 */
public final class ImportedLately {
  private static final Logger LOG = LoggerFactory.getLogger(ImportedLately.class);
  private static final String SINCE = "since";

  private final Path file;
  private final InstantSource clock;
  private final Map<String, LocalDate> last = new HashMap<>();
  private LocalDate since;

  private ImportedLately(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    this.since = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /**
   * Reads what was noted; a file that cannot be read counts as none.
   *
   * @throws UncheckedIOException when the file cannot be written
   */
  public static ImportedLately open(Path file, InstantSource clock) {
    ImportedLately opened = new ImportedLately(file, clock);
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      if (Files.exists(file)) {
        opened.read(Files.readAllLines(file));
      }
      opened.write();
    } catch (IOException e) {
      throw new UncheckedIOException("the imports noted in " + file + " cannot be kept", e);
    }
    return opened;
  }

  /** Notes an import that begins, goes on or ends. */
  public synchronized void note(WearerId wearer) {
    LocalDate today = today();
    if (!today.equals(last.put(wearer.value(), today))) {
      try {
        Files.writeString(file, line(today, wearer.value()), StandardOpenOption.APPEND);
      } catch (IOException e) {
        LOG.warn("an import cannot be noted in {}: {}", file, e.toString());
      }
    }
  }

  /** Forgets the wearers of whom this is true. */
  public synchronized void removeIf(Predicate<WearerId> gone) {
    if (last.keySet().removeIf(id -> gone.test(new WearerId(id)))) {
      try {
        write();
      } catch (IOException e) {
        LOG.warn("erased wearers stay in {} until it can be written: {}", file, e.toString());
      }
    }
  }

  /** Whether a wearer may have had an import within so many days. */
  public synchronized boolean within(WearerId wearer, int days) {
    LocalDate first = today().minusDays(days + 1L);
    LocalDate noted = last.get(wearer.value());
    return since.isAfter(first) || (noted != null && noted.isAfter(first));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private void read(List<String> lines) {
    for (String one : lines) {
      String[] cells = one.split(" ", -1);
      try {
        LocalDate day = LocalDate.parse(cells[0]);
        if (cells.length == 2 && cells[1].equals(SINCE)) {
          since = day;
        } else if (cells.length == 2) {
          last.merge(cells[1], day, (a, b) -> a.isAfter(b) ? a : b);
        }
      } catch (DateTimeException e) {
        // The last line of a process that was killed may be half a one.
        LOG.debug("a line of {} cannot be read", file, e);
      }
    }
  }

  private void write() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(line(since, SINCE));
    last.forEach((wearer, day) -> lines.add(line(day, wearer)));
    Path fresh = file.resolveSibling(file.getFileName() + ".part");
    Files.write(fresh, String.join("", lines).getBytes(StandardCharsets.UTF_8));
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String line(LocalDate day, String word) {
    return day + " " + word + "\n";
  }
}
