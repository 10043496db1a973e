package io.lumbar.alerts.calendar;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.ApiException;
import io.lumbar.http.Bodies;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.BusyTime;
import io.lumbar.model.Json;
import io.lumbar.model.Wearer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;

/**
 * Takes a calendar as a file: its busy times of the next sixty days are kept, and those of the last
 * two weeks, on which other settings are tried; the file is not. It takes the place of a calendar's
 * address; the same file again changes nothing.
 */
public final class CalendarRoutes implements Routes {
  private static final Duration AHEAD = Duration.ofDays(60);
  private static final int MOST_BYTES = 4 << 20;

  private final Registry registry;
  private final Function<Context, Principal> authentication;
  private final InstantSource clock;

  /**
   * Routes that keep busy times in the wearer's settings.
   *
   * @param authentication who sends a request; throws for nobody we know
   */
  public CalendarRoutes(
      Registry registry, Function<Context, Principal> authentication, InstantSource clock) {
    this.registry = registry;
    this.authentication = authentication;
    this.clock = clock;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.put("/api/v1/wearers/{wearer}/calendar", this::take);
  }

  /**
   * What was kept.
   *
   * @param times those that are not over
   * @param until up to when the file's meetings are known
   */
  record Kept(int times, OffsetDateTime until) {}

  private void take(Context context) {
    Wearer wearer = ReadableWearer.of(context, registry, authentication.apply(context));
    String text = new String(Bodies.read(context, MOST_BYTES), StandardCharsets.UTF_8);
    Instant now = clock.instant();
    ZoneId zone = wearer.zoneAt(now);
    BusyTimes.Around times = times(text, zone, now);
    registry.changeSettings(
        wearer.id(),
        newest -> newest.withAlerts(newest.alerts().withoutCalendar().withBusy(times.all())));
    List<BusyTime> coming = times.coming();
    Instant until = times.dropped() ? coming.get(coming.size() - 1).to() : now.plus(AHEAD);
    context
        .contentType("application/json; charset=utf-8")
        .result(Json.bytes(new Kept(coming.size(), until.atZone(zone).toOffsetDateTime())));
  }

  private static BusyTimes.Around times(String text, ZoneId zone, Instant now) {
    try {
      return BusyTimes.around(text, zone, now, AHEAD);
    } catch (RuntimeException e) {
      // The library throws what it likes at a file that only looks like a calendar.
      throw ApiException.badRequest(
          "the body must be an iCalendar file (.ics), which begins with BEGIN:VCALENDAR; export one"
              + " from your calendar");
    }
  }
}
