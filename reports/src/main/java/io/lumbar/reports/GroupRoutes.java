package io.lumbar.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.Json;
import io.lumbar.model.Wearer;
import io.lumbar.reports.daily.ReportFactsReader;
import io.lumbar.reports.trends.DayEntry;
import io.lumbar.reports.trends.Figure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an organisation may see: a figure over all its wearers, by day, and only where ten or more
 * of them have a value. The number of wearers is told in tens, so that one who comes or goes does
 * not show; nothing is told of a part of the group.
 */
public final class GroupRoutes implements Routes {
  /** Fewer wearers are no group. */
  static final int FEWEST = 10;

  /** How many places from a quartile a value may be to count for it. */
  private static final double NEAR = 1.5;

  private static final MathContext DIGITS = new MathContext(2, RoundingMode.HALF_UP);
  private static final int MOST_DAYS = 92;
  private static final int USUAL_DAYS = 28;
  private static final int RETRY_SECONDS = 5;

  /** All wearers are read for an answer, so one at a time. */
  private final Semaphore reading = new Semaphore(1);

  private final ReportFactsReader facts;
  private final Registry registry;
  private final InstantSource clock;
  private final Function<Context, Principal> authenticator;

  public GroupRoutes(
      ReportFactsReader facts,
      Registry registry,
      InstantSource clock,
      Function<Context, Principal> authenticator) {
    this.facts = facts;
    this.registry = registry;
    this.clock = clock;
    this.authenticator = authenticator;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/group/{figure}", this::figure);
  }

  private void figure(Context context) {
    Principal principal = authenticator.apply(context);
    if (!principal.mayManage()) {
      throw ApiException.forbidden("the group is for the owner's or an admin's token");
    }
    Figure figure = figure(context.pathParam("figure"));
    LocalDate to = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
    LocalDate from = to.minusDays(days(context.queryParam("days")) - 1L);
    NavigableMap<LocalDate, List<Double>> values = new TreeMap<>();
    for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
      values.put(date, new ArrayList<>());
    }
    List<Wearer> wearers =
        registry.wearers().stream()
            .filter(wearer -> !wearer.settings().pausesSharing(clock.instant()))
            .toList();
    if (!reading.tryAcquire()) {
      throw ApiException.unavailable(
          "another group is being summed; ask again in a moment", RETRY_SECONDS);
    }
    try {
      ReadableWearer.ofAll(context, principal, wearers, "group");
      sum(wearers, figure, values);
    } finally {
      reading.release();
    }
    List<Day> items = new ArrayList<>();
    values.forEach((date, all) -> items.add(Day.of(date, all)));
    context.header("Cache-Control", "no-store");
    context
        .contentType("application/json; charset=utf-8")
        .result(Json.bytes(new Answers.Listing<>(items, null)));
  }

  private void sum(
      List<Wearer> wearers, Figure figure, NavigableMap<LocalDate, List<Double>> values) {
    LocalDate from = values.firstKey();
    LocalDate to = values.lastKey();
    for (Wearer wearer : wearers) {
      for (DayEntry entry : Access.read(() -> facts.entries(wearer, from, to))) {
        OptionalDouble value = figure.of(entry);
        List<Double> ofDay = values.get(entry.date());
        if (ofDay != null && value.isPresent() && !entry.keptOut()) {
          ofDay.add(value.getAsDouble());
        }
      }
    }
  }

  private static Figure figure(String name) {
    try {
      return Figure.of(name);
    } catch (IllegalArgumentException e) {
      throw ApiException.notFound(
          "There is no figure '"
              + name
              + "'; it is one of "
              + Arrays.stream(Figure.values())
                  .map(Figure::wireName)
                  .collect(Collectors.joining(", "))
              + ".");
    }
  }

  private static int days(@Nullable String text) {
    try {
      int days = text == null ? USUAL_DAYS : Integer.parseInt(text);
      if (days >= 1 && days <= MOST_DAYS) {
        return days;
      }
    } catch (NumberFormatException e) {
      // The sentence below covers it.
    }
    throw ApiException.badRequest("days: must be a whole number from 1 to " + MOST_DAYS);
  }

  /**
   * One day of the group. No figure is what one wearer has: each is the mean of the three or four
   * whose values lie around it, to two digits, so that neither a value nor what one who comes or
   * goes changes can be worked out from it.
   *
   * @param atLeast how many wearers have a value, rounded down to tens; 0 for too few
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Day(
      LocalDate date,
      int atLeast,
      @Nullable Double lowerQuarter,
      @Nullable Double median,
      @Nullable Double upperQuarter) {

    static Day of(LocalDate date, List<Double> all) {
      if (all.size() < FEWEST) {
        return new Day(date, 0, null, null, null);
      }
      double[] values = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return new Day(
          date,
          all.size() / FEWEST * FEWEST,
          around(values, 0.25),
          around(values, 0.5),
          around(values, 0.75));
    }

    private static double around(double[] sorted, double share) {
      double place = share * (sorted.length - 1);
      int first = (int) Math.ceil(place - NEAR);
      int last = (int) Math.floor(place + NEAR);
      double mean = Arrays.stream(sorted, first, last + 1).average().orElseThrow();
      return BigDecimal.valueOf(mean).round(DIGITS).doubleValue();
    }
  }
}
