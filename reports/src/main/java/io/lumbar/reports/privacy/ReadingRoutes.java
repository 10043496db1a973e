package io.lumbar.reports.privacy;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.history.HistoryStore.Reading;
import io.lumbar.http.Answers;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.Wearer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells a wearer who read what of theirs. */
public final class ReadingRoutes implements Routes {
  private static final int USUAL_DAYS = 30;
  private static final int MOST_DAYS = 400;
  private static final int RETRY_SECONDS = 5;

  private final HistoryStore history;
  private final Registry registry;
  private final InstantSource clock;
  private final Function<Context, Principal> authenticator;

  public ReadingRoutes(
      HistoryStore history,
      Registry registry,
      InstantSource clock,
      Function<Context, Principal> authenticator) {
    this.history = history;
    this.registry = registry;
    this.clock = clock;
    this.authenticator = authenticator;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/wearers/{wearer}/readings", this::readings);
  }

  private void readings(Context ctx) {
    Wearer wearer = ReadableWearer.of(ctx, registry, authenticator.apply(ctx));
    Instant now = clock.instant();
    Instant from = now.minus(Duration.ofDays(days(ctx.queryParam("days"))));
    try {
      List<Item> items =
          history.readings(wearer.id(), from, now.plusSeconds(1)).stream()
              .map(reading -> Item.of(reading, wearer.zoneAt(reading.first())))
              .toList();
      Answers.json(ctx, 200, new Items(items, null));
    } catch (HistoryUnavailable e) {
      throw ApiException.unavailable("The history cannot be reached at the moment.", RETRY_SECONDS);
    }
  }

  private static int days(@Nullable String text) {
    if (text == null) {
      return USUAL_DAYS;
    }
    try {
      int days = Integer.parseInt(text);
      if (days >= 1 && days <= MOST_DAYS) {
        return days;
      }
    } catch (NumberFormatException e) {
      // The sentence below covers it.
    }
    throw ApiException.badRequest("days: must be a whole number from 1 to " + MOST_DAYS);
  }

  private record Items(List<Item> items, @Nullable String next) {}

  /** One reader and kind of data within an hour. */
  private record Item(
      String reader, String what, OffsetDateTime first, OffsetDateTime last, long times) {
    static Item of(Reading reading, ZoneId zone) {
      return new Item(
          reading.reader(),
          reading.what(),
          reading.first().atZone(zone).toOffsetDateTime(),
          reading.last().atZone(zone).toOffsetDateTime(),
          reading.times());
    }
  }
}
