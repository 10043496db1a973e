package io.lumbar.app.health;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.Answers;
import io.lumbar.http.Routes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /health} (200 when every part works, else 503 with the reasons) and {@code GET
 * /metrics} for Prometheus. Both need no token and tell nothing about wearers.
 */
public final class HealthRoutes implements Routes {
  private final Vitals vitals;

  public HealthRoutes(Vitals vitals) {
    this.vitals = vitals;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/health", this::health);
    routes.get(
        "/metrics",
        context ->
            context
                .contentType("text/plain; version=0.0.4; charset=utf-8")
                .result(vitals.scrape()));
  }

  private void health(Context context) {
    Map<String, Optional<String>> found = vitals.check();
    Map<String, String> parts = new LinkedHashMap<>();
    found.forEach((part, fault) -> parts.put(part, fault.orElse("ok")));
    boolean well = found.values().stream().allMatch(Optional::isEmpty);
    Answers.json(
        context, well ? 200 : 503, Map.of("status", well ? "ok" : "failing", "parts", parts));
  }
}
