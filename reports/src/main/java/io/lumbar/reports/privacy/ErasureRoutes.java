package io.lumbar.reports.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.http.Answers;
import io.lumbar.http.ApiException;
import io.lumbar.http.Bodies;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.NightSummary;
import io.lumbar.model.TimeSpan;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Erasing: all of a wearer, by whoever manages or the wearer; a span of time, by whoever may read
 * it. Each is answered by a receipt, which can be read again.
 */
public final class ErasureRoutes implements Routes {
  private static final int BODY_LIMIT = 4 << 10;
  private static final int RETRY_SECONDS = 5;
  private static final int MOST_ASKED = 1_000;
  private static final Set<String> FIELDS = Set.of("confirm", "from", "to", "minutes", "night");
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration LONGEST_SPAN = Duration.ofDays(366);
  private static final int MOST_MINUTES = 24 * 60;
  private static final Duration AROUND_A_NIGHT = Duration.ofMinutes(30);

  /** Without an offset. */
  private static final Pattern LOCAL =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?");

  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  private final Registry registry;
  private final HistoryStore history;
  private final ForgetSink forget;
  private final Optional<Reports> reports;

  /** Spans that this process was asked to forget lately, until the history has noted them. */
  private final Map<String, Erasure> asked =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Erasure> eldest) {
              return size() > MOST_ASKED;
            }
          });

  private final Map<Topic, Duration> kept;
  private final InstantSource clock;
  private final Function<Context, Principal> authenticator;

  /** The folder of reports. */
  public interface Reports {
    /** Deletes all of a wearer's. */
    void erase(WearerId wearer);

    /**
     * Whether a report is there that was made before an instant, about a day of a span of days or a
     * time that holds one.
     */
    boolean tellOf(WearerId wearer, LocalDate first, LocalDate last, Instant before);
  }

  /**
   * Wires the routes.
   *
   * @param reports where some lie in a folder
   * @param kept how long each topic keeps records, where that is not the default
   */
  public ErasureRoutes(
      Registry registry,
      HistoryStore history,
      ForgetSink forget,
      Optional<Reports> reports,
      Map<Topic, Duration> kept,
      InstantSource clock,
      Function<Context, Principal> authenticator) {
    this.registry = registry;
    this.history = history;
    this.forget = forget;
    this.reports = reports;
    this.kept = Map.copyOf(kept);
    this.clock = clock;
    this.authenticator = authenticator;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/v1/wearers/{wearer}/erasures", this::erase);
    routes.get("/api/v1/erasures/{id}", this::receipt);
  }

  private void erase(Context ctx) {
    ObjectNode body = Bodies.object(ctx, BODY_LIMIT, FIELDS);
    boolean span = body.has("from") || body.has("to") || body.has("minutes") || body.has("night");
    if (span && body.has("confirm")) {
      throw ApiException.badRequest("confirm: goes with erasing everything, not with a span");
    }
    if (span) {
      forget(ctx, body);
    } else {
      eraseAll(ctx, body);
    }
  }

  private void eraseAll(Context ctx, ObjectNode body) {
    Wearer wearer = erasable(ctx);
    String confirmed = body.path("confirm").asText();
    if (!confirmed.equals(wearer.name())) {
      throw ApiException.badRequest(
          "confirm: must repeat the wearer's name; everything of them is deleted and cannot come"
              + " back. To forget a span only, give from and to.");
    }
    registry.erase(wearer);
    asked.values().removeIf(span -> span.wearer().equals(wearer.id()));
    reports.ifPresent(folder -> folder.erase(wearer.id()));
    Optional<Erasure> done = awaitErased(wearer.id());
    Answers.json(
        ctx,
        done.isPresent() ? 200 : 202,
        receipt(
            done.orElseGet(() -> Erasure.everything(wearer.id(), clock.instant())),
            done.isPresent()));
  }

  /** Whoever manages may end what a wearer has here without reading it, and so may the wearer. */
  private Wearer erasable(Context ctx) {
    Principal principal = authenticator.apply(ctx);
    if (!principal.mayManage()) {
      return ReadableWearer.of(ctx, registry, principal);
    }
    String wanted = ctx.pathParam("wearer");
    return registry
        .wearer(wanted)
        .orElseThrow(() -> ApiException.notFound("There is no wearer '" + wanted + "'."));
  }

  private Optional<Erasure> awaitErased(WearerId wearer) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Optional<Erasure> found = erased(wearer);
      if (found.isPresent()) {
        return found;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Optional<Erasure> erased(WearerId wearer) {
    try {
      return history.erasures(Instant.EPOCH).stream()
          .filter(each -> each.whole() && each.wearer().equals(wearer))
          .findFirst();
    } catch (HistoryUnavailable e) {
      return Optional.empty();
    }
  }

  private void receipt(Context ctx) {
    String id = ctx.pathParam("id");
    if (id.contains(".")) {
      spanReceipt(ctx, id);
      return;
    }
    if (!authenticator.apply(ctx).mayManage()) {
      throw ApiException.forbidden(
          "the receipt of everything is read with the owner's or an admin's token");
    }
    Erasure erasure =
        erased(id(id))
            .orElseThrow(
                () -> ApiException.notFound("No wearer of the id '" + id + "' was erased (yet)."));
    Answers.json(ctx, 200, receipt(erasure, true));
  }

  /** For whoever may have a span of this wearer forgotten. */
  private void spanReceipt(Context ctx, String id) {
    SpanReceipt span = SpanReceipt.read(id).orElseThrow(ErasureRoutes::noId);
    Wearer wearer =
        ReadableWearer.of(ctx, registry, authenticator.apply(ctx), span.wearer().value());
    if (!wearer.id().equals(span.wearer())) {
      // A name that is like the id of somebody else.
      throw noSpan(id);
    }
    Erasure lately = asked.get(span.id());
    try {
      Optional<Erasure> noted = span.noted(history.erasures(Instant.EPOCH));
      Erasure erasure = noted.or(() -> Optional.ofNullable(lately)).orElseThrow(() -> noSpan(id));
      boolean inHistory = noted.isPresent();
      if (inHistory) {
        asked.remove(span.id());
      }
      Answers.json(
          ctx,
          200,
          receipt(
              wearer,
              erasure,
              new SpanReceipt.Progress(inHistory, inHistory && span.isOutOfSums(history))));
    } catch (HistoryUnavailable e) {
      throw ApiException.unavailable("The history cannot be reached at the moment.", RETRY_SECONDS);
    }
  }

  private static ApiException noSpan(String id) {
    return ApiException.notFound(
        "No span of the id '" + id + "' was forgotten in the last 60 days (yet).");
  }

  private static WearerId id(String text) {
    try {
      return new WearerId(text);
    } catch (IllegalArgumentException e) {
      throw noId();
    }
  }

  private static ApiException noId() {
    return ApiException.badRequest("id: give the id that the receipt names");
  }

  private ErasureReceipt receipt(Erasure erasure, boolean done) {
    return ErasureReceipt.ofAll(erasure, kept, done, reports.isPresent());
  }

  private ErasureReceipt receipt(Wearer wearer, Erasure erasure, SpanReceipt.Progress progress) {
    TimeSpan span = SpanReceipt.of(erasure).span();
    boolean told =
        reports.isPresent()
            && progress.sums()
            && reports
                .get()
                .tellOf(
                    wearer.id(),
                    wearer.dates().at(span.from()),
                    wearer.dates().at(span.to()),
                    erasure.at());
    return ErasureReceipt.ofSpan(erasure, kept, progress, reports.isPresent(), !told);
  }

  private void forget(Context ctx, ObjectNode body) {
    Wearer wearer = ReadableWearer.of(ctx, registry, authenticator.apply(ctx));
    Instant now = clock.instant();
    Erasure erasure = span(wearer, body, now);
    SpanReceipt span = SpanReceipt.of(erasure);
    forget.forget(wearer.id(), span.span().from(), span.span().to(), now);
    asked.put(span.id(), erasure);
    Answers.json(ctx, 202, receipt(wearer, erasure, SpanReceipt.Progress.ASKED));
  }

  private Erasure span(Wearer wearer, ObjectNode body, Instant now) {
    if (body.has("minutes")) {
      only(body, "minutes");
      return last(wearer, body.path("minutes"), now);
    }
    if (body.has("night")) {
      only(body, "night");
      return night(wearer, body.path("night").asText(), now);
    }
    Instant from = instant(wearer, body, "from", false);
    Instant to = instant(wearer, body, "to", true);
    if (!from.isBefore(to)) {
      throw ApiException.badRequest("from: must be before to; swap them");
    }
    Instant end = to.isAfter(now) ? now : to;
    if (!from.isBefore(end)) {
      throw ApiException.badRequest("from: lies in the future, where nothing is to forget yet");
    }
    if (Duration.between(from, end).compareTo(LONGEST_SPAN) > 0) {
      throw ApiException.badRequest(
          "to: a span covers "
              + LONGEST_SPAN.toDays()
              + " days at most; forget a year at a time, or erase everything with confirm");
    }
    return inMillis(wearer, from, end, now);
  }

  private static void only(ObjectNode body, String field) {
    if (body.size() > 1) {
      throw ApiException.badRequest(field + ": goes without other fields");
    }
  }

  private static Erasure last(Wearer wearer, JsonNode field, Instant now) {
    int minutes = field.isIntegralNumber() ? field.asInt() : 0;
    if (minutes < 1 || minutes > MOST_MINUTES) {
      throw ApiException.badRequest(
          "minutes: must be a whole number from 1 to " + MOST_MINUTES + ", back from now");
    }
    return inMillis(wearer, now.minus(Duration.ofMinutes(minutes)), now, now);
  }

  /** From before lying down until after getting up, as it was measured. */
  private Erasure night(Wearer wearer, String text, Instant now) {
    LocalDate date = date(text, "night");
    List<NightSummary> nights;
    try {
      nights = history.nights(wearer.id(), date, date);
    } catch (HistoryUnavailable e) {
      throw ApiException.unavailable("The history cannot be reached at the moment.", RETRY_SECONDS);
    }
    if (nights.isEmpty()) {
      throw ApiException.notFound(
          "No night is known that ended on " + date + "; give from and to instead.");
    }
    NightSummary night = nights.get(0);
    Instant to = night.inBedTo().plus(AROUND_A_NIGHT);
    return inMillis(
        wearer, night.inBedFrom().minus(AROUND_A_NIGHT), to.isAfter(now) ? now : to, now);
  }

  /** The history counts in milliseconds, in which a shorter span would have one end only. */
  private static Erasure inMillis(Wearer wearer, Instant from, Instant to, Instant now) {
    Instant start = from.truncatedTo(ChronoUnit.MILLIS);
    Instant end = to.truncatedTo(ChronoUnit.MILLIS);
    if (!start.isBefore(end)) {
      throw ApiException.badRequest("from: must be a millisecond before to at least");
    }
    return new Erasure(wearer.id(), start, end, now);
  }

  /**
   * An instant; or a time by the wearer's clock; or a date, of which the beginning counts, or with
   * {@code last} the end.
   */
  private static Instant instant(Wearer wearer, ObjectNode body, String field, boolean last) {
    Instant instant = parsed(wearer, body, field, last);
    if (instant.isBefore(EARLIEST)) {
      throw ApiException.badRequest(field + ": before the year 2000");
    }
    return instant;
  }

  private static Instant parsed(Wearer wearer, ObjectNode body, String field, boolean last) {
    @Nullable JsonNode node = body.get(field);
    String text = node == null ? "" : node.asText();
    if (text.length() == 10) {
      LocalDate date = date(text, field).plusDays(last ? 1 : 0);
      return wearer.dates().begin(date);
    }
    try {
      return LOCAL.matcher(text).matches()
          ? wearer.instantOf(LocalDateTime.parse(text))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw ApiException.badRequest(
          field
              + ": must be a date like 2026-03-02, a time by the wearer's clock like"
              + " 2026-03-02T14:00, or 2026-03-02T14:00:00+01:00");
    }
  }

  private static LocalDate date(String text, String field) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw ApiException.badRequest(field + ": must be a date like 2026-03-02");
    }
  }
}
