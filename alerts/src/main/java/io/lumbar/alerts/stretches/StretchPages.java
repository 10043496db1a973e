package io.lumbar.alerts.stretches;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.http.Routes;
import io.lumbar.http.SignInFirst;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The pages of exercises: {@code /stretches} and the guided player at {@code /stretches/routine},
 * for those who are signed in. Their look and helpers are those of the main page, under {@code
 * /assets/}.
 */
public final class StretchPages implements Routes {
  private static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  private static final Map<String, String> TYPES =
      Map.of(
          "stretches.css", "text/css; charset=utf-8",
          "stretches.js", "text/javascript; charset=utf-8",
          "player.js", "text/javascript; charset=utf-8",
          "words.js", "text/javascript; charset=utf-8");

  private final Function<Context, Principal> authentication;
  private final Map<String, byte[]> assets = new HashMap<>();
  private final byte[] list = Resources.bytes("page/stretches.html");
  private final byte[] player = Resources.bytes("page/routine.html");

  /**
   * Reads the pages from the classpath.
   *
   * @param authentication who sends a request; throws {@link ApiException} for nobody we know
   */
  public StretchPages(Function<Context, Principal> authentication) {
    this.authentication = authentication;
    TYPES.keySet().forEach(name -> assets.put(name, Resources.bytes("page/" + name)));
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/stretches", context -> page(context, list));
    routes.get("/stretches/routine", context -> page(context, player));
    routes.get("/stretches/assets/{name}", this::asset);
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
      return authentication.apply(context) != null;
    } catch (ApiException e) {
      if (e.status() == 401) {
        return false;
      }
      throw e;
    }
  }

  private void asset(Context context) {
    String name = context.pathParam("name");
    byte[] bytes = assets.get(name);
    if (bytes == null) {
      throw ApiException.notFound("There is no such file.");
    }
    protect(context);
    context.header("Cache-Control", "no-cache");
    context.contentType(String.valueOf(TYPES.get(name))).result(bytes);
  }

  private static void protect(Context context) {
    context.header("Content-Security-Policy", POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
  }
}
