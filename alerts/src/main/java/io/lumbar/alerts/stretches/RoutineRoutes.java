package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.alerts.hours.QuietHours;
import io.lumbar.alerts.stretches.RoutineBuilder.Wish;
import io.lumbar.http.Answers;
import io.lumbar.http.ApiException;
import io.lumbar.http.Bodies;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.HealthCondition;
import io.lumbar.model.OwnStretch;
import io.lumbar.model.RedFlagAnswer;
import io.lumbar.model.StretchProfile;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What suits one wearer: the profile, its diary, the red flags' questions, the fitting exercises
 * and a routine. For the wearer and the owner; an admin reads no health values.
 */
public final class RoutineRoutes implements Routes {
  private static final int BODY_LIMIT = 16 << 10;
  static final double USUAL_MINUTES = 14;
  private static final int MOST_NAMED = 20;
  private static final String BASE = "/api/v1/wearers/{wearer}/";

  private final Registry registry;
  private final Function<Context, Principal> authentication;
  private final DayFacts.Source facts;
  private final InstantSource clock;
  private final Suitability suitability = Suitability.table();
  private final PainGate gate = PainGate.bundled();

  /**
   * Serves wearers of a registry.
   *
   * @param authentication who sends a request; throws {@link ApiException} for nobody we know
   * @param facts what is known of a wearer's days
   */
  public RoutineRoutes(
      Registry registry,
      Function<Context, Principal> authentication,
      DayFacts.Source facts,
      InstantSource clock) {
    this.registry = registry;
    this.authentication = authentication;
    this.facts = facts;
    this.clock = clock;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(BASE + "stretch-profile", ctx -> Answers.json(ctx, 200, profile(wearer(ctx))));
    routes.patch(BASE + "stretch-profile", this::change);
    routes.post(BASE + "stretch-diary", this::enter);
    routes.get(BASE + "stretches", this::fitting);
    routes.get(
        BASE + "red-flags",
        ctx -> {
          Wearer wearer = wearer(ctx);
          Answers.json(
              ctx, 200, RedFlags.in(StretchRoutes.language(ctx), profile(wearer), where(wearer)));
        });
    routes.post(BASE + "red-flags", this::answerFlags);
    routes.get(BASE + "routine", this::routine);
  }

  private void answerFlags(Context ctx) {
    Wearer wearer = wearer(ctx);
    ObjectNode body = Bodies.object(ctx, BODY_LIMIT, ProfileChange.FLAG_FIELDS);
    RedFlagAnswer answer = ProfileChange.flags(body, today(wearer));
    StretchProfile kept = changed(wearer, known -> known.answered(answer));
    Answers.json(ctx, 200, RedFlags.in(StretchRoutes.language(ctx), kept, where(wearer)));
  }

  private void change(Context ctx) {
    Wearer wearer = wearer(ctx);
    ObjectNode body = Bodies.object(ctx, BODY_LIMIT, ProfileChange.FIELDS);
    LocalDate today = today(wearer);
    keep(ctx, wearer, known -> ProfileChange.merge(known, body, today));
  }

  private void enter(Context ctx) {
    Wearer wearer = wearer(ctx);
    ObjectNode body = Bodies.object(ctx, BODY_LIMIT, ProfileChange.DIARY_FIELDS);
    List<String> done = ProfileChange.done(body, profile(wearer));
    Integer pain = ProfileChange.pain(body);
    StretchProfile.Routine routine = ProfileChange.routine(body);
    if (done.isEmpty() && pain == null && routine == null) {
      throw ApiException.badRequest(
          "done or pain: give at least one of them, or painBefore and painAfter of a routine");
    }
    LocalDate today = today(wearer);
    keep(
        ctx,
        wearer,
        known -> {
          StretchProfile told = known.with(today, done, pain);
          return routine == null ? told : told.withRoutine(today, routine);
        });
  }

  private void keep(Context ctx, Wearer wearer, UnaryOperator<StretchProfile> change) {
    Answers.json(ctx, 200, changed(wearer, change));
  }

  private StretchProfile changed(Wearer wearer, UnaryOperator<StretchProfile> change) {
    return profile(
        registry.changeSettings(
            wearer.id(), newest -> newest.withStretches(change.apply(profile(newest)))));
  }

  private void fitting(Context ctx) {
    Wearer wearer = wearer(ctx);
    Set<Place> places = places(ctx);
    Texts texts = Texts.in(StretchRoutes.language(ctx));
    Optional<RedFlags.Stop> stop =
        RedFlags.stop(StretchRoutes.language(ctx), profile(wearer), where(wearer));
    if (stop.isPresent()) {
      String key = PainGate.Closed.STOPPED.key();
      Answers.json(
          ctx, 200, new Listing(List.of(), null, key, texts.line("gate", key), stop.get()));
      return;
    }
    Optional<PainGate.Closed> closed = gate.check(known(wearer), today(wearer), null);
    Predicate<Stretch> suits = suitability.suits(profile(wearer), today(wearer));
    List<Fitting> items =
        catalogue(ctx, profile(wearer)).all().stream()
            .filter(stretch -> places.contains(stretch.place()))
            .map(stretch -> new Fitting(stretch, suits.test(stretch)))
            .toList();
    String key = closed.map(PainGate.Closed::key).orElse(null);
    String text = closed.map(why -> why.text(texts, profile(wearer))).orElse(null);
    Answers.json(ctx, 200, new Listing(items, null, key, text, null));
  }

  private void routine(Context ctx) {
    Wearer wearer = wearer(ctx);
    Texts texts = Texts.in(StretchRoutes.language(ctx));
    LocalDate today = today(wearer);
    DayFacts known = facts.of(wearer.id(), today);
    StretchProfile profile = profile(wearer).withPains(known.pains());
    Stretches catalogue = catalogue(ctx, profile);
    Integer pain = ctx.queryParam("pain") == null ? null : painOf(ctx);
    List<String> advice = advice(profile, today, texts);
    Optional<RedFlags.Stop> stop =
        RedFlags.stop(StretchRoutes.language(ctx), profile, where(wearer));
    Optional<PainGate.Closed> closed = gate.check(profile, today, pain);
    if (stop.isPresent()) {
      String key = PainGate.Closed.STOPPED.key();
      Answers.json(
          ctx,
          200,
          new RoutineAnswer(
              key,
              texts.line("gate", key),
              stop.get(),
              List.of(),
              List.of(),
              List.of(),
              0,
              List.of()));
      return;
    }
    if (closed.isPresent()) {
      Predicate<Stretch> suits = suitability.suits(profile, today);
      List<Routine.Item> walk =
          catalogue.byId("walk").filter(suits).stream()
              .map(stretch -> new Routine.Item(stretch, Cause.INACTIVE, false))
              .toList();
      String text = closed.get().text(texts, profile);
      answer(
          ctx,
          closed.get().key(),
          text,
          advice,
          List.of(),
          List.of(),
          new Routine(walk, 5.0 * walk.size()));
      return;
    }
    Set<Place> places = ctx.queryParam("place") == null ? usualPlaces(wearer) : places(ctx);
    Wish wish = new Wish(profile, today, known, places, minutes(ctx));
    Integer told = pain == null ? profile.painOn(today) : pain;
    Map<Cause, Integer> causes = CauseScores.of(wish.facts(), told, !profile.bendBackwards());
    boolean named = ctx.queryParam("exercises") != null;
    Routine routine =
        !named
            ? new RoutineBuilder(catalogue, suitability).build(wish, causes)
            : Routine.of(named(ctx, catalogue, suitability.suits(profile, today)), causes);
    List<String> why =
        causes.entrySet().stream()
            .sorted(Map.Entry.<Cause, Integer>comparingByValue(Comparator.reverseOrder()))
            .map(cause -> texts.line("causes", cause.getKey().wireName()))
            .toList();
    boolean isShort =
        !named
            && wish.minutes() >= RoutineBuilder.LEAST_MINUTES
            && routine.minutes() < RoutineBuilder.LEAST_MINUTES;
    String text =
        routine.items().isEmpty()
            ? texts.line("gate", "empty")
            : isShort ? texts.line("gate", "short") : null;
    List<Place> chosen = named ? List.of() : places.stream().sorted().toList();
    answer(ctx, null, text, advice, why, chosen, routine);
  }

  /** Those that a report named, as far as they suit; named twice, they come twice. */
  private static List<Stretch> named(Context ctx, Stretches catalogue, Predicate<Stretch> suits) {
    List<String> ids = List.of(String.valueOf(ctx.queryParam("exercises")).split(",", -1));
    if (ids.size() > MOST_NAMED) {
      throw ApiException.badRequest("exercises: at most " + MOST_NAMED + " ids");
    }
    return ids.stream()
        .filter(id -> !isGone(id, catalogue))
        .map(
            id ->
                catalogue
                    .byId(id)
                    .orElseThrow(
                        () ->
                            ApiException.badRequest(
                                "exercises: there is no '"
                                    + id
                                    + "'; the list of stretches has the ids")))
        .filter(suits)
        .toList();
  }

  /** What the wearer wrote down and removed since must not cost a report's whole link. */
  private static boolean isGone(String id, Stretches catalogue) {
    return id.startsWith(OwnStretch.PREFIX) && catalogue.byId(id).isEmpty();
  }

  private static void answer(
      Context ctx,
      @Nullable String gate,
      @Nullable String text,
      List<String> advice,
      List<String> why,
      List<Place> places,
      Routine routine) {
    Answers.json(
        ctx,
        200,
        new RoutineAnswer(
            gate, text, null, advice, why, places, routine.minutes(), routine.items()));
  }

  private static List<String> advice(StretchProfile profile, LocalDate today, Texts texts) {
    RedFlagAnswer told = profile.redFlags();
    Stream<String> appointment =
        told != null && told.level() == RedFlagAnswer.Level.SEE_SOMEONE
            ? Stream.of(texts.line("redFlags", told.level().wireName(), "text"))
            : Stream.empty();
    return Stream.concat(
            appointment,
            profile.conditionsOn(today).stream()
                .map(HealthCondition::wireName)
                .filter(name -> texts.has("advice", name))
                .map(name -> texts.line("advice", name)))
        .toList();
  }

  private Wearer wearer(Context ctx) {
    return ReadableWearer.of(ctx, registry, authentication.apply(ctx));
  }

  private static Stretches catalogue(Context ctx, StretchProfile profile) {
    Language language = StretchRoutes.language(ctx);
    return Stretches.catalogue(language).with(profile.own(), Texts.in(language));
  }

  private static StretchProfile profile(Wearer wearer) {
    return profile(wearer.settings());
  }

  /** The profile with the pain that check-ins told. */
  private StretchProfile known(Wearer wearer) {
    return profile(wearer).withPains(facts.of(wearer.id(), today(wearer)).pains());
  }

  private static StretchProfile profile(WearerSettings settings) {
    StretchProfile profile = settings.stretches();
    return profile == null ? StretchProfile.none() : profile;
  }

  private RedFlags.Where where(Wearer wearer) {
    return RedFlags.Where.of(wearer, clock.instant());
  }

  private LocalDate today(Wearer wearer) {
    return wearer.dates().at(clock.instant());
  }

  /** At work a chair and standing, as alerts have it; anywhere else. */
  private Set<Place> usualPlaces(Wearer wearer) {
    Instant now = clock.instant();
    return QuietHours.isAtWork(wearer.settings(), wearer.zoneAt(now), now)
        ? Place.AT_WORK
        : EnumSet.allOf(Place.class);
  }

  private static Set<Place> places(Context ctx) {
    String asked = ctx.queryParam("place");
    if (asked == null || asked.isBlank()) {
      return EnumSet.allOf(Place.class);
    }
    Set<Place> places = EnumSet.noneOf(Place.class);
    try {
      Arrays.stream(asked.split(",", -1)).map(String::trim).map(Place::of).forEach(places::add);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
    return places;
  }

  private static double minutes(Context ctx) {
    String asked = ctx.queryParam("minutes");
    if (asked == null) {
      return USUAL_MINUTES;
    }
    if (!asked.matches("[0-9]{1,2}")
        || Integer.parseInt(asked) < 2
        || Integer.parseInt(asked) > 30) {
      throw ApiException.badRequest("minutes: a whole number from 2 to 30");
    }
    return Integer.parseInt(asked);
  }

  private static int painOf(Context ctx) {
    return ProfileChange.pain(String.valueOf(ctx.queryParam("pain")));
  }

  /**
   * The exercises of some places.
   *
   * @param gate why this is no day for them, see {@link PainGate.Closed}; null while it is
   * @param text the sentence of the gate
   * @param stop why there are none
   */
  private record Listing(
      List<Fitting> items,
      @Nullable String next,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String gate,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String text,
      @JsonInclude(JsonInclude.Include.NON_NULL) RedFlags.@Nullable Stop stop) {}

  private record Fitting(Stretch stretch, boolean suits) {}

  /**
   * A routine, or why there is none.
   *
   * @param places from which the exercises were chosen; empty where none were
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record RoutineAnswer(
      @Nullable String gate,
      @Nullable String text,
      RedFlags.@Nullable Stop stop,
      List<String> advice,
      List<String> why,
      List<Place> places,
      double minutes,
      List<Routine.Item> items) {}
}
