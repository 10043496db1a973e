package io.lumbar.app.health;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.app.health.Condition.Grade;
import io.lumbar.http.Answers;
import io.lumbar.http.Routes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /health} (503 when a part does not do its work, else 200, each with what is wrong) and
 * {@code GET /metrics} for Prometheus. Both need no token and tell nothing about wearers.
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
    Map<String, Condition> found = vitals.check();
    Map<String, String> parts = new LinkedHashMap<>();
    found.forEach((part, condition) -> parts.put(part, condition.sentence()));
    List<String> degraded = of(found, Grade.DEGRADED);
    List<String> failing = of(found, Grade.FAILING);
    String status = !failing.isEmpty() ? "failing" : degraded.isEmpty() ? "ok" : "degraded";
    Answers.json(
        context, failing.isEmpty() ? 200 : 503, new Health(status, failing, degraded, parts));
  }

  private static List<String> of(Map<String, Condition> found, Grade grade) {
    return found.entrySet().stream()
        .filter(each -> each.getValue().grade() == grade)
        .map(Map.Entry::getKey)
        .toList();
  }

  record Health(
      String status, List<String> failing, List<String> degraded, Map<String, String> parts) {}
}
