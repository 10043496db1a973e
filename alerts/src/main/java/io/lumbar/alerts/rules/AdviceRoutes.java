package io.lumbar.alerts.rules;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.alerts.calendar.CalendarTrouble;
import io.lumbar.alerts.stretches.DayFacts;
import io.lumbar.alerts.stretches.PainGate;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Json;
import io.lumbar.model.StretchProfile;
import io.lumbar.model.Wearer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a wearer might change: after the listening days a threshold from their own sitting, and
 * after three corrections of a kind within a week a look at the sensor. Nothing is changed here.
 */
public final class AdviceRoutes implements Routes {
  private static final Duration LEARNT_FROM = Duration.ofDays(14);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final int ENOUGH = 3;
  private static final Pattern PAIN = Pattern.compile("[0-9]|10");

  private final Registry registry;
  private final Function<Context, Principal> authentication;
  private final StoredHistory history;
  private final Function<Wearer, Map<LocalDate, @Nullable Integer>> told;
  private final InstantSource clock;

  /**
   * Serves wearers of a registry.
   *
   * @param told the pain that was told of some days, which holds before the history knows of it;
   *     null where it was taken back
   */
  public AdviceRoutes(
      Registry registry,
      Function<Context, Principal> authentication,
      StoredHistory history,
      Function<Wearer, Map<LocalDate, @Nullable Integer>> told,
      InstantSource clock) {
    this.told = told;
    this.registry = registry;
    this.authentication = authentication;
    this.history = history;
    this.clock = clock;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/wearers/{wearer}/rules/advice", this::advice);
  }

  /**
   * The advice of the moment.
   *
   * @param listenUntil end of the listening days, when some were set; a wearer who takes or leaves
   *     the proposal clears it
   * @param presentMinutes sitting until the first reminder, as set
   * @param proposal after the listening days, when enough is known
   * @param corrections what alerts were often wrong about
   * @param ask why to ask for health and for signs that need a person; absent when not to ask
   * @param calendar that the wearer's calendar could not be read for a while; absent otherwise
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Advice(
      @Nullable OffsetDateTime listenUntil,
      boolean listening,
      int presentMinutes,
      @Nullable ThresholdProposal proposal,
      List<Corrections> corrections,
      @Nullable String ask,
      @Nullable CalendarTrouble calendar) {}

  /**
   * Corrections of one kind.
   *
   * @param was what the wearer really did, or {@code unsaid}
   */
  record Corrections(String was, long count) {}

  private void advice(Context context) {
    Wearer wearer = ReadableWearer.of(context, registry, authentication.apply(context));
    Instant now = clock.instant();
    Instant until = wearer.settings().alerts().listenUntil();
    boolean listening = until != null && now.isBefore(until);
    int present = wearer.settings().longSittingMinutes();
    Advice advice =
        new Advice(
            until == null ? null : until.atZone(wearer.zoneAt(now)).toOffsetDateTime(),
            listening,
            present,
            until == null || listening ? null : proposal(wearer, present, now),
            corrections(history.answers(wearer.id(), now.minus(WEEK), now)),
            ask(wearer, now, pain(context)),
            CalendarTrouble.of(wearer, now).orElse(null));
    context.contentType("application/json; charset=utf-8");
    context.header("Cache-Control", "no-store");
    context.result(Json.bytes(advice));
  }

  /** What is about to be told. */
  private static @Nullable Integer pain(Context context) {
    String text = context.queryParam("pain");
    if (text == null) {
      return null;
    }
    if (!PAIN.matcher(text).matches()) {
      throw ApiException.badRequest("pain: must be a whole number from 0 to 10, or left out");
    }
    return Integer.valueOf(text);
  }

  private @Nullable String ask(Wearer wearer, Instant now, @Nullable Integer pain) {
    StretchProfile profile = wearer.settings().stretches();
    LocalDate today = wearer.dates().at(now);
    return PainGate.bundled()
        .asks(
            (profile == null ? StretchProfile.none() : profile)
                .withPains(
                    DayFacts.merged(
                        DaySummary.pains(history.days(wearer.id(), today, today)),
                        told.apply(wearer)))
                .with(today, List.of(), pain),
            today)
        .map(PainGate.Ask::wireName)
        .orElse(null);
  }

  private @Nullable ThresholdProposal proposal(Wearer wearer, int present, Instant now) {
    return ThresholdProposal.of(history.bouts(wearer.id(), now.minus(LEARNT_FROM), now), present)
        .orElse(null);
  }

  static List<Corrections> corrections(List<AlertResponse> answers) {
    Map<String, Long> counts =
        answers.stream()
            .filter(answer -> answer.action() == Action.WRONG)
            .collect(Collectors.groupingBy(AdviceRoutes::was, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .filter(each -> each.getValue() >= ENOUGH)
        .map(each -> new Corrections(each.getKey(), each.getValue()))
        .toList();
  }

  private static String was(AlertResponse answer) {
    String was = answer.was();
    return was == null ? "unsaid" : was;
  }
}
