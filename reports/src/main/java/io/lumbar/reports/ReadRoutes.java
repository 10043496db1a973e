package io.lumbar.reports;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.AnsweredAlert;
import io.lumbar.history.HistoryStore.Page;
import io.lumbar.history.HistoryStore.Range;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerDates;
import io.lumbar.reports.trends.DayEntries;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The reading half of the HTTP API: what a wearer does, did and was told, as JSON lists in order of
 * time. Reads only; answers 401, 403, 404 or a 400 that names the parameter.
 */
public final class ReadRoutes implements Routes {
  private static final LocalDate FIRST_DAY = LocalDate.of(1970, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(9998, 12, 31);

  private final HistoryStore history;
  private final InstantSource clock;
  private final Access access;
  private static final int ALERTS_AT_ONCE = 1_000;

  private final CurrentPosture currentPosture;

  public ReadRoutes(
      HistoryStore history,
      Registry registry,
      InstantSource clock,
      Function<Context, Principal> authenticator,
      LiveFeed feed) {
    this.history = history;
    this.clock = clock;
    this.access = new Access(registry, authenticator);
    this.currentPosture = new CurrentPosture(history, registry, feed, clock);
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/me", context -> answer(context, me(context)));
    wearerPath(routes, "/now", (context, wearer) -> currentPosture.of(wearer));
    wearerPath(routes, "/bouts", this::bouts);
    wearerPath(routes, "/timeline", this::timeline);
    wearerPath(routes, "/episodes", this::episodes);
    wearerPath(routes, "/alerts", this::alerts);
    wearerPath(routes, "/decisions", this::decisions);
    wearerPath(routes, "/days", this::days);
    wearerPath(routes, "/days/{date}", this::day);
    wearerPath(routes, "/nights", this::nights);
    wearerPath(routes, "/nights/{date}", this::night);
  }

  private void wearerPath(
      RoutesConfig routes, String path, BiFunction<Context, Wearer, Object> handler) {
    routes.get(
        "/api/v1/wearers/{wearer}" + path,
        context -> {
          Wearer wearer = access.wearer(context);
          answer(context, Access.read(() -> handler.apply(context, wearer)));
        });
  }

  private static void answer(Context context, Object value) {
    context.contentType("application/json; charset=utf-8");
    context.header("Cache-Control", "no-store");
    context.result(Json.bytes(value));
  }

  private Answers.MeAnswer me(Context context) {
    Principal principal = access.principal(context);
    Instant now = clock.instant();
    List<Answers.WearerAnswer> wearers = new ArrayList<>();
    for (Wearer wearer : access.readable(principal)) {
      Instant listening = wearer.settings().alerts().listenUntil();
      wearers.add(
          new Answers.WearerAnswer(
              wearer.id().value(),
              wearer.name(),
              wearer.zoneAt(now),
              wearer.settings().longSittingMinutes(),
              wearer.settings().repeatMinutes(),
              wearer.settings().awakeFrom(),
              wearer.settings().alerts().language(),
              Objects.equals(wearer.settings().alerts().budgetOf(EpisodeKind.LONG_SITTING), 0),
              listening == null ? null : listening.atZone(wearer.zoneAt(now)).toOffsetDateTime(),
              wearer.settings().alerts().withholdPercent() > 0));
    }
    return new Answers.MeAnswer(principal.kind().name().toLowerCase(Locale.ROOT), wearers);
  }

  private Object bouts(Context context, Wearer wearer) {
    Query query = new Query(context, wearer, Set.of("posture"));
    var posture = query.posture();
    return listing(
        query, range -> history.bouts(wearer.id(), posture, range), Answers.BoutAnswer::of);
  }

  private Object timeline(Context context, Wearer wearer) {
    Query query = new Query(context, wearer, Set.of());
    Range range = query.range();
    Page<Bout> page = page(range, r -> history.bouts(wearer.id(), null, r));
    return new Answers.Timeline(
        page.items().stream().map(Answers.Stretch::of).toList(),
        page.next(),
        range.from() == null ? null : Answers.local(range.from(), wearer.zoneAt(range.from())),
        range.to() == null ? null : Answers.local(range.to(), wearer.zoneAt(range.to())));
  }

  private Object episodes(Context context, Wearer wearer) {
    Query query = new Query(context, wearer, Set.of());
    return listing(query, range -> history.episodes(wearer.id(), range), Answers.EpisodeAnswer::of);
  }

  private Object alerts(Context context, Wearer wearer) {
    Query query = new Query(context, wearer, Set.of());
    return listing(query, range -> history.alerts(wearer.id(), range), Answers.AlertAnswer::of);
  }

  private Object decisions(Context context, Wearer wearer) {
    Query query = new Query(context, wearer, Set.of());
    return listing(
        query, range -> history.decisions(wearer.id(), range), Answers.DecisionAnswer::of);
  }

  private Object days(Context context, Wearer wearer) {
    return byDate(
        new Query(context, wearer, Set.of()),
        (from, to) -> history.days(wearer.id(), from, to),
        DaySummary::date,
        days -> withAlerts(wearer, days));
  }

  private Object nights(Context context, Wearer wearer) {
    return byDate(
        new Query(context, wearer, Set.of()),
        (from, to) -> history.nights(wearer.id(), from, to),
        NightSummary::date,
        nights -> nights.stream().map(Answers.NightAnswer::of).toList());
  }

  private static <T, A> Answers.Listing<A> byDate(
      Query query,
      BiFunction<LocalDate, LocalDate, List<T>> read,
      Function<T, LocalDate> dateOf,
      Function<List<T>, List<A>> shape) {
    LocalDate from = orElse(query.date("from"), FIRST_DAY);
    LocalDate to = orElse(query.date("to"), LAST_DAY);
    if (from.isAfter(to)) {
      throw ApiException.badRequest(
          "The parameter 'from' must not be later than 'to'; swap them or widen the range.");
    }
    String after = query.after();
    if (after != null) {
      LocalDate next = date("after", after).plusDays(1);
      from = next.isAfter(from) ? next : from;
    }
    List<T> found = from.isAfter(to) ? List.of() : read.apply(from, to);
    int limit = query.limit();
    List<T> shown = found.size() > limit ? found.subList(0, limit) : found;
    String next = found.size() > limit ? dateOf.apply(shown.get(limit - 1)).toString() : null;
    return new Answers.Listing<>(shape.apply(shown), next);
  }

  /** Days with what was told on them. */
  private List<Answers.DayAnswer> withAlerts(Wearer wearer, List<DaySummary> days) {
    if (days.isEmpty()) {
      return List.of();
    }
    WearerDates dates = wearer.dates();
    Instant from = dates.begin(days.get(0).date());
    Instant to = dates.end(days.get(days.size() - 1).date());
    Map<LocalDate, Answers.DayAlerts> alerts = new HashMap<>();
    String after = null;
    do {
      Page<AnsweredAlert> page =
          history.alerts(wearer.id(), new Range(from, to, ALERTS_AT_ONCE, after));
      for (AnsweredAlert one : page.items()) {
        LocalDate date = dates.at(one.alert().at());
        alerts.put(date, alerts.getOrDefault(date, Answers.DayAlerts.NONE).and(one));
      }
      after = page.next();
    } while (after != null);
    return days.stream()
        .map(
            day ->
                Answers.DayAnswer.of(
                    DayEntries.withAwake(day, wearer.settings()),
                    alerts.getOrDefault(day.date(), Answers.DayAlerts.NONE)))
        .toList();
  }

  private Object night(Context context, Wearer wearer) {
    LocalDate date = date("date", context.pathParam("date"));
    List<NightSummary> nights = history.nights(wearer.id(), date, date);
    if (nights.isEmpty()) {
      throw ApiException.notFound(
          "No night is known that ended on " + date + "; a night stands under the day of waking.");
    }
    return Answers.NightAnswer.of(nights.get(0));
  }

  private Object day(Context context, Wearer wearer) {
    LocalDate date = date("date", context.pathParam("date"));
    List<DaySummary> days = history.days(wearer.id(), date, date);
    if (days.isEmpty()) {
      throw ApiException.notFound("Nothing was measured on " + date + ".");
    }
    return withAlerts(wearer, days).get(0);
  }

  private static LocalDate date(String name, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw ApiException.badRequest(
          "The " + name + " is '" + text + "'; it must be a date like 2026-03-02.");
    }
  }

  private static LocalDate orElse(@Nullable LocalDate date, LocalDate other) {
    return date == null ? other : date;
  }

  private static <T, A> Answers.Listing<A> listing(
      Query query, Function<Range, Page<T>> read, Function<T, A> shape) {
    Page<T> page = page(query.range(), read);
    return new Answers.Listing<>(page.items().stream().map(shape).toList(), page.next());
  }

  private static <T> Page<T> page(Range range, Function<Range, Page<T>> read) {
    try {
      return read.apply(range);
    } catch (IllegalArgumentException e) {
      if (range.after() == null) {
        throw e;
      }
      throw ApiException.badRequest(
          "The parameter 'after' is not a cursor of this list; pass the 'next' of the page before,"
              + " unchanged.");
    }
  }
}
