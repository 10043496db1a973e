package io.lumbar.alerts.effect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.alerts.rules.Span;
import io.lumbar.alerts.rules.StoredHistory;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.AlertEffect;
import io.lumbar.model.AlertEffect.Reacted;
import io.lumbar.model.AlertReaction;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Json;
import io.lumbar.model.Wearer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows what came of each alert, and what alerts change: month by month, and in all since something
 * was held back.
 */
public final class EffectRoutes implements Routes {
  private static final int USUAL_MONTHS = 3;
  private static final int MOST_MONTHS = 12;

  private final Registry registry;
  private final Function<Context, Principal> authentication;
  private final StoredHistory history;
  private final InstantSource clock;

  /**
   * Routes over what is stored.
   *
   * @param authentication who sends a request; throws for nobody we know
   */
  public EffectRoutes(
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
    routes.get("/api/v1/wearers/{wearer}/alerts/reactions", this::reactions);
    routes.get("/api/v1/wearers/{wearer}/alerts/effect", this::effect);
  }

  /** An alert and what the wearer did then. */
  record Item(
      String alert,
      OffsetDateTime at,
      int step,
      String decision,
      @JsonUnwrapped AlertReaction reaction) {}

  record Items(List<Item> items, @Nullable String next) {}

  /**
   * One local month.
   *
   * @param month as {@code 2026-03}
   */
  record Month(String month, @JsonUnwrapped AlertEffect effect) {}

  /**
   * What is known of all months together in which something was held back, up to a year.
   *
   * @param since local day of the first sitting that was held back
   * @param withheld sittings held back at random after which the posture is known
   * @param lift null while too few were held back
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Total(LocalDate since, int withheld, AlertEffect.@Nullable Lift lift) {}

  /**
   * The months, oldest first.
   *
   * @param withholdPercent the share that the wearer agreed to have held back, 0 for none
   * @param leastWithheld fewer, in a month or in all, show no lift
   * @param total of the last twelve months; null when nothing was held back
   */
  record Months(
      int withholdPercent,
      int leastWithheld,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Total total,
      List<Month> items) {}

  private void reactions(Context context) {
    Wearer wearer = ReadableWearer.of(context, registry, authentication.apply(context));
    Instant now = clock.instant();
    Span span = Span.of(context.queryParam("from"), context.queryParam("to"), wearer, now);
    List<Item> items =
        Reactions.of(history, wearer.id(), span.from(), span.to(), now).stream()
            .map(one -> item(one, wearer))
            .toList();
    answer(context, new Items(items, null));
  }

  private static Item item(Reacted one, Wearer wearer) {
    ZoneId zone = wearer.zoneAt(one.alert().at());
    return new Item(
        one.alert().id(),
        one.alert().at().atZone(zone).toOffsetDateTime(),
        one.alert().step(),
        one.alert().decision(),
        one.reaction());
  }

  private void effect(Context context) {
    Wearer wearer = ReadableWearer.of(context, registry, authentication.apply(context));
    int wanted = months(context.queryParam("months"));
    Instant now = clock.instant();
    ZoneId zone = wearer.zoneAt(now);
    YearMonth current = YearMonth.from(now.atZone(zone));
    int percent = wearer.settings().alerts().withholdPercent();
    List<Month> months = new ArrayList<>();
    List<Reacted> pooled = new ArrayList<>();
    for (int back = 0; back < MOST_MONTHS; back++) {
      boolean shown = back < wanted;
      if (!shown && percent == 0 && pooled.isEmpty()) {
        break;
      }
      YearMonth month = current.minusMonths(back);
      Instant from = start(month, zone);
      Instant to = start(month.plusMonths(1), zone);
      List<Reacted> reacted = Reactions.of(history, wearer.id(), from, to, now);
      AlertEffect effect = AlertEffect.of(reacted, wrong(wearer, from, to));
      if (shown) {
        months.add(0, new Month(month.toString(), effect));
      }
      if (effect.withheld() > 0) {
        // Months without chance in them would be another time.
        pooled.addAll(reacted);
      }
    }
    answer(context, new Months(percent, AlertEffect.LEAST_WITHHELD, total(pooled, zone), months));
  }

  private Set<String> wrong(Wearer wearer, Instant from, Instant to) {
    return history.answers(wearer.id(), from, to).stream()
        .filter(answer -> answer.action() == AlertResponse.Action.WRONG)
        .map(AlertResponse::alert)
        .collect(Collectors.toSet());
  }

  private static @Nullable Total total(List<Reacted> pooled, ZoneId zone) {
    AlertEffect effect = AlertEffect.of(pooled);
    return AlertEffect.since(pooled)
        .map(at -> new Total(LocalDate.ofInstant(at, zone), effect.withheld(), effect.lift()))
        .orElse(null);
  }

  private static Instant start(YearMonth month, ZoneId zone) {
    return month.atDay(1).atStartOfDay(zone).toInstant();
  }

  private static int months(@Nullable String text) {
    if (text == null) {
      return USUAL_MONTHS;
    }
    if (!text.matches("[0-9]{1,2}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > MOST_MONTHS) {
      throw ApiException.badRequest("months must be a whole number from 1 to " + MOST_MONTHS);
    }
    return Integer.parseInt(text);
  }

  private static void answer(Context context, Object value) {
    context.contentType("application/json; charset=utf-8");
    context.header("Cache-Control", "no-store");
    context.result(Json.bytes(value));
  }
}
