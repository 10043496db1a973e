package io.lumbar.app.openapi;

import io.javalin.config.RoutesConfig;
import io.lumbar.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * {@code GET /openapi.json}: the HTTP API as an OpenAPI 3.1 document, open to all. It is kept by
 * hand; a test holds its paths and methods against those that the server has.
 */
public final class OpenApiRoutes implements Routes {
  private final byte[] document = document();

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(
        "/openapi.json", context -> context.contentType("application/json").result(document));
  }

  private static byte[] document() {
    try (InputStream in = OpenApiRoutes.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("the build lacks openapi.json");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
