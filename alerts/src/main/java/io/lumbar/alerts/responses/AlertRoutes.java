package io.lumbar.alerts.responses;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.http.Routes;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Json;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes a wearer's answer to an alert. Somebody else's alert looks like one that does not exist. An
 * answer sent twice has the effect of one; the newest counts.
 */
public final class AlertRoutes implements Routes {
  private final AlertLookup alerts;
  private final Function<Context, Principal> authentication;
  private final ResponseSink sink;
  private final Function<WearerId, Optional<WearerSettings>> settings;
  private final InstantSource clock;

  /**
   * Answers to the alerts that {@code alerts} knows.
   *
   * @param authentication who sends a request; throws {@link ApiException} for nobody we know
   * @param settings of a wearer, which say when tomorrow begins
   */
  public AlertRoutes(
      AlertLookup alerts,
      Function<Context, Principal> authentication,
      ResponseSink sink,
      Function<WearerId, Optional<WearerSettings>> settings,
      InstantSource clock) {
    this.alerts = alerts;
    this.authentication = authentication;
    this.sink = sink;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/v1/alerts/{id}/response", this::respond);
  }

  private void respond(Context context) {
    Principal principal = authentication.apply(context);
    Alert alert = readable(context.pathParam("id"), principal);
    ResponseRequest request = ResponseRequest.parse(context.body());
    Instant now = clock.instant();
    AlertResponse response =
        new AlertResponse(
            alert.id(),
            alert.wearer(),
            request.action(),
            request.minutes(),
            request.was(),
            now,
            request.untilTomorrow() ? tomorrow(alert, now) : null);
    sink.put(response);
    context.contentType("application/json").result(Json.bytes(response));
  }

  private Instant tomorrow(Alert alert, Instant now) {
    WearerSettings own = settings.apply(alert.wearer()).orElse(WearerSettings.defaults());
    return QuietUntil.tomorrow(now, alert.zone(), own);
  }

  private Alert readable(String id, Principal principal) {
    if (principal.kind() == Principal.Kind.DEVICE || principal.kind() == Principal.Kind.ADMIN) {
      throw ApiException.forbidden(
          "This token cannot answer alerts; use the wearer's own token or the owner's.");
    }
    return alerts
        .alert(id)
        .filter(alert -> principal.mayRead(alert.wearer()))
        .orElseThrow(() -> ApiException.notFound("You have no alert with this id."));
  }
}
