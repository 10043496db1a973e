package io.lumbar.alerts.responses;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.alerts.hours.QuietHours;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.BusyTime;
import io.lumbar.model.Json;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells until when a wearer's alerts are quiet because of a snooze, a pause, a meeting, or the
 * hours and first days of the settings, and ends the snooze. Ended twice it has the effect of once.
 *
 * <p>What depends on the sitting itself, such as the distance to the last alert, is not told here,
 * and what is held back at random is told nowhere until it is over.
 */
public final class SnoozeRoutes implements Routes {
  private static final String PATH = "/api/v1/wearers/{wearer}/snooze";

  /** Hours come again each week, so what is quiet for longer has no end of its own. */
  private static final Duration FORESEEN = Duration.ofDays(8);

  private final SnoozeDesk desk;
  private final Registry registry;
  private final Function<Context, Principal> authentication;
  private final InstantSource clock;

  /**
   * Routes over what was said of snoozing.
   *
   * @param alerts says of which sitting an alert is
   * @param past what was answered before
   * @param authentication who sends a request; throws for nobody we know
   */
  public SnoozeRoutes(
      AlertLookup alerts,
      PastResponses past,
      ResponseSink sink,
      Registry registry,
      Function<Context, Principal> authentication,
      InstantSource clock) {
    this.desk = SnoozeDesk.of(alerts, past, sink, registry, clock);
    this.registry = registry;
    this.authentication = authentication;
    this.clock = clock;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(PATH, this::present);
    routes.delete(PATH, this::end);
  }

  /** Why alerts are quiet, in the words of decisions. */
  private enum Why {
    SNOOZED("snoozed"),
    PAUSED("paused"),
    BUSY("busy"),
    QUIET_HOURS("quiet-hours"),
    OUTSIDE_WORKING_HOURS("outside-working-hours"),
    LISTENING("listening");

    private final String reason;

    Why(String reason) {
      this.reason = reason;
    }
  }

  /**
   * How quiet it is now; the times are null for what does not run.
   *
   * @param why what lasts longest of what runs now, in the word of its decisions; null when nothing
   *     does
   * @param until when alerts may come again: what begins before the last of what runs now is over
   *     counts too, such as meetings in a row; null when quiet hours leave no gap
   * @param alert that the snooze was said to
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Quiet(
      boolean quiet,
      @Nullable String why,
      @Nullable OffsetDateTime until,
      @Nullable OffsetDateTime snoozedUntil,
      @Nullable String alert,
      @Nullable OffsetDateTime pausedUntil,
      @Nullable OffsetDateTime busyUntil) {}

  private void present(Context context) {
    Wearer wearer = wearer(context);
    answer(context, quiet(wearer, desk.running(wearer.id())));
  }

  private void end(Context context) {
    Wearer wearer = wearer(context);
    desk.end(wearer.id());
    answer(context, quiet(wearer, Optional.empty()));
  }

  private Quiet quiet(Wearer wearer, Optional<Snoozes.Word> snooze) {
    Instant now = clock.instant();
    ZoneId zone = wearer.zoneAt(now);
    WearerSettings settings = wearer.settings();
    Map<Why, Instant> ends = held(settings, zone, now);
    snooze.ifPresent(word -> ends.put(Why.SNOOZED, word.until()));
    Optional<Map.Entry<Why, Instant>> last =
        ends.entrySet().stream().max(Map.Entry.comparingByValue());
    return new Quiet(
        last.isPresent(),
        last.map(one -> one.getKey().reason).orElse(null),
        local(last.flatMap(one -> free(settings, zone, one.getValue())).orElse(null), zone),
        local(ends.get(Why.SNOOZED), zone),
        snooze.map(Snoozes.Word::alert).orElse(null),
        local(ends.get(Why.PAUSED), zone),
        local(ends.get(Why.BUSY), zone));
  }

  /** The first instant, from one on, at which nothing of the settings holds alerts back. */
  private static Optional<Instant> free(WearerSettings settings, ZoneId zone, Instant from) {
    Instant at = from;
    Optional<Instant> end = Optional.of(at);
    while (end.isPresent()) {
      at = end.get();
      end = held(settings, zone, at).values().stream().max(Comparator.naturalOrder());
      if (end.isPresent() && at.isAfter(from.plus(FORESEEN))) {
        return Optional.empty();
      }
    }
    return Optional.of(at);
  }

  /** What holds alerts back at an instant by the settings, and when each of it ends. */
  private static Map<Why, Instant> held(WearerSettings settings, ZoneId zone, Instant at) {
    AlertSettings manners = settings.alerts();
    Map<Why, Instant> ends = new EnumMap<>(Why.class);
    Optional.ofNullable(manners.pausedUntil())
        .filter(at::isBefore)
        .ifPresent(end -> ends.put(Why.PAUSED, end));
    Optional.ofNullable(manners.listenUntil())
        .filter(at::isBefore)
        .ifPresent(end -> ends.put(Why.LISTENING, end));
    manners.busy().stream()
        .filter(time -> !at.isBefore(time.from()) && at.isBefore(time.to()))
        .map(BusyTime::to)
        .max(Comparator.naturalOrder())
        .ifPresent(end -> ends.put(Why.BUSY, end));
    QuietHours.quietUntil(settings, zone, at).ifPresent(end -> ends.put(Why.QUIET_HOURS, end));
    QuietHours.worksAgainAt(settings, zone, at)
        .ifPresent(start -> ends.put(Why.OUTSIDE_WORKING_HOURS, start));
    return ends;
  }

  private static @Nullable OffsetDateTime local(@Nullable Instant instant, ZoneId zone) {
    return instant == null ? null : instant.atZone(zone).toOffsetDateTime();
  }

  private Wearer wearer(Context context) {
    return ReadableWearer.of(context, registry, authentication.apply(context));
  }

  private static void answer(Context context, Quiet quiet) {
    context.header("Cache-Control", "no-store");
    context.contentType("application/json; charset=utf-8").result(Json.bytes(quiet));
  }
}
