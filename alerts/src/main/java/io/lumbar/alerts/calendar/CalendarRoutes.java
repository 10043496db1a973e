package io.lumbar.alerts.calendar;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.alerts.stretches.Language;
import io.lumbar.http.ApiException;
import io.lumbar.http.Bodies;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.BusyTime;
import io.lumbar.model.Json;
import io.lumbar.model.Wearer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes a calendar as a file: its busy times of the next sixty days are kept, and those of the last
 * two weeks, on which other settings are tried; the file is not. It takes the place of a calendar's
 * address; the same file again changes nothing. Also reads the address that is set, and says what
 * came of it.
 */
public final class CalendarRoutes implements Routes {
  private static final Duration AHEAD = Duration.ofDays(60);
  private static final int MOST_BYTES = 4 << 20;
  private static final int RETRY_SECONDS = 5;

  private final Registry registry;
  private final Function<Context, Principal> authentication;
  private final InstantSource clock;
  private final CalendarReader reader;

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
    this.reader = new CalendarReader(registry, clock, CalendarReader.ANSWER);
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.put("/api/v1/wearers/{wearer}/calendar", this::take);
    routes.post("/api/v1/wearers/{wearer}/calendar", this::readNow);
  }

  /**
   * What was kept.
   *
   * @param times those that are not over
   * @param past those of the last two weeks, on which settings are tried
   * @param until up to when the file's meetings are known
   */
  record Kept(int times, int past, OffsetDateTime until) {}

  /**
   * What came of reading the address.
   *
   * @param times those that are not over, of the next three days; null when it was not read
   * @param detail why not, in the wearer's language
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Read(boolean read, @Nullable Integer times, @Nullable String detail) {}

  private void readNow(Context context) {
    Wearer wearer = ReadableWearer.of(context, registry, authentication.apply(context));
    URI address = wearer.settings().alerts().calendar();
    if (address == null) {
      throw ApiException.notFound(
          "There is no address of a calendar; set alerts.calendar in the settings.");
    }
    context
        .contentType("application/json; charset=utf-8")
        .header("Cache-Control", "no-store")
        .result(Json.bytes(read(wearer, address)));
  }

  private Read read(Wearer wearer, URI address) {
    try {
      return new Read(true, reader.read(wearer, address).coming().size(), null);
    } catch (CalendarReader.NotRead e) {
      String language = wearer.settings().alerts().language();
      return new Read(false, null, e.in(Language.of(language)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.unavailable("The server stops; please try again.", RETRY_SECONDS);
    }
  }

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
        .result(
            Json.bytes(
                new Kept(
                    coming.size(), times.past().size(), until.atZone(zone).toOffsetDateTime())));
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
