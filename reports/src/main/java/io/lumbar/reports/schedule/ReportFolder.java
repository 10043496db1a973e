package io.lumbar.reports.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Json;
import io.lumbar.model.WearerId;
import io.lumbar.reports.period.Period;
import io.lumbar.reports.privacy.ErasureRoutes;
import io.lumbar.reports.render.Edition;
import io.lumbar.reports.render.ReportFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reports as files, {@code WEARER-ID/2026-03-05.html}, {@code 2026-W10.html} or {@code
 * 2026-03.html} with the same as JSON beside it. What lies there is what was delivered, so that no
 * restart and no second process delivers it again.
 */
public final class ReportFolder implements ErasureRoutes.Reports {
  private static final String DRAFT = ".part";

  private static final List<ReportFormat> FORMATS = List.of(ReportFormat.HTML, ReportFormat.JSON);

  private final Path root;

  /**
   * How many days reports stay; empty for good.
   *
   * @param editions those of weeks and months
   */
  public record Kept(Optional<Integer> mornings, Optional<Integer> editions) {
    boolean all() {
      return mornings.isEmpty() && editions.isEmpty();
    }
  }

  public ReportFolder(Path root) {
    this.root = root;
  }

  /** What became of a report. */
  enum Outcome {
    FIRST,
    MADE_AGAIN,
    /** Late data, but nothing that a reader would see. */
    UNCHANGED
  }

  /**
   * The edition that lies in the folder, empty when there is none or it cannot be read.
   *
   * @param name a date, week or month, as reports are called
   */
  public Optional<Edition> edition(WearerId wearer, String name) {
    return stored(wearer, name)
        .map(json -> json.path("edition"))
        .filter(node -> node.path("number").asInt() > 0)
        .map(
            node ->
                new Edition(
                    node.path("number").asInt(),
                    OffsetDateTime.parse(node.path("madeAt").asText())));
  }

  /**
   * The same, or where the report has become another one since, the edition that it is going to be;
   * empty when there is none.
   *
   * @param content what the report says now, as JSON without an edition
   * @param now when it was made
   */
  public Optional<Edition> edition(
      WearerId wearer, String name, byte[] content, OffsetDateTime now) {
    Optional<JsonNode> before = stored(wearer, name);
    boolean same = before.filter(json -> sameContent(json, tree(content))).isPresent();
    return edition(wearer, name).map(delivered -> same ? delivered : delivered.again(now));
  }

  /** What the stored report rests on, as {@link #deliver} was told; empty when there is none. */
  Optional<String> basis(WearerId wearer, String name) {
    return stored(wearer, name).map(json -> json.path("basis").asText());
  }

  /**
   * Puts a report there, unless the same lies there already.
   *
   * @param basis the revisions that it rests on
   * @throws UncheckedIOException when the folder cannot be written
   */
  Outcome deliver(Print print, String basis, Instant now) {
    Optional<JsonNode> before = stored(print.wearer(), print.name());
    int number = before.map(json -> json.path("edition").path("number").asInt()).orElse(0);
    ObjectNode content = tree(print.bytes(ReportFormat.JSON, Optional.empty()));
    if (before.isPresent() && sameContent(before.get(), content)) {
      content.set("edition", before.get().path("edition"));
      put(path(print, ReportFormat.JSON), Json.bytes(content.put("basis", basis)));
      return Outcome.UNCHANGED;
    }
    Edition edition =
        new Edition(
            number + 1,
            now.truncatedTo(ChronoUnit.MINUTES).atZone(print.zone()).toOffsetDateTime());
    for (ReportFormat format : FORMATS) {
      byte[] bytes = print.bytes(format, Optional.of(edition));
      put(
          path(print, format),
          format == ReportFormat.JSON ? Json.bytes(tree(bytes).put("basis", basis)) : bytes);
    }
    return number == 0 ? Outcome.FIRST : Outcome.MADE_AGAIN;
  }

  /**
   * Deletes all reports of a wearer.
   *
   * @throws UncheckedIOException when the folder cannot be written
   */
  @Override
  public void erase(WearerId wearer) {
    Path folder = root.resolve(wearer.value());
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the reports in " + folder, e);
    }
  }

  /** Whose reports lie there. */
  Set<WearerId> wearers() {
    Set<WearerId> found = new HashSet<>();
    for (Path folder : list(root)) {
      if (Files.isDirectory(folder)) {
        id(folder).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<WearerId> id(Path folder) {
    try {
      return Optional.of(new WearerId(String.valueOf(folder.getFileName())));
    } catch (IllegalArgumentException e) {
      // Somebody else's folder.
      return Optional.empty();
    }
  }

  /**
   * Deletes the reports about a span of days that were made before it was to be forgotten: of the
   * mornings after its days and nights, and of weeks and months that hold some of it; and drafts of
   * before that nobody finished.
   *
   * @param asked the wearer's word
   * @return how many reports went
   * @throws UncheckedIOException when the folder cannot be written
   */
  int forget(WearerId wearer, LocalDate first, LocalDate last, Instant asked) {
    int count = 0;
    for (Path file : list(root.resolve(wearer.value()))) {
      String name = String.valueOf(file.getFileName());
      if (name.endsWith(DRAFT)) {
        deleteLeft(file, asked);
      }
      if (!name.endsWith("." + ReportFormat.JSON.extension())) {
        continue;
      }
      String report = name.substring(0, name.lastIndexOf('.'));
      if (isAbout(report, first, last) && isMadeBefore(wearer, report, asked)) {
        delete(wearer, report);
        count++;
      }
    }
    return count;
  }

  private boolean isMadeBefore(WearerId wearer, String report, Instant asked) {
    return edition(wearer, report)
        .map(made -> !made.madeAt().toInstant().isAfter(asked))
        .orElse(true);
  }

  /**
   * {@inheritDoc}
   *
   * <p>An edition tells the minute it was made in, so that one made anew in that of the word is
   * told from an old one by its file.
   */
  @Override
  public boolean tellOf(WearerId wearer, LocalDate first, LocalDate last, Instant before) {
    return list(root.resolve(wearer.value())).stream()
        .anyMatch(file -> tellsOf(wearer, file, first, last, before));
  }

  private boolean tellsOf(
      WearerId wearer, Path file, LocalDate first, LocalDate last, Instant before) {
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(DRAFT) || !name.endsWith("." + ReportFormat.JSON.extension())) {
      return false;
    }
    String report = name.substring(0, name.lastIndexOf('.'));
    return isAbout(report, first, last)
        && isMadeBefore(wearer, report, before)
        && isWrittenBefore(file, before);
  }

  private static boolean isWrittenBefore(Path file, Instant before) {
    try {
      return !Files.getLastModifiedTime(file).toInstant().isAfter(before);
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * Deletes the reports about days that are older than is kept, and drafts that nobody finished.
   *
   * @param left drafts older than this are nobody's any more
   * @return how many reports went
   * @throws UncheckedIOException when the folder cannot be written
   */
  int expire(LocalDate today, Kept kept, Instant left) {
    int count = 0;
    for (WearerId wearer : wearers()) {
      for (Path file : list(root.resolve(wearer.value()))) {
        String name = String.valueOf(file.getFileName());
        String report = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        if (name.endsWith(DRAFT)) {
          deleteLeft(file, left);
        }
        if (name.endsWith("." + ReportFormat.JSON.extension()) && isOver(report, today, kept)) {
          delete(wearer, report);
          count++;
        }
      }
    }
    return count;
  }

  /** False for what is no report. */
  private static boolean isOver(String report, LocalDate today, Kept kept) {
    Optional<LocalDate> edition = Period.parse(report).map(Period::to);
    Optional<Integer> days = edition.isPresent() ? kept.editions() : kept.mornings();
    return edition
        .or(() -> morning(report))
        .flatMap(last -> days.map(some -> last.isBefore(today.minusDays(some))))
        .orElse(false);
  }

  private static Optional<LocalDate> morning(String report) {
    try {
      return Optional.of(LocalDate.parse(report));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Of a process that ended while it wrote; which report it was to be, it does not tell. */
  private static void deleteLeft(Path draft, Instant asked) {
    try {
      if (!Files.getLastModifiedTime(draft).toInstant().isAfter(asked)) {
        Files.deleteIfExists(draft);
      }
    } catch (NoSuchFileException e) {
      // It has become a report.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete a draft in " + draft.getParent(), e);
    }
  }

  private static boolean isAbout(String report, LocalDate first, LocalDate last) {
    Optional<Period> period = Period.parse(report);
    if (period.isPresent()) {
      return !period.get().from().isAfter(last) && !period.get().to().isBefore(first);
    }
    return morning(report)
        .filter(day -> !day.isBefore(first) && !day.minusDays(1).isAfter(last))
        .isPresent();
  }

  private void delete(WearerId wearer, String report) {
    try {
      // The JSON last: by it the others are found again.
      for (ReportFormat format : FORMATS) {
        Files.deleteIfExists(path(wearer, report, format));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete a report of " + wearer, e);
    }
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the reports in " + folder, e);
    }
  }

  private static boolean sameContent(JsonNode stored, ObjectNode content) {
    ObjectNode before = stored.deepCopy();
    before.remove(List.of("edition", "basis"));
    return before.equals(content);
  }

  private static ObjectNode tree(byte[] json) {
    return Json.read(json, ObjectNode.class);
  }

  private Optional<JsonNode> stored(WearerId wearer, String name) {
    Path file = path(wearer, name, ReportFormat.JSON);
    try {
      return Files.exists(file)
          ? Optional.of(Json.mapper().readTree(Files.readAllBytes(file)))
          : Optional.empty();
    } catch (IOException e) {
      // Half a file, or none: the report is written anew.
      return Optional.empty();
    }
  }

  private Path path(Print print, ReportFormat format) {
    return path(print.wearer(), print.name(), format);
  }

  private Path path(WearerId wearer, String name, ReportFormat format) {
    return root.resolve(wearer.value()).resolve(name + "." + format.extension());
  }

  /** Whole or not at all, and for its owner's eyes alone. */
  private static void put(Path file, byte[] bytes) {
    try {
      Path folder = file.getParent();
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, ".", DRAFT);
      Files.write(draft, bytes);
      if (Files.getFileStore(draft).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a report into " + file.getParent(), e);
    }
  }
}
