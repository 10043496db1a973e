package io.lumbar.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signing in on a page: with a token, or with a one-time link. */
final class SignInRoutes implements Routes {
  private static final Logger LOG = LoggerFactory.getLogger(SignInRoutes.class);
  private static final int BODY_LIMIT = 4 << 10;

  private final Authentication authentication;

  SignInRoutes(Authentication authentication) {
    this.authentication = authentication;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/signin", this::page);
    routes.get("/signin.css", ctx -> ctx.contentType("text/css").result(resource("signin.css")));
    routes.get(
        "/signin.js", ctx -> ctx.contentType("text/javascript").result(resource("signin.js")));
    routes.post("/api/v1/signin", this::signIn);
    routes.post(
        "/api/v1/signout",
        ctx -> {
          authentication.refuseCrossSite(ctx);
          authentication.clearCookie(ctx);
          ctx.status(204);
        });
  }

  private void page(Context ctx) {
    ctx.header("Cache-Control", "no-store");
    String code = ctx.queryParam("code");
    if (code != null) {
      Optional<Principal> principal = authentication.redeem(code);
      if (principal.isPresent()) {
        signIn(ctx, principal.get());
        ctx.redirect("/", HttpStatus.FOUND);
        return;
      }
    }
    String note =
        code == null
            ? ""
            : "<p class=\"note\">This link was used already or is older than ten minutes."
                + " Paste your token instead.</p>";
    ctx.html(text("signin.html").replace("<!-- note -->", note));
  }

  private void signIn(Context ctx) {
    authentication.refuseCrossSite(ctx);
    var body = Bodies.object(ctx, BODY_LIMIT, Set.of("token"));
    String token = body.path("token").asText("").trim();
    if (token.isEmpty()) {
      throw ApiException.badRequest("token: missing; paste the token that was printed once");
    }
    Principal principal = authentication.requireToken(ctx, token);
    if (principal.kind() == Principal.Kind.DEVICE) {
      throw ApiException.forbidden(
          "this is a device's token, which only uploads; sign in with the wearer's token");
    }
    Answers.json(ctx, 200, Map.of("kind", signIn(ctx, principal)));
  }

  private String signIn(Context ctx, Principal principal) {
    authentication.setCookie(ctx, principal);
    String kind = principal.kind().name().toLowerCase(Locale.ROOT);
    LOG.info("signed in as {}", kind);
    return kind;
  }

  private static String text(String name) {
    return new String(resource(name), StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) {
    try (InputStream in = SignInRoutes.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the build lacks " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
