package io.lumbar.app.backup;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.app.settings.Secret;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.history.sqlite.SqliteHistory;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A backup of a running installation as one zip, for the owner: the history as of one moment, the
 * registry, and the two secrets of the data folder. What analytics works with is not in it.
 */
public final class LiveBackup implements Routes {
  static final String README =
      """
      A backup of a running Lumbar. To bring it back on any machine, into a folder that is not there yet:

          ./lumbar restore THIS.zip --data FOLDER
          ./lumbar up --data FOLDER

      In it: history.db (SQLite), registry.json (wearers, devices, hashes of their tokens, and in clear text
      names, settings, e-mail addresses and the secrets of channels), owner-token, cookie-key.
      Not in it: raw uploads and what analytics works with. The day of the backup is summed anew from
      what comes after it. It holds health data, those secrets and the owner's token, all in clear
      text: keep it to yourself.
      """;

  private static final int RETRY_SECONDS = 30;

  private final SqliteHistory history;
  private final Path scratch;
  private final Registry registry;
  private final Optional<Secret> ownerToken;
  private final Optional<Secret> cookieKey;
  private final Function<Context, Principal> authenticator;
  private final Semaphore turn = new Semaphore(1);

  /**
   * Wires the route.
   *
   * @param scratch a folder of this process alone
   */
  public LiveBackup(
      SqliteHistory history,
      Path scratch,
      Registry registry,
      Optional<Secret> ownerToken,
      Optional<Secret> cookieKey,
      Function<Context, Principal> authenticator) {
    this.history = history;
    this.scratch = scratch;
    this.registry = registry;
    this.ownerToken = ownerToken;
    this.cookieKey = cookieKey;
    this.authenticator = authenticator;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/backup", this::backup);
  }

  private void backup(Context ctx) {
    Principal principal = authenticator.apply(ctx);
    if (principal.kind() != Principal.Kind.OWNER) {
      throw ApiException.forbidden("a backup holds everything, so it takes the owner's token");
    }
    if (!turn.tryAcquire()) {
      throw ApiException.unavailable(
          "Another backup is being made; try again soon.", RETRY_SECONDS);
    }
    ReadableWearer.ofAll(ctx, principal, registry.wearers(), "backup");
    try {
      Path folder = Files.createTempDirectory(scratch, "backup");
      try {
        Path copy = folder.resolve("history.db");
        history.copyTo(copy);
        ctx.contentType("application/zip");
        ctx.header("Cache-Control", "no-store");
        write(ctx.res().getOutputStream(), copy);
      } finally {
        FolderBackup.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (HistoryUnavailable e) {
      throw ApiException.unavailable("The history cannot be copied at the moment.", RETRY_SECONDS);
    } finally {
      turn.release();
    }
  }

  /** Closes the zip only when all is in it: without its directory nobody takes it for whole. */
  private void write(OutputStream out, Path copy) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    put(zip, "README.txt", README.getBytes(StandardCharsets.UTF_8));
    put(zip, RegistryCopy.FILE, Json.bytes(RegistryCopy.of(registry)));
    ownerToken.ifPresent(secret -> putSecret(zip, "owner-token", secret));
    cookieKey.ifPresent(secret -> putSecret(zip, "cookie-key", secret));
    zip.putNextEntry(new ZipEntry("history.db"));
    Files.copy(copy, zip);
    zip.closeEntry();
    zip.close();
  }

  private static void putSecret(ZipOutputStream zip, String name, Secret secret) {
    try {
      put(zip, name, (secret.reveal() + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }
}
