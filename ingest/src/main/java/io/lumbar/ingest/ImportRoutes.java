package io.lumbar.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.Answers;
import io.lumbar.http.ApiException;
import io.lumbar.http.Authentication;
import io.lumbar.http.Bodies;
import io.lumbar.http.Principal;
import io.lumbar.http.Registry;
import io.lumbar.http.RegistryRoutes;
import io.lumbar.http.Routes;
import io.lumbar.ingest.format.Instants;
import io.lumbar.ingest.recording.CsvFile;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.Origin;
import io.lumbar.ingest.recording.UnusableFile;
import io.lumbar.model.Device;
import io.lumbar.model.Placement;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Importing files and asking how far that is. */
final class ImportRoutes implements Routes {
  /** As long as 2026-03-02T09:00:00 is; an offset makes it longer. */
  private static final int LOCAL_START_LENGTH = 19;

  private static final int RETRY_SECONDS = 30;

  private final Authentication authentication;
  private final Registry registry;
  private final Imports imports;
  private final IngestLimits limits;

  ImportRoutes(
      Authentication authentication, Registry registry, Imports imports, IngestLimits limits) {
    this.authentication = authentication;
    this.registry = registry;
    this.imports = imports;
    this.limits = limits;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/v1/import", this::begin);
    routes.get("/api/v1/imports/{id}", this::show);
  }

  private void begin(Context ctx) {
    Principal principal = authentication.requireForFile(ctx);
    String name = given(ctx, "wearer");
    String zone = given(ctx, "zone");
    if (!zone.isEmpty()) {
      zone = RegistryRoutes.zone(zone).getId();
    }
    Optional<Wearer> known = wearer(principal, name);
    if (known.isEmpty() && zone.isEmpty()) {
      throw ApiException.badRequest(
          "zone: no wearer is named '%s' yet; give zone, such as Europe/London, to add one"
              .formatted(name));
    }
    known.ifPresent(this::requirePlace);
    imports.requireRoom(Math.max(0, ctx.req().getContentLengthLong()));
    String newName = known.isEmpty() ? RegistryRoutes.name(name) : name;
    String id = imports.newId();
    Path data = imports.data(id);
    boolean begun = false;
    try {
      try (OutputStream out = imports.create(data)) {
        Bodies.copy(ctx, out, limits.maxImportBytes());
      }
      InputFile file = imports.file(id);
      ImportFormat format = ImportFormats.of(file.head(), given(ctx, "format"));
      ImportedFile told = told(ctx, format, file, zone, known, into(principal, ctx, known));
      String token = null;
      Wearer wearer;
      if (known.isPresent()) {
        wearer = known.get();
      } else {
        Registry.Added<Wearer> added = registry.addWearer(newName, RegistryRoutes.zone(zone));
        wearer = added.item();
        token = added.token();
      }
      ImportJob job = ImportJob.fresh(id, wearer.id(), told);
      imports.begin(job, wearer, format);
      begun = true;
      ctx.header("Location", "/api/v1/imports/" + id);
      Answers.json(ctx, 202, new Begun(id, wearer.id(), wearer.name(), token, job.state()));
    } catch (ApiException e) {
      if (e.status() != 503) {
        imports.refused();
      }
      throw e;
    } catch (UnusableFile e) {
      imports.refused();
      throw ApiException.unsupported("this file cannot be read: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("an upload cannot be written", e);
    } finally {
      if (!begun) {
        delete(data);
      }
    }
  }

  /** Files wait on the disk for their turn. */
  private void requirePlace(Wearer wearer) {
    if (imports.queued(wearer.id()) >= limits.queuedImports()) {
      throw ApiException.tooMany(
          "%d imports of this wearer wait already; send the file when they are over"
              .formatted(limits.queuedImports()),
          RETRY_SECONDS);
    }
  }

  private static ImportedFile told(
      Context ctx,
      ImportFormat format,
      InputFile file,
      String zone,
      Optional<Wearer> wearer,
      Optional<Device> into)
      throws IOException {
    Origin origin = format.origin(file);
    String start = given(ctx, "start");
    if (origin.times() == Origin.Times.RELATIVE && start.isEmpty()) {
      throw ApiException.badRequest(
          "start: missing; this file's times do not count from 1970 but from the start of the"
              + " recording, or from when the device was switched on, so say when the recording"
              + " began, as in --start 2026-03-02T09:00:00");
    }
    if (origin.times() == Origin.Times.IN_UNTOLD_ORDER && start.isEmpty()) {
      throw ApiException.badRequest(CsvFile.DATES_UNTOLD);
    }
    return new ImportedFile(
        Spelling.clip(given(ctx, "filename")),
        format.id(),
        into.map(Device::name).orElse(origin.device()),
        into.map(Device::id).orElse(null),
        placement(given(ctx, "placement"), origin, into),
        zone,
        start.isEmpty() ? "" : start(start, zone, wearer).toString());
  }

  /** The registered device that made the recording, if that is said; by its own token it is. */
  private Optional<Device> into(Principal principal, Context ctx, Optional<Wearer> wearer) {
    String named = given(ctx, "device");
    if (principal.kind() == Principal.Kind.DEVICE) {
      Device own = ((Principal.DevicePrincipal) principal).device();
      if (!named.isEmpty() && !named.equals(own.id().value()) && !named.equals(own.name())) {
        throw ApiException.forbidden("device: this token imports for its own device only");
      }
      return Optional.of(own);
    }
    if (named.isEmpty()) {
      return Optional.empty();
    }
    List<Device> found =
        wearer.map(one -> registry.devicesOf(one.id())).orElse(List.of()).stream()
            .filter(one -> one.id().value().equals(named) || one.name().equals(named))
            .toList();
    if (found.size() != 1) {
      throw ApiException.badRequest(
          found.isEmpty()
              ? "device: the wearer has no device of this id or name"
              : "device: several have this name; give the id");
    }
    return Optional.of(found.get(0));
  }

  private static Placement placement(String given, Origin origin, Optional<Device> into) {
    if (into.isPresent()) {
      Placement worn = into.get().placement();
      if (!given.isEmpty() && !given.equals(worn.wireName())) {
        throw ApiException.badRequest(
            "placement: the device is registered as worn at %s; leave it out"
                .formatted(worn.wireName()));
      }
      return worn;
    }
    if (given.isEmpty()) {
      if (origin.placement() == null) {
        throw ApiException.badRequest(
            "placement: missing; the file does not say where the sensor was worn, so add"
                + " placement=thigh, or one of "
                + Spelling.wireNames(Placement.values(), Placement::wireName));
      }
      return origin.placement();
    }
    try {
      return Placement.of(given);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("placement: " + e.getMessage());
    }
  }

  private static Instant start(String given, String zone, Optional<Wearer> wearer) {
    try {
      if (given.length() > LOCAL_START_LENGTH || given.endsWith("Z")) {
        return Instants.parse(given);
      }
      LocalDateTime local = LocalDateTime.parse(given.replace(' ', 'T'));
      ZoneId holding =
          zone.isEmpty()
              ? wearer.orElseThrow().zoneAt(local.toInstant(ZoneOffset.UTC))
              : ZoneId.of(zone);
      return local.atZone(holding).toInstant();
    } catch (DateTimeException e) {
      throw ApiException.badRequest(
          "start: must be a time such as 2026-03-02T09:00:00, local, or with an offset");
    }
  }

  private void show(Context ctx) {
    Principal principal = authentication.require(ctx);
    String id = ctx.pathParam("id");
    ImportJob job =
        imports
            .job(id)
            .filter(each -> maySee(principal, each.wearer()))
            .orElseThrow(() -> ApiException.notFound("there is no import '" + id + "'"));
    Answers.json(ctx, 200, job);
  }

  private Optional<Wearer> wearer(Principal principal, String name) {
    Optional<Wearer> own =
        switch (principal.kind()) {
          case OWNER, ADMIN -> Optional.empty();
          case WEARER -> Optional.of(((Principal.WearerPrincipal) principal).wearer());
          case DEVICE ->
              registry.wearer(((Principal.DevicePrincipal) principal).device().wearer().value());
        };
    if (principal.mayManage()) {
      if (name.isEmpty()) {
        throw ApiException.badRequest("wearer: missing; the name of the person in the file");
      }
      return registry.wearer(name);
    }
    Wearer wearer =
        own.orElseThrow(() -> ApiException.forbidden("this device's wearer was removed"));
    if (!name.isEmpty() && !name.equals(wearer.name()) && !name.equals(wearer.id().value())) {
      throw ApiException.forbidden("this token imports for its own wearer only");
    }
    return Optional.of(wearer);
  }

  private static boolean maySee(Principal principal, WearerId wearer) {
    return switch (principal.kind()) {
      case OWNER, ADMIN -> true;
      case WEARER -> principal.mayRead(wearer);
      case DEVICE -> ((Principal.DevicePrincipal) principal).device().wearer().equals(wearer);
    };
  }

  private static String given(Context ctx, String parameter) {
    String value = ctx.queryParam(parameter);
    return value == null ? "" : value.trim();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("a refused upload cannot be deleted", e);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Begun(
      String id, WearerId wearer, String name, @Nullable String token, ImportJob.State status) {}
}
