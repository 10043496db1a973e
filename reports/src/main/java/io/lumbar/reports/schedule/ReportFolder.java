package io.lumbar.reports.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Json;
import io.lumbar.model.WearerId;
import io.lumbar.reports.daily.Report;
import io.lumbar.reports.render.Edition;
import io.lumbar.reports.render.ReportFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Reports as files, {@code WEARER-ID/2026-03-05.html} with the same as JSON beside it. What lies
 * there is what was delivered, so that no restart and no second process delivers it again.
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

  /** The edition that lies in the folder, empty when there is none or it cannot be read. */
  public Optional<Edition> edition(WearerId wearer, LocalDate date) {
    return stored(wearer, date)
        .map(json -> json.path("edition"))
        .filter(node -> node.path("number").asInt() > 0)
        .map(
            node ->
                new Edition(
                    node.path("number").asInt(),
                    OffsetDateTime.parse(node.path("madeAt").asText())));
  }

  /** What the stored report rests on, as {@link #deliver} was told; empty when there is none. */
  Optional<String> basis(WearerId wearer, LocalDate date) {
    return stored(wearer, date).map(json -> json.path("basis").asText());
  }

  /**
   * Puts a report there, unless the same lies there already.
   *
   * @param basis the revisions that it rests on
   * @throws UncheckedIOException when the folder cannot be written
   */
  Outcome deliver(Report report, String basis, Instant now) {
    Optional<JsonNode> before = stored(report.wearer(), report.date());
    int number = before.map(json -> json.path("edition").path("number").asInt()).orElse(0);
    boolean same = before.map(json -> sameContent(json, report)).orElse(false);
    if (same) {
      write(report, before.get().path("edition"), basis);
      return Outcome.UNCHANGED;
    }
    Edition edition =
        new Edition(
            number + 1,
            now.truncatedTo(ChronoUnit.MINUTES).atZone(report.zone()).toOffsetDateTime());
    for (ReportFormat format : FORMATS) {
      byte[] bytes = format.bytes(report, Optional.of(edition));
      put(
          path(report.wearer(), report.date(), format),
          format == ReportFormat.JSON ? withBasis(bytes, basis) : bytes);
    }
    return number == 0 ? Outcome.FIRST : Outcome.MADE_AGAIN;
  }

  private void write(Report report, JsonNode edition, String basis) {
    ObjectNode json = tree(ReportFormat.JSON.bytes(report, Optional.empty()));
    json.set("edition", edition);
    put(
        path(report.wearer(), report.date(), ReportFormat.JSON),
        withBasis(Json.bytes(json), basis));
  }

  private static boolean sameContent(JsonNode stored, Report report) {
    ObjectNode before = stored.deepCopy();
    before.remove(List.of("edition", "basis"));
    return before.equals(tree(ReportFormat.JSON.bytes(report, Optional.empty())));
  }

  private static byte[] withBasis(byte[] json, String basis) {
    return Json.bytes(tree(json).put("basis", basis));
  }

  private static ObjectNode tree(byte[] json) {
    return Json.read(json, ObjectNode.class);
  }

  private Optional<JsonNode> stored(WearerId wearer, LocalDate date) {
    Path file = path(wearer, date, ReportFormat.JSON);
    try {
      return Files.exists(file)
          ? Optional.of(Json.mapper().readTree(Files.readAllBytes(file)))
          : Optional.empty();
    } catch (IOException e) {
      // Half a file, or none: the report is written anew.
      return Optional.empty();
    }
  }

  private Path path(WearerId wearer, LocalDate date, ReportFormat format) {
    return root.resolve(wearer.value()).resolve(date + "." + format.extension());
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
