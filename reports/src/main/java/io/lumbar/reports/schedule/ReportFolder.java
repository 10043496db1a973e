package io.lumbar.reports.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Json;
import io.lumbar.model.WearerId;
import io.lumbar.reports.render.Edition;
import io.lumbar.reports.render.ReportFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reports as files, {@code WEARER-ID/2026-03-05.html}, {@code 2026-W10.html} or {@code
 * 2026-03.html} with the same as JSON beside it. What lies there is what was delivered, so that no
 * restart and no second process delivers it again.
 */
public final class ReportFolder {
  private static final List<ReportFormat> FORMATS = List.of(ReportFormat.HTML, ReportFormat.JSON);

  private final Path root;

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
      Path draft = Files.createTempFile(folder, ".", ".part");
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
