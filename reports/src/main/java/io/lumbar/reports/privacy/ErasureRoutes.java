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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Erasing: all of a wearer, by whoever manages or the wearer; a span of time, by whoever may read
 * it. Each is answered by a receipt.
 */
public final class ErasureRoutes implements Routes {
  private static final int BODY_LIMIT = 4 << 10;
  private static final int RETRY_SECONDS = 5;
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
  private final Optional<Consumer<WearerId>> reports;
  private final Map<Topic, Duration> kept;
  private final InstantSource clock;
  private final Function<Context, Principal> authenticator;

  /**
   * Wires the routes.
   *
   * @param reports deletes a wearer's reports, where some lie in a folder
   * @param kept how long each topic keeps records, where that is not the default
   */
  public ErasureRoutes(
      Registry registry,
      HistoryStore history,
      ForgetSink forget,
      Optional<Consumer<WearerId>> reports,
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
    routes.get("/api/v1/erasures/{wearer}", this::receipt);
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
    reports.ifPresent(folder -> folder.accept(wearer.id()));
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
    if (!authenticator.apply(ctx).mayManage()) {
      throw ApiException.forbidden("a receipt is read with the owner's or an admin's token");
    }
    String id = ctx.pathParam("wearer");
    Erasure erasure =
        erased(id(id))
            .orElseThrow(
                () -> ApiException.notFound("No wearer of the id '" + id + "' was erased (yet)."));
    Answers.json(ctx, 200, receipt(erasure, true));
  }

  private static WearerId id(String text) {
    try {
      return new WearerId(text);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("wearer: give the id that the receipt names");
    }
  }

  private ErasureReceipt receipt(Erasure erasure, boolean done) {
    return ErasureReceipt.of(erasure, kept, done, reports.isPresent());
  }

  private void forget(Context ctx, ObjectNode body) {
    Wearer wearer = ReadableWearer.of(ctx, registry, authenticator.apply(ctx));
    Instant now = clock.instant();
    Erasure span = span(wearer, body, now);
    Instant from = span.from();
    Instant to = span.to();
    if (from == null || to == null) {
      throw new IllegalStateException("a span has two ends");
    }
    forget.forget(wearer.id(), from, to, now);
    Answers.json(ctx, 202, receipt(span, false));
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
