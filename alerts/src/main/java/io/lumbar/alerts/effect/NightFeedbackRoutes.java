package io.lumbar.alerts.effect;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.alerts.night.NightFeedback;
import io.lumbar.alerts.rules.StoredHistory;
import io.lumbar.http.Bodies;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.Json;
import io.lumbar.model.Wearer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Switches feedback about an arched back at night on and off, and tells how long it took to leave
 * the position before and since. Switched on twice it goes on as it was; switched on again after an
 * end, it begins with a new week that only measures.
 */
public final class NightFeedbackRoutes implements Routes {
  private static final String PATH = "/api/v1/wearers/{wearer}/night-feedback";

  private static final int BODY_LIMIT = 1 << 10;

  /** As far as a look goes back at most. */
  private static final Duration SEEN = Duration.ofDays(62);

  private final Registry registry;
  private final Function<Context, Principal> authentication;
  private final StoredHistory history;
  private final InstantSource clock;

  /**
   * Routes that keep the switch in the wearer's settings.
   *
   * @param authentication who sends a request; throws for nobody we know
   */
  public NightFeedbackRoutes(
      Registry registry,
      Function<Context, Principal> authentication,
      StoredHistory history,
      InstantSource clock) {
    this.registry = registry;
    this.authentication = authentication;
    this.history = history;
    this.clock = clock;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(PATH, context -> answer(context, wearer(context)));
    routes.post(PATH, this::switchOn);
    routes.delete(PATH, context -> answer(context, keep(wearer(context), null)));
  }

  /**
   * How it stands.
   *
   * @param from when the first signal may come; null while it is off
   * @param baseline the week before that
   * @param since from then on; both are null while it is off
   * @param items each time in the position that is over, by start
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Standing(
      @Nullable OffsetDateTime from,
      TimeToLeave.@Nullable Nights baseline,
      TimeToLeave.@Nullable Nights since,
      List<TimeToLeave.Item> items) {}

  private void switchOn(Context context) {
    Wearer wearer = wearer(context);
    Bodies.nothing(context, BODY_LIMIT);
    boolean on = wearer.settings().alerts().nightFeedbackFrom() != null;
    Instant from = clock.instant().plus(NightFeedback.BASELINE);
    answer(context, on ? wearer : keep(wearer, from));
  }

  private Wearer keep(Wearer wearer, @Nullable Instant from) {
    return registry.changeSettings(
        wearer.id(), newest -> newest.withAlerts(newest.alerts().nightFeedbackFrom(from)));
  }

  private Wearer wearer(Context context) {
    return ReadableWearer.of(context, registry, authentication.apply(context));
  }

  private void answer(Context context, Wearer wearer) {
    context.contentType("application/json; charset=utf-8");
    context.header("Cache-Control", "no-store");
    context.result(Json.bytes(standing(wearer)));
  }

  private Standing standing(Wearer wearer) {
    Instant now = clock.instant();
    Instant from = wearer.settings().alerts().nightFeedbackFrom();
    Instant start = now.minus(SEEN);
    List<TimeToLeave.Item> items =
        TimeToLeave.items(
            history.episodes(wearer.id(), start, now), history.alerts(wearer.id(), start, now));
    return from == null
        ? new Standing(null, null, null, items)
        : new Standing(
            from.atZone(wearer.zoneAt(from)).toOffsetDateTime(),
            TimeToLeave.of(items, from.minus(NightFeedback.BASELINE), from),
            TimeToLeave.of(items, from, now),
            items);
  }
}
