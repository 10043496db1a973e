package io.lumbar.reports.interchange;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.history.Listing;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.Placement;
import io.lumbar.model.Wearer;
import io.lumbar.reports.trends.DayEntries;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A range of a wearer's dates in a form that other programs read. */
public final class InterchangeRoutes implements Routes {
  private static final int MOST_DAYS = 366;
  private static final int RETRY_SECONDS = 5;

  private final HistoryStore history;
  private final Registry registry;
  private final Optional<String> studyKey;
  private final InstantSource clock;
  private final Function<Context, Principal> authenticator;

  /** The forms, by the name in the path. */
  enum Form {
    OPEN_MHEALTH("application/json", OpenMhealth::of),
    ACTIVPAL_EVENTS("text/csv", EventsCsv::of),
    GGIR_DAYS("text/csv", DaysCsv::of);

    private final String mediaType;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final Function<Measured, byte[]> writer;

    Form(String mediaType, Function<Measured, byte[]> writer) {
      this.mediaType = mediaType;
      this.writer = writer;
    }

    String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * The route.
   *
   * @param studyKey by which studies' pseudonyms are made; empty where there are no studies
   */
  public InterchangeRoutes(
      HistoryStore history,
      Registry registry,
      Optional<String> studyKey,
      InstantSource clock,
      Function<Context, Principal> authenticator) {
    this.history = history;
    this.registry = registry;
    this.studyKey = studyKey;
    this.clock = clock;
    this.authenticator = authenticator;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/wearers/{wearer}/interchange/{form}", this::answer);
  }

  private void answer(Context ctx) {
    Wearer wearer = ReadableWearer.of(ctx, registry, authenticator.apply(ctx));
    Form form = form(ctx.pathParam("form"));
    LocalDate from = date(ctx, "from");
    LocalDate to = date(ctx, "to");
    if (from.isAfter(to) || ChronoUnit.DAYS.between(from, to) >= MOST_DAYS) {
      throw ApiException.badRequest(
          "from: must not be later than to, and the range covers " + MOST_DAYS + " days at most");
    }
    byte[] bytes;
    try {
      bytes = form.writer.apply(read(wearer, subject(ctx, wearer), from, to));
    } catch (HistoryUnavailable e) {
      throw ApiException.unavailable("The history cannot be reached at the moment.", RETRY_SECONDS);
    }
    ctx.header("Cache-Control", "no-store");
    ctx.contentType(form.mediaType + "; charset=utf-8").result(bytes);
  }

  private Subject subject(Context ctx, Wearer wearer) {
    String study = ctx.queryParam("study");
    if (study == null) {
      return Subject.of(wearer.id());
    }
    if (!study.matches("[A-Za-z0-9._-]{1,64}")) {
      throw ApiException.badRequest(
          "study: must be a name of 1 to 64 letters, digits, dots, underscores and hyphens");
    }
    return Subject.within(
        study,
        wearer.id(),
        studyKey.orElseThrow(
            () ->
                ApiException.badRequest(
                    "study: this server makes no pseudonyms; set study-key (LUMBAR_STUDY_KEY)")));
  }

  private static Form form(String name) {
    return Arrays.stream(Form.values())
        .filter(form -> form.wireName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "There is no form '"
                        + name
                        + "'; it is one of "
                        + Arrays.stream(Form.values())
                            .map(Form::wireName)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  private static LocalDate date(Context ctx, String name) {
    String text = ctx.queryParam(name);
    try {
      if (text != null) {
        return LocalDate.parse(text);
      }
    } catch (DateTimeException e) {
      // The sentence below covers it.
    }
    throw ApiException.badRequest(name + ": give a date like 2026-03-02");
  }

  private Measured read(Wearer wearer, Subject subject, LocalDate from, LocalDate to) {
    return new Measured(
        subject,
        Listing.all(
            startOf(wearer, from),
            startOf(wearer, to.plusDays(1)),
            range -> history.bouts(wearer.id(), null, range)),
        history.days(wearer.id(), from, to).stream()
            .map(day -> DayEntries.withAwake(day, wearer.settings()))
            .toList(),
        history.nights(wearer.id(), from, to.plusDays(1)),
        registry.devicesOf(wearer.id()).stream()
            .anyMatch(device -> device.placement() == Placement.ESTIMATED),
        clock.instant());
  }

  private static Instant startOf(Wearer wearer, LocalDate day) {
    return wearer.dates().begin(day);
  }
}
