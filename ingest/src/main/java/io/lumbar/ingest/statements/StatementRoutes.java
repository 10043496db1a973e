package io.lumbar.ingest.statements;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.Answers;
import io.lumbar.http.ApiException;
import io.lumbar.http.Authentication;
import io.lumbar.http.Bodies;
import io.lumbar.http.Principal;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.Experiment;
import io.lumbar.model.Statement;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a wearer says: check-ins, corrections, day tags and calibrations. The answer is the
 * statement as it is kept, and comes once the broker has acknowledged it.
 */
public final class StatementRoutes implements Routes {
  private static final int BODY_LIMIT = 16 << 10;
  private static final int RETRY_SECONDS = 5;

  private final Authentication authentication;
  private final Registry registry;
  private final StatementSink sink;
  private final KnownExperiments experiments;
  private final OldWords oldWords;
  private final InstantSource clock;

  /**
   * Routes to a sink.
   *
   * @param experiments those of a wearer that the history knows, none of them taken back
   * @param days what the history knows of days, so that a word about a closed one is refused
   * @param imported who had a file imported lately, whose old days are open
   */
  public StatementRoutes(
      Authentication authentication,
      Registry registry,
      StatementSink sink,
      Function<WearerId, List<Experiment>> experiments,
      KnownDays days,
      ImportedLately imported,
      InstantSource clock) {
    this.oldWords = new OldWords(days, imported);
    this.experiments =
        new KnownExperiments(experiments, id -> registry.wearer(id.value()).isPresent());
    this.authentication = authentication;
    this.registry = registry;
    this.sink = sink;
    this.clock = clock;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post(
        "/api/v1/checkins",
        ctx ->
            take(
                ctx,
                StatementReader.CHECK_IN,
                (fields, wearer) -> StatementReader.checkIn(fields, wearer.id())));
    routes.post(
        "/api/v1/corrections",
        ctx ->
            take(
                ctx,
                StatementReader.CORRECTION,
                (fields, wearer) -> StatementReader.correction(fields, wearer.id())));
    routes.post(
        "/api/v1/day-tags",
        ctx ->
            take(
                ctx,
                StatementReader.DAY_TAG,
                (fields, wearer) -> StatementReader.dayTag(fields, wearer.id())));
    routes.post(
        "/api/v1/experiments",
        ctx ->
            take(
                ctx,
                StatementReader.EXPERIMENT,
                (fields, wearer) -> StatementReader.experiment(fields, wearer.id())));
    routes.post(
        "/api/v1/calibrations",
        ctx ->
            take(
                ctx,
                StatementReader.CALIBRATION,
                (fields, wearer) ->
                    StatementReader.calibration(
                        fields, wearer.id(), registry.devicesOf(wearer.id()))));
  }

  private interface Reading {
    Statement of(Fields fields, Wearer wearer);
  }

  private void take(Context ctx, Set<String> known, Reading reading) {
    Principal principal = authentication.require(ctx);
    ObjectNode body = Bodies.object(ctx, BODY_LIMIT, known);
    Fields fields = new Fields(body, clock.instant());
    String named = fields.text("wearer");
    Wearer wearer = wearer(principal, named == null ? ctx.queryParam("wearer") : named);
    Statement statement = reading.of(fields, wearer);
    oldWords.require(wearer.id(), statement);
    boolean kept =
        statement instanceof Experiment experiment
            ? experiments.keep(
                wearer.id(),
                experiment,
                principal.kind() == Principal.Kind.WEARER
                    || !wearer.settings().pausesSharing(clock.instant()),
                () -> sink.put(wearer.id(), experiment))
            : sink.put(wearer.id(), statement);
    if (!kept) {
      throw ApiException.unavailable(
          "Kafka does not acknowledge at the moment; send the same again", RETRY_SECONDS);
    }
    Answers.json(ctx, 200, statement);
  }

  private Wearer wearer(Principal principal, @Nullable String named) {
    return switch (principal.kind()) {
      case WEARER -> own(((Principal.WearerPrincipal) principal).wearer(), named);
      case OWNER -> {
        if (named == null) {
          throw ApiException.badRequest(
              "wearer: missing; with the owner's token give the wearer's id or name");
        }
        yield registry
            .wearer(named)
            .orElseThrow(() -> ApiException.badRequest("wearer: no wearer has this id or name"));
      }
      case ADMIN, DEVICE ->
          throw ApiException.forbidden(
              "saying something for a wearer takes the wearer's own token or the owner's");
    };
  }

  private static Wearer own(Wearer wearer, @Nullable String named) {
    if (named != null && !named.equals(wearer.id().value()) && !named.equals(wearer.name())) {
      throw ApiException.forbidden(
          "wearer: this token speaks for its own wearer only; leave it out");
    }
    return wearer;
  }
}
