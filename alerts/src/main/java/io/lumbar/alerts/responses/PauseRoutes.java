package io.lumbar.alerts.responses;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.Bodies;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.Json;
import io.lumbar.model.Wearer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Pauses all alerts of a wearer, as for a meeting, tells of a pause, and ends it. Sent twice it has
 * the effect of the newest.
 */
public final class PauseRoutes implements Routes {
  private static final int BODY_LIMIT = 4 << 10;
  private static final Set<String> FIELDS = Set.of("minutes", "until");

  private final Registry registry;
  private final Function<Context, Principal> authentication;
  private final InstantSource clock;

  /**
   * Routes that keep the pause in the wearer's settings.
   *
   * @param authentication who sends a request; throws for nobody we know
   */
  public PauseRoutes(
      Registry registry, Function<Context, Principal> authentication, InstantSource clock) {
    this.registry = registry;
    this.authentication = authentication;
    this.clock = clock;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/wearers/{wearer}/pause", this::present);
    routes.post("/api/v1/wearers/{wearer}/pause", this::pause);
    routes.delete("/api/v1/wearers/{wearer}/pause", this::resume);
  }

  /** The pause as it stands; null when there is none. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Pause(@Nullable OffsetDateTime pausedUntil) {}

  /** One that is over is none. */
  private void present(Context context) {
    Wearer wearer = wearer(context);
    Instant now = clock.instant();
    Instant until = wearer.settings().alerts().pausedUntil();
    answer(
        context,
        new Pause(
            until == null || !now.isBefore(until)
                ? null
                : until.atZone(wearer.zoneAt(now)).toOffsetDateTime()));
  }

  private void pause(Context context) {
    Wearer wearer = wearer(context);
    ObjectNode body = Bodies.object(context, BODY_LIMIT, FIELDS);
    Instant now = clock.instant();
    ZoneId zone = wearer.zoneAt(now);
    Instant until = QuietUntil.pause(body, now, zone, wearer.settings());
    keep(wearer, until);
    answer(context, new Pause(until.atZone(zone).toOffsetDateTime()));
  }

  private void resume(Context context) {
    keep(wearer(context), null);
    answer(context, new Pause(null));
  }

  private void keep(Wearer wearer, @Nullable Instant until) {
    registry.changeSettings(
        wearer.id(), newest -> newest.withAlerts(newest.alerts().pausedUntil(until)));
  }

  private Wearer wearer(Context context) {
    return ReadableWearer.of(context, registry, authentication.apply(context));
  }

  private static void answer(Context context, Pause pause) {
    context.contentType("application/json; charset=utf-8").result(Json.bytes(pause));
  }
}
