package io.lumbar.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lumbar.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The imports and their files: {@code ID.json} says how far one is, {@code ID.data} is what was
 * uploaded and goes when it is over. Remembers the last thousand. Thread-safe.
 */
final class ImportJobs {
  private static final Logger LOG = LoggerFactory.getLogger(ImportJobs.class);
  private static final ObjectMapper MAPPER = Json.mapper();
  private static final int REMEMBERED = 1_000;

  private final Path folder;
  private final Map<String, ImportJob> jobs = new LinkedHashMap<>();

  private ImportJobs(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads what a run before has left.
   *
   * @throws UncheckedIOException when the folder cannot be read or written
   */
  static ImportJobs open(Path folder) {
    ImportJobs opened = new ImportJobs(folder);
    try {
      Files.createDirectories(folder);
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
        for (Path file : files) {
          opened.load(file);
        }
      }
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{data,part}")) {
        for (Path file : files) {
          opened.deleteIfForgotten(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the imports in " + folder + " cannot be read", e);
    }
    return opened;
  }

  synchronized Optional<ImportJob> job(String id) {
    return Optional.ofNullable(jobs.get(id));
  }

  synchronized List<ImportJob> unfinished() {
    return jobs.values().stream().filter(job -> !job.isOver()).toList();
  }

  /** Where a job's upload is. */
  Path data(String id) {
    return folder.resolve(id + ".data");
  }

  /** Shows the job as it stands; only what {@link #keep} has written survives a restart. */
  synchronized void show(ImportJob job) {
    jobs.put(job.id(), job);
  }

  /**
   * Keeps the job as it stands over a restart.
   *
   * @throws IOException when it cannot be written; a job that is not known yet stays unknown
   */
  synchronized void keep(ImportJob job) throws IOException {
    Path fresh = folder.resolve(job.id() + ".part");
    try {
      Files.write(fresh, Json.bytes(job));
      Files.move(
          fresh,
          folder.resolve(job.id() + ".json"),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
    show(job);
  }

  /**
   * Shows the job as it stands, and keeps that over a restart if it can be written. The upload of
   * one that is over goes in any case, and first where the disk is full.
   */
  synchronized void save(ImportJob job) {
    show(job);
    try {
      keep(job);
      deleteUpload(job);
      forgetOldest();
    } catch (IOException e) {
      LOG.warn("the state of import {} cannot be written: {}", job.id(), e.toString());
      if (job.isOver()) {
        saveInItsRoom(job);
      }
    }
  }

  private void saveInItsRoom(ImportJob job) {
    try {
      deleteUpload(job);
      keep(job);
    } catch (IOException e) {
      LOG.warn(
          "how import {} ended is known until the next start only: {}", job.id(), e.toString());
    }
  }

  private void deleteUpload(ImportJob job) throws IOException {
    if (job.isOver()) {
      Files.deleteIfExists(data(job.id()));
    }
  }

  /** Removes all that is kept of some imports. */
  synchronized void removeIf(Predicate<ImportJob> unwanted) {
    for (ImportJob job : jobs.values().stream().filter(unwanted).toList()) {
      jobs.remove(job.id());
      try {
        Files.deleteIfExists(data(job.id()));
        Files.deleteIfExists(folder.resolve(job.id() + ".json"));
      } catch (IOException e) {
        LOG.warn("import {} cannot be deleted: {}", job.id(), e.toString());
      }
    }
  }

  private void load(Path file) throws IOException {
    try {
      ImportJob job = MAPPER.readValue(file.toFile(), ImportJob.class);
      jobs.put(job.id(), job);
    } catch (JsonProcessingException e) {
      LOG.warn("{} is not the state of an import and is deleted", file.getFileName());
      Files.delete(file);
    }
  }

  private void deleteIfForgotten(Path file) throws IOException {
    String name = file.getFileName().toString();
    ImportJob job = jobs.get(name.substring(0, name.indexOf('.')));
    if (job == null || job.isOver() || name.endsWith(".part")) {
      Files.delete(file);
    }
  }

  private void forgetOldest() throws IOException {
    List<ImportJob> over = new ArrayList<>(jobs.values());
    over.removeIf(job -> !job.isOver());
    for (ImportJob job : over.subList(0, Math.max(0, over.size() - REMEMBERED))) {
      jobs.remove(job.id());
      Files.deleteIfExists(folder.resolve(job.id() + ".json"));
    }
  }
}
