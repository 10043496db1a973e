package io.lumbar.alerts.stretches;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.ApiException;
import io.lumbar.http.Routes;
import io.lumbar.model.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Serves the catalogue to anybody: it holds nothing about any wearer. */
public final class StretchRoutes implements Routes {
  private final Stretches stretches;

  public StretchRoutes(Stretches stretches) {
    this.stretches = stretches;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/stretches", context -> answer(context, new Listing(stretches.all(), null)));
    routes.get(
        "/api/v1/stretches/{id}", context -> answer(context, stretch(context.pathParam("id"))));
  }

  private Stretch stretch(String id) {
    return stretches
        .byId(id)
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "No stretch has this id; GET /api/v1/stretches lists them all."));
  }

  private static void answer(Context context, Object body) {
    context.contentType("application/json").result(Json.bytes(body));
  }

  private record Listing(List<Stretch> items, @Nullable String next) {}
}
