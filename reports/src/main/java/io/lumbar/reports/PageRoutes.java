package io.lumbar.reports;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.http.Routes;
import io.lumbar.http.SignInFirst;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * The pages: {@code GET /}, {@code /tell}, {@code /settings} and {@code /your-data} for those who
 * are signed in, everybody else is sent to {@code /signin}; {@code GET /reports/{wearer}/{date}}
 * leads to a report; its style, scripts and pictures under {@code /assets/}, open to all because
 * they hold no data.
 */
public final class PageRoutes implements Routes {
  private static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  private static final Map<String, String> ASSETS =
      Map.ofEntries(
          Map.entry("page.css", "text/css; charset=utf-8"),
          Map.entry("page.js", "text/javascript; charset=utf-8"),
          Map.entry("advice.js", "text/javascript; charset=utf-8"),
          Map.entry("alerts.js", "text/javascript; charset=utf-8"),
          Map.entry("api.js", "text/javascript; charset=utf-8"),
          Map.entry("channels.js", "text/javascript; charset=utf-8"),
          Map.entry("checkin.js", "text/javascript; charset=utf-8"),
          Map.entry("correct.js", "text/javascript; charset=utf-8"),
          Map.entry("data.js", "text/javascript; charset=utf-8"),
          Map.entry("day.js", "text/javascript; charset=utf-8"),
          Map.entry("deliveries.js", "text/javascript; charset=utf-8"),
          Map.entry("dom.js", "text/javascript; charset=utf-8"),
          Map.entry("effect.js", "text/javascript; charset=utf-8"),
          Map.entry("experiment.js", "text/javascript; charset=utf-8"),
          Map.entry("hours.js", "text/javascript; charset=utf-8"),
          Map.entry("lift.js", "text/javascript; charset=utf-8"),
          Map.entry("live.js", "text/javascript; charset=utf-8"),
          Map.entry("night.js", "text/javascript; charset=utf-8"),
          Map.entry("now.js", "text/javascript; charset=utf-8"),
          Map.entry("health.js", "text/javascript; charset=utf-8"),
          Map.entry("keep.js", "text/javascript; charset=utf-8"),
          Map.entry("pause.js", "text/javascript; charset=utf-8"),
          Map.entry("place.js", "text/javascript; charset=utf-8"),
          Map.entry("push.js", "text/javascript; charset=utf-8"),
          Map.entry("rules.js", "text/javascript; charset=utf-8"),
          Map.entry("settings.css", "text/css; charset=utf-8"),
          Map.entry("settings.js", "text/javascript; charset=utf-8"),
          Map.entry("tags.js", "text/javascript; charset=utf-8"),
          Map.entry("tell.js", "text/javascript; charset=utf-8"),
          Map.entry("time.js", "text/javascript; charset=utf-8"),
          Map.entry("timeline.js", "text/javascript; charset=utf-8"),
          Map.entry("trial.js", "text/javascript; charset=utf-8"),
          Map.entry("wearer.js", "text/javascript; charset=utf-8"),
          Map.entry("welcome.js", "text/javascript; charset=utf-8"),
          Map.entry("words.js", "text/javascript; charset=utf-8"),
          Map.entry("words-de.json", "application/json; charset=utf-8"),
          Map.entry("words-en.json", "application/json; charset=utf-8"),
          Map.entry("icon.svg", "image/svg+xml"));

  private final Function<Context, Principal> authenticator;
  private final byte[] page = bytes("index.html");
  private final byte[] data = bytes("data.html");
  private final byte[] settings = bytes("settings.html");
  private final byte[] tell = bytes("tell.html");
  private final Map<String, Asset> assets = new LinkedHashMap<>();

  private static final class Asset {
    private final byte[] bytes;
    private final String type;
    private final String tag;

    Asset(byte[] bytes, String type) {
      CRC32 sum = new CRC32();
      sum.update(bytes);
      this.bytes = bytes;
      this.type = type;
      this.tag = '"' + Long.toHexString(sum.getValue()) + '-' + bytes.length + '"';
    }
  }

  /** Reads the page from the classpath. */
  public PageRoutes(Function<Context, Principal> authenticator) {
    this.authenticator = authenticator;
    ASSETS.forEach((name, type) -> assets.put(name, new Asset(bytes(name), type)));
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/", context -> page(context, page));
    routes.get("/your-data", context -> page(context, data));
    routes.get("/settings", context -> page(context, settings));
    routes.get("/tell", context -> page(context, tell));
    routes.get("/reports/{wearer}/{date}", this::report);
    routes.get("/assets/{name}", this::asset);
    routes.get("/favicon.ico", context -> context.redirect("/assets/icon.svg"));
  }

  /** Where links in messages lead, which may be read where nobody is signed in. */
  private void report(Context context) {
    if (isSignedIn(context)) {
      context.redirect(
          "/api/v1/wearers/%s/reports/%s"
              .formatted(encoded(context.pathParam("wearer")), encoded(context.pathParam("date"))));
    } else {
      SignInFirst.redirect(context);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private void page(Context context, byte[] html) {
    if (!isSignedIn(context)) {
      SignInFirst.redirect(context);
      return;
    }
    protect(context);
    context.header("Cache-Control", "no-store");
    context.contentType("text/html; charset=utf-8").result(html);
  }

  private boolean isSignedIn(Context context) {
    try {
      return authenticator.apply(context) != null;
    } catch (ApiException e) {
      if (e.status() == 401) {
        return false;
      }
      throw e;
    }
  }

  private void asset(Context context) {
    Asset asset = assets.get(context.pathParam("name"));
    if (asset == null) {
      throw ApiException.notFound("There is no such file.");
    }
    protect(context);
    context.header("Cache-Control", "no-cache");
    context.header("ETag", asset.tag);
    if (asset.tag.equals(context.header("If-None-Match"))) {
      context.status(304);
      return;
    }
    context.contentType(asset.type).result(asset.bytes);
  }

  private static void protect(Context context) {
    context.header("Content-Security-Policy", POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
  }

  private static byte[] bytes(String name) {
    try (InputStream in = PageRoutes.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the page's file " + name + " is not on the classpath");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
