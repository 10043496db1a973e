package io.lumbar.ingest;

import io.lumbar.http.ApiException;
import io.lumbar.http.Registry;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.Origin;
import io.lumbar.ingest.recording.UnusableFile;
import io.lumbar.ingest.watch.FolderFile;
import io.lumbar.ingest.watch.Importer;
import io.lumbar.model.Device;
import io.lumbar.model.Placement;
import io.lumbar.model.Wearer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports of files from a folder. An import's id follows from the wearer, the place and the
 * content, so that the same file is known again after a restart.
 */
final class FolderImports implements Importer {
  private static final Logger LOG = LoggerFactory.getLogger(FolderImports.class);
  private static final int ID_BYTES = 16;
  private static final int BUFFER = 64 << 10;

  private final Imports imports;
  private final Registry registry;
  private final long mostBytes;

  /** Given up and told of since the start; whoever puts such a file back wants it tried. */
  private final Set<String> toldOf = new HashSet<>();

  FolderImports(Imports imports, Registry registry, long mostBytes) {
    this.imports = imports;
    this.registry = registry;
    this.mostBytes = mostBytes;
  }

  @Override
  public Answer begin(Arrival arrival) {
    Optional<Wearer> wearer = registry.wearer(arrival.wearer());
    if (wearer.isEmpty()) {
      return new Answer.Refused(
          "No wearer is named '%s'. Add one with ./lumbar wearer add, or rename the folder."
              .formatted(arrival.wearer()));
    }
    if (arrival.size() > mostBytes) {
      return new Answer.Refused(
          "The file is larger than %d MiB, the most that is imported.".formatted(mostBytes >> 20));
    }
    Path copy = imports.data(imports.newId());
    try {
      imports.requireRoom(arrival.size());
      return begin(arrival, wearer.get(), copy);
    } catch (UnusableFile | ApiException e) {
      return e instanceof ApiException api && api.status() == 503
          ? new Answer.Later()
          : new Answer.Refused("This file cannot be imported: " + e.getMessage() + ".");
    } catch (NoSuchFileException e) {
      return new Answer.Later();
    } catch (AccessDeniedException e) {
      return new Answer.Refused("Lumbar may not read this file; its permissions forbid it.");
    } catch (IOException e) {
      LOG.warn(
          "a file of the import folder cannot be read or copied: {}", e.getClass().getSimpleName());
      return new Answer.Refused(
          "The file could not be read to its end, or there is no room for a copy. Put it back to try again.");
    } finally {
      delete(copy);
    }
  }

  @Override
  public Optional<Ending> ending(String id) {
    Optional<ImportJob> job = imports.job(id);
    if (job.isEmpty()) {
      return Optional.of(
          new Ending(false, "The import was lost. Put the file back and it is read again."));
    }
    return job.filter(ImportJob::isOver)
        .map(over -> new Ending(over.state() == ImportJob.State.DONE, words(over)));
  }

  private Answer begin(Arrival arrival, Wearer wearer, Path copy) throws IOException {
    String id = copy(arrival, wearer, copy);
    if (Files.size(copy) != arrival.size()) {
      return new Answer.Later();
    }
    Optional<ImportJob> before = imports.job(id);
    boolean known = before.filter(job -> job.state() != ImportJob.State.FAILED).isPresent();
    // It lies here still because the process ended with it, and would end it once more.
    boolean gaveUp = !known && before.filter(job -> job.begun() >= Imports.MOST_BEGUN).isPresent();
    if (known || (gaveUp && toldOf.add(id))) {
      return new Answer.Working(id);
    }
    InputFile file = imports.file(copy);
    ImportFormat format = ImportFormats.of(file.head(), "");
    ImportedFile told = told(arrival, format, file, device(arrival, wearer));
    Files.move(copy, imports.data(id), StandardCopyOption.REPLACE_EXISTING);
    try {
      imports.begin(ImportJob.fresh(id, wearer.id(), told), wearer, format);
    } catch (ApiException e) {
      delete(imports.data(id));
      throw e;
    }
    return new Answer.Working(id);
  }

  static String copy(Arrival arrival, Wearer wearer, Path copy) throws IOException {
    MessageDigest sha256 = newSha256();
    sha256.update((wearer.id() + "/" + arrival.place() + "/").getBytes(StandardCharsets.UTF_8));
    try (InputStream in = FolderFile.open(arrival.folder(), arrival.path());
        OutputStream out = new DigestOutputStream(Files.newOutputStream(copy), sha256)) {
      // One that has begun to grow again is not copied beyond the room that was asked for.
      long left = arrival.size() + 1;
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0 && left > 0; n = in.read(buffer)) {
        out.write(buffer, 0, (int) Math.min(n, left));
        left -= n;
      }
    }
    return "i_" + HexFormat.of().formatHex(sha256.digest(), 0, ID_BYTES);
  }

  /** The wearer's device that the folder in between is named after, if there is one. */
  private Optional<Device> device(Arrival arrival, Wearer wearer) throws UnusableFile {
    List<Device> named =
        registry.devicesOf(wearer.id()).stream()
            .filter(device -> device.name().equals(arrival.place()))
            .toList();
    if (named.size() > 1) {
      throw new UnusableFile(
          "several devices of %s are named '%s'; use ./lumbar import with --device and an id"
              .formatted(arrival.wearer(), arrival.place()));
    }
    return named.stream().findFirst();
  }

  private static ImportedFile told(
      Arrival arrival, ImportFormat format, InputFile file, Optional<Device> into)
      throws IOException {
    Origin origin = format.origin(file);
    if (origin.times() == Origin.Times.RELATIVE) {
      throw new UnusableFile(
          "it counts from the start of the recording and does not say when that was; use ./lumbar import with --start");
    }
    if (origin.times() == Origin.Times.IN_UNTOLD_ORDER) {
      throw new UnusableFile(
          "nothing in it tells whether its dates have the day or the month first; use ./lumbar import with --start");
    }
    return new ImportedFile(
        Spelling.clip(String.valueOf(arrival.path().getFileName())),
        format.id(),
        into.map(Device::name).orElse(origin.device()),
        into.map(Device::id).orElse(null),
        into.isPresent() ? into.get().placement() : placement(arrival, origin),
        "",
        "");
  }

  private static Placement placement(Arrival arrival, Origin origin) throws UnusableFile {
    if (!arrival.place().isEmpty()) {
      try {
        return Placement.of(arrival.place());
      } catch (IllegalArgumentException e) {
        throw new UnusableFile(
            "the folder it lies in must be named after one of the wearer's devices, or after a place: "
                + e.getMessage());
      }
    }
    if (origin.placement() == null) {
      throw new UnusableFile(
          "it does not say where the sensor was worn; put it into a folder of that name within the wearer's, such as %s/thigh"
              .formatted(arrival.wearer()));
    }
    return origin.placement();
  }

  private static String words(ImportJob job) {
    StringBuilder words =
        new StringBuilder(
            "%s: %s. %d rows: %d accepted, %d duplicate, %d ignored, %d rejected."
                .formatted(
                    job.file().format(),
                    job.state() == ImportJob.State.DONE ? "done" : "failed",
                    job.rows(),
                    job.accepted(),
                    job.duplicate(),
                    job.ignored(),
                    job.rejectedCount()));
    job.notes().forEach(note -> words.append(System.lineSeparator()).append(note));
    for (Receipt.Rejection each : job.rejected()) {
      words.append(System.lineSeparator()).append(each.path()).append(": ").append(each.reason());
    }
    return words.toString();
  }

  private static void delete(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      LOG.warn("a copy of an imported file cannot be deleted: {}", e.getClass().getSimpleName());
    }
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
