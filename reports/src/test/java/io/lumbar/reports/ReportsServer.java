package io.lumbar.reports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.model.Device;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.Statement;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import io.lumbar.reports.daily.ReportFactsReader;
import io.lumbar.reports.daily.ReportMaker;
import io.lumbar.reports.period.PeriodReader;
import io.lumbar.reports.render.Edition;
import io.lumbar.reports.testing.InMemoryHistory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * This module's routes on a real server at a free port. A token is {@code owner}, {@code admin}, or
 * the id of a wearer or device; it comes as bearer or as the cookie that {@code /signin} sets.
 */
final class ReportsServer implements AutoCloseable {
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  static final Wearer MIRA = wearer("w_mira", "Mira");
  static final Wearer TOM = wearer("w_tom", "Tom Ö");

  final InMemoryHistory history = new InMemoryHistory();
  final InMemoryRegistry registry = new InMemoryRegistry();
  final CalibrationBook calibrations = new CalibrationBook();
  final StatementBook statements;
  final List<String> told = new CopyOnWriteArrayList<>();
  final LiveFeed feed;
  final Map<LocalDate, Edition> editions = new ConcurrentHashMap<>();

  /** Whether late data made other reports of them. */
  volatile boolean changedSince;

  final List<String> responses = new CopyOnWriteArrayList<>();

  /** Who read what. */
  volatile String readings = "{\"items\":[]}";

  /** What an answer to an alert is answered. */
  volatile String answer = "{}";

  static final String NO_SNOOZE = "{\"quiet\":false,\"snoozedUntil\":null}";
  final List<String> changes = new CopyOnWriteArrayList<>();
  final List<String> forgotten = new CopyOnWriteArrayList<>();
  volatile boolean revoked;
  volatile @Nullable String refusal;
  String reactions = "{\"items\":[],\"next\":null}";
  String advice = "{\"listening\":false,\"presentMinutes\":30,\"corrections\":[]}";
  String effect = "{\"withholdPercent\":0,\"leastWithheld\":50,\"items\":[]}";
  volatile String pause = "{\"pausedUntil\":null}";
  volatile String snooze = NO_SNOOZE;

  /** What is told waits for it, as on a slow line. */
  volatile CompletableFuture<Void> line = CompletableFuture.completedFuture(null);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Javalin server;
  private final InstantSource clock;

  ReportsServer(InstantSource clock) {
    this(clock, new LiveFeed(clock));
  }

  ReportsServer(InstantSource clock, LiveFeed feed) {
    this.feed = feed;
    this.clock = clock;
    statements = new StatementBook(clock, wearer -> true);
    registry.wearers.add(MIRA);
    registry.wearers.add(TOM);
    registry.devices.add(
        new Device(new DeviceId("d_phone"), "Phone", MIRA.id(), Placement.TROUSER_POCKET, "00"));
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.routes.exception(ApiException.class, ReportsServer::problem);
                  config.routes.get("/signin", ReportsServer::signIn);
                  config.routes.get("/api/v1/stretches/{id}", ReportsServer::stretch);
                  config.routes.get(
                      "/api/v1/stretches/{id}/figure.svg",
                      context ->
                          context
                              .contentType("image/svg+xml")
                              .result(
                                  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4"
                                      + " 3\"/>"));
                  config.routes.post("/api/v1/alerts/{id}/response", this::respond);
                  config.routes.get(
                      "/api/v1/wearers/{wearer}/alerts/reactions",
                      context -> json(context, reactions));
                  config.routes.get(
                      "/api/v1/wearers/{wearer}/alerts/effect", context -> json(context, effect));
                  config.routes.get(
                      "/api/v1/wearers/{wearer}/rules/advice", context -> json(context, advice));
                  config.routes.patch("/api/v1/wearers/{wearer}/settings", this::changeSettings);
                  config.routes.get(
                      "/api/v1/wearers/{wearer}/red-flags",
                      context -> context.contentType("application/json").result("{\"levels\":[]}"));
                  config.routes.get(
                      "/api/v1/wearers/{wearer}/pause", context -> json(context, pause));
                  config.routes.post("/api/v1/wearers/{wearer}/pause", this::pauseAlerts);
                  config.routes.get(
                      "/api/v1/wearers/{wearer}/snooze", context -> json(context, snooze));
                  config.routes.delete("/api/v1/wearers/{wearer}/snooze", this::endSnooze);
                  config.routes.get(
                      "/api/v1/wearers/{wearer}/experiments",
                      context -> json(context, "{\"items\":[],\"next\":null}"));
                  config.routes.get(
                      "/api/v1/wearers/{wearer}/readings", context -> json(context, readings));
                  config.routes.post("/api/v1/wearers/{wearer}/erasures", this::forget);
                  config.routes.post(
                      "/api/v1/checkins", context -> tell(context, "check-in", "at"));
                  config.routes.post(
                      "/api/v1/corrections", context -> tell(context, "correction", "statedAt"));
                  config.routes.post(
                      "/api/v1/day-tags", context -> tell(context, "day-tag", "statedAt"));
                  new ToldRoutes(statements, registry, this::principal).addTo(config.routes);
                  new ReadRoutes(history, registry, clock, this::principal, feed)
                      .addTo(config.routes);
                  new LiveRoutes(history, registry, clock, this::principal, this::stillReads, feed)
                      .addTo(config.routes);
                  new CalibrationRoutes(calibrations, registry, this::principal)
                      .addTo(config.routes);
                  new PageRoutes(this::principal).addTo(config.routes);
                  new GroupRoutes(new ReportFactsReader(history), registry, clock, this::principal)
                      .addTo(config.routes);
                  new ReportRoutes(
                          new ReportFactsReader(history),
                          new PeriodReader(history),
                          new ReportMaker(id -> Optional.empty()),
                          new Delivered(),
                          registry,
                          clock,
                          this::principal)
                      .addTo(config.routes);
                })
            .start("127.0.0.1", 0);
  }

  private final class Delivered implements ReportRoutes.Editions {
    @Override
    public Optional<Edition> of(Wearer wearer, String name) {
      return name.length() == 10
          ? Optional.ofNullable(editions.get(LocalDate.parse(name)))
          : Optional.empty();
    }

    @Override
    public Optional<Edition> of(Wearer wearer, String name, byte[] content, OffsetDateTime now) {
      return of(wearer, name).map(edition -> changedSince ? edition.again(now) : edition);
    }
  }

  private static Wearer wearer(String id, String name) {
    return new Wearer(
        new WearerId(id),
        name,
        "00",
        List.of(new Wearer.ZoneFrom(ZONE, Instant.EPOCH)),
        WearerSettings.defaults());
  }

  private static void json(Context context, String body) {
    context.contentType("application/json").result(body);
  }

  private void changeSettings(Context context) {
    changes.add(context.body());
    json(context, "{\"settings\":{\"alerts\":{\"dailyBudget\":{\"inactive\":8}}}}");
  }

  /** As ingest does, without its rules. */
  private void tell(Context context, String kind, String time) throws IOException {
    if (refusal != null) {
      throw ApiException.unavailable(refusal, 1);
    }
    line.join();
    ObjectNode said = (ObjectNode) Json.mapper().readTree(context.body());
    told.add(kind + " " + context.body());
    said.put("kind", kind);
    said.put("statedAt", clock.instant().toString());
    said.put("id", said.path("id").asText("s_" + told.size()));
    if (!said.has(time)) {
      said.put(time, clock.instant().toString());
    }
    said.put("revoked", said.path("revoked").asBoolean() || said.path("remove").asBoolean());
    said.remove("remove");
    Statement statement = Json.read(Json.bytes(said), Statement.class);
    statements.take(new WearerId(String.valueOf(context.queryParam("wearer"))), statement);
    context.contentType("application/json").result(Json.bytes(statement));
  }

  private void pauseAlerts(Context context) {
    changes.add(context.body());
    pause = "{\"pausedUntil\":\"2026-03-04T15:52:00+01:00\"}";
    json(context, pause);
  }

  private void endSnooze(Context context) {
    changes.add("DELETE snooze");
    snooze = NO_SNOOZE;
    json(context, snooze);
  }

  private void forget(Context context) {
    forgotten.add(context.body());
    json(context, "{\"from\":\"2026-03-03T21:30:00Z\",\"to\":\"2026-03-04T06:00:00Z\"}");
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  HttpResponse<String> get(String token, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token).build();
    return send(request);
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Principal principal(Context context) {
    String header = context.header("Authorization");
    String token = header == null ? context.cookie("token") : header.substring("Bearer ".length());
    if (token == null) {
      throw ApiException.unauthorized("Send a token.");
    }
    if (token.equals("owner")) {
      return new Principal.Owner();
    }
    if (token.equals("admin")) {
      return new Principal.Admin();
    }
    return registry
        .wearerByToken(token)
        .<Principal>map(Principal.WearerPrincipal::new)
        .or(() -> registry.deviceByToken(token).map(Principal.DevicePrincipal::new))
        .orElseThrow(() -> ApiException.unauthorized("This token is not known."));
  }

  private boolean stillReads(Principal principal, WearerId wearer) {
    return !revoked;
  }

  private static void signIn(Context context) {
    String token = context.queryParam("token");
    if (token == null) {
      context.html("<h1>Sign in</h1>");
      return;
    }
    context.cookie("token", token);
    context.redirect("/");
  }

  private static void stretch(Context context) {
    context
        .contentType("application/json")
        .result(
            Json.bytes(
                Map.of(
                    "id",
                    context.pathParam("id"),
                    "name",
                    "Standing back bend",
                    "steps",
                    List.of(
                        "Stand with your feet hip-wide and your hands on your hips.",
                        "Lean back slowly and look up, as far as it is comfortable.",
                        "Come back with a breath out."),
                    "holdSeconds",
                    3,
                    "repetitions",
                    5,
                    "sides",
                    1)));
  }

  private void respond(Context context) {
    responses.add(context.pathParam("id") + " " + context.body());
    if (refusal != null) {
      throw ApiException.notAgain(refusal);
    }
    context.contentType("application/json").result(answer);
  }

  private static void problem(ApiException problem, Context context) {
    context
        .status(problem.status())
        .contentType("application/problem+json")
        .result(
            Json.bytes(
                Map.of(
                    "status", problem.status(),
                    "title", problem.title(),
                    "detail", String.valueOf(problem.getMessage()))));
  }

  @Override
  public void close() {
    feed.close();
    server.stop();
  }
}
