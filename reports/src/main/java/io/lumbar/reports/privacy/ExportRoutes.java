package io.lumbar.reports.privacy;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Wearer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;

/**
 * Everything of a wearer as one zip, for whoever may read it. It is made in a file first, so that
 * who gets a 200 gets all of it; one is made at a time.
 */
public final class ExportRoutes implements Routes {
  private static final int RETRY_SECONDS = 30;

  private final HistoryStore history;
  private final KafkaConnection kafka;
  private final Registry registry;
  private final Optional<Path> reports;
  private final Path scratch;
  private final InstantSource clock;
  private final Function<Context, Principal> authenticator;
  private final Semaphore turn = new Semaphore(1);

  /**
   * Wires the route.
   *
   * @param reports folder of the reports, where there is one
   * @param scratch a folder of this process alone
   */
  public ExportRoutes(
      HistoryStore history,
      KafkaConnection kafka,
      Registry registry,
      Optional<Path> reports,
      Path scratch,
      InstantSource clock,
      Function<Context, Principal> authenticator) {
    this.history = history;
    this.kafka = kafka;
    this.registry = registry;
    this.reports = reports;
    this.scratch = scratch;
    this.clock = clock;
    this.authenticator = authenticator;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/wearers/{wearer}/export", this::export);
  }

  private void export(Context ctx) {
    Wearer wearer = ReadableWearer.of(ctx, registry, authenticator.apply(ctx));
    try {
      Path file = made(wearer);
      try {
        ctx.contentType("application/zip");
        ctx.header("Cache-Control", "no-store");
        ctx.header(
            "Content-Disposition", "attachment; filename=\"lumbar-" + wearer.id() + ".zip\"");
        ctx.header("Content-Length", Long.toString(Files.size(file)));
        Files.copy(file, ctx.res().getOutputStream());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whoever asked deletes the file; a slow reader of it holds up nobody else's export. */
  private Path made(Wearer wearer) throws IOException {
    if (!turn.tryAcquire()) {
      throw ApiException.unavailable(
          "Another export is being made; try again soon.", RETRY_SECONDS);
    }
    try {
      Path file = Files.createTempFile(scratch, "export", ".zip");
      try {
        write(wearer, file);
      } catch (IOException | RuntimeException e) {
        Files.delete(file);
        throw e;
      }
      return file;
    } finally {
      turn.release();
    }
  }

  private void write(Wearer wearer, Path file) throws IOException {
    Instant now = clock.instant();
    try (var out = Files.newOutputStream(file)) {
      new WearerExport(history, new WearerTopics(kafka), registry, reports, wearer, now)
          .writeTo(out);
    } catch (HistoryUnavailable | KafkaException e) {
      throw ApiException.unavailable(
          "Not everything can be read at the moment; try again later.", RETRY_SECONDS);
    }
  }
}
