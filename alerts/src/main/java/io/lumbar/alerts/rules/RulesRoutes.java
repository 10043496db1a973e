package io.lumbar.alerts.rules;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.alerts.DryRun;
import io.lumbar.http.ApiException;
import io.lumbar.http.Bodies;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.http.SettingsPatch;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tries settings on what is stored, without changing any; and says why there was an alert at some
 * time or none.
 */
public final class RulesRoutes implements Routes {
  private static final String SENT = "sent";
  private static final int BODY_LIMIT = 16 << 10;
  private static final Set<String> FIELDS = Set.of("from", "to", "settings", "nightFeedback");

  /** A sitting that began before the range may reach its step within. */
  private static final Duration LOOK_BACK = Duration.ofHours(12);

  /** A decision may be about what was measured so long before. */
  private static final Duration OLDEST = Duration.ofDays(16);

  private static final Duration AROUND = Duration.ofMinutes(15);

  private final Registry registry;
  private final Function<Context, Principal> authentication;
  private final StoredHistory history;
  private final InstantSource clock;

  public RulesRoutes(
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
    routes.get("/api/v1/wearers/{wearer}/rules/test", this::testOwn);
    routes.post("/api/v1/wearers/{wearer}/rules/test", this::testOthers);
    routes.get("/api/v1/wearers/{wearer}/rules/why", this::why);
  }

  /** What would have come of one step. */
  record Item(OffsetDateTime at, EpisodeKind kind, int step, String decision, String detail) {
    static Item of(Decision decision) {
      return new Item(
          decision.at().atZone(decision.zone()).toOffsetDateTime(),
          decision.kind(),
          decision.step(),
          decision.reason(),
          decision.detail());
    }
  }

  /**
   * The outcome of a dry run.
   *
   * @param sent how many reminders would have come
   * @param sensorNotices how many notices about sensors besides, which count towards no budget of
   *     reminders
   */
  record Tested(
      OffsetDateTime from, OffsetDateTime to, long sent, long sensorNotices, List<Item> items) {}

  /**
   * Why there was an alert around an instant, or none.
   *
   * @param answer in words
   * @param items the decisions within a quarter of an hour, in order
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Why(OffsetDateTime at, String answer, List<Item> items) {}

  private void testOwn(Context context) {
    Wearer wearer = wearer(context);
    requireParameters(context, Set.of("from", "to"));
    Span span =
        Span.of(context.queryParam("from"), context.queryParam("to"), wearer, clock.instant());
    answer(context, tested(wearer, span, wearer.settings()));
  }

  private void testOthers(Context context) {
    Wearer wearer = wearer(context);
    ObjectNode body = Bodies.object(context, BODY_LIMIT, FIELDS);
    Span span = Span.of(text(body, "from"), text(body, "to"), wearer, clock.instant());
    WearerSettings settings = settings(wearer, body.path("settings"));
    answer(context, tested(wearer, span, withNightFeedback(settings, body.path("nightFeedback"))));
  }

  private static WearerSettings settings(Wearer wearer, JsonNode changes) {
    if (changes.isMissingNode() || changes.isNull()) {
      return wearer.settings();
    }
    if (!(changes instanceof ObjectNode object)) {
      throw ApiException.badRequest(
          "settings must be an object, for example {\"longSittingMinutes\":45}");
    }
    Set<String> unknown = new TreeSet<>();
    object.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(SettingsPatch.FIELDS);
    if (!unknown.isEmpty()) {
      throw ApiException.badRequest(
          "settings."
              + unknown.iterator().next()
              + ": unknown field; known are "
              + String.join(", ", new TreeSet<>(SettingsPatch.FIELDS)));
    }
    return SettingsPatch.apply(wearer.settings(), object);
  }

  /** Switched on for this run only; the week that measures first is not waited for. */
  private static WearerSettings withNightFeedback(WearerSettings settings, JsonNode on) {
    if (on.isMissingNode() || on.isNull()) {
      return settings;
    }
    if (!on.isBoolean()) {
      throw ApiException.badRequest("nightFeedback must be true or false");
    }
    return settings.withAlerts(
        settings.alerts().nightFeedbackFrom(on.asBoolean() ? Instant.EPOCH : null));
  }

  private Tested tested(Wearer wearer, Span span, WearerSettings settings) {
    Instant start = span.from().minus(LOOK_BACK);
    Map<LocalDate, List<String>> tags =
        history
            .days(
                wearer.id(),
                LocalDate.ofInstant(start, ZoneOffset.UTC).minusDays(1),
                LocalDate.ofInstant(span.to(), ZoneOffset.UTC).plusDays(1))
            .stream()
            .collect(Collectors.toMap(DaySummary::date, DaySummary::tags));
    List<Decision> decisions =
        DryRun.of(
                wearer.id(),
                history.bouts(wearer.id(), start, span.to()),
                history.episodes(wearer.id(), start, span.to()),
                date -> tags.getOrDefault(date, List.of()),
                answered(wearer.id(), start, span.to()),
                settings)
            .stream()
            .filter(decision -> !decision.at().isBefore(span.from()))
            .filter(decision -> decision.at().isBefore(span.to()))
            .toList();
    return new Tested(
        local(span.from(), wearer),
        local(span.to(), wearer),
        decisions.stream()
            .filter(RulesRoutes::isSent)
            .filter(one -> !one.kind().isAboutSensors())
            .count(),
        decisions.stream()
            .filter(RulesRoutes::isSent)
            .filter(one -> one.kind().isAboutSensors())
            .count(),
        decisions.stream().map(Item::of).toList());
  }

  private static boolean isSent(Decision decision) {
    return decision.reason().equals(SENT);
  }

  /**
   * Of the alerts that really were sent whether they were answered; those called wrong are left
   * out, as nobody could follow them.
   */
  private Map<String, Boolean> answered(WearerId wearer, Instant from, Instant to) {
    Map<String, Boolean> answered = new HashMap<>();
    history.alerts(wearer, from, to).stream()
        .filter(alert -> alert.decision().equals(SENT))
        .forEach(alert -> answered.put(alert.id(), false));
    for (AlertResponse answer : history.answers(wearer, from, to)) {
      if (answer.action() == AlertResponse.Action.WRONG) {
        answered.remove(answer.alert());
      } else if (!answer.endsSnooze()) {
        answered.computeIfPresent(answer.alert(), (alert, before) -> true);
      }
    }
    return answered;
  }

  private void why(Context context) {
    Wearer wearer = wearer(context);
    requireParameters(context, Set.of("at"));
    String text = context.queryParam("at");
    if (text == null) {
      throw ApiException.badRequest("at is missing; give an instant with offset");
    }
    Instant at = Span.instant("at", text);
    Instant start = at.minus(LOOK_BACK);
    List<Decision> decisions = history.decisions(wearer.id(), start, at.plus(AROUND));
    List<Decision> near =
        decisions.stream().filter(one -> !one.at().isBefore(at.minus(AROUND))).toList();
    LocalDate date = LocalDate.ofInstant(at, ZoneOffset.UTC);
    WhyAnswer.Past past =
        new WhyAnswer.Past(
            decisions,
            history.episodes(wearer.id(), at.minus(OLDEST), at.plus(AROUND)),
            history.bouts(wearer.id(), start, at.plusMillis(1)),
            history.days(wearer.id(), date.minusDays(1), date.plusDays(1)));
    String words = new WhyAnswer(wearer.settingsAt(at), at).of(near, past);
    answer(context, new Why(local(at, wearer), words, near.stream().map(Item::of).toList()));
  }

  private Wearer wearer(Context context) {
    return ReadableWearer.of(context, registry, authentication.apply(context));
  }

  private static void requireParameters(Context context, Set<String> known) {
    for (String name : context.queryParamMap().keySet()) {
      if (!known.contains(name)) {
        throw ApiException.badRequest(
            "The parameter '"
                + name
                + "' is not known here; use "
                + String.join(", ", new TreeSet<>(known))
                + ".");
      }
    }
  }

  private static @Nullable String text(ObjectNode body, String field) {
    JsonNode value = body.path(field);
    return value.isTextual() ? value.asText() : null;
  }

  private static OffsetDateTime local(Instant instant, Wearer wearer) {
    return instant.atZone(wearer.zoneAt(instant)).toOffsetDateTime();
  }

  private static void answer(Context context, Object value) {
    context.contentType("application/json; charset=utf-8");
    context.header("Cache-Control", "no-store");
    context.result(Json.bytes(value));
  }
}
