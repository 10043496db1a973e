package io.lumbar.ingest.connect;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.Answers;
import io.lumbar.http.ApiException;
import io.lumbar.http.Authentication;
import io.lumbar.http.Bodies;
import io.lumbar.http.Principal;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.Device;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Wearer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Phones without an app: {@code GET /connect/{token}} is a page that reads the phone's motion
 * sensor and uploads it with that device's token; {@code GET /connect} adds such a phone, for those
 * who may, and shows the address as a QR code. {@code GET /calibrate} leads a wearer through the
 * poses that a sensor learns from.
 *
 * <p>Scripts, style and pictures under {@code /connect/app/} hold no data and are open to all; the
 * page's worker keeps them on the phone, so that it opens without a connection.
 */
public final class ConnectRoutes implements Routes {
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";
  private static final String ALLOWED = "accelerometer=(self), screen-wake-lock=(self)";
  private static final int LONGEST_TEXT = 4 << 10;

  private final Authentication authentication;
  private final Registry registry;
  private final PageFiles files = new PageFiles();

  /** Reads the pages from the class path. */
  public ConnectRoutes(Authentication authentication, Registry registry) {
    this.authentication = authentication;
    this.registry = registry;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/connect", this::addPage);
    routes.get("/calibrate", this::calibratePage);
    routes.post("/connect/qr", this::qr);
    routes.get("/connect/app/{file}", this::file);
    routes.get("/connect/{token}", this::page);
    routes.get("/connect/{token}/device", this::device);
    routes.get("/connect/{token}/manifest.webmanifest", this::manifest);
  }

  private void addPage(Context ctx) {
    pageFor(ctx, "add.html", Principal::mayManage);
  }

  private void calibratePage(Context ctx) {
    pageFor(ctx, "calibrate.html", ConnectRoutes::maySpeak);
  }

  private static boolean maySpeak(Principal principal) {
    return principal.kind() == Principal.Kind.WEARER || principal.kind() == Principal.Kind.OWNER;
  }

  private void pageFor(Context ctx, String page, Predicate<Principal> allowed) {
    if (authentication.find(ctx).filter(allowed).isEmpty()) {
      ctx.redirect("/signin");
      return;
    }
    html(ctx, 200, page);
  }

  private void qr(Context ctx) {
    if (!authentication.require(ctx).mayManage()) {
      throw ApiException.forbidden("adding devices takes the owner's or admin's token");
    }
    String text = Bodies.object(ctx, LONGEST_TEXT, Set.of("text")).path("text").asText("");
    if (text.isEmpty() || text.length() > QrSvg.LONGEST) {
      throw ApiException.badRequest("text: must have 1 to %d characters".formatted(QrSvg.LONGEST));
    }
    ctx.header("Cache-Control", "no-store").contentType("image/svg+xml").result(QrSvg.of(text));
  }

  private void file(Context ctx) {
    PageFiles.File file =
        files
            .find(ctx.pathParam("file"))
            .orElseThrow(() -> ApiException.notFound("there is no such file"));
    protect(ctx);
    ctx.header("Cache-Control", "no-cache");
    ctx.header("ETag", file.tag());
    // The worker lies in a folder of its own and serves the addresses beside it.
    ctx.header("Service-Worker-Allowed", "/connect/");
    if (file.tag().equals(ctx.header("If-None-Match"))) {
      ctx.status(304);
      return;
    }
    ctx.contentType(file.type()).result(file.bytes());
  }

  private void page(Context ctx) {
    try {
      Device unused = deviceOf(ctx);
      html(ctx, 200, "index.html");
    } catch (ApiException e) {
      if (e.status() != 401) {
        throw e;
      }
      html(ctx, 401, "gone.html");
    }
  }

  private void device(Context ctx) {
    Device device = deviceOf(ctx);
    ctx.header("Cache-Control", "no-store");
    Answers.json(
        ctx, 200, new Told(device.id(), device.name(), device.placement(), wearer(device).name()));
  }

  private void manifest(Context ctx) {
    Device device = deviceOf(ctx);
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("name", "Lumbar for " + wearer(device).name());
    manifest.put("short_name", "Lumbar");
    manifest.put("id", "/connect/" + device.id().value());
    manifest.put("start_url", "/connect/" + ctx.pathParam("token"));
    manifest.put("scope", "/connect/");
    manifest.put("display", "standalone");
    manifest.put("background_color", "#f3f1ea");
    manifest.put("theme_color", "#1f6f63");
    manifest.put(
        "icons",
        List.of(
            icon("icon-192.png", "192x192", "any"),
            icon("icon-512.png", "512x512", "any"),
            icon("icon-512.png", "512x512", "maskable")));
    ctx.header("Cache-Control", "no-store");
    Answers.json(ctx, 200, manifest);
    ctx.contentType("application/manifest+json");
  }

  private static Map<String, String> icon(String name, String sizes, String purpose) {
    return Map.of(
        "src", "/connect/app/" + name, "sizes", sizes, "type", "image/png", "purpose", purpose);
  }

  private Device deviceOf(Context ctx) {
    Principal principal = authentication.requireToken(ctx, ctx.pathParam("token"));
    if (principal.kind() != Principal.Kind.DEVICE) {
      throw ApiException.unauthorized("this address needs a device's token");
    }
    return ((Principal.DevicePrincipal) principal).device();
  }

  private Wearer wearer(Device device) {
    return registry
        .wearer(device.wearer().value())
        .orElseThrow(() -> ApiException.unauthorized("this device's wearer was removed"));
  }

  private void html(Context ctx, int status, String name) {
    protect(ctx);
    ctx.header("Cache-Control", "no-store");
    ctx.status(status).contentType("text/html; charset=utf-8").result(files.get(name).bytes());
  }

  private static void protect(Context ctx) {
    ctx.header("Content-Security-Policy", POLICY);
    ctx.header("Permissions-Policy", ALLOWED);
  }

  record Told(DeviceId id, String name, Placement placement, String wearer) {}
}
