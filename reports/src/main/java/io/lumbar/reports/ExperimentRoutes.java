package io.lumbar.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.history.HistoryStore;
import io.lumbar.http.Principal;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.Experiment;
import io.lumbar.model.Json;
import io.lumbar.model.Wearer;
import io.lumbar.reports.daily.ReportFactsReader;
import io.lumbar.reports.experiment.ExperimentResult;
import io.lumbar.reports.statistics.Shift;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a wearer tries on themselves: what today is, and what came of it. */
public final class ExperimentRoutes implements Routes {
  private final HistoryStore history;
  private final ReportFactsReader facts;
  private final InstantSource clock;
  private final Access access;

  public ExperimentRoutes(
      HistoryStore history,
      ReportFactsReader facts,
      Registry registry,
      InstantSource clock,
      Function<Context, Principal> authenticator) {
    this.history = history;
    this.facts = facts;
    this.clock = clock;
    this.access = new Access(registry, authenticator);
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/wearers/{wearer}/experiments", this::list);
  }

  private void list(Context context) {
    Wearer wearer = access.wearer(context);
    Instant now = clock.instant();
    LocalDate today = wearer.dates().at(now);
    List<Item> items =
        Access.read(
            () ->
                history.experiments(wearer.id()).stream()
                    .map(
                        one ->
                            ExperimentResult.of(
                                one, facts.entries(wearer, one.from(), one.end()), today))
                    .map(result -> Item.of(result, today))
                    .toList());
    context.contentType("application/json; charset=utf-8");
    context.header("Cache-Control", "no-store");
    context.result(Json.bytes(new Answers.Listing<>(items, null)));
  }

  /** An experiment as a client reads it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Item(
      String id,
      String change,
      LocalDate from,
      LocalDate lastDay,
      @Nullable Boolean todayWith,
      int morningsWith,
      int morningsWithout,
      @Nullable Double medianWith,
      @Nullable Double medianWithout,
      @Nullable Shift difference,
      String verdict) {

    static Item of(ExperimentResult result, LocalDate today) {
      Experiment experiment = result.experiment();
      return new Item(
          experiment.id(),
          experiment.change().wireName(),
          experiment.from(),
          experiment.end().minusDays(1),
          experiment.covers(today) ? experiment.isWith(today) : null,
          result.with(),
          result.without(),
          result.medianWith(),
          result.medianWithout(),
          result.difference(),
          result.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
  }
}
